"""The days of a report: read from words, named, and moved to those before or after."""

import re
from datetime import date, timedelta
from enum import Enum
from typing import Final, NamedTuple

from tray.errors import BadLine
from tray.language import tr
from tray.model import limits
from tray.model.days import Calendar
from tray.model.filters import DayRange
from tray.model.locales import chosen
from tray.model.quick_entry.scan import shadow_of
from tray.model.typed_days import with_iso_dates
from tray.model.week import first_day

FIRST_DAY: Final = date(limits.FIRST_YEAR - 1, 12, 30)
LAST_DAY: Final = date(limits.LAST_YEAR + 1, 1, 2)
"""Every entry starts after the one and before the other, in whatever zone."""
_DAY: Final = timedelta(days=1)


class RangeUnit(Enum):
    """In what a range is measured, and so by what it moves."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DAYS = "days"
    """Any number of days that follow each other."""
    ALL = "all"
    """All that was ever tracked."""


class ReportRange(NamedTuple):
    """Days that follow each other."""

    unit: RangeUnit
    days: DayRange

    def moved(self, by: int) -> "ReportRange":
        """The range that lies so many of its own lengths later, or earlier."""
        first, last = self.days
        match self.unit:
            case RangeUnit.ALL:
                return self
            case RangeUnit.MONTH | RangeUnit.QUARTER | RangeUnit.YEAR:
                months = _MONTHS[self.unit]
                return _whole_months(self.unit, _month_later(first, by * months), months)
            case _:
                length = (last - first + _DAY) * by
                return self._replace(days=_within(first + length, last + length))


_MONTHS: Final = {RangeUnit.MONTH: 1, RangeUnit.QUARTER: 3, RangeUnit.YEAR: 12}
_UNITS: Final = {
    "today": RangeUnit.DAY,
    "day": RangeUnit.DAY,
    **{
        unit.value: unit
        for unit in (RangeUnit.WEEK, RangeUnit.MONTH, RangeUnit.QUARTER, RangeUnit.YEAR)
    },
}
_LAST: Final = re.compile(r"last (\d{1,4})(?: (day|week|month|year)s?)?")
_YEAR: Final = re.compile(r"(\d{4})")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_QUARTER: Final = re.compile(r"(\d{4})-q([1-4])")
_ISO: Final = r"\d{4}-\d\d-\d\d"
_DATES: Final = re.compile(rf"({_ISO})(?:(?: |\.\.| to | - )({_ISO}))?")
WORDS: Final = (
    *("today", "yesterday", "week", "last week", "month", "last month", "quarter", "last quarter"),
    *("year", "last year", "all"),
)
"""Ranges by the words that name them; more can be typed."""


def is_range(text: str) -> bool:
    """Whether a text names days, so that nothing else can have it as its name."""
    try:
        return _found(text, date(limits.FIRST_YEAR, 6, 1), Calendar()) is not None
    except BadLine:  # days that are not in the calendar
        return True


def read_range(text: str, today: date, calendar: Calendar) -> ReportRange:
    """The days that a text names.

    ``week``, ``last month``, ``last 30 days``, ``2026``, ``2026-02``, ``2026-q1``, ``2026-02-13``
    or ``2026-02-01..2026-02-13``.

    Raises:
        BadLine: it names none.
    """
    found = _found(text, today, calendar)
    if found is None:
        raise BadLine(
            tr(
                "“{text}” names no days. Write today, week, last month, quarter, year, "
                "last 30 days, 2026-02, or 2026-02-01..2026-02-13."
            ).format(text=text)
        )
    return found


def _found(text: str, today: date, calendar: Calendar) -> ReportRange | None:
    words = in_english(text, today)
    found = _by_word(words, today, calendar) or _last_some(words, today) or _dates(words)
    if found is not None and found.unit is RangeUnit.DAYS:
        week = _around(RangeUnit.WEEK, found.days.first, calendar)
        return week if week.days == found.days else found
    return found


def in_english(text: str, today: date) -> str:
    """The English words for days that a text names in the user's language; else as it is."""
    words = with_iso_dates(" ".join(shadow_of(text).split()), today)
    ours = chosen.current().words
    to = "|".join(map(re.escape, ours.to)) or "(?!)"
    words = re.sub(rf"^({_ISO}) *(?:{to}) *({_ISO})$", r"\1..\2", words)
    if ours.last_some:
        units = "|".join(map(re.escape, ours.range_units))
        some = ours.last_some.format(number=r"(\d{1,4})", unit=f"({units})")
        if found := re.fullmatch(some, words):
            return f"last {found[1]} {ours.range_units[found[2]]}s"
    return ours.ranges.get(words, words)


