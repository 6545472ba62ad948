"""How moments and lengths are written, in windows and in the terminal alike; no word among them."""

import time
from datetime import datetime, tzinfo
from typing import NamedTuple

from tray.model.days import Calendar
from tray.model.durations import HOUR, MINUTE


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
        return f"{hour % 12 or 12}:{minute:02} {'AM' if hour % 24 < 12 else 'PM'}"

    def date_and_time(self, moment: int) -> str:
        """A moment as ``2026-02-13 09:30``."""
        date = datetime.fromtimestamp(moment, self.zone).date()
        return f"{date.isoformat()} {self.time_of_day(moment)}"

    def length(self, seconds: int, minutes: int | None = None) -> str:
        """A length in a list, as `h_mm_ss` or `h_mm`.

        Args:
            seconds: How long it is.
            minutes: What it is rounded to beside others, if it has to add up with them.
        """
        if self.to_the_second:
            return h_mm_ss(seconds)
        return h_mm(seconds if minutes is None else minutes * MINUTE)

    def since_today(self, moment: int, calendar: Calendar, *, now: int) -> str:
        """The time of day; with its date, as it can be typed, if it is not of the user's today."""
        begin, end = calendar.day(calendar.day_of(now))
        return self.time_of_day(moment) if begin <= moment < end else self.date_and_time(moment)


def h_mm_ss(seconds: int) -> str:
    """A length as ``h:mm:ss``, for what ticks."""
    return f"{h_mm(seconds)}:{seconds % MINUTE:02}"


def h_mm(seconds: int) -> str:
    """A length as ``h:mm``, for what stands still."""
    return f"{seconds // HOUR}:{seconds // MINUTE % 60:02}"


def iso_utc(moment: int) -> str:
    """A moment as ISO 8601 in UTC, ``2026-02-13T10:00:00Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
