"""Dates, times of day and durations as Toggl's report writes them, in the user's zone.

A report gives local times without an offset. Where the clocks are set back, an hour has two
readings; the duration beside it mostly tells which is meant. If it does not, because the entry
lies wholly inside that hour, the first is taken, unless an offset behind the time tells.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from tray.errors import BadFile, BadLine, Refused
from tray.language import tr
from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.limits import FIRST_YEAR, LAST_YEAR
from tray.tracker.transfer.content import NeedsChoice, quoted

Readings = tuple[int, int]
"""The two moments that a local time can mean; mostly they are the same."""

_DATE: Final = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_TIME: Final = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*(?:([AaPp])\.?[Mm]\.?)?"
    r"(?:(Z)|([+-][0-9]{2}):?([0-9]{2}))?"
)
_CLOCK: Final = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9]))?\s*(min)?")
_NUMBER: Final = re.compile(
    r"([0-9]{1,7}(?:[.,][0-9]{1,6})?)\s*(|h|hours?|min|minutes?|s|sec|seconds?)"
)

YEAR_FIRST: Final = "YMD"
DAY_FIRST: Final = "DMY"
MONTH_FIRST: Final = "MDY"


def order_of(date_format: str) -> str:
    """The order of day, month and year in a format such as ``dmy``, ``DD/MM/YYYY`` or ``%d.%m.%Y``.

    Raises:
        BadLine: it is none of those three that there are.
    """
    order = "".join(dict.fromkeys(filter(str.isalpha, date_format.upper())))
    if order not in (YEAR_FIRST, DAY_FIRST, MONTH_FIRST):
        raise BadLine(
            tr("{text} is not a format of dates. Write ymd, dmy or mdy.").format(
                text=quoted(date_format)
            )
        )
    return order


def decide_order(dates: Iterable[tuple[int, str]], path: str) -> str:
    """Whether the day or the month comes first in dates, of which each is given with its line.

    Raises:
        NeedsChoice: they do not tell.
        BadFile: they contradict each other.
    """
    telling: dict[str, tuple[int, str]] = {}
    ambiguous: tuple[int, str] | None = None
    for line, text in dates:
        orders = _possible_orders(text)
        if len(orders) == 1:
            telling.setdefault(orders[0], (line, text))
        elif orders and ambiguous is None:
            ambiguous = (line, text)
    if len(telling) == 2:
        (line, text), (other_line, other) = telling.values()
        raise BadFile(
            tr(
                "{path} writes dates in two ways: “{text}” in line {line} and “{other}” "
                "in line {other_line}. Write all of them in one, such as 2026-11-21."
            ).format(path=path, text=text, line=line, other=other, other_line=other_line)
        )
    if telling:
        return next(iter(telling))
    if ambiguous:
        line, text = ambiguous
        raise NeedsChoice(
            tr(
                "{path} does not tell which is the month in “{text}” (line {line}), as "
                "every date in it can be read both ways."
            ).format(path=path, text=text, line=line),
            "dates",
        )
    return DAY_FIRST


def _possible_orders(text: str) -> list[str]:
    """In which orders a date can be read; none if that does not matter or it is not a date."""
    match = _DATE.fullmatch(text.strip())
    if match is None or len(match[1]) == 4:
        return []
    if match[2] == ".":
        return [DAY_FIRST]
    first, second = int(match[1]), int(match[3])
    if first == second:
        return []
    pairs = ((DAY_FIRST, first, second), (MONTH_FIRST, second, first))
    return [order for order, day, month in pairs if 1 <= month <= 12 and 1 <= day <= 31]


class _Day(NamedTuple):
    date: date
    begin: int | None
    """Its first second, if the clocks are not changed on it."""


class _Days(dict[str, _Day]):
    """Days by the text for them, each worked out once."""

    def __init__(self, zone: tzinfo | None, order: str) -> None:
        self._zone = zone
        self._order = order

    def __missing__(self, text: str) -> _Day:
        day = _read_date(text, self._order)
        begin, end = (
            datetime(each.year, each.month, each.day, tzinfo=self._zone).timestamp()
            for each in (day, day + timedelta(days=1))
        )
        self[text] = _Day(day, int(begin) if end - begin == DAY else None)
        return self[text]


def _read_date(text: str, order: str) -> date:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise Refused(
            tr("{text} is not a date. Write it like 2026-11-21.").format(text=quoted(text)),
            field="date",
        )
    parts = (int(match[1]), int(match[3]), int(match[4]))
    by_letter = dict(zip(YEAR_FIRST if len(match[1]) == 4 else order, parts, strict=True))
    if not FIRST_YEAR - 1 <= by_letter["Y"] <= LAST_YEAR + 1:  # the limits count in UTC
        raise Refused(
            tr(
                "{text} is not in the years {first_year} to {last_year}. Write it like 2026-11-21."
            ).format(text=quoted(text), first_year=FIRST_YEAR, last_year=LAST_YEAR),
            field="date",
        )
    try:
        return date(by_letter["Y"], by_letter["M"], by_letter["D"])
    except ValueError as error:
        raise Refused(
            tr("There is no such date as {text}. Write it like 2026-11-21.").format(
                text=quoted(text)
            ),
            field="date",
        ) from error


class _ClockTime(NamedTuple):
    seconds: int
    """Since midnight."""
    offset: int | None
    """East of Greenwich, seconds; None: by the zone."""


class _ClockTimes(dict[str, _ClockTime]):
    """Times of day by the text for them."""

    def __missing__(self, text: str) -> _ClockTime:
        match = _TIME.fullmatch(text.strip())
        if match is None:
            raise Refused(
                tr("{text} is not a time of day. Write it like 09:30:00.").format(
                    text=quoted(text)
                ),
                field="time",
            )
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        half = (match[4] or "").upper()
        in_range = 1 <= hour <= 12 if half else hour <= 23
        if not in_range or minute > 59 or second > 59:
            raise Refused(
                tr("There is no such time of day as {text}. Write it like 09:30:00.").format(
                    text=quoted(text)
                ),
                field="time",
            )
        if half:
            hour = hour % 12 + (12 if half == "P" else 0)
        self[text] = _ClockTime(hour * HOUR + minute * MINUTE + second, _offset(match))
        return self[text]


def _offset(match: re.Match[str]) -> int | None:
    if match[5]:
        return 0
    if not match[6]:
        return None
    hours, minutes = int(match[6]), int(match[7])
    return hours * 3600 + (-60 if match[6][0] == "-" else 60) * minutes


class LocalTimes:
    """Reads dates in one order and times in one zone."""

    def __init__(self, zone: tzinfo | None, order: str) -> None:
        self._zone = zone
        self._days = _Days(zone, order)
        self._times = _ClockTimes()

    def readings(self, day_text: str, time_text: str, *, days_later: int = 0) -> Readings:
        """The moments that a local date and time can mean, the earlier first.

        Args:
            day_text: The date.
            time_text: The time of day.
            days_later: By how many the date is to be moved on.

        Raises:
            Refused: there is no such ``date`` or ``time``, which it names as the field.
        """
        day, (seconds, offset) = self._days[day_text], self._times[time_text]
        if days_later:
            day = self._days[(day.date + timedelta(days=days_later)).isoformat()]
        if offset is not None:
            midnight = datetime(day.date.year, day.date.month, day.date.day, tzinfo=UTC)
            moment = int(midnight.timestamp()) + seconds - offset
            return moment, moment
        if day.begin is not None:
            moment = day.begin + seconds
            return moment, moment
        hour, rest = divmod(seconds, HOUR)
        local = datetime(
            day.date.year,
            day.date.month,
            day.date.day,
            hour,
            *divmod(rest, MINUTE),
            tzinfo=self._zone,
        )
        return int(local.timestamp()), int(local.replace(fold=1).timestamp())


def stretches(start: Readings, stop: Readings, duration: str) -> list[tuple[int, int]]:
    """The stretches of time that a row can mean, the most likely first.

    Those as long as the duration says; if none is (Toggl can round it), any that do not end
    before they begin. If there is none of these either, the first readings.
    """
    if start[0] == start[1] and stop[0] == stop[1]:
        return [(start[0], stop[0])]
    every = dict.fromkeys((begin, end) for begin in start for end in stop)
    seconds = read_duration(duration)
    fitting = [each for each in every if each[1] - each[0] == seconds]
    return fitting or [each for each in every if each[0] <= each[1]] or [(start[0], stop[0])]


def read_duration(text: str) -> int | None:
    """The seconds in a duration; None if it is not written in one of these ways.

    ``01:30:00`` and ``1:30`` have hours first, ``18:25 min`` minutes; ``47 sec`` and ``90 min`` say
    so, and ``1.5`` or ``1,5`` is hours.
    """
    clean = text.strip().lower()
    if clock := _CLOCK.fullmatch(clean):
        first, second, third = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        if not clock[4]:
            return first * 3600 + second * 60 + third
        return first * 60 + second if clock[3] is None else None
    if number := _NUMBER.fullmatch(clean):
        unit = {"m": 60, "s": 1}.get(number[2][:1], 3600)
        return round(float(number[1].replace(",", ".")) * unit)
    return None
