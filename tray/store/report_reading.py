"""Reads what a report sums up: from the totals of days where they can tell, else from the entries.

Both ways come to the same to the second; the entries are gone through a piece at a time, so that
whoever waits can be shown how far it is, and can break it off.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final, NamedTuple

from tray.model.days import Calendar
from tray.model.filters import DayRange
from tray.model.limits import MAX_SECONDS
from tray.model.reports.report_definition import (
    OF_TIME,
    Direction,
    Grouping,
    LengthRounding,
    MidnightRule,
    RoundedThing,
)
from tray.model.reports.report_groups import Cell, Spent
from tray.model.reports.report_range import ends
from tray.model.reports.time_slices import Key, TimeSlice, slices
from tray.store import day_totals
from tray.store.database import Database
from tray.store.entries import Condition, fitting_all

_AT_ONCE: Final = 40_000
"""Entries that are summed up before it is said how far it is."""
_COLUMNS: Final = {
    Grouping.PROJECT: "ifnull(project_id, 0)",
    Grouping.CLIENT: "ifnull(project_id, 0)",
    Grouping.TAG: "tag_ids",
    Grouping.TAGS: "tag_ids",
    Grouping.TASK: "ifnull(task_id, 0)",
    Grouping.DESCRIPTION: "description",
}
_OF_TOTALS: Final = {Grouping.PROJECT: "project_id", Grouping.CLIENT: "project_id"}
_ROUNDED: Final = {
    Direction.UP: "({0} + {1} - 1) / {1} * {1}",
    Direction.NEAREST: "({0} + {1} / 2) / {1} * {1}",
    Direction.DOWN: "{0} / {1} * {1}",
}

WentOn = Callable[[float], None]
"""Told how much is done, from 0 to 1; may raise to break the reading off."""


def unheeded(_: float) -> None:
    """Nobody is waiting."""


class SumQuery(NamedTuple):
    """What is to be summed up."""

    days: DayRange
    calendar: Calendar
    by: tuple[Grouping, ...] = ()
    conditions: tuple[Condition, ...] = ()
    rule: MidnightRule = MidnightRule.SPLIT
    rounding: LengthRounding | None = None
    """Of each entry; groups are rounded by whoever makes them."""
    with_projects: bool = False
    """Whether cells are told apart by project, because money depends on it."""

    @property
    def span(self) -> tuple[int, int]:
        """From when to when the days are, epoch seconds."""
        return ends(self.days, self.calendar)

    @property
    def levels_of_time(self) -> tuple[Grouping, ...]:
        """Those groups that follow from when an entry was."""
        return tuple(level for level in self.by if level in OF_TIME)

    @property
    def rounds_entries(self) -> LengthRounding | None:
        """How each entry is rounded, if it is."""
        rounding = self.rounding
        return rounding if rounding and rounding.thing is RoundedThing.ENTRY else None


Sums = dict[Cell, Spent]


def read_cells(db: Database, reading: SumQuery, went_on: WentOn = unheeded) -> Sums:
    """The sums of finished entries, by what they have in common; none of them is zero."""
    found: Sums = {}
    rows = _from_totals(db, reading) if _totals_can_tell(db, reading) else None
    for cell, seconds, billable in rows or _from_entries(db, reading, went_on):
        if seconds:
            known = found.get(cell)
            if known is not None:
                seconds, billable = known.seconds + seconds, known.billable + billable
            found[cell] = Spent(seconds, billable)
    return found


def day_begins(days: DayRange, calendar: Calendar) -> list[int]:
    """The moments at which these days begin, and at which the last one ends."""
    count = (days.last - days.first).days + 2
    return [calendar.begin(days.first + timedelta(days=at)) for at in range(count)]


_Summed = tuple[Cell, int, int]
"""A cell, and the seconds and billable seconds to add to it."""


# From the totals of days


def _totals_can_tell(db: Database, reading: SumQuery) -> bool:
    known = {*_OF_TOTALS, *OF_TIME} - {Grouping.HOUR}
    if not {*reading.by} <= known or reading.rounds_entries:
        return False
    return day_totals.can_tell(reading.conditions) and day_totals.covers(
        db, day_begins(reading.days, reading.calendar)
    )


def _from_totals(db: Database, reading: SumQuery) -> Iterator[_Summed]:
    if reading.with_projects or {*reading.by} & {*_OF_TOTALS}:
        yield from _totals_by_project(db, reading)
        return
    spans = list(slices(reading.days, reading.levels_of_time, reading.calendar))
    begins = [each.begin for each in spans]
    split = reading.rule is MidnightRule.SPLIT
    for day in day_totals.by_day(db, *reading.span, reading.conditions):
        keys = spans[bisect_right(begins, day.begin) - 1].keys
        spent = (day.seconds, day.billable) if split else (day.begun, day.begun_billable)
        yield Cell(keys), *spent


def _totals_by_project(db: Database, reading: SumQuery) -> Iterator[_Summed]:
    also, parameters = day_totals.fitting(reading.conditions)
    value = "seconds" if reading.rule is MidnightRule.SPLIT else "begun_seconds"
    sums = f"sum({value}), sum({value} * billable)"
    if not reading.levels_of_time:
        rows = db.each(
            f"SELECT 0, project_id, {sums} FROM day_total WHERE day >= ? AND day < ?{also} "
            "GROUP BY project_id",
            [*reading.span, *parameters],
        )
        keys: list[tuple[Key, ...]] = [()]
    else:
        spans, keys = _numbered(slices(reading.days, reading.levels_of_time, reading.calendar))
        rows = db.each(
            f"{_WITH_SPANS}SELECT at, project_id, {sums} FROM span CROSS JOIN day_total "
            f"ON day >= span.begin AND day < span.end WHERE 1{also} GROUP BY at, project_id",
            [spans, *parameters],
        )
    cell_of, others = _CellMaker(reading), len(reading.by) - len(reading.levels_of_time)
    for at, project, seconds, billable in rows:
        yield cell_of(keys[at], (project,) * others, project), seconds, billable


_WITH_SPANS: Final = (
    "WITH span (at, begin, end) AS MATERIALIZED (SELECT json_extract(value, '$[0]'), "
    "json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(?)) "
)


def _numbered(spans: Iterator[TimeSlice]) -> tuple[str, list[tuple[Key, ...]]]:
    """Stretches of time as SQL takes them, each with the number of its keys, and the keys."""
    numbers: dict[tuple[Key, ...], int] = {}
    listed = [[numbers.setdefault(each.keys, len(numbers)), each.begin, each.end] for each in spans]
    return str(listed), list(numbers)  # lists of numbers look the same in JSON


class _CellMaker:
    """Puts the keys of the levels of time and of the others into the order of the levels."""

    def __init__(self, query: SumQuery) -> None:
        times = [level for level in query.by if level in OF_TIME]
        others = [level for level in query.by if level not in OF_TIME]
        places = [[*times, *others].index(level) for level in query.by]
        self._is_in_order = places == sorted(places)
        self._places = places
        self._with_projects = query.with_projects

    def __call__(self, of_time: Sequence[Key], others: Sequence[Key], project: int) -> Cell:
        """The cell of these keys: of the levels of time, and of each other level."""
        keys = (*of_time, *others)
        if not self._is_in_order:
            keys = tuple([keys[place] for place in self._places])
        return Cell(keys, project if self._with_projects else 0)


# From the entries


class _Carried(NamedTuple):
    """What of an entry lies behind what was gone through so far."""

    begin: int
    stop: int
    others: tuple[Key, ...]
    project: int
    billable: int
    of_start: tuple[Key, ...] | None
    """The keys of time of its start; None where each part has its own."""


def _from_entries(db: Database, reading: SumQuery, went_on: WentOn) -> Iterator[_Summed]:
    source = _Source(db, reading)
    if not reading.levels_of_time:
        yield from source.whole(went_on)
    elif reading.rule is MidnightRule.FIRST_DAY and Grouping.HOUR not in reading.by:
        yield from source.begun(went_on)
    else:
        yield from source.parted(went_on)


class _Source:
    """The entries of a reading."""

    def __init__(self, db: Database, reading: SumQuery) -> None:
        self.db = db
        self.reading = reading
        self.cell_of = _CellMaker(reading)
        self.others = [_COLUMNS[level] for level in reading.by if level not in OF_TIME]
        self.project = "ifnull(project_id, 0)" if reading.with_projects else "0"
        self.fits, self.parameters = fitting_all(reading.conditions)
        self.columns = ", ".join((*self.others, self.project))
        count = 1 + len(self.others)
        self.group = ", ".join(str(2 + at) for at in range(count))
        self.begin, self.end = reading.span

    def rounded(self, seconds: str) -> str:
        """The expression for a length, rounded."""
        rounding = self.reading.rounds_entries
        if rounding is None:
            return seconds
        return f"({_ROUNDED[rounding.direction].format(seconds, rounding.minutes * 60)})"

    def length(self, seconds: int) -> int:
        """A length, rounded."""
        rounding = self.reading.rounds_entries
        return seconds if rounding is None else rounding.of(seconds)

    # Without a level of time: an entry is in one piece

    def whole(self, went_on: WentOn) -> Iterator[_Summed]:
        """Each entry at once, cut off only where the days begin and end."""
        split = self.reading.rule is MidnightRule.SPLIT
        for carried in self.reaching_in() if split else ():
            seconds = self.length(min(carried.stop, self.end) - self.begin)
            yield self.summed((), carried, seconds)
        length = self.rounded(f"(min(stop, {self.end:d}) - start)" if split else "(stop - start)")
        sql = (
            f"SELECT 0, {self.columns}, sum({length}), sum({length} * billable) FROM entry "
            f"WHERE start >= ? AND start < ? AND stop IS NOT NULL{self.fits} GROUP BY {self.group}"
        )
        for begin, end in self.pieces(went_on):
            for _, *others, project, seconds, billable in self.db.rows(
                sql, [begin, end, *self.parameters]
            ):
                yield self.cell_of((), others, project), seconds, billable

    def pieces(self, went_on: WentOn) -> Iterator[tuple[int, int]]:
        """The time of the reading in so many parts that each has not too many entries."""
        count = self.count() // _AT_ONCE + 1
        length = self.end - self.begin
        for at in range(count):
            went_on(at / count)
            yield self.begin + at * length // count, self.begin + (at + 1) * length // count

    def count(self) -> int:
        """How many entries begin in the time of the reading."""
        sql = "SELECT count(*) FROM entry WHERE start >= ? AND start < ?"
        (found,) = self.db.row(sql, (self.begin, self.end))
        return int(found)

    # With levels of time

    def begun(self, went_on: WentOn) -> Iterator[_Summed]:
        """Each entry whole, where it began."""
        for spans in self.some_slices(went_on):
            yield from self.sums(spans, self.rounded("(stop - start)"))

    def parted(self, went_on: WentOn) -> Iterator[_Summed]:
        """Each entry in every stretch of time that it reaches into, with what lies there."""
        carried = list(self.reaching_in() if self.reading.rule is MidnightRule.SPLIT else ())
        for spans in self.some_slices(went_on):
            yield from self.sums(spans, self.rounded("(min(stop, span.end) - start)"))
            carried += self.reaching_on(spans)
            yield from self.distributed(carried, spans)
            carried = [
                each._replace(begin=spans[-1].end) for each in carried if each.stop > spans[-1].end
            ]
        if carried and self.reading.rule is MidnightRule.FIRST_DAY:
            yield from self.distributed(
                carried, self.after_days(max(each.stop for each in carried))
            )

    def some_slices(self, went_on: WentOn) -> Iterator[list[TimeSlice]]:
        """The stretches of time, some at once."""
        reading = self.reading
        days = (reading.days.last - reading.days.first).days + 1
        share = self.count() / days * (1 / 24 if Grouping.HOUR in reading.by else 1)
        at_once = max(1, min(1_000, int(_AT_ONCE / max(share, 1e-6))))
        each = slices(reading.days, reading.levels_of_time, reading.calendar)
        while spans := list(islice(each, at_once)):
            went_on((spans[0].begin - self.begin) / max(1, self.end - self.begin))
            yield spans

    def after_days(self, until: int) -> list[TimeSlice]:
        """The hours behind the days of the reading, into which entries reach that began in them."""
        following = self.reading.days.last + timedelta(days=1)
        days = DayRange(following, self.reading.calendar.day_of(until))
        return list(slices(days, self.reading.levels_of_time, self.reading.calendar))

    def sums(self, spans: Sequence[TimeSlice], length: str) -> Iterator[_Summed]:
        """Of the entries that begin in each stretch of time, a length each."""
        listed, keys = _numbered(iter(spans))
        rows = self.db.rows(
            f"{_WITH_SPANS}SELECT at, {self.columns}, sum({length}), sum({length} * billable) "
            "FROM span CROSS JOIN entry ON start >= span.begin AND start < span.end "
            f"WHERE stop IS NOT NULL{self.fits} GROUP BY at, {self.group}",
            [listed, *self.parameters],
        )
        for at, *others, project, seconds, billable in rows:
            yield self.cell_of(keys[at], others, project), seconds, billable

    def reaching_on(self, spans: Sequence[TimeSlice]) -> Iterator[_Carried]:
        """What begins in a stretch of time and ends after it."""
        by_start = self.reading.rule is MidnightRule.FIRST_DAY
        rows = self.db.rows(
            f"{_WITH_SPANS}SELECT at, {self.columns}, span.end, stop, billable FROM span "
            "CROSS JOIN entry "
            f"ON start >= span.begin AND start < span.end WHERE stop > span.end{self.fits}",
            [str([[at, *each[:2]] for at, each in enumerate(spans)]), *self.parameters],
        )
        for at, *others, project, begin, stop, billable in rows:
            of_start = spans[at].keys if by_start else None
            yield _Carried(begin, stop, tuple(others), project, billable, of_start)

    def reaching_in(self) -> Iterator[_Carried]:
        """What began before the days of the reading, and ends in them or later."""
        rows = self.db.rows(
            f"SELECT 0, {self.columns}, stop, billable FROM entry "
            f"WHERE start >= ? AND start < ? AND stop > ?{self.fits}",
            [self.begin - MAX_SECONDS, self.begin, self.begin, *self.parameters],
        )
        for _, *others, project, stop, billable in rows:
            yield _Carried(self.begin, stop, tuple(others), project, billable, None)

    def distributed(
        self, carried: Sequence[_Carried], spans: Sequence[TimeSlice]
    ) -> Iterator[_Summed]:
        """What of these lies in each stretch of time."""
        begins = [each.begin for each in spans]
        for each in carried:
            at = max(0, bisect_right(begins, each.begin) - 1)
            at += spans[at].end <= each.begin
            while at < len(spans) and spans[at].begin < each.stop:
                span = spans[at]
                seconds = self.length(min(each.stop, span.end) - max(each.begin, span.begin))
                yield self.summed(self.keys_in(span, each), each, seconds)
                at += 1

    def keys_in(self, span: TimeSlice, part: _Carried) -> tuple[Key, ...]:
        """The hour is that of the part; by the rule of Toggl the day is that of the start."""
        if part.of_start is None:
            return span.keys
        return tuple(
            here if level is Grouping.HOUR else there
            for level, here, there in zip(
                self.reading.levels_of_time, span.keys, part.of_start, strict=True
            )
        )

    def summed(self, keys: Sequence[Key], part: _Carried, seconds: int) -> _Summed:
        """A part of an entry as a sum of its own."""
        cell = self.cell_of(keys, part.others, part.project)
        return cell, seconds, seconds * part.billable
