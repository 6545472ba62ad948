"""Moments, days and lengths as calendars write them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from tray.ical.components import Property
from tray.ical.zones import Zones, local_of, seconds_of

_MOMENT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?", re.IGNORECASE)
_MOST_LISTED: Final = 20_000
_LENGTH: Final = re.compile(
    r"([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?",
    re.IGNORECASE,
)


class BadEvent(Exception):
    """An event, or a part of it, that cannot be read."""


class CalendarTime(NamedTuple):
    """A moment, or a day."""

    local: datetime
    """What clocks show in its zone, naive; of a day its midnight."""
    zone: tzinfo
    is_day: bool = False

    @property
    def moment(self) -> int:
        """Epoch seconds; of a day the midnight of its zone."""
        return seconds_of(self.local, self.zone)

    def seen_in(self, zone: tzinfo) -> datetime:
        """What clocks show there at that moment; a day is the same day everywhere."""
        return self.local if self.is_day else local_of(self.moment, zone)


class Length(NamedTuple):
    """A length: days as the calendar counts them, and what is exact."""

    days: int
    seconds: int


End = Length | CalendarTime | None
"""What an occurrence has of its own, in place of what its series says."""


def read_when(given: Property, zones: Zones) -> CalendarTime:
    """The moment or day of a property.

    Raises:
        BadEvent: it is neither.
    """
    return _when(given.value.strip(), given, zones)


def read_whens(given: Property, zones: Zones) -> Iterator[CalendarTime]:
    """The moments and days of a list, without those that cannot be read."""
    for text in given.value.split(",", _MOST_LISTED):
        try:
            yield _when(text.strip(), given, zones)
        except BadEvent:
            continue


def read_periods(given: Property, zones: Zones) -> Iterator[tuple[CalendarTime, End]]:
    """The moments of a list, each with its own end or length, if it has one."""
    for text in given.value.split(",", _MOST_LISTED):
        start, _, end = text.strip().partition("/")
        try:
            begin = _when(start, given, zones)
            if not end:
                yield begin, None
            elif end[:1] in "Pp+-":
                yield begin, read_length(end)
            else:
                yield begin, _when(end, given, zones)
        except BadEvent:
            continue


def _when(text: str, given: Property, zones: Zones) -> CalendarTime:
    found = _MOMENT.fullmatch(text)
    if not found:
        raise BadEvent(text)
    *numbers, utc = found.groups()
    date, time = numbers[:3], numbers[3:]
    try:
        local = datetime(*map(int, date))  # type: ignore[arg-type]  # three of them
        if time[0] is None:
            return CalendarTime(local, zones.floating, is_day=True)
        hour, minute, second = (int(each) for each in time)
        local = local.replace(hour=hour, minute=minute, second=min(second, 59))
    except ValueError as error:
        raise BadEvent(text) from error
    if utc:
        return CalendarTime(local, zones.named("UTC"))
    name = given.parameters.get("TZID")
    return CalendarTime(local, zones.named(name) if name else zones.floating)


def read_length(text: str) -> Length:
    """A length.

    Raises:
        BadEvent: it is none, or not of this world.
    """
    found = _LENGTH.fullmatch(text.strip())
    if not found or not any(found.groups()[1:]):
        raise BadEvent(text)
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    if found[1] == "-":
        raise BadEvent(text)
    return Length(7 * weeks + days, (hours * 60 + minutes) * 60 + seconds)


def plus_days(local: datetime, days: int) -> datetime:
    """The same time of day so many days later.

    Raises:
        BadEvent: no calendar goes so far.
    """
    try:
        return local + timedelta(days=days)
    except OverflowError as error:
        raise BadEvent(str(days)) from error
