"""A week in seven days, each with how long was spent on which project."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from tray.model.days import Calendar
from tray.model.entities import TimeEntry


class ProjectTime(NamedTuple):
    """How long was spent on one project; None: on none."""

    project_id: int | None
    seconds: int


class WeekDay(NamedTuple):
    """One day of a week."""

    date: date
    parts: tuple[ProjectTime, ...]
    """The longest first."""

    @property
    def seconds(self) -> int:
        """How long in all."""
        return sum(part.seconds for part in self.parts)


def first_day(day: date, calendar: Calendar) -> date:
    """The day that the week around `day` begins with."""
    return day - timedelta(days=(day.weekday() - calendar.first_weekday) % 7)


def week_days(
    entries: Iterable[TimeEntry], first: date, calendar: Calendar, *, now: int
) -> tuple[WeekDay, ...]:
    """The seven days from `first` on; of each entry counts what overlaps with the day.

    Args:
        entries: All that have a part in the week; what else they have does not count.
        first: The first of the days.
        calendar: Where days begin.
        now: Up to when a running entry counts, epoch seconds.
    """
    days = [first + timedelta(days=at) for at in range(7)]
    found: dict[date, Counter[int | None]] = {day: Counter() for day in days}
    begin, end = calendar.begin(first), calendar.begin(first + timedelta(days=7))
    for entry in entries:
        start = max(begin, entry.start)
        stop = min(end, now if entry.stop is None else entry.stop)
        for share in calendar.shares(start, stop) if start < stop else ():
            found[share.day][entry.project_id] += share.end - share.begin
    return tuple(WeekDay(day, _longest_first(found[day])) for day in days)


def _longest_first(lengths: Counter[int | None]) -> tuple[ProjectTime, ...]:
    return tuple(ProjectTime(project, seconds) for project, seconds in lengths.most_common())