def between(first: date, last: date) -> ReportRange:
    """The days from one to another, whichever comes first."""
    unit = RangeUnit.DAY if first == last else RangeUnit.DAYS
    return ReportRange(unit, _within(min(first, last), max(first, last)))


def _by_word(words: str, today: date, calendar: Calendar) -> ReportRange | None:
    if words == "all":
        return ReportRange(RangeUnit.ALL, DayRange(FIRST_DAY, LAST_DAY))
    if words == "yesterday":
        return _around(RangeUnit.DAY, today - _DAY, calendar)
    unit = _UNITS.get(words.removeprefix("this ").removeprefix("last "))
    if unit is None or words in ("last today", "this today"):
        return None
    current = _around(unit, today, calendar)
    return current.moved(-1) if words.startswith("last ") else current


def _around(unit: RangeUnit, day: date, calendar: Calendar) -> ReportRange:
    if unit is RangeUnit.DAY:
        return ReportRange(unit, DayRange(day, day))
    if unit is RangeUnit.WEEK:
        first = first_day(day, calendar)
        return ReportRange(unit, DayRange(first, first + 6 * _DAY))
    months = _MONTHS[unit]
    return _whole_months(unit, date(day.year, (day.month - 1) // months * months + 1, 1), months)


def _last_some(words: str, today: date) -> ReportRange | None:
    found = _LAST.fullmatch(words)
    if not found or not int(found[1]):
        return None
    count, unit = int(found[1]), found[2] or "day"
    match unit:
        case "month" | "year":
            first = _month_later(today, -count * (12 if unit == "year" else 1)) + _DAY
        case _:
            first = today - (count * (7 if unit == "week" else 1) - 1) * _DAY
    return between(min(first, today), today)


def _dates(words: str) -> ReportRange | None:
    try:
        if found := _DATES.fullmatch(words):
            first = date.fromisoformat(found[1])
            if found[2]:
                return between(first, date.fromisoformat(found[2]))
            return ReportRange(RangeUnit.DAY, _within(first, first))
        if found := _MONTH.fullmatch(words):
            return _whole_months(RangeUnit.MONTH, date(int(found[1]), int(found[2]), 1), 1)
        if found := _QUARTER.fullmatch(words):
            begin = date(int(found[1]), 3 * int(found[2]) - 2, 1)
            return _whole_months(RangeUnit.QUARTER, begin, 3)
        if found := _YEAR.fullmatch(words):
            return _whole_months(RangeUnit.YEAR, date(int(found[1]), 1, 1), 12)
    except ValueError as error:
        raise BadLine(tr("“{words}” is not in the calendar.").format(words=words)) from error
    return None


def _whole_months(unit: RangeUnit, first: date, months: int) -> ReportRange:
    return ReportRange(unit, _within(first, _month_later(first, months) - _DAY))


def _month_later(day: date, months: int) -> date:
    """The same day of a month so many later; its last, where it is shorter."""
    number = day.year * 12 + day.month - 1 + months
    number = min(max(number, FIRST_DAY.year * 12), LAST_DAY.year * 12 + 11)
    first, following = (date(at // 12, at % 12 + 1, 1) for at in (number, number + 1))
    return date(first.year, first.month, min(day.day, (following - first).days))


def _within(first: date, last: date) -> DayRange:
    """The days as far as entries can reach."""
    return DayRange(*(min(max(each, FIRST_DAY), LAST_DAY) for each in (first, last)))


def words_of(wanted: ReportRange, today: date, calendar: Calendar) -> str:
    """A text that names a range: a word for it as long as one means these days, else the days."""
    for words in WORDS:
        if read_range(words, today, calendar) == wanted:
            return words
    first, last = wanted.days
    match wanted.unit:
        case RangeUnit.YEAR:
            return f"{first.year}"
        case RangeUnit.MONTH:
            return f"{first:%Y-%m}"
        case RangeUnit.QUARTER:
            return f"{first.year}-q{(first.month + 2) // 3}"
        case RangeUnit.DAY:
            return first.isoformat()
    return f"{first.isoformat()}..{last.isoformat()}"


def ends(days: DayRange, calendar: Calendar) -> tuple[int, int]:
    """From the first second of some days to the first after them, epoch seconds."""
    return calendar.begin(days.first), calendar.day(days.last)[1]
