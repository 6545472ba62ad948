"""The hours that a picture of one day reaches over."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from tray.model.days import Calendar
from tray.model.durations import HOUR

_FROM: Final = 8
_UP_TO: Final = 18
"""Hours of the clock that are always shown."""
_MOST_LABELS: Final = 7


class DayScale(NamedTuple):
    """From when to when a day is shown, epoch seconds, both on the hour."""

    begin: int
    end: int

    def share(self, moment: int) -> float:
        """Where a moment is, from 0 at the begin to 1 at the end."""
        return min(1.0, max(0.0, (moment - self.begin) / (self.end - self.begin)))

    def labels(self) -> Sequence[int]:
        """The moments to write the hour at, from the begin on."""
        hours = (self.end - self.begin) // HOUR
        step = next(each for each in (1, 2, 3, 4, 6) if hours // each < _MOST_LABELS)
        return range(self.begin, self.end + 1, step * HOUR)


def day_scale(day: date, spans: Iterable[tuple[int, int]], calendar: Calendar) -> DayScale:
    """The usual hours of a day, and as many more as what was done in it needs.

    Args:
        day: which.
        spans: what was done in it, each from when to when.
        calendar: whose day.
    """
    midnight, _ = calendar.day(day)
    usual = max(0, _FROM - calendar.day_start_hour), max(1, _UP_TO - calendar.day_start_hour)
    hours = [hour for span in spans for hour in _hours(span, midnight)]
    first, last = min(usual[0], *hours, usual[1]), max(*usual, *hours)
    return DayScale(midnight + first * HOUR, midnight + last * HOUR)


def _hours(span: tuple[int, int], midnight: int) -> tuple[int, int]:
    """The whole hours of the day that a span lies in."""
    begin, end = span
    return (begin - midnight) // HOUR, -((midnight - end) // HOUR)
