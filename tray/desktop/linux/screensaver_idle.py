"""Idle time from a screen saver's service (org.freedesktop.ScreenSaver, GetSessionIdleTime).

The method is in no specification. KDE on X answers with milliseconds and refuses on Wayland, most
others answer with seconds, and some always with 0, which is worth nothing.
"""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, Slot

from tray.desktop.idle import IdleSource, PolledIdle
from tray.desktop.linux.bus import Bus, BusFailure, BusInterface, BusReply
from tray.desktop.support import WORKS, missing, partly
from tray.language import tr

_SERVICE: Final = "org.freedesktop.ScreenSaver"
_SAVER: Final = BusInterface(_SERVICE, "/org/freedesktop/ScreenSaver", _SERVICE)
_IN_MILLISECONDS: Final = {"KDE", "LXQt"}
"""The desktops (XDG_CURRENT_DESKTOP) whose service passes on what KIdleTime says."""


def find_screensaver(
    bus: Bus, environ: Mapping[str, str], *, then: Callable[[IdleSource | str], None]
) -> None:
    """Call back with a source on `bus`, which is closed if there is none."""
    desktops = set(environ.get("XDG_CURRENT_DESKTOP", "").split(":"))
    unit_ms = 1 if desktops & _IN_MILLISECONDS else 1000

    def found(reply: BusReply) -> None:
        if isinstance(reply, BusFailure):
            bus.close()
            bus.deleteLater()
            then(reply.text or tr("there is no screen saver on the bus"))
        else:
            then(ScreenSaverIdle(bus, unit_ms))

    bus.call(_SAVER, "GetSessionIdleTime", then=found, may_start=False)


class ScreenSaverIdle(PolledIdle):
    """The service on `bus`, which `stop` closes; it counts in units of `unit_ms`."""

    name = "screen saver"

    def __init__(self, bus: Bus, unit_ms: int, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        bus.setParent(self)
        self._bus = bus
        self._unit_ms = unit_ms
        self._support = partly(tr("It has not counted any time so far."))
        bus.lost.connect(self._lose)

    def stop(self) -> None:
        """Leave the bus."""
        super().stop()
        self._bus.close()

    def _ask(self) -> None:
        self._bus.call(_SAVER, "GetSessionIdleTime", then=self._on_idle_time, may_start=False)

    def _on_idle_time(self, reply: BusReply) -> None:
        match reply:
            case (int(idle),):
                if idle:
                    self._set_support(WORKS)
                self._answer(idle * self._unit_ms if self._support.works else None)
            case BusFailure(_, text):
                why = tr("The screen saver does not answer ({why}).").format(why=text)
                self._set_support(missing(why))
                self._answer(None)
            case _:
                self._answer(None)

    @Slot(object)
    def _lose(self, why: str) -> None:
        text = tr("The connection to the desktop is gone ({why}).").format(why=why)
        self._set_support(missing(text))
