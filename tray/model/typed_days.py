"""Which day is meant by a word or a date, in the user's language as well as in English."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

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


def read_day(text: str, today: date) -> date:
    """The day of a word or of a date; a weekday is today or lies less than a week back.

    Raises:
        ValueError: it is none.
    """
    clean = " ".join(text.split()).lower()
    word = day_words((chosen.code(),)).get(clean)
    return word.days(today)[0] if word else read_date(clean)


def with_iso_dates(text: str) -> str:
    """`text` with its dates in figures as ISO dates, those of them that are dates."""
    return re.sub(DATE, lambda found: _iso(found[0]), text)


def _iso(written: str) -> str:
    try:
        return read_date(written).isoformat()
    except ValueError:
        return written
