"""Whether the user has asked the notification service not to disturb."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QProcess, QProcessEnvironment

from tray.desktop.engaged import Kind, Seen, Sign
from tray.desktop.linux.bus import Bus, Reply, Target
from tray.desktop.support import WORKS, Support, missing

_SERVICE: Final = "org.freedesktop.Notifications"
_OBJECT: Final = Target(
    _SERVICE, "/org/freedesktop/Notifications", "org.freedesktop.DBus.Properties"
)
_PROPERTIES: Final = ((_SERVICE, "Inhibited"), ("org.dunstproject.cmd0", "paused"))
"""Of KDE and of dunst."""
_GSETTINGS: Final = ("get", "org.gnome.desktop.notifications", "show-banners")

_QUIET: Final = (Sign(Kind.QUIET),)


class QuietService:
    """Reads what KDE's and dunst's service on `bus` say of themselves."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._told = True

    @property
    def supports(self) -> Mapping[Kind, Support]:
        """Other services hold messages back by themselves and do not tell."""
        why = QCoreApplication.translate("Desktop", "The notification service does not tell.")
        return {Kind.QUIET: WORKS if self._told else missing(why)}

    def stop(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def find(self, then: Callable[[Seen], None]) -> None:
        """No service has both properties."""
        replies: list[Reply] = []

        def told(reply: Reply) -> None:
            replies.append(reply)
            if len(replies) == len(_PROPERTIES):
                known = [bool(each[0][1]) for each in replies if _is_flag(each)]
                self._told = bool(known)
                then((_QUIET if any(known) else ()) if known else None)

        for wanted in _PROPERTIES:
            self._bus.call(_OBJECT, "Get", signature="ss", body=wanted, then=told, may_start=False)


class QuietGnome:
    """Reads GNOME's setting, by the program that knows where it is kept."""

    supports: Mapping[Kind, Support] = {Kind.QUIET: WORKS}

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = QProcessEnvironment()
        for name, value in environ.items():
            self._environ.insert(name, value)
        self._process: QProcess | None = None

    def stop(self) -> None:
        """End the program if it has not ended."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.waitForFinished(1000)

    def find(self, then: Callable[[Seen], None]) -> None:
        """It takes some milliseconds."""
        self.stop()
        self._process = process = QProcess()
        process.setProcessEnvironment(self._environ)

        def ended() -> None:
            if self._process is process:
                self._process = None
                answer = bytes(process.readAllStandardOutput().data()).strip()
                then({b"true": (), b"false": _QUIET}.get(answer))

        process.errorOccurred.connect(ended)
        process.finished.connect(ended)
        process.start("gsettings", list(_GSETTINGS))


def _is_flag(reply: Reply) -> bool:
    match reply:
        case (("b", bool()),):
            return True
    return False
