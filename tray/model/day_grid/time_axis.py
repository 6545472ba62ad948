"""Days side by side along one axis of hours, whatever the clocks do in one of them.

An hour of the wall clock is at the same place in each day. Where the clocks are set back in one of
the days, the axis has the hour twice, and the other days have nothing at the second one; where they
are set forward, that day has nothing at the hour that is skipped. What no day has, the axis has not
either: so alone, such days have 25 and 23 hours.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from tray.model.day_grid.wall_clock import changes_between, offset_at
from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR, MINUTE


class AxisPart(NamedTuple):
    """A part of a day in which the clocks just run on."""

    begin: int
    """Epoch seconds."""
    end: int
    position: int
    """Where it begins, in seconds from the top of the axis."""

    @property
    def length(self) -> int:
        """How long it is, in time and on the axis."""
        return self.end - self.begin


class HourMark(NamedTuple):
    """Where an hour begins."""

    position: int
    clock_minutes: int
    """What the clocks show, in minutes after midnight."""


class TimeAxis(NamedTuple):
    """Where the moments of some days are, in seconds from the top."""

    columns: tuple[tuple[AxisPart, ...], ...]
    """Of each day; empty where a zone leaves out the whole day."""
    length: int
    marks: tuple[HourMark, ...]

    def span(self, column: int) -> tuple[int, int]:
        """From when to when a day is."""
        stretches = self.columns[column]
        return (stretches[0].begin, stretches[-1].end) if stretches else (0, 0)

    def position(self, column: int, moment: int) -> int:
        """Where a moment is in a day; the nearest place if it is not in that day."""
        stretches = self.columns[column]
        if not stretches:
            return 0
        at = max(0, bisect_right(stretches, moment, key=_BEGIN) - 1)
        found = stretches[at]
        return found.position + min(found.length, max(0, moment - found.begin))

    def moment(self, column: int, position: float) -> int:
        """What time it is at a place; at one that the day does not have, the nearest."""
        stretches = self.columns[column]
        if not stretches:
            return 0
        at = max(0, bisect_right(stretches, position, key=_POSITION) - 1)
        found = stretches[at]
        return found.begin + min(found.length, max(0, round(position - found.position)))

    def voids(self, column: int) -> Iterator[tuple[int, int]]:
        """The places from one to another that a day does not have."""
        reached = 0
        for each in self.columns[column]:
            if each.position > reached:
                yield reached, each.position
            reached = each.position + each.length
        if reached < self.length:
            yield reached, self.length


_EPOCH: Final = date(1970, 1, 1)
_BEGIN: Final = attrgetter("begin")
_POSITION: Final = attrgetter("position")


class _Piece(NamedTuple):
    begin: int
    end: int
    wall: int
    """What the clocks show at its begin, in seconds after midnight."""

    @property
    def wall_end(self) -> int:
        return self.wall + self.end - self.begin


def time_axis(days: Sequence[date], calendar: Calendar) -> TimeAxis:
    """The axis of these days."""
    pieces = [_pieces(day, calendar) for day in days]
    twice = _twice(pieces)
    columns = _packed([tuple(_placed(each, twice)) for each in pieces])
    length = max((each.position + each.length for column in columns for each in column), default=0)
    return TimeAxis(columns, length, tuple(_marks(columns, calendar)))


def _pieces(day: date, calendar: Calendar) -> list[_Piece]:
    begin, end = calendar.day(day)
    if begin >= end:
        return []
    cuts = (begin, *changes_between(begin, end, calendar.zone), end)
    midnight = (day - _EPOCH).days * DAY
    return [
        _Piece(each, following, each + offset_at(each, calendar.zone) - midnight)
        for each, following in pairwise(cuts)
    ]


def _twice(days: Iterable[Sequence[_Piece]]) -> dict[int, int]:
    """How long the time before a reading of the clocks is had twice, by that reading."""
    found: dict[int, int] = {}
    for pieces in days:
        for one, other in pairwise(pieces):
            again = one.wall_end - other.wall
            if again > 0:
                found[one.wall_end] = max(again, found.get(one.wall_end, 0))
    return found


def _placed(pieces: Iterable[_Piece], twice: dict[int, int]) -> Iterator[AxisPart]:
    """Each piece where it is, cut where other days have something in between."""
    reached: int | None = None
    for begin, end, wall in pieces:
        if reached is not None and wall < reached:  # set back: what follows is had again
            again = min(end - begin, reached - wall)
            before = sum(more for at, more in twice.items() if at < reached)
            yield AxisPart(begin, begin + again, reached + before)
            begin, wall = begin + again, reached
        cuts = [at for at in sorted(twice) if wall < at < wall + end - begin]
        for cut in (*cuts, wall + end - begin):
            if cut > wall:
                shift = sum(more for at, more in twice.items() if at <= wall)
                yield AxisPart(begin, begin + cut - wall, wall + shift)
                begin, wall = begin + cut - wall, cut
        reached = wall


def _packed(columns: Sequence[tuple[AxisPart, ...]]) -> tuple[tuple[AxisPart, ...], ...]:
    """The same without what no day has."""
    shifts: list[tuple[int, int]] = []
    reached = shift = 0
    for each in sorted((each for column in columns for each in column), key=_POSITION):
        if each.position > reached or not shifts:
            shift += each.position - reached
            shifts.append((each.position, shift))
        reached = max(reached, each.position + each.length)
    return tuple(
        tuple(
            each._replace(position=each.position - _shift(shifts, each.position)) for each in column
        )
        for column in columns
    )


def _shift(shifts: Sequence[tuple[int, int]], position: int) -> int:
    return next((shift for at, shift in reversed(shifts) if at <= position), 0)


def _marks(columns: Sequence[Sequence[AxisPart]], calendar: Calendar) -> list[HourMark]:
    found: dict[int, int] = {}
    for column in columns:
        for begin, end, position in column:
            local = begin + offset_at(begin, calendar.zone)
            for ahead in range(-local % HOUR, end - begin, HOUR):
                found.setdefault(position + ahead, (local + ahead) % DAY // MINUTE)
    return [HourMark(*each) for each in sorted(found.items())]
