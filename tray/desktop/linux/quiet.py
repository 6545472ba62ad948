"""Whether the user has asked the notification service not to disturb."""

from collections.abc import Callable, Mapping
from typing import Final

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
QUIET_SIGN: Final = (InUseSign(InUseKind.QUIET),)


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
                then((QUIET_SIGN if any(known) else ()) if known else None)

        for wanted in _PROPERTIES:
            self._bus.call(
                _OBJECT, "Get", signature="ss", body=wanted, then=on_reply, may_start=False
            )


def _is_flag(reply: BusReply) -> bool:
    match reply:
        case (("b", bool()),):
            return True
    return False
