"""Our session as logind, the system's keeper of sessions, knows it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tray.desktop.linux.bus import Bus, BusFailure, BusInterface, BusReply
from tray.language import tr

SERVICE: Final = "org.freedesktop.login1"
MANAGER: Final = BusInterface(SERVICE, "/org/freedesktop/login1", f"{SERVICE}.Manager")
SESSION: Final = f"{SERVICE}.Session"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"

Properties = dict[str, Any]


def find_session(bus: Bus, environ: Mapping[str, str], *, then: Callable[[str, str], None]) -> None:
    """Call back with the path of our session, or with an empty one and the reason.

    A program that the user's service manager started belongs to no session; logind's ``auto`` is
    then the one on the screen.
    """
    wanted = [environ.get("XDG_SESSION_ID", ""), "auto"]

    def ask(name: str, *others: str) -> None:
        def found(reply: BusReply) -> None:
            match reply:
                case (str(path),):
                    then(path, "")
                case BusFailure(_, text) if not others:
                    then("", text or tr("logind is not on the bus"))
                case _:
                    ask(*others)

        bus.call(MANAGER, "GetSession", signature="s", body=(name,), then=found, may_start=False)

    ask(*filter(None, wanted))


def read(bus: Bus, path: str, *, then: Callable[[Properties], None]) -> None:
    """Call back with the properties of a session; empty if they cannot be had."""

    def on_reply(reply: BusReply) -> None:
        match reply:
            case (dict(values),):
                then(plain(values))
            case _:
                then({})

    target = BusInterface(SERVICE, path, PROPERTIES)
    bus.call(target, "GetAll", signature="s", body=(SESSION,), then=on_reply, may_start=False)


def plain(values: Mapping[str, Any]) -> Properties:
    """Properties without their signatures, those that have one."""
    return {
        name: each[1] for name, each in values.items() if isinstance(each, tuple) and len(each) == 2
    }
