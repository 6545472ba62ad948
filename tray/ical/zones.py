"""Which time zone a name of a calendar means, and what its clocks show when."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from tray.ical.components import Component, Property

_EPOCH: Final = datetime(1970, 1, 1)
_OFFSET: Final = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_MOMENT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)")
_PLAIN_RULE: Final = re.compile(
    r"FREQ=YEARLY(;(BYMONTH=\d\d?|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=[\d,+-]+|INTERVAL=1|WKST=..))*"
)
"""What a zone's definition may repeat by: once a year."""


class DefinedZone(tzinfo):
    """A zone as a calendar itself defines it, for the years around those that matter."""

    def __init__(self, changes: Iterable[tuple[datetime, timedelta, timedelta]]) -> None:
        """Take the changes of the clocks: when, as they showed it before, and from what to what."""
        ordered = sorted((at - before, before, after) for at, before, after in changes)
        self._at = [at for at, _, _ in ordered]
        """When clocks change, in UTC."""
        self._offsets = [ordered[0][1], *(after for _, _, after in ordered)]

    def utcoffset(self, when: datetime | None) -> timedelta:
        """How far the clocks are ahead of UTC.

        A time that is shown twice is the first one; one that is not shown is as before the change.
        """
        local = (when or _EPOCH).replace(tzinfo=None)
        by_size = sorted(set(self._offsets), reverse=True)
        for offset in by_size:
            if self._at_utc(local - offset) == offset:
                return offset
        return self._at_utc(local - by_size[0])

    def dst(self, _: datetime | None) -> timedelta | None:
        """Unknown: nobody asks."""
        return None

    def tzname(self, _: datetime | None) -> str:
        """None of its own."""
        return ""

    def fromutc(self, when: datetime) -> datetime:
        """What the clocks show."""
        return when + self._at_utc(when.replace(tzinfo=None))

    def _at_utc(self, moment: datetime) -> timedelta:
        return self._offsets[bisect_right(self._at, moment)]


class ComputersZone(tzinfo):
    """The computer's own, with the rules that it had at each time."""

    def utcoffset(self, when: datetime | None) -> timedelta:
        """How far the clocks are ahead of UTC."""
        local = (when or _EPOCH).replace(tzinfo=None)
        try:
            return local.astimezone().utcoffset() or timedelta()
        except (OverflowError, OSError, ValueError):
            return timedelta()

    def dst(self, _: datetime | None) -> timedelta | None:
        """Unknown: nobody asks."""
        return None

    def tzname(self, _: datetime | None) -> str:
        """None of its own."""
        return ""

    def fromutc(self, when: datetime) -> datetime:
        """What the clocks show."""
        try:
            return when.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)
        except (OverflowError, OSError, ValueError):
            return when


def seconds_of(local: datetime, zone: tzinfo) -> int:
    """The moment at which clocks show `local` (naive), as epoch seconds of whatever year."""
    offset = local.replace(tzinfo=zone).utcoffset() or timedelta()
    return int((local - _EPOCH - offset).total_seconds())


def local_of(moment: int, zone: tzinfo) -> datetime:
    """What clocks show at a moment, naive."""
    aware = (_EPOCH + timedelta(seconds=moment)).replace(tzinfo=zone)
    return zone.fromutc(aware).replace(tzinfo=None)


class Zones:
    """The zones of one calendar; what another defines under the same name is not known here.

    Args:
        definitions: The components that define zones.
        years: The first and the last that matter.
        viewer: The zone of who looks at it, in which things with an unknown zone are shown.
    """

    def __init__(
        self, definitions: Iterable[Component], years: tuple[int, int], viewer: tzinfo
    ) -> None:
        self._definitions: dict[str, Component] = {}
        for each in definitions:
            name = each.first("TZID")
            if name is not None:
                self._definitions.setdefault(name.text, each)
        self._years = years
        self._known: dict[str, tzinfo | None] = {}
        self.floating = viewer
        """That of times without one."""
        self._viewer = viewer
        self.unknown: dict[str, None] = {}
        """The names that mean no zone, in the order in which they came."""

    def use_for_floating(self, name: str) -> None:
        """Read times without a zone in this one, if there is one of that name."""
        self.floating = self.named(name)

    def named(self, name: str) -> tzinfo:
        """The zone of that name; the viewer's if it means none."""
        if name not in self._known:
            self._known[name] = _of_database(name) or _defined(
                self._definitions.get(name), self._years
            )
        if (found := self._known[name]) is not None:
            return found
        self.unknown[name] = None
        return self._viewer


def _of_database(name: str) -> tzinfo | None:
    """The zone of that name, or of that name in Windows, or at the end of that name."""
    parts = name.strip("/").split("/")
    ends = ("/".join(parts[at:]) for at in range(1, len(parts) - 1))
    for each in (name, WINDOWS_TO_OLSON.get(name, ""), *ends):
        with suppress(ValueError, OSError, LookupError):
            if each:
                return ZoneInfo(each)
    return None


def _defined(definition: Component | None, years: tuple[int, int]) -> tzinfo | None:
    """The zone of a definition; None if there is none, or it cannot be read."""
    changes: list[tuple[datetime, timedelta, timedelta]] = []
    for part in definition.parts if definition is not None else ():
        try:
            changes += _changes(part, years)
        except (ValueError, OverflowError):
            return None
    return DefinedZone(changes) if changes else None


def _changes(
    part: Component, years: tuple[int, int]
) -> Iterable[tuple[datetime, timedelta, timedelta]]:
    """When one half of a zone begins, in these years or before them.

    Raises:
        ValueError: it cannot be read, or repeats more often than once a year.
    """
    start = _moment(part.first("DTSTART"))
    before, after = (_offset(part.first(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    yield start, before, after
    for each in part.all("RDATE"):
        yield _moment(each), before, after
    for rule in part.all("RRULE"):
        text = ";".join(p for p in rule.value.upper().split(";") if not p.startswith("UNTIL="))
        if not _PLAIN_RULE.fullmatch(text):
            raise ValueError(rule.value)
        until = _until(rule.value)
        rest = "" if "BY" in text else f";BYMONTH={start.month};BYMONTHDAY={start.day}"
        first = start
        if start.year < years[0]:
            first = datetime(years[0], 1, 1, start.hour, start.minute, start.second)
        for found in rrulestr(text + rest, dtstart=first):
            if found.year > years[1] or (until is not None and found > until):
                break
            yield found, before, after


def _until(rule: str) -> datetime | None:
    """Up to when, near enough: a day more or less lies in no half of a year that matters."""
    found = re.search(r"UNTIL=(\d{4})(\d\d)(\d\d)", rule.upper())
    if not found:
        return None
    return datetime(*map(int, found.groups())) + timedelta(days=1)  # type: ignore[arg-type]


def _moment(given: Property | None) -> datetime:
    found = _MOMENT.match(given.value) if given else None
    if not found:
        raise ValueError(given)
    return datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # six of them


def _offset(given: Property | None) -> timedelta:
    found = _OFFSET.fullmatch(given.value.strip()) if given else None
    if not found:
        raise ValueError(given)
    sign, hours, minutes, seconds = found.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -size if sign == "-" else size


def viewer_zone(name: str) -> tzinfo:
    """The zone of who looks at a calendar; the computer's own without a name."""
    return _of_database(name) or ComputersZone() if name else ComputersZone()
