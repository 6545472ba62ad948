"""The instants that a time inside a line stands for, seen from now and from a time zone."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, partial

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.locales import chosen
from tray.model.locales.locale import Words
from tray.model.quick_entry.parsed_line import can_be
from tray.model.quick_entry.spoken import (
    ENGLISH_CLOCK,
    ago_seconds,
    canonical,
    may_be_a_count,
    spoken,
)
from tray.model.typed_days import (
    DATE,
    DayWord,
    day_words,
    read_date,
    read_written_date,
    written_dates,
)

NO_SUCH_TIME: Final = (ValueError, OverflowError, OSError)
"""All that `datetime` and the system's clock functions raise about times they cannot show."""

_DATE: Final = r"\d{4}-\d\d-\d\d"
_CLOCK: Final = ENGLISH_CLOCK
_CLEAR_CLOCK: Final = r"\d\d?(?:(?::\d\d){1,2}(?:[ap]m)?|[ap]m)"
_CLOCK_AND_HALF: Final = r"\d\d?(?::\d\d){1,2} [ap]m"
_DAY_WORD: Final = r"last +[^ \d:-]+(?= )|[^ \d:-]+(?= )"
_DAY: Final = rf"(?:(?P<day>{_DATE}(?= |t)|{DATE}(?= )|{_DAY_WORD})(?: +|t))?"
_STOP_DAY: Final = rf"(?:(?P<stop_day>{_DATE}(?= |t)|{DATE}(?= ))(?: +|t))?"
_STAMP: Final = rf"({_DATE}t\d\d:\d\d(?::\d\d)?)z"


class When(NamedTuple):
    """A time in a line: the index after it, and what it stands for in epoch seconds."""

    end: int
    start: int
    stop: int | None


