"""How days, months and stretches of days are written: in the user's language and order."""

from datetime import date, timedelta

from tray.lean_typing import Final
from tray.model.locales import chosen
from tray.model.locales.locale import Locale, Patterns

_MONDAY: Final = date(2024, 1, 1)


def weekday(day: date, locale: Locale | None = None) -> str:
    """``Monday``."""
    return (locale or chosen.current()).weekdays[day.weekday()]


def short_weekday(day: date) -> str:
    """``Mon``."""
    return chosen.current().short_weekdays[day.weekday()]


def weekday_number(number: int, locale: Locale | None = None) -> str:
    """``Monday`` is 0."""
    return weekday(_MONDAY + timedelta(days=number), locale)


def short_weekday_number(number: int) -> str:
    """``Mon`` is 0."""
    return chosen.current().short_weekdays[number]


def narrow_weekday_number(number: int) -> str:
    """``Mo`` is 0."""
    return chosen.current().narrow_weekdays[number]


def day_month(day: date) -> str:
    """``2 November``."""
    return _written(_patterns().day_month, day)


def beside_today(day: date) -> str:
    """The same beside “Today”, where it is not usual to leave the weekday out."""
    return _written(_patterns().beside_today, day)


def day_month_year(day: date) -> str:
    """``2 November 2026``."""
    return _written(_patterns().day_month_year, day)


def short_day_month(day: date) -> str:
    """``2 Nov``."""
    return _written(_patterns().short_day_month, day)


def short_date(day: date) -> str:
    """``2 Nov 2026``."""
    return _written(_patterns().short_date, day)


def weekday_date(day: date) -> str:
    """``Monday 2 November``."""
    return _written(_patterns().weekday_date, day)


def short_weekday_date(day: date, locale: Locale | None = None) -> str:
    """``Mon 2 Nov 2026``."""
    return _written(_patterns(locale).short_weekday_date, day, locale)


def weekday_day(day: date) -> str:
    """``Monday 2``."""
    return _written(_patterns().weekday_day, day)


def short_weekday_day(day: date) -> str:
    """``Mon 2``."""
    return _written(_patterns().short_weekday_day, day)


def short_month(day: date) -> str:
    """``Nov``."""
    return chosen.current().short_months[day.month - 1]


def month_year(day: date, locale: Locale | None = None) -> str:
    """``November 2026``."""
    return _written(_patterns(locale).month_year, day, locale)


def days(first: date, last: date, locale: Locale | None = None) -> str:
    """``3 – 9 Mar 2026``, ``28 Feb – 3 Mar 2026``, or one day of it."""
    patterns = _patterns(locale)
    if first == last:
        return _written(patterns.short_date, first, locale)
    if (first.year, first.month) == (last.year, last.month):
        return _written(patterns.in_month_of_year, first, locale, last=f"{last.day}")
    if first.year == last.year:
        pattern, ends = patterns.in_year_and_year, patterns.short_day_month
    else:
        pattern, ends = patterns.from_to, patterns.short_date
    return _between(pattern, ends, first, last, locale)


def days_of_year(first: date, last: date) -> str:
    """``3 – 9 Mar`` or ``28 Feb – 3 Mar``."""
    patterns = _patterns()
    if first.month == last.month:
        return _written(patterns.in_month, first, last=f"{last.day}")
    return _between(patterns.in_year, patterns.short_day_month, first, last)


def _between(pattern: str, ends: str, first: date, last: date, locale: Locale | None = None) -> str:
    begin, end = (_written(ends, each, locale) for each in (first, last))
    return pattern.format(first=begin, last=end, year=last.year)


def _patterns(locale: Locale | None = None) -> Patterns:
    """Those of a language as a file has them, or as this user wants them."""
    if locale is not None:
        return locale.patterns
    current = chosen.current()
    wants_month_first = chosen.style().dates.startswith("MM")
    return (current.month_first if wants_month_first else None) or current.patterns


def _written(pattern: str, day: date, locale: Locale | None = None, *, last: str = "") -> str:
    named = locale or chosen.current()
    return pattern.format(
        day=day.day,
        number=day.month,
        month=named.months[day.month - 1],
        short_month=named.short_months[day.month - 1],
        year=day.year,
        weekday=named.weekdays[day.weekday()],
        short_weekday=named.short_weekdays[day.weekday()],
        last=last,
    )
