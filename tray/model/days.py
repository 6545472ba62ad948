"""Where days, weeks, months and years begin and end for this user.

The zone is a `tzinfo`, or None for the computer's own: naive datetimes follow it by themselves,
daylight saving included. A day may start after midnight (work at 1 a.m. still belongs to
yesterday) and is 23, 24 or 25 hours long; all ranges are half-open, in epoch seconds.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

from tray.lean_typing import NamedTuple


class Share(NamedTuple):
    """What of a stretch of time lies in one day; epoch seconds."""

    day: date
    begin: int
    end: int


class Calendar(NamedTuple):
    """The user's days."""

    zone: tzinfo | None = None
    day_start_hour: int = 0
    first_weekday: int = 0
    """0 is Monday, 6 is Sunday, as in `date.weekday`."""

    def begin(self, day: date) -> int:
        """The first second of `day`.

        Where the clocks skip that hour, it is when they would have shown it; where they repeat
        it, the first of the two.
        """
        local = datetime(day.year, day.month, day.day, self.day_start_hour, tzinfo=self.zone)
        return int(local.timestamp())

    def day_of(self, moment: int) -> date:
        """The day to which a moment belongs.

        Usually its date or the day before, but a zone can leave out a whole day (Samoa, 2011), or
        set its clocks back across midnight after the next day has begun (Newfoundland, 2010).
        """
        day = datetime.fromtimestamp(moment, self.zone).date() + timedelta(days=1)
        while self.begin(day) > moment:
            day -= timedelta(days=1)
        return day

    def day(self, day: date) -> tuple[int, int]:
        """From the first second of `day` to the first of the next."""
        return self.begin(day), self.begin(day + timedelta(days=1))

    def shares(self, begin: int, end: int) -> Iterator[Share]:
        """The days that a stretch of time touches, the earliest first, each with its share.

        They add up to its length. What has none is in the day of its begin.
        """
        day = self.day_of(begin)
        while True:
            following = day + timedelta(days=1)
            until = min(end, self.begin(following))
            if until > begin or begin >= end:  # a zone can leave out a day
                yield Share(day, begin, max(begin, until))
            if until >= end:
                return
            day, begin = following, until

    def week(self, day: date) -> tuple[int, int]:
        """The week around `day`."""
        first = day - timedelta(days=(day.weekday() - self.first_weekday) % 7)
        return self.begin(first), self.begin(first + timedelta(days=7))

    def month(self, day: date) -> tuple[int, int]:
        """The month around `day`."""
        first = day.replace(day=1)
        following = (first + timedelta(days=31)).replace(day=1)
        return self.begin(first), self.begin(following)

    def year(self, day: date) -> tuple[int, int]:
        """The year around `day`."""
        return self.begin(date(day.year, 1, 1)), self.begin(date(day.year + 1, 1, 1))
