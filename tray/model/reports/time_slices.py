"""The stretches of time by which a report groups: days, weeks, weekdays, hours of the clock."""

import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from tray.model.days import Calendar
from tray.model.durations import HOUR, MINUTE
from tray.model.filters import DayRange
from tray.model.reports.report_definition import Grouping
from tray.model.week import first_day

Key = date | int | str
"""What a group is of: a date, a number or an id, or a text."""

_QUARTER: Final = 15 * MINUTE
"""Every zone is ahead of or behind UTC by a whole number of these."""
_DAY: Final = timedelta(days=1)


class TimeSlice(NamedTuple):
    """A stretch of time that lies in one group of each level."""

    begin: int
    end: int
    """Epoch seconds; not part of it."""
    keys: tuple[Key, ...] = ()
    """Of the levels that follow from the time, in their order."""


def slices(days: DayRange, levels: Sequence[Grouping], calendar: Calendar) -> Iterator[TimeSlice]:
    """The stretches of some days in order, without a gap; those with one key are one."""
    last: TimeSlice | None = None
    for piece in _pieces(days, levels, calendar):
        if last is not None and last.keys == piece.keys:
            last = last._replace(end=piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _pieces(days: DayRange, levels: Sequence[Grouping], calendar: Calendar) -> Iterator[TimeSlice]:
    day, begin = days.first, calendar.begin(days.first)
    while day <= days.last:
        following = day + _DAY
        end = calendar.begin(following)
        if begin < end and Grouping.HOUR in levels:
            for hour, since, until in _hours(begin, end, calendar.zone):
                yield TimeSlice(since, until, _keys(day, levels, calendar, hour))
        elif begin < end:  # a zone can leave out a day
            yield TimeSlice(begin, end, _keys(day, levels, calendar))
        day, begin = following, max(begin, end)


def _keys(
    day: date, levels: Sequence[Grouping], calendar: Calendar, hour: int = 0
) -> tuple[Key, ...]:
    return tuple(hour if level is Grouping.HOUR else _key(day, level, calendar) for level in levels)


def _key(day: date, level: Grouping, calendar: Calendar) -> Key:
    match level:
        case Grouping.WEEK:
            return first_day(day, calendar)
        case Grouping.MONTH:
            return day.replace(day=1)
        case Grouping.YEAR:
            return date(day.year, 1, 1)
        case Grouping.WEEKDAY:
            return day.weekday()
        case _:
            return day


def _hours(begin: int, end: int, zone: tzinfo | None) -> Iterator[tuple[int, int, int]]:
    """The hours that a clock shows, each with from when to when."""
    ahead = _ahead(begin, zone)
    regular = ahead == _ahead(end - 1, zone)
    since = begin
    while since < end:
        local = since + (ahead if regular else _ahead(since, zone))
        step = HOUR if regular else _QUARTER
        until = min(end, since + step - local % step)
        yield local // HOUR % 24, since, until
        since = until


def _ahead(moment: int, zone: tzinfo | None) -> int:
    """How many seconds local time is ahead of UTC."""
    if zone is None:
        return time.localtime(moment).tm_gmtoff
    offset = datetime.fromtimestamp(moment, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0
