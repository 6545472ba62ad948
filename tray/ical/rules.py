"""The rules by which events repeat: checked first, then expanded for a stretch of time only."""

import _thread
import calendar
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Final, NamedTuple, TypeVar

from dateutil.rrule import rrulestr

from tray.ical.calendar_times import BadEvent, CalendarTime, read_when
from tray.ical.components import Property
from tray.ical.zones import Zones
from tray.sentences import tr

MOST_A_DAY: Final = 48
"""What happens more often is no event of a calendar."""
MOST_STEPS: Final = 20_000
"""Of a rule that has to be followed from its beginning."""
_SLOW_SECONDS: Final = 0.3
"""A rule that takes the processor for longer never comes to anything."""
_ALL_SLOW_SECONDS: Final = 0.9
"""So long may all such rules of a calendar take together."""
_LEAST_SECONDS: Final = 0.02
_LONG: Final = ("MONTHLY", "YEARLY")
_CHOOSERS: Final = ("BYSETPOS", "BYWEEKNO", "BYEASTER")
"""With these, as with long steps, dateutil may look for a match until the year 9999."""
_FILTERS: Final = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY")
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST: Final = {month: calendar.monthrange(2024, month)[1] for month in range(1, 13)}
_T = TypeVar("_T")


class RuleBudget:
    """How long rules of one calendar may still take that cannot be judged beforehand."""

    def __init__(self) -> None:
        self._left = _ALL_SLOW_SECONDS

    def wait_for(self, work: Callable[[], _T]) -> _T:
        """What `work` returns, on the main thread.

        Raises:
            BadEvent: it took too long.
        """
        seconds = max(_LEAST_SECONDS, min(_SLOW_SECONDS, self._left))
        done = Event()
        watch = Thread(target=_interrupt_after, args=(seconds, done), daemon=True)
        watch.start()
        try:
            result = work()
            done.set()
            watch.join()
            time.sleep(0)  # an interrupt that was on its way is to arrive here
        except KeyboardInterrupt as error:
            self._left -= seconds
            raise BadEvent(tr("too slow")) from error
        finally:
            done.set()
        return result


def _interrupt_after(seconds: float, done: Event) -> None:
    """End what the main thread does, unless it is done with so much time of the processor."""
    last = time.process_time() + seconds
    while not done.wait(max(last - time.process_time(), 0.001)):
        if time.process_time() >= last:
            _thread.interrupt_main()
            return


class Rule(NamedTuple):
    """A rule that can be expanded."""

    parts: dict[str, str]
    """But those below."""
    interval: int
    times: int | None
    until: CalendarTime | None
    budget: RuleBudget
    last_is_utc: bool
    """Or in the zone of the event, whatever its zone says."""


def read_rule(given: Property, zones: Zones, budget: RuleBudget) -> Rule:
    """A rule, checked.

    Raises:
        BadEvent: it cannot be read, never comes to anything, or too often.
    """
    parts: dict[str, str] = {}
    for part in given.value.strip().strip(";").upper().split(";"):
        name, _, value = part.partition("=")
        parts[name.strip()] = value.strip()
    interval = _number(parts.pop("INTERVAL", "1"))
    count = _number(parts.pop("COUNT")) if "COUNT" in parts else None
    until = parts.pop("UNTIL", "")
    if parts.get("FREQ") not in ("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise BadEvent(given.value)
    _check_often(parts)
    _check_possible(parts)
    last = read_when(Property({}, until), zones) if until else None
    return Rule(parts, interval, count, last, budget, until.endswith("Z"))


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text[:10]) > 0:
        raise BadEvent(text)
    return int(text[:10])


def _numbers(parts: dict[str, str], name: str) -> list[int]:
    try:
        return [int(each) for each in parts.get(name, "").split(",") if each]
    except ValueError as error:
        raise BadEvent(parts[name]) from error


def _check_often(parts: dict[str, str]) -> None:
    hours = 24 if parts["FREQ"] == "HOURLY" else len(_numbers(parts, "BYHOUR")) or 1
    often = (
        hours * (len(_numbers(parts, "BYMINUTE")) or 1) * (len(_numbers(parts, "BYSECOND")) or 1)
    )
    if often > MOST_A_DAY:
        raise BadEvent(tr("too often"))


def _check_possible(parts: dict[str, str]) -> None:
    """Whether there is such a day at all: 30 February never comes."""
    days = _numbers(parts, "BYMONTHDAY")
    months = _numbers(parts, "BYMONTH") or list(_LONGEST)
    longest = max((_LONGEST.get(month, 0) for month in months), default=0)
    if not longest or (days and min(map(abs, days)) > longest):
        raise BadEvent("never")


