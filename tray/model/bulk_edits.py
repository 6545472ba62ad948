"""What a change to several entries at once makes of each of them."""

from collections.abc import Sequence
from datetime import date
from enum import Enum

from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.typed_times import on_day


class TagChange(Enum):
    """What becomes of the tags that an entry has."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"


def changed_tags(present: Sequence[str], change: TagChange, named: Sequence[str]) -> list[str]:
    """The names of an entry's tags afterwards, each once; case makes no difference."""
    wanted = {name.casefold() for name in named}
    rest = [name for name in present if name.casefold() not in wanted]
    match change:
        case TagChange.ADD:
            kept = [name for name in present if name.casefold() in wanted]
            known = {name.casefold() for name in kept}
            return [*rest, *kept, *(name for name in named if name.casefold() not in known)]
        case TagChange.REMOVE:
            return rest
        case TagChange.REPLACE:
            return list(named)


def moved(
    entry: TimeEntry, calendar: Calendar, *, day: date | None = None, shift_seconds: int = 0
) -> tuple[int, int | None]:
    """When an entry is that is put on another day, at the same time of day, and shifted.

    It keeps its length.
    """
    start = entry.start if day is None else on_day(entry.start, day, calendar)
    start += shift_seconds
    return start, None if entry.stop is None else entry.stop + start - entry.start