class _Here(NamedTuple):
    """Where a time is read from."""

    now: int
    zone: tzinfo | None
    latest: int
    """A clock without a day means the last time before this that it showed so."""
    bare_hours: bool
    words: Mapping[str, DayWord]
    codes: tuple[str, ...]
    """The languages whose words are read."""

    def day_of(self, text: str, *, until: date, since: date | None = None) -> date:
        """Return the day of a date in words or in figures, these in whichever order if need be."""
        try:
            return read_written_date(text, self.codes, until=until, since=since)
        except ValueError:
            return read_date(text, any_order=len(self.codes) > 1)

    def stamp(self, day: date, seconds: int) -> int:
        """Return the instant that a clock, `seconds` past midnight on `day`, shows."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return int((midnight + timedelta(seconds=seconds)).timestamp())


_Span = tuple[int, int | None]
"""Start and stop. The functions that find them raise ValueError if there are none."""
_Meaning = Callable[[re.Match[str], _Here], _Span]


def find_time(
    shadow: str,
    at: int,
    *,
    now: int,
    zone: tzinfo | None,
    latest: int | None = None,
    bare_hours: bool = False,
    codes: tuple[str, ...] = (),
) -> When | None:
    """Return the longest time that begins at index `at` of a line's shadow, if one does.

    Args:
        shadow: see `scan.shadow_of`.
        at: where a word begins.
        now: epoch seconds.
        zone: whose clocks and days are meant.
        latest: up to when a clock without a day may be meant; None is now.
        bare_hours: whether ``9-10`` is a time without a day before it.
        codes: the languages whose words are read beside English; without any the user's own.
    """
    read = codes or (chosen.code(),)
    until = now if latest is None else latest
    here = _Here(now, zone, until, bare_hours, day_words(read), read)
    longest: When | None = None
    for form, meaning in _forms_of(read):
        found = form.match(shadow, at)
        if found is None or (longest and found.end() <= longest.end):
            continue
        try:
            start, stop = meaning(found, here)
        except NO_SUCH_TIME:
            continue
        if can_be(start, stop):
            longest = When(found.end(), start, stop)
    return longest


def _ago(found: re.Match[str], here: _Here) -> _Span:
    hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return here.now - HOUR * hours - MINUTE * minutes - seconds, None


def _in_utc(found: re.Match[str], _here: _Here) -> _Span:
    start, stop = found.groups()
    return _utc_stamp(start), _utc_stamp(stop) if stop else None


def _utc_stamp(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def _by_clock(found: re.Match[str], here: _Here) -> _Span:
    return _between(found, here, found["start"], found["stop"], bare=True)


def _as_spoken(found: re.Match[str], here: _Here, words: Words) -> _Span:
    if may_be_a_count(found):
        raise ValueError
    start, stop = (each and canonical(each, words) for each in found.group("start", "stop"))
    return _between(found, here, start, stop, bare=not found["after"])


def _spoken_ago(found: re.Match[str], here: _Here, words: Words) -> _Span:
    return here.now - ago_seconds(found, words), None


def _between(
    found: re.Match[str], here: _Here, start: str, stop: str | None, *, bare: bool
) -> _Span:
    """What two clocks show, or one; without a day, bare hours must be said to be hours."""
    day_name, stop_day = found.group("day", "stop_day")
    if bare and not (day_name or here.bare_hours) and (start + (stop or "")).isdigit():
        raise ValueError
    first, last = _clocks(start.replace(" ", ""), stop and stop.replace(" ", ""))
    if first == DAY:  # 24:00 can only be an end
        raise ValueError
    day = _day(day_name, first, here)
    begin = here.stamp(day, first)
    if last is None:
        return begin, None
    if stop_day:
        return begin, here.stamp(here.day_of(stop_day, until=day, since=day), last)
    return begin, here.stamp(day, last if last >= first else last + DAY)


def _day(name: str | None, seconds: int, here: _Here) -> date:
    """Return the day called `name`, or the most recent on which that clock has been."""
    latest = here.now if name else here.latest
    today = datetime.fromtimestamp(latest, here.zone).date()
    if name is None:
        # Three, because Samoa once skipped a day.
        days = [today - timedelta(back) for back in (0, 1, 2)]
    else:
        word = here.words.get(" ".join(name.split()))
        days = word.days(today) if word else [here.day_of(name, until=today)]
        if len(days) == 1:
            return days[0]
    return next(day for day in days if here.stamp(day, seconds) <= latest)


def _clocks(start: str, stop: str | None) -> tuple[int, int | None]:
    """Return what both clocks show in seconds past midnight, in the shortest span they allow."""
    if stop is None:
        return _seconds(start, beside=start)[0], None
    pairs = [
        (first, last)
        for first in _seconds(start, beside=stop)
        for last in _seconds(stop, beside=start)
    ]
    return min(pairs, key=lambda pair: (pair[1] - pair[0]) % DAY)


def _seconds(clock: str, *, beside: str) -> list[int]:
    """Return the seconds past midnight that `clock` can mean in a span with the clock `beside`."""
    half = clock[-2:] if clock.endswith("m") else ""
    hour, minute, second, *_ = [*map(int, clock.removesuffix(half).split(":")), 0, 0]
    hours = [hour]
    if half and not 1 <= hour <= 12:
        raise ValueError
    if half or (beside.endswith("m") and 1 <= hour <= 12):
        hours = [hour % 12 + late for name, late in (("am", 0), ("pm", 12)) if half in ("", name)]
    seconds = [HOUR * hour + MINUTE * minute + second for hour in hours]
    if minute > 59 or second > 59 or max(seconds) > DAY:
        raise ValueError
    return seconds


_AGO: Final = r"-(?=\d)(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,5})s)?"
_UTC_SPAN: Final = rf"{_STAMP}(?: *- *{_STAMP})?"
_CLEAR_SPAN: Final = rf"{_DAY}(?P<start>{_CLEAR_CLOCK}) *- *{_STOP_DAY}(?P<stop>{_CLEAR_CLOCK})"
_SPAN_AS_SHOWN: Final = (
    rf"{_DAY}(?P<start>{_CLOCK_AND_HALF}) *- *{_STOP_DAY}(?P<stop>{_CLOCK_AND_HALF})"
)
_CLOCK_SPAN: Final = rf"{_DAY}(?P<start>{_CLOCK})(?:-(?:{_STOP_DAY}(?P<stop>{_CLOCK}))?)?"
_FORMS: Final = (
    (_AGO, _ago),
    (_UTC_SPAN, _in_utc),
    (_SPAN_AS_SHOWN, _by_clock),
    (_CLEAR_SPAN, _by_clock),
    (_CLOCK_SPAN, _by_clock),
)


@cache
def _forms_of(codes: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], _Meaning], ...]:
    """The forms of the grammar, and those of some languages."""
    found: list[tuple[re.Pattern[str], _Meaning]] = [
        (re.compile(form + r"(?![^ ])", re.ASCII), meaning) for form, meaning in _FORMS
    ]
    for code in dict.fromkeys(("en", *codes)):
        clock, ago, words = spoken(code, day_words((code,)), DATE, written_dates(code))
        if clock is not None:
            found.append((clock, partial(_as_spoken, words=words)))
        if ago is not None:
            found.append((ago, partial(_spoken_ago, words=words)))
    return tuple(found)