def starts(rule: Rule, first: CalendarTime, begin: datetime, end: datetime) -> Iterator[datetime]:
    """When what begins with `first` happens from `begin` to `end`, all as clocks show it there.

    Raises:
        BadEvent: it comes to nothing, or takes too long to be worked out.
    """
    if "BYWEEKNO" in rule.parts and "BYDAY" not in rule.parts:
        day = _DAYS[first.local.weekday()]  # dateutil takes all seven
        rule = rule._replace(parts={**rule.parts, "BYDAY": day})
    follow = _counted if rule.times is not None else _from_near
    found = _until(rule, first, follow(rule, first.local, begin, end))
    may_hang = rule.parts["FREQ"] in _LONG or not rule.parts.keys().isdisjoint(_CHOOSERS)
    return iter(rule.budget.wait_for(lambda: list(found))) if may_hang else found


def _until(rule: Rule, first: CalendarTime, found: Iterator[datetime]) -> Iterator[datetime]:
    """Those that are not after the last."""
    until = rule.until
    for local in found:
        if until is not None and _is_after(local, until, first, is_utc=rule.last_is_utc):
            return
        yield local


def _is_after(local: datetime, until: CalendarTime, first: CalendarTime, *, is_utc: bool) -> bool:
    if until.is_day or first.is_day:
        return local.date() > until.local.date()
    if is_utc:
        return CalendarTime(local, first.zone).moment > until.moment
    return local > until.local


def _counted(rule: Rule, first: datetime, begin: datetime, end: datetime) -> Iterator[datetime]:
    """From the very first on, as each counts."""
    left = rule.times or 0
    for local in _matching(rule.parts, rule.interval, first, end):
        if left <= 0:
            return
        left -= 1
        if local >= begin:
            yield local


def _from_near(rule: Rule, first: datetime, begin: datetime, end: datetime) -> Iterator[datetime]:
    """From shortly before `begin` on."""
    if begin <= first < end:
        yield first
    parts, near = _moved(rule, first, begin)
    for local in _matching(parts, rule.interval, near, end):
        if local >= begin and local > first:
            yield local


def _moved(rule: Rule, first: datetime, begin: datetime) -> tuple[dict[str, str], datetime]:
    """A rule with the same outcome from `begin` on, and where it begins."""
    parts, every, away = dict(rule.parts), rule.interval, begin - first
    match parts["FREQ"]:
        case "HOURLY":
            steps = int(away.total_seconds()) // 3600 // every - 1
            return parts, first + max(0, steps) * every * timedelta(hours=1)
        case "DAILY" | "WEEKLY" as freq:
            length = every * (7 if freq == "WEEKLY" else 1)
            return parts, first + max(0, away.days // length - 1) * timedelta(days=length)
        case "MONTHLY":
            months = (begin.year - first.year) * 12 + begin.month - first.month
            if (steps := months // every - 1) <= 0:
                return parts, first
            if not parts.keys() & {"BYDAY", "BYMONTHDAY"}:
                parts["BYMONTHDAY"] = str(first.day)
            month = first.year * 12 + first.month - 1 + steps * every
            return parts, first.replace(year=month // 12, month=month % 12 + 1, day=1)
    if (steps := (begin.year - first.year) // every - 1) <= 0:
        return parts, first
    if not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}:
        parts["BYMONTHDAY"] = str(first.day)
        parts.setdefault("BYMONTH", str(first.month))
    return parts, first.replace(year=first.year + steps * every, month=1, day=1)


def _matching(
    parts: dict[str, str], interval: int, first: datetime, end: datetime
) -> Iterator[datetime]:
    """What a rule comes to before `end`.

    What only leaves out whole days of a rule by days or weeks is done here, as dateutil would look
    for a match until the year 9999.
    """
    by_day = parts["FREQ"] in ("HOURLY", "DAILY", "WEEKLY")
    left = {name: set(_numbers(parts, name)) for name in _FILTERS if by_day and name in parts}
    rest = [f"{name}={value}" for name, value in parts.items() if name not in left]
    try:
        found = rrulestr(";".join([*rest, f"INTERVAL={interval}"]), dtstart=first)
    except (ValueError, TypeError, KeyError) as error:
        raise BadEvent(str(parts)) from error
    step = -1
    for step, local in enumerate(found):
        if step > MOST_STEPS:
            raise BadEvent(tr("too many"))
        if local >= end:
            return
        if all(_fits(local, name, left[name]) for name in left):
            yield local
    if step < 0:  # until the year 9999, on a machine quick enough to look that far
        raise BadEvent("never")


def _fits(local: datetime, name: str, wanted: set[int]) -> bool:
    if name == "BYMONTH":
        return local.month in wanted
    if name == "BYMONTHDAY":
        length = calendar.monthrange(local.year, local.month)[1]
        return bool(wanted & {local.day, local.day - length - 1})
    day = local.timetuple().tm_yday
    return bool(wanted & {day, day - 366 - calendar.isleap(local.year)})
