"""Which day is meant by a word or a date, in the user's language as well as in English."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from functools import cache

from tray.lean_contexts import suppress
from tray.lean_typing import Final, NamedTuple
from tray.model.locales import chosen

DATE: Final = r"(?:\d{4}-\d\d-\d\d|\d\d?\.\d\d?\.\d{4}|\d\d?/\d\d?/\d{4}|\d\d?-\d\d?-\d{4})"
"""A date in figures; which of the last two are read depends on the user's order."""
_FIGURES: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_WEEK: Final = 7


class Which(Enum):
    """Which of the days of a name."""

    LATEST = 0
    BEFORE_TODAY = 1
    LAST_WEEK = 2


class DayWord(NamedTuple):
    """What a word says of a day."""

    back: int | None = None
    """So many days ago; None: it is a weekday."""
    weekday: int = 0
    which: Which = Which.LATEST

    def days(self, today: date) -> list[date]:
        """The days that can be meant, the likeliest first; of a weekday today is the first."""
        if self.back is not None:
            return [today - timedelta(self.back)]
        nearest = (today.weekday() - self.weekday) % _WEEK
        if self.which is Which.LAST_WEEK:
            return [today - timedelta(today.weekday() + _WEEK - self.weekday)]
        if self.which is Which.BEFORE_TODAY:
            return [today - timedelta(nearest or _WEEK)]
        return [today - timedelta(nearest), today - timedelta(nearest + _WEEK)]


_ALWAYS: Final = {"今天": 0, "昨天": 1, "前天": 2}
"""Words that are read whatever the language."""


@cache
def day_words(codes: tuple[str, ...]) -> Mapping[str, DayWord]:
    """The words for days of some languages, with the English ones."""
    found = {word: DayWord(back) for word, back in _ALWAYS.items()}
    for code in ("en", *codes):
        words = chosen.locale_of(code).words
        found |= {word: DayWord(back) for word, back in words.days_back.items()}
        for weekday, names in enumerate(words.weekdays):
            for name in names:
                found[name] = DayWord(None, weekday)
                for last in words.last:
                    found[f"{last} {name}"] = DayWord(None, weekday, Which.BEFORE_TODAY)
                for prefix in words.last_week:
                    found[prefix + name] = DayWord(None, weekday, Which.LAST_WEEK)
    return found


def read_date(text: str, *, any_order: bool = False) -> date:
    """The day of a date in figures: ISO, with dots, or in the user's own form.

    Args:
        text: What was typed.
        any_order: Whether whatever could be a date for somebody is one.

    Raises:
        ValueError: it is none.
    """
    found = _FIGURES.fullmatch(text)
    if found is None:
        return date.fromisoformat(text)
    first, sign, second, year = found.groups()
    form = chosen.style().dates
    if not (any_order or sign == "." or sign in form.removeprefix("YYYY-MM-DD")):
        raise ValueError(text)
    month_first = sign != "." and form.startswith("MM")
    month, day = (first, second) if month_first else (second, first)
    if any_order and int(month) > _MONTHS:
        month, day = day, month
    return date(int(year), int(month), int(day))


_MONTHS: Final = 12


@cache
def written_dates(code: str) -> tuple[str, ...]:
    """The patterns of a language for days of a month, in lower case."""
    locale = chosen.locale_of(code)
    weekdays = sorted((name for names in locale.words.weekdays for name in names), key=len)
    parts = {"{month}": _months(code), "{weekday}": weekdays[::-1]}
    patterns = []
    for pattern in locale.words.dates:
        for place, names in parts.items():
            pattern = pattern.replace(place, f"(?:{'|'.join(map(re.escape, names))})")
        patterns.append(pattern)
    return tuple(patterns)


@cache
def _months(code: str) -> Mapping[str, int]:
    """What the months are called, the longest first; short names without their dots, too."""
    locale = chosen.locale_of(code)
    named = {
        form: number
        for names in (locale.months, locale.short_months)
        for number, name in enumerate(names, 1)
        for form in (name.lower(), name.lower().rstrip("."))
    }
    return dict(sorted(named.items(), key=lambda each: -len(each[0])))


def read_written_date(
    text: str, codes: tuple[str, ...], *, until: date, since: date | None = None
) -> date:
    """The day of a date in words, such as ``11月20日`` or ``20. November``.

    Without a year it is the last one that is not after `until`, or the first from `since` on.

    Raises:
        ValueError: it is none.
    """
    for code in codes:
        for pattern in written_dates(code):
            if found := re.fullmatch(pattern, text, re.ASCII):
                month = _months(code).get(found["month"]) or int(found["month"])
                year = found.groupdict().get("year")
                return _in_year(int(found["day"]), month, year, until=until, since=since)
    raise ValueError(text)


def _in_year(day: int, month: int, year: str | None, *, until: date, since: date | None) -> date:
    if year is not None:
        return date(int(year), month, day)
    years = range(until.year, until.year - _LEAP, -1)
    if since is not None:
        years = range(since.year, since.year + _LEAP)
    for each in years:
        with suppress(ValueError):
            found = date(each, month, day)
            if found <= until if since is None else found >= since:
                return found
    raise ValueError(day)


_LEAP: Final = 9
"""The 29th of February comes at least once in so many years."""


def read_day(text: str, today: date) -> date:
    """The day of a word or of a date; a weekday is today or lies less than a week back.

    Raises:
        ValueError: it is none.
    """
    clean = " ".join(text.split()).lower()
    word = day_words((chosen.code(),)).get(clean)
    if word:
        return word.days(today)[0]
    try:
        return read_written_date(clean, (chosen.code(),), until=today)
    except ValueError:
        return read_date(clean)


def with_iso_dates(text: str, today: date) -> str:
    """`text` with its dates as ISO dates, those of them that are dates, in words or in figures."""
    codes = (chosen.code(),)

    def iso(found: re.Match[str]) -> str:
        with suppress(ValueError):
            return read_written_date(found[0], codes, until=today).isoformat()
        with suppress(ValueError):
            return read_date(found[0]).isoformat()
        return found[0]

    written = (re.sub(r"\?P<\w+>", "?:", pattern) for pattern in written_dates(*codes))
    return re.sub("|".join((DATE, *written)), iso, text, flags=re.ASCII)
