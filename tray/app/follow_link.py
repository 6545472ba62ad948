"""Does what a link asks for, which may stand in any page: nothing unseen, nothing for good."""

from datetime import date
from typing import Protocol

from tray.errors import TrayError
from tray.model.links import LinkAct, read_link
from tray.session.tracking import Tracking
from tray.tracker.outcome import Outcome


class Days(Protocol):
    """What shows days."""

    def show_day(self, day: date) -> None:
        """Show the list, at a day."""


class Proposals(Protocol):
    """What asks what to do."""

    def open_quick_start(self, link_line: str = "") -> None:
        """Open quick start, with a line of the link in it that the user may start."""


class Windows(Protocol):
    """What opens windows."""

    def open_main_window(self) -> Days:
        """Open the window; return it."""


class Teller(Protocol):
    """What speaks with the user outside windows."""

    def tell(self, sentence: str) -> None:
        """Say something."""

    def confirm(self, outcome: Outcome) -> None:
        """Say what was done, with a way to undo it."""


def follow(
    text: str, proposals: Proposals, windows: Windows, tracking: Tracking, teller: Teller
) -> None:
    """Stop at once, with Undo at hand; what would start is only proposed."""
    try:
        link = read_link(text)
    except TrayError as error:
        teller.tell(str(error))
        return
    match link.act:
        case LinkAct.START | LinkAct.QUICK:
            proposals.open_quick_start(link.line)
        case LinkAct.STOP:
            if (outcome := tracking.stop()) is not None:
                teller.confirm(outcome)
        case LinkAct.SHOW:
            window = windows.open_main_window()
            if link.day is not None:
                window.show_day(link.day)
