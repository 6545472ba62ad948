"""Puts entries below the days that they are part of, as they are read, from the latest on."""

from collections.abc import Iterable, Iterator
from datetime import date
from sys import maxsize
from typing import NamedTuple

from tray.model.days import Calendar, Share
from tray.model.entities import TimeEntry


class Listed(NamedTuple):
    """An entry as it stands below one day."""

    entry: TimeEntry
    share: Share
    is_part: bool
    """Whether the rest of it stands below other days."""

    @property
    def seconds(self) -> int:
        """How much of it belongs to the day."""
        return self.share.end - self.share.begin


def by_day(
    found: Iterable[TimeEntry], calendar: Calendar, *, longest: int, now: int
) -> Iterator[tuple[date, list[Listed]]]:
    """Each day with what was done in it, the latest first, both the days and what is in them.

    Only as many days are held as the longest entry reaches over.

    Args:
        found: Entries, the latest start first.
        calendar: Whose days.
        longest: How many seconds none of them is longer than.
        now: Up to when what runs is counted.
    """
    waiting: dict[date, list[Listed]] = {}
    day, begin, until = date.max, maxsize, maxsize
    for entry in found:
        end = entry.start + entry.seconds(now)
        if entry.start < begin:
            day = calendar.day_of(entry.start)
            begin, until = calendar.day(day)
            yield from _complete(waiting, calendar, entry.start + longest)
        if end <= until:  # as nearly all do, whose days need not be looked for then
            share = Share(day, entry.start, end)
            waiting.setdefault(day, []).append(Listed(entry, share, False))
            continue
        shares = list(calendar.shares(entry.start, end))
        for share in shares:
            waiting.setdefault(share.day, []).append(Listed(entry, share, len(shares) > 1))
    yield from _complete(waiting, calendar, None)


def _complete(
    waiting: dict[date, list[Listed]], calendar: Calendar, reached: int | None
) -> Iterator[tuple[date, list[Listed]]]:
    """Take out the days that begin when `reached` is past, or all."""
    while waiting:
        day = max(waiting)
        if reached is not None and calendar.begin(day) < reached:
            return
        yield day, waiting.pop(day)
