"""Whether the user has asked the notification service not to disturb."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Slot

from tray.desktop.in_use import FoundSigns, InUseKind, InUseSign
from tray.desktop.linux.bus import Bus, BusInterface, BusReply
from tray.desktop.support import WORKS, Support, missing
from tray.language import tr

_SERVICE: Final = "org.freedesktop.Notifications"
_OBJECT: Final = BusInterface(
    _SERVICE, "/org/freedesktop/Notifications", "org.freedesktop.DBus.Properties"
)
_PROPERTIES: Final = ((_SERVICE, "Inhibited"), ("org.dunstproject.cmd0", "paused"))
"""Of KDE and of dunst."""
_GSETTINGS: Final = ("get", "org.gnome.desktop.notifications", "show-banners")

_KILLED_MS: Final = 1_000
_QUIET: Final = (InUseSign(InUseKind.QUIET),)


class QuietService:
    """Reads what KDE's and dunst's service on `bus` say of themselves."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._answers = True

    @property
    def supports(self) -> Mapping[InUseKind, Support]:
        """Other services hold messages back by themselves and do not tell."""
        why = tr("The notification service does not tell.")
        return {InUseKind.QUIET: WORKS if self._answers else missing(why)}

    def stop(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """No service has both properties."""
        replies: list[BusReply] = []

        def on_reply(reply: BusReply) -> None:
            replies.append(reply)
            if len(replies) == len(_PROPERTIES):
                known = [bool(each[0][1]) for each in replies if _is_flag(each)]
                self._answers = bool(known)
                then((_QUIET if any(known) else ()) if known else None)

        for wanted in _PROPERTIES:
            self._bus.call(
                _OBJECT, "Get", signature="ss", body=wanted, then=on_reply, may_start=False
            )


class QuietGnome(QObject):
    """Reads GNOME's setting, by the program that knows where it is kept."""

    supports: Mapping[InUseKind, Support] = {InUseKind.QUIET: WORKS}

    def __init__(self, environ: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._then: Callable[[FoundSigns], None] | None = None
        variables = QProcessEnvironment()
        for name, value in environ.items():
            variables.insert(name, value)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(variables)
        self._process.errorOccurred.connect(self._end)
        self._process.finished.connect(self._end)

    def stop(self) -> None:
        """End the program if it has not ended."""
        self._then = None
        self._process.kill()
        self._process.waitForFinished(_KILLED_MS)

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """It takes some milliseconds."""
        self._then = then
        self._process.start("gsettings", list(_GSETTINGS))

    @Slot()
    def _end(self) -> None:
        """It has said something, or could not be started."""
        then, self._then = self._then, None
        if then:
            answer = bytes(self._process.readAllStandardOutput().data()).strip()
            then({b"true": (), b"false": _QUIET}.get(answer))


def _is_flag(reply: BusReply) -> bool:
    match reply:
        case (("b", bool()),):
            return True
    return False
