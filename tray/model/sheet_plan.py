"""What a length typed into a cell of the timesheet makes of that day's entries."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from tray.errors import Refused
from tray.language import tr
from tray.model import durations, formats
from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry
from tray.model.presence.hours import Hours
from tray.model.sheet_rows import SheetKey, key_of

USUAL_HOUR: Final = 9
"""When work begins on a day without working hours."""


class SheetDay(NamedTuple):
    """A day with all that lies in it; epoch seconds."""

    begin: int
    end: int
    work_begin: int
    entries: tuple[TimeEntry, ...]
    """All that have a part in it, whatever their project."""


class CellPlace(Enum):
    """Where in the day a new entry was put."""

    AFTER_LAST = "after the last"
    WORK_BEGIN = "at the start of work"
    FREE = "where there is room"


class NewEntry(NamedTuple):
    """An entry is made."""

    start: int
    stop: int
    place: CellPlace


class NewTimes(NamedTuple):
    """An entry gets other times."""

    entry: TimeEntry
    start: int
    stop: int


class Removal(NamedTuple):
    """An entry goes, as nothing is left of it."""

    entry: TimeEntry


CellPlan = NewEntry | NewTimes | Removal | None
"""None: it is so already."""


def sheet_day(
    day: date, entries: Sequence[TimeEntry], calendar: Calendar, hours: Hours
) -> SheetDay:
    """A day with those of `entries` that lie in it, and when work begins there."""
    begin, end = calendar.day(day)
    spans = [start for start, _ in hours.spans(day, calendar.zone) if begin <= start < end]
    work_begin = min(spans, default=calendar._replace(day_start_hour=USUAL_HOUR).begin(day))
    inside = (
        each for each in entries if each.start < end and (each.stop is None or each.stop > begin)
    )
    return SheetDay(begin, end, min(max(begin, work_begin), end), tuple(inside))


def plan_length(key: SheetKey, seconds: int, day: SheetDay, *, by_task: bool, now: int) -> CellPlan:
    """What has to be done for a cell to hold `seconds`; no other cell has another length then.

    An empty cell gets one entry; in another one the last entry is lengthened or shortened.

    Raises:
        Refused: the day has no room for that, or the last entry cannot be changed so.
    """
    own = [each for each in day.entries if key_of(each, by_task=by_task) == key]
    have = sum(_share(each, day, now=now) for each in own)
    if durations.h_mm(have) == durations.h_mm(seconds) and seconds % MINUTE == 0:
        return None  # that is what is shown, and nobody types seconds
    if not own:
        return _new_entry(seconds, day)
    last = max(own, key=lambda each: (each.start, each.id))
    if last.stop is None:
        raise Refused(tr("It is running. Stop it to give it another length."), field="stop")
    if seconds < have:
        return _shortened(last, have - seconds, day, rest=have - _share(last, day, now=now))
    return _lengthened(last, seconds - have, day)


def _share(entry: TimeEntry, day: SheetDay, *, now: int) -> int:
    """How much of an entry lies in the day."""
    stop = now if entry.stop is None else entry.stop
    return max(0, min(stop, day.end) - max(entry.start, day.begin))


def _new_entry(seconds: int, day: SheetDay) -> NewEntry:
    gaps = _gaps(day)
    for start, place in _places(day):
        if (found := _from(start, seconds, gaps)) is not None:
            return NewEntry(found, found + seconds, place if found == start else CellPlace.FREE)
    for begin, end in reversed(gaps):
        if end - begin >= seconds:
            return NewEntry(end - seconds, end, CellPlace.FREE)
    longest = max((end - begin for begin, end in gaps), default=0)
    raise Refused(
        tr("That day has no room for {length} in one entry; at most {longest} fits.").format(
            length=formats.length(seconds), longest=formats.length(longest)
        ),
        field="stop",
    )


def _places(day: SheetDay) -> list[tuple[int, CellPlace]]:
    """From where on room is looked for, the best first."""
    begun = [each for each in day.entries if each.start >= day.begin]
    stops = [each.stop for each in begun if each.stop is not None]
    after = [(max(stops), CellPlace.AFTER_LAST)] if stops and len(stops) == len(begun) else []
    return [*after, (day.work_begin, CellPlace.WORK_BEGIN)]


def _from(start: int, seconds: int, gaps: Sequence[tuple[int, int]]) -> int | None:
    """Where the first room for so many seconds begins, at `start` or later."""
    begins = (max(start, begin) for begin, end in gaps if end - max(start, begin) >= seconds)
    return next(begins, None)


def _gaps(day: SheetDay) -> list[tuple[int, int]]:
    """Where nothing is, the earliest first; what runs goes on."""
    found, reached = [], day.begin
    for entry in sorted(day.entries, key=lambda each: (each.start, each.id)):
        if entry.start > reached:
            found.append((reached, entry.start))
        reached = max(reached, day.end if entry.stop is None else entry.stop)
    return [*found, (reached, day.end)] if reached < day.end else found


def _shortened(last: TimeEntry, by: int, day: SheetDay, *, rest: int) -> CellPlan:
    start, stop = last.start, last.stop or 0
    share = min(stop, day.end) - max(start, day.begin)
    if by > share:
        raise Refused(
            tr(
                "The other entries of this cell take {length}; it cannot have less by its "
                "last one alone. Shorten or delete them in the list."
            ).format(length=formats.length(rest)),
            field="stop",
        )
    if day.begin <= start and stop <= day.end and by == share:
        return Removal(last)
    if stop <= day.end:
        return NewTimes(last, start, stop - by)
    if start >= day.begin:
        return NewTimes(last, start + by, stop)
    raise _goes_on(last)


def _lengthened(last: TimeEntry, by: int, day: SheetDay) -> CellPlan:
    start, stop = last.start, last.stop or 0
    before, behind = _room(last, day)
    if stop <= day.end and behind >= by:
        return NewTimes(last, start, stop + by)
    if start >= day.begin and before >= by:
        return NewTimes(last, start - by, stop)
    if start < day.begin and stop > day.end:
        raise _goes_on(last)
    free = max(before, behind)
    if free < MINUTE:
        text = tr(
            "{name} cannot be longer, as other entries are right beside it. Change it in the list."
        )
    else:
        text = tr("{name} has no room to be {length} longer; at most {free} is free beside it.")
    values = {"length": formats.length(by), "free": formats.length(free)}
    raise Refused(text.format(name=named(last), **values), field="stop")


def _room(entry: TimeEntry, day: SheetDay) -> tuple[int, int]:
    """How much is free before an entry, and behind it, within the day."""
    start, stop = entry.start, entry.stop or 0
    others = [each for each in day.entries if each.id != entry.id]
    ends = [day.end if each.stop is None else each.stop for each in others if each.start < start]
    begins = [each.start for each in others if each.stop is None or each.stop > stop]
    return max(0, start - max([day.begin, *ends])), max(0, min([day.end, *begins]) - stop)


def _goes_on(entry: TimeEntry) -> Refused:
    return Refused(
        tr("{name} fills the day and goes on before and after it. Change it in the list.").format(
            name=named(entry)
        ),
        field="stop",
    )


def named(entry: TimeEntry) -> str:
    """An entry at the beginning of a sentence."""
    if not entry.description:
        return tr("The last entry")
    return tr("“{name}”").format(name=entry.description)
