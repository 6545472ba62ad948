"""How moments, dates, lengths and numbers are written, in windows and in the terminal alike.

The zone and the hours of the day are in a `TimeFormat`; the language, the order of dates and the
form of lengths are in force for the whole program, like the language of its sentences. Files, JSON
and fields to type into have ``h:mm`` and ISO dates, whatever the user likes to read.
"""

import time
from datetime import date, datetime, tzinfo
from functools import lru_cache

from tray.language import grouped
from tray.lean_typing import Final, NamedTuple
from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR, MINUTE, h_mm, h_mm_ss
from tray.model.locales import chosen
from tray.model.locales.chosen import CLASSIC, DECIMAL, ISO, style

_NOON: Final = 12


class TimeFormat(NamedTuple):
    """How moments are shown: the user's zone and format."""

    zone: tzinfo | None = None
    twelve_hours: bool = False
    to_the_second: bool = False
    """Whether lengths in lists are shown to the second, or in minutes that add up."""

    def time_of_day(self, moment: int) -> str:
        """A moment as ``09:30`` or ``9:30 AM``."""
        local = datetime.fromtimestamp(moment, self.zone)
        return self.clock_time(local.hour * 60 + local.minute)

    def clock_time(self, minutes: int) -> str:
        """What a clock shows so many minutes after midnight, as ``09:30`` or ``9:30 AM``."""
        hour, minute = divmod(minutes, 60)
        if not self.twelve_hours:
            return f"{hour:02}:{minute:02}"
        locale = chosen.current()
        half = locale.halves[hour % 24 >= _NOON]
        clock = f"{hour % _NOON or _NOON}:{minute:02}"
        return locale.half_day_clock.format(clock=clock, half=half)

    def hour(self, hour: int) -> str:
        """An hour of the day in a small place, as ``9`` or ``9 AM``."""
        if not self.twelve_hours:
            return f"{hour}"
        locale = chosen.current()
        half = locale.halves[hour % 24 >= _NOON]
        return locale.half_day_hour.format(clock=hour % _NOON or _NOON, half=half)

    def date_and_time(self, moment: int) -> str:
        """A moment as ``2026-02-13 09:30``, the date as the user likes it."""
        day = datetime.fromtimestamp(moment, self.zone).date()
        return f"{numeric_date(day)} {self.time_of_day(moment)}"

    def length(self, seconds: int, minutes: int | None = None) -> str:
        """A length in a list, to the second or to the minute.

        Args:
            seconds: How long it is.
            minutes: What it is rounded to beside others, if it has to add up with them.
        """
        if self.to_the_second:
            return exact_length(seconds)
        if minutes is None or style().lengths == DECIMAL:
            return length(seconds)
        return length(minutes * MINUTE)

    def since_today(self, moment: int, calendar: Calendar, *, now: int) -> str:
        """The time of day; with its date, as it can be typed, if it is not of the user's today."""
        begin, end = calendar.day(calendar.day_of(now))
        return self.time_of_day(moment) if begin <= moment < end else self.date_and_time(moment)


def numeric_date(day: date) -> str:
    """A date as ``2026-02-13``, or in the user's order."""
    if style().dates == ISO:
        return day.isoformat()
    year, month, number = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    return style().dates.replace("YYYY", year).replace("MM", month).replace("DD", number)


def exact_length(seconds: int) -> str:
    """A length to the second, for what ticks: ``1:30:05``, or in the user's form."""
    if style().lengths == DECIMAL:
        return _in_hours(seconds)
    if style().lengths == CLASSIC and seconds < HOUR:
        clock = f"{seconds // MINUTE}:{seconds % MINUTE:02}"
        return chosen.current().in_minutes.format(number=clock)
    return h_mm_ss(seconds)


def length(seconds: int) -> str:
    """A length to the minute, for what stands still: ``1:30``, or in the user's form."""
    if style().lengths == DECIMAL:
        return _in_hours(seconds)
    if style().lengths == CLASSIC and seconds < HOUR:
        return chosen.current().in_minutes.format(number=seconds // MINUTE)
    return h_mm(seconds)


def _in_hours(seconds: int) -> str:
    locale = chosen.current()
    hundredths = (seconds + 18) // 36
    number = decimal(f"{hundredths // 100}.{hundredths % 100:02}")
    return locale.in_hours.format(number=number)


def number(count: int) -> str:
    """A whole number as ``1,024``."""
    return grouped(count, chosen.code())


def decimal(written: str) -> str:
    """A number such as ``12.50``, with the sign before its fraction that the language has."""
    return written.replace(".", chosen.current().decimal)


def amount(number: float) -> str:
    """An amount of money as it was typed, ``80.5``."""
    return decimal(f"{number:g}")


def percent(whole: int) -> str:
    """A part of a hundred, as ``30 %``."""
    return chosen.current().percent.format(number=whole)


def iso_utc(moment: int) -> str:
    """A moment as ISO 8601 in UTC, ``2026-02-13T10:00:00Z``."""
    day, second = divmod(moment, DAY)
    clock = f"{second // HOUR:02}:{second // MINUTE % 60:02}:{second % MINUTE:02}"
    return f"{_iso_day(day)}T{clock}Z"


@lru_cache
def _iso_day(day: int) -> str:
    """A day in UTC, counted from the epoch on."""
    return time.strftime("%Y-%m-%d", time.gmtime(day * DAY))
