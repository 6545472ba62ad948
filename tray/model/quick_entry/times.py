"""The instants that a time inside a line stands for, seen from now and from a time zone."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.quick_entry.parsed_line import can_be

NO_SUCH_TIME: Final = (ValueError, OverflowError, OSError)
"""All that `datetime` and the system's clock functions raise about times they cannot show."""

_DAYS_BACK: Final = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2}
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY: Final = {name: n for n, day in enumerate(_WEEKDAYS) for name in (day, day[:3])}

_DATE: Final = r"\d{4}-\d\d-\d\d"
_CLOCK: Final = r"\d\d?(?::\d\d){0,2}(?:[ap]m)?"
_CLEAR_CLOCK: Final = r"\d\d?(?:(?::\d\d){1,2}(?:[ap]m)?|[ap]m)"
_CLOCK_AND_HALF: Final = r"\d\d?(?::\d\d){1,2} [ap]m"
_DAY: Final = rf"(?:(?P<day>{_DATE}(?= |t)|[^ \d:-]+(?= ))(?: +|t))?"
_STOP_DAY: Final = rf"(?:(?P<stop_day>{_DATE})(?: +|t))?"
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

    def stamp(self, day: date, seconds: int) -> int:
        """Return the instant that a clock, `seconds` past midnight on `day`, shows."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return int((midnight + timedelta(seconds=seconds)).timestamp())


_Span = tuple[int, int | None]
"""Start and stop. The functions that find them raise ValueError if there are none."""


def find_time(
    shadow: str,
    at: int,
    *,
    now: int,
    zone: tzinfo | None,
    latest: int | None = None,
    bare_hours: bool = False,
) -> When | None:
    """Return the longest time that begins at index `at` of a line's shadow, if one does.

    Args:
        shadow: see `scan.shadow_of`.
        at: where a word begins.
        now: epoch seconds.
        zone: whose clocks and days are meant.
        latest: up to when a clock without a day may be meant; None is now.
        bare_hours: whether ``9-10`` is a time without a day before it.
    """
    here = _Here(now, zone, now if latest is None else latest, bare_hours)
    for form, meaning in _FORMS:
        if found := form.match(shadow, at):
            try:
                start, stop = meaning(found, here)
            except NO_SUCH_TIME:
                continue
            if can_be(start, stop):
                return When(found.end(), start, stop)
    return None


def _ago(found: re.Match[str], here: _Here) -> _Span:
    hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return here.now - HOUR * hours - MINUTE * minutes - seconds, None


def _in_utc(found: re.Match[str], _here: _Here) -> _Span:
    start, stop = found.groups()
    return _utc_stamp(start), _utc_stamp(stop) if stop else None


def _utc_stamp(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def _by_clock(found: re.Match[str], here: _Here) -> _Span:
    day_name, start, stop_day, stop = found.group("day", "start", "stop_day", "stop")
    if not (day_name or here.bare_hours) and (start + (stop or "")).isdigit():
        raise ValueError
    first, last = _clocks(start.replace(" ", ""), stop and stop.replace(" ", ""))
    if first == DAY:  # 24:00 can only be an end
        raise ValueError
    day = _day(day_name, first, here)
    begin = here.stamp(day, first)
    if last is None:
        return begin, None
    if stop_day:
        return begin, here.stamp(date.fromisoformat(stop_day), last)
    return begin, here.stamp(day, last if last >= first else last + DAY)


def _day(name: str | None, seconds: int, here: _Here) -> date:
    """Return the day called `name`, or the most recent on which that clock has been."""
    latest = here.now if name else here.latest
    today = datetime.fromtimestamp(latest, here.zone).date()
    if name in _DAYS_BACK:
        return today - timedelta(_DAYS_BACK[name])
    if name in _WEEKDAY:
        nearest = (today.weekday() - _WEEKDAY[name]) % 7
        days_back = [nearest, nearest + 7]
    elif name:
        return date.fromisoformat(name)
    else:
        days_back = [0, 1, 2]  # two, because Samoa once skipped a day
    days = (today - timedelta(back) for back in days_back)
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
_FORMS: Final = tuple(
    (re.compile(form + r"(?![^ ])", re.ASCII), meaning)
    for form, meaning in (
        (_AGO, _ago),
        (_UTC_SPAN, _in_utc),
        (_SPAN_AS_SHOWN, _by_clock),
        (_CLEAR_SPAN, _by_clock),
        (_CLOCK_SPAN, _by_clock),
    )
)
