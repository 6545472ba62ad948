"""Idle time from the hint that a desktop gives logind, after a time that it chooses itself."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, Slot

from tray.desktop.idle import IdleSource, SignalledIdle
from tray.desktop.linux import logind
from tray.desktop.linux.bus import Bus, BusSignal
from tray.desktop.support import missing, partly
from tray.language import tr

_GRAPHICAL: Final = {"x11", "wayland", "mir"}
"""For others logind looks when the terminal was last written to, which is not about input here."""


def find_logind(
    bus: Bus, environ: Mapping[str, str], *, then: Callable[[IdleSource | str], None]
) -> None:
    """Call back with a source on `bus`, which is closed if there is none."""

    def refuse(why: str) -> None:
        bus.close()
        bus.deleteLater()
        then(why)

    def found(path: str, why: str) -> None:
        if not path:
            refuse(why)
            return

        def on_reply(session: logind.Properties) -> None:
            if session.get("Type") not in _GRAPHICAL:
                refuse(tr("logind does not know the session as a graphical one"))
            else:
                source = LogindIdle(bus, path)
                source.note(session)
                then(source)

        logind.read(bus, path, then=on_reply)

    logind.find_session(bus, environ, then=found)


class LogindIdle(SignalledIdle):
    """The session at `path`, on the system's `bus`, which `stop` closes."""

    name = "logind (idle hint)"

    def __init__(self, bus: Bus, path: str, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        bus.setParent(self)
        self._bus = bus
        self._support = partly(
            tr("Only noticed once the desktop itself says so, which some never do.")
        )
        bus.lost.connect(self._lose)
        bus.listen(logind.SERVICE, logind.PROPERTIES, self._on_signal, path=path)

    def stop(self) -> None:
        """Leave the bus."""
        super().stop()
        self._bus.close()

    def note(self, session: Mapping[str, Any]) -> None:
        """Take over what properties of the session say."""
        match session:
            case {"IdleHint": True, "IdleSinceHint": int(since_us)}:
                self._gone(max(0, round(time.time() * 1000 - since_us / 1000)))
            case {"IdleHint": True}:
                self._gone(0)
            case {"IdleHint": False}:
                self._back()

    def _on_signal(self, signal: BusSignal) -> None:
        match signal.member, signal.body:
            case "PropertiesChanged", (logind.SESSION, dict(values), _):
                self.note(logind.plain(values))

    @Slot(object)
    def _lose(self, why: str) -> None:
        self._since = None
        text = tr("The connection to logind is gone ({why}).").format(why=why)
        self._set_support(missing(text))
