"""What of the history is wanted: which projects, tags and the like, and which days."""

from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from tray.model.days import Calendar


class FilterKind(Enum):
    """By what entries are chosen."""

    WORKSPACE = "workspace"
    CLIENT = "client"
    PROJECT = "project"
    TASK = "task"
    TAG = "tag"
    BILLABLE = "billable"
    NOT_UPLOADED = "not uploaded"


class Criterion(NamedTuple):
    """One thing that is wanted."""

    kind: FilterKind
    id: int = 0
    """Of the thing; 0: entries that have none. Of what is billable 1, of what is not 0."""


class DayRange(NamedTuple):
    """Days that follow each other, both included."""

    first: date
    last: date


class Filters(NamedTuple):
    """An entry fits that has one of what is wanted of each kind, and a part in the days."""

    criteria: tuple[Criterion, ...] = ()
    """In the order in which they were chosen, each once."""
    days: DayRange | None = None
    """None: all days."""

    def toggled(self, criterion: Criterion) -> "Filters":
        """With a criterion, or without it if it is among them."""
        rest = tuple(each for each in self.criteria if each != criterion)
        if len(rest) < len(self.criteria):
            return self._replace(criteria=rest)
        return self._replace(criteria=(*rest, criterion))

    def ids(self, kind: FilterKind) -> tuple[int, ...]:
        """What is wanted of one kind."""
        return tuple(each.id for each in self.criteria if each.kind is kind)


def span_of(days: DayRange | None, calendar: Calendar) -> tuple[int, int] | None:
    """From when to when some days are, in epoch seconds."""
    return None if days is None else (calendar.begin(days.first), calendar.day(days.last)[1])


class NamedRange(Enum):
    """A range of days, by what people call it."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this week"
    LAST_WEEK = "last week"
    THIS_MONTH = "this month"
    LAST_MONTH = "last month"


def named_range(name: NamedRange, today: date, calendar: Calendar) -> DayRange:
    """The days that are meant on some day."""
    back = timedelta(days=1)
    monday = today - timedelta(days=(today.weekday() - calendar.first_weekday) % 7)
    month = today.replace(day=1)
    match name:
        case NamedRange.TODAY:
            return DayRange(today, today)
        case NamedRange.YESTERDAY:
            return DayRange(today - back, today - back)
        case NamedRange.THIS_WEEK:
            return DayRange(monday, monday + 6 * back)
        case NamedRange.LAST_WEEK:
            return DayRange(monday - 7 * back, monday - back)
        case NamedRange.THIS_MONTH:
            return DayRange(month, (month + 31 * back).replace(day=1) - back)
        case NamedRange.LAST_MONTH:
            return DayRange((month - back).replace(day=1), month - back)
