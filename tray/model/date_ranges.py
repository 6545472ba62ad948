"""Stretches of days that one speaks of, such as last month, as moments."""

from datetime import date, timedelta
from enum import StrEnum

from tray.model.days import Calendar


class DateRange(StrEnum):
    """What can be chosen by name."""

    ALL = "all time"
    THIS_WEEK = "this week"
    LAST_WEEK = "last week"
    THIS_MONTH = "this month"
    LAST_MONTH = "last month"
    THIS_YEAR = "this year"
    LAST_YEAR = "last year"


def moments_of(chosen: DateRange, calendar: Calendar, today: date) -> tuple[int, int] | None:
    """From the first second of the range to the first after it; None for all there is."""
    match chosen:
        case DateRange.ALL:
            return None
        case DateRange.THIS_WEEK:
            return calendar.week(today)
        case DateRange.LAST_WEEK:
            return calendar.week(today - timedelta(days=7))
        case DateRange.THIS_MONTH:
            return calendar.month(today)
        case DateRange.LAST_MONTH:
            return calendar.month(today.replace(day=1) - timedelta(days=1))
        case DateRange.THIS_YEAR:
            return calendar.year(today)
        case DateRange.LAST_YEAR:
            return calendar.year(date(today.year - 1, 1, 1))


def days_between(first: date, last: date, calendar: Calendar) -> tuple[int, int]:
    """From the first second of one day to the end of another, whichever of them comes first."""
    return calendar.begin(min(first, last)), calendar.day(max(first, last))[1]
