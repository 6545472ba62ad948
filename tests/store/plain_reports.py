"""Reports worked out a second way: second by second of local time, entry by entry, nothing kept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.filters import DayRange
from tray.model.reports.report_definition import (
    Grouping,
    LengthRounding,
    MidnightRule,
    RoundedThing,
)
from tray.model.reports.time_slices import Key

STEP = 15 * 60
"""No day and no hour begins between two multiples of it."""


def rows(
    entries: Sequence[TimeEntry],
    days: DayRange,
    by: Sequence[Grouping],
    *,
    calendar: Calendar,
    rule: MidnightRule = MidnightRule.SPLIT,
    rounding: LengthRounding | None = None,
) -> dict[tuple[Key, ...], int]:
    """How many seconds each group of the lowest level has; without those that have none."""
    found: Counter[tuple[Key, ...]] = Counter()
    for entry in entries:
        for keys, seconds in _of_entry(entry, days, by, calendar, rule).items():
            if rounding and rounding.thing is RoundedThing.ENTRY:
                seconds = rounding.of(seconds)
            for each in _named(entry, keys, by):
                found[each] += seconds
    kept = {keys: seconds for keys, seconds in found.items() if seconds}
    if rounding and rounding.thing is RoundedThing.GROUP:
        kept = {keys: rounding.of(seconds) for keys, seconds in kept.items()}
    return kept


def _of_entry(
    entry: TimeEntry,
    days: DayRange,
    by: Sequence[Grouping],
    calendar: Calendar,
    rule: MidnightRule,
) -> Counter[tuple[object, ...]]:
    """By what follows from the time, and by each stretch without a break, how much it is."""
    found: Counter[tuple[object, ...]] = Counter()
    begun = _day(entry.start, calendar)
    stretch: tuple[object, ...] = ()
    if entry.stop is None:
        return found
    number = 0
    for begin, end in _steps(entry.start, entry.stop):
        day = begun if rule is MidnightRule.FIRST_DAY else _day(begin, calendar)
        if not days.first <= day <= days.last:
            continue
        keys = tuple(_time_key(level, day, begin, calendar) for level in by)
        if keys != stretch:
            stretch, number = keys, number + 1
        found[*keys, number] += end - begin
    return found


def _steps(start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop:
        end = min(stop, start - start % STEP + STEP)
        yield start, end
        start = end


def _day(moment: int, calendar: Calendar) -> date:
    """By the clock on the wall alone."""
    local = datetime.fromtimestamp(moment, calendar.zone)
    return (local.replace(tzinfo=None) - timedelta(hours=calendar.day_start_hour)).date()


def _time_key(level: Grouping, day: date, moment: int, calendar: Calendar) -> object:
    match level:
        case Grouping.DAY:
            return day
        case Grouping.WEEK:
            return day - timedelta(days=(day.weekday() - calendar.first_weekday) % 7)
        case Grouping.MONTH:
            return date(day.year, day.month, 1)
        case Grouping.YEAR:
            return date(day.year, 1, 1)
        case Grouping.WEEKDAY:
            return day.weekday()
        case Grouping.HOUR:
            return datetime.fromtimestamp(moment, calendar.zone).hour
    return None


def _named(
    entry: TimeEntry, keys: tuple[object, ...], by: Sequence[Grouping]
) -> Iterator[tuple[Key, ...]]:
    """The groups that a stretch of an entry is in: one for each tag, if tags are a level."""
    plain = {
        Grouping.PROJECT: entry.project_id or 0,
        Grouping.TASK: entry.task_id or 0,
        Grouping.DESCRIPTION: entry.description,
        Grouping.TAGS: f"[{','.join(map(str, entry.tag_ids))}]",
        Grouping.CLIENT: {1: 7, 2: 7, 3: 8}.get(entry.project_id or 0, 0),
    }
    for tag in entry.tag_ids or (0,):
        yield tuple(
            tag if level is Grouping.TAG else plain.get(level, key)  # type: ignore[misc]
            for level, key in zip(by, keys, strict=False)
        )
        if Grouping.TAG not in by:
            return
