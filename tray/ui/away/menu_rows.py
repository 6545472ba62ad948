"""What waits for a word of the user, as rows of the menu: none of it needs a notification."""

from collections.abc import Iterable
from typing import Final

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.snapshot import Snapshot
from tray.ui import wording
from tray.ui.away.questions import OPEN, START_SINCE, STOP_THEN, Prompt
from tray.ui.away.text import MomentFormatter
from tray.ui.menu import MenuAction, MenuRow

EARLIER: Final = "earlier"
"""Whatever starts or stops at a moment that has passed is about this."""
_INDENT: Final = "    "


def rows(matters: Iterable[Prompt]) -> list[MenuRow]:
    """Each matter by its title, which opens it, and below it the choices there are."""
    found: list[MenuRow] = []
    for matter in matters:
        if not matter.offers:
            continue
        found.append(MenuRow(matter.title, MenuAction.ANSWER, about=matter.id, answer=OPEN))
        for offer in matter.offers:
            text = f"{_INDENT}{offer.label}"
            found.append(MenuRow(text, MenuAction.ANSWER, about=matter.id, answer=offer.key))
    return found


def start_since(moment: int, state: Snapshot, times: TimeFormat, *, now: int) -> list[MenuRow]:
    """Start what was done last as of the return, if nothing runs since."""
    if state.running is not None or not state.recent:
        return []
    text = tr("Start since I came back at {time}: {what}").format(
        time=MomentFormatter(times, now=now).at(moment),
        what=wording.full(state.recent[0], state.names),
    )
    return [MenuRow(text, MenuAction.ANSWER, about=EARLIER, answer=START_SINCE)]


def stop_then(moment: int, times: TimeFormat, *, now: int) -> list[MenuRow]:
    """Stop what runs as of the moment when the user went away."""
    text = tr("Stop at {time}, when I went away")
    text = text.format(time=MomentFormatter(times, now=now).at(moment))
    return [MenuRow(text, MenuAction.ANSWER, about=EARLIER, answer=STOP_THEN)]


def no_idle_time() -> MenuRow:
    """Where idleness cannot be measured; the settings say why, and what is gone by instead."""
    return MenuRow(tr("Idle time cannot be measured here…"), MenuAction.SETTINGS)
