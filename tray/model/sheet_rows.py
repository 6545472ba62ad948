"""The grid of the timesheet: how long each project, or each of its tasks, had on each day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from tray.model.days import Calendar
from tray.model.entities import TimeEntry

DAYS: Final = 7


class SheetKey(NamedTuple):
    """What a row is about; without a project, all that has none."""

    project_id: int | None = None
    task_id: int | None = None
    """None where rows are by project: then it is all of that."""


class SheetRow(NamedTuple):
    """One row with its seven cells."""

    key: SheetKey
    seconds: tuple[int, ...]


def key_of(entry: TimeEntry, *, by_task: bool) -> SheetKey:
    """The row that an entry belongs to."""
    return SheetKey(entry.project_id, entry.task_id if by_task else None)


def days_of(first: date) -> tuple[date, ...]:
    """The days of the week that begins with `first`."""
    return tuple(first + timedelta(days=number) for number in range(DAYS))


def sheet_rows(
    entries: Iterable[TimeEntry], first: date, calendar: Calendar, *, by_task: bool, now: int
) -> tuple[SheetRow, ...]:
    """The rows of a week, the one that was begun first on top.

    Args:
        entries: All that have a part in the week, in any order; what else they have does not count.
        first: The first of the days.
        calendar: Where days begin.
        by_task: Whether each task has a row of its own.
        now: Up to when what runs counts, epoch seconds.
    """
    ordinals = {day: at for at, day in enumerate(days_of(first))}
    begin, end = calendar.begin(first), calendar.begin(first + timedelta(days=DAYS))
    found: dict[SheetKey, list[int]] = {}
    for entry in sorted(entries, key=lambda each: (each.start, each.id)):
        cells = found.setdefault(key_of(entry, by_task=by_task), [0] * DAYS)
        start, stop = max(begin, entry.start), min(end, entry.start + entry.seconds(now))
        for share in calendar.shares(start, stop) if start < stop else ():
            cells[ordinals[share.day]] += share.end - share.begin
    return tuple(SheetRow(key, tuple(cells)) for key, cells in found.items())
