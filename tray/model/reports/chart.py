"""What the charts of a report show: bars of time with parts, the largest of them by name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from tray.model.days import Calendar
from tray.model.filters import DayRange
from tray.model.reports.report_definition import OF_TIME, Grouping
from tray.model.reports.report_groups import NONE, ReportGroup
from tray.model.reports.time_slices import Key, slices

OTHERS: Final = "\0others"
RUNNING: Final = "\0running"
"""Keys that no group has, for no text that is stored has such a character."""
MOST: Final = 7
"""Parts that are shown by name."""
_NOTHING: Final = (NONE, "", "[]")
"""The keys of no project, client or task, no description, and no tags."""
_LEVELS: Final = (
    (1, Grouping.HOUR),
    (31, Grouping.DAY),
    (190, Grouping.WEEK),
    (3 * 366, Grouping.MONTH),
)
"""Up to how many days bars are of what."""


class ChartBar(NamedTuple):
    """One bar."""

    key: Key
    """Of its stretch of time."""
    parts: tuple[tuple[Key, int], ...]
    """Each with its seconds, the first of them lowest."""

    @property
    def seconds(self) -> int:
        """How long in all."""
        return sum(seconds for _, seconds in self.parts)


def bar_level(days: DayRange) -> Grouping:
    """What each bar is of."""
    count = (days.last - days.first).days + 1
    return next((level for most, level in _LEVELS if count <= most), Grouping.YEAR)


def stack_level(by: Sequence[Grouping]) -> Grouping:
    """What the parts of a bar are: the first groups that are not of time, and in no two."""
    first = next((level for level in by if level not in OF_TIME), Grouping.PROJECT)
    return Grouping.TAGS if first is Grouping.TAG else first


def largest(groups: Iterable[ReportGroup]) -> tuple[tuple[Key, int], ...]:
    """The parts of all bars together, the largest first, then what the others come to."""
    found: Counter[Key] = Counter()
    for bar in groups:
        for part in bar.groups:
            found[part.key] += part.seconds
    ordered = sorted(found.items(), key=lambda each: (-each[1], str(each[0])))
    rest = sum(seconds for _, seconds in ordered[MOST:])
    return (*ordered[:MOST], *(((OTHERS, rest),) if rest else ()))


def count_named(groups: Iterable[ReportGroup]) -> int:
    """How many different parts all bars have together; no project, say, is none."""
    return len({part.key for bar in groups for part in bar.groups if part.key not in _NOTHING})


def chart_bars(
    groups: Iterable[ReportGroup],
    keys: Iterable[Key],
    shown: Sequence[Key],
    running: Mapping[Key, int],
) -> tuple[ChartBar, ...]:
    """A bar for each key, also where there is nothing.

    Args:
        groups: By time, and below it by what the parts are.
        keys: Of all stretches of time, in order.
        shown: The parts that have a name.
        running: The seconds of what runs, by the key of its time.
    """
    known = {group.key: group for group in groups}
    place = {key: at for at, key in enumerate((*shown, OTHERS, RUNNING))}
    found = []
    for key in keys:
        parts: Counter[Key] = Counter()
        for part in known[key].groups if key in known else ():
            parts[part.key if part.key in place else OTHERS] += part.seconds
        parts[RUNNING] += running.get(key, 0)
        ordered = sorted(parts.items(), key=lambda each: place[each[0]])
        found.append(ChartBar(key, tuple(each for each in ordered if each[1])))
    return tuple(found)


def time_keys(days: DayRange, level: Grouping, calendar: Calendar) -> list[Key]:
    """The keys of every stretch of time in some days, in order."""
    if level is Grouping.HOUR:
        return list(range(24))
    return list(dict.fromkeys(each.keys[0] for each in slices(days, (level,), calendar)))


def running_parts(
    start: int, stop: int, days: DayRange, levels: Sequence[Grouping], calendar: Calendar
) -> dict[tuple[Key, ...], int]:
    """How much of a stretch of time lies under the keys of these levels."""
    found: Counter[tuple[Key, ...]] = Counter()
    for each in slices(days, levels, calendar) if start < stop else ():
        found[each.keys] += max(0, min(stop, each.end) - max(start, each.begin))
    return dict(found)


class Reached(NamedTuple):
    """How often a goal was reached."""

    times: int
    of: int


def goals_reached(bars: Iterable[ChartBar], goal: int) -> Reached:
    """In how many bars a goal was reached, of those in which anything was done."""
    worked = [bar.seconds for bar in bars if bar.seconds]
    return Reached(sum(seconds >= goal for seconds in worked), len(worked))


def days_of(key: Key, level: Grouping, within: DayRange) -> DayRange:
    """The days of a group of time, as far as a report goes; of a weekday only in a week."""
    first, last = within
    if isinstance(key, int) and level is Grouping.WEEKDAY and (last - first).days < 7:
        first += timedelta(days=(key - first.weekday()) % 7)
        return DayRange(first, first) if first <= last else within
    if isinstance(key, int | str):
        return within
    ends = {
        Grouping.WEEK: key + timedelta(days=6),
        Grouping.MONTH: (key + timedelta(days=31)).replace(day=1) - timedelta(days=1),
        Grouping.YEAR: key.replace(month=12, day=31),
    }
    return DayRange(max(first, key), min(last, ends.get(level, key)))
