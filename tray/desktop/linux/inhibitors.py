"""Programs that keep the screen on or the computer awake, as desktops and logind know them."""

from collections.abc import Callable, Mapping
from functools import partial

from tray.desktop.in_use import FoundSigns, InUseKind, InUseSign
from tray.desktop.linux import logind
from tray.desktop.linux.bus import Bus, BusInterface, BusReply
from tray.desktop.support import WORKS, Support, missing, partly
from tray.language import tr
from tray.lean_typing import Any, Final, NamedTuple

_IDLE_ON_GNOME: Final = 8
_SLEEP_OR_SCREEN_ON_KDE: Final = 1 | 4
_KDE: Final = "org.kde.Solid.PowerManagement.PolicyAgent"
_KDE_PATH: Final = "/org/kde/Solid/PowerManagement/PolicyAgent"
_XFCE: Final = "org.freedesktop.PowerManagement"


class _Question(NamedTuple):
    target: BusInterface
    member: str
    body: tuple[int, ...] = ()


_QUESTIONS: Final = (
    _Question(
        BusInterface(
            "org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager"
        ),
        "IsInhibited",
        (_IDLE_ON_GNOME,),
    ),
    _Question(
        BusInterface("org.kde.Solid.PowerManagement", _KDE_PATH, _KDE),
        "HasInhibition",
        (_SLEEP_OR_SCREEN_ON_KDE,),
    ),
    _Question(
        BusInterface(_XFCE, "/org/freedesktop/PowerManagement/Inhibit", f"{_XFCE}.Inhibit"),
        "HasInhibit",
    ),
)


class SessionInhibitors:
    """Asks the service of GNOME, of KDE and of Xfce on `bus`; usually one of them is there."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._answers = True

    @property
    def supports(self) -> Mapping[InUseKind, Support]:
        """As far as was seen."""
        why = tr("This desktop has no list of such programs.")
        return {InUseKind.INHIBITOR: WORKS if self._answers else missing(why)}

    def stop(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """Each answers with yes or no, and not who."""
        replies: list[BusReply] = []

        def on_reply(reply: BusReply) -> None:
            replies.append(reply)
            if len(replies) == len(_QUESTIONS):
                answers = [
                    each[0] for each in replies if isinstance(each, tuple) and len(each) == 1
                ]
                known = [answer for answer in answers if isinstance(answer, bool)]
                self._answers = bool(known)
                then(([InUseSign(InUseKind.INHIBITOR)] if any(known) else []) if known else None)

        for target, member, body in _QUESTIONS:
            self._bus.call(
                target, member, signature="u" * len(body), body=body, then=on_reply, may_start=False
            )


class LogindInhibitors:
    """Who blocks, rather than delays, the idle hint, on the system's `bus`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    @property
    def supports(self) -> Mapping[InUseKind, Support]:
        """Few programs ask logind."""
        why = tr("Programs that ask only the compositor to keep the screen on are not seen.")
        return {InUseKind.INHIBITOR: partly(why)}

    def stop(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """Each says what it blocks, who it is, and why."""
        self._bus.call(
            logind.MANAGER, "ListInhibitors", then=partial(self._answers, then), may_start=False
        )

    def _answers(self, then: Callable[[FoundSigns], None], reply: BusReply) -> None:
        match reply:
            case (list(inhibitors),):
                then(
                    [
                        InUseSign(InUseKind.INHIBITOR, str(each[1]))
                        for each in inhibitors
                        if _blocks(each)
                    ]
                )
            case _:
                then(None)


def _blocks(inhibitor: tuple[Any, ...]) -> bool:
    what, _, _, mode, *_ = inhibitor
    return mode == "block" and "idle" in what.split(":")
