"""Puts a report together, with all its numbers, for window and terminal alike."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.filters import DayRange, Filters
from tray.model.limits import MAX_SECONDS
from tray.model.reports.chart import running_parts
from tray.model.reports.money import Rate, Rates
from tray.model.reports.report_definition import (
    Grouping,
    MidnightRule,
    ReportDefinition,
)
from tray.model.reports.report_groups import Arrangement, Cell, Grouped, Spent
from tray.model.reports.report_range import RangeUnit, ReportRange, ends, read_range
from tray.model.reports.time_slices import Key
from tray.store import entries
from tray.store.catalogue import Names
from tray.store.database import Database
from tray.store.entries import Condition, fitting_all
from tray.store.report_reading import SumQuery, WentOn, read_cells, unheeded


class ReportWish(NamedTuple):
    """What is to be reported, and how the user counts."""

    definition: ReportDefinition
    calendar: Calendar
    rule: MidnightRule
    now: int


class RunningPart(NamedTuple):
    """What runs, which has a line of its own."""

    entry: TimeEntry
    seconds: int
    """Up to now, in the days of the report."""
    counts: bool
    """Whether it is part of the total."""


class Difference(NamedTuple):
    """What the other rule about midnight would make of the same days."""

    seconds: int
    """The total by that rule."""
    entries: int
    """How many cross the midnight at which the days begin or end."""


class TimeReport(NamedTuple):
    """The numbers of a report."""

    range: ReportRange
    """With the days that there really are, if all were wanted."""
    grouped: Grouped
    unrounded: Spent
    running: RunningPart | None
    difference: Difference | None
    """None where both rules come to the same."""
    before: ReportRange | None
    spent_before: Spent

    @property
    def total(self) -> Spent:
        """The sum of all rows, and of what runs."""
        return _with_running(self.grouped.total, self.running)

    @property
    def unrounded_total(self) -> Spent:
        """The same before anything was rounded."""
        return _with_running(self.unrounded, self.running)


class Highlights(NamedTuple):
    """What is said of a report beside its sums."""

    days: int = 0
    """In how many something was done."""
    longest: TimeEntry | None = None
    longest_seconds: int = 0
    """How much of it lies in the days of the report."""


def _with_running(spent: Spent, running: RunningPart | None) -> Spent:
    if running is None or not running.counts:
        return spent
    billable = running.seconds if running.entry.billable else 0
    return Spent(spent.seconds + running.seconds, spent.billable + billable)


def _conditions(definition: ReportDefinition, names: Names) -> tuple[Condition, ...]:
    if not definition.search and not definition.criteria:
        return ()
    from tray.store.conditions import conditions  # it knows how names are looked for

    return conditions(definition.search, Filters(definition.criteria), names)


def rates_of(names: Names) -> Rates:
    """What an hour of each project costs, where that is known.

    The currency is that of the workspace, of which only the name is known here.
    """
    several = len(names.workspaces) > 1
    return {
        each.id: Rate(each.rate_cents, names.workspace(each).name if several else "")
        for each in names.projects.values()
        if each.rate_cents is not None
    }


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no circles of objects: among a million sums there are none, and it takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class ReportReader:
    """Reads the parts of one report, each when it is wanted."""

    def __init__(self, db: Database, wish: ReportWish, names: Names) -> None:
        self.db = db
        self.wish = wish
        definition = wish.definition
        self.conditions = _conditions(definition, names)
        self.clients = {each.id: each.client_id for each in names.projects.values()}
        self.rates = rates_of(names)
        today = wish.calendar.day_of(wish.now)
        self.range = self._existing(read_range(definition.range_text, today, wish.calendar))

    def report(self, went_on: WentOn = unheeded) -> TimeReport:
        """The rows and their total, beside that of the days before."""
        definition = self.wish.definition
        grouped = self.groups(definition.by, went_on)
        unrounded = grouped.total
        if definition.rounding is not None:
            unrounded = self._spent(self.range.days)
        running = self._running(self.range.days)
        before = None if self.range.unit is RangeUnit.ALL else self.range.moved(-1)
        spent_before = Spent()
        if before is not None:
            ran = self._running(before.days)
            spent_before = _with_running(self._spent(before.days), ran)
        return TimeReport(
            self.range,
            grouped,
            unrounded,
            running,
            self._difference(unrounded.seconds),
            before,
            spent_before,
        )

    def groups(self, by: tuple[Grouping, ...], went_on: WentOn = unheeded) -> Grouped:
        """The rows of the report by other groups, rounded in the same way."""
        wish = self.wish
        reading = self._reading(self.range.days)._replace(
            by=by, rounding=wish.definition.rounding, with_projects=bool(self.rates)
        )
        arrangement = Arrangement(
            by, self.clients, self.rates, wish.definition.rounding, wish.calendar.first_weekday
        )
        with _uncollected():
            return arrangement.grouped(read_cells(self.db, reading, went_on))

    def hours(self, went_on: WentOn = unheeded) -> Grouped:
        """The hours of the week, each with the time that really lies there, unrounded."""
        by = (Grouping.WEEKDAY, Grouping.HOUR)
        reading = self._reading(self.range.days)._replace(by=by, rule=MidnightRule.SPLIT)
        cells = dict(read_cells(self.db, reading, went_on))
        for keys, seconds in self._running_by(by).items():
            spent = cells.get(Cell(keys), Spent())
            cells[Cell(keys)] = spent._replace(seconds=spent.seconds + seconds)
        return Arrangement(by, first_weekday=self.wish.calendar.first_weekday).grouped(cells)

    def _running_by(self, by: tuple[Grouping, ...]) -> dict[tuple[Key, ...], int]:
        """What runs, if it is part of the total, by when it did."""
        running = self._running(self.range.days)
        days = self._days_of(running, self.range.days) if running and running.counts else None
        if running is None or not days:
            return {}
        reached = DayRange(min(days), max(days))
        return running_parts(running.entry.start, self.wish.now, reached, by, self.wish.calendar)

    def highlights(self, days: DayRange | None = None) -> Highlights:
        """In how many days something was done, and the longest entry; those of the report."""
        days = days or self.range.days
        reading = self._reading(days)._replace(by=(Grouping.DAY,))
        worked = {cell.keys[0] for cell in read_cells(self.db, reading)}
        running = self._running(days)
        if running is not None and running.counts:
            worked |= self._days_of(running, days)
        entry, seconds = self._longest(running, days)
        return Highlights(len(worked), entry, seconds)

    def _existing(self, wanted: ReportRange) -> ReportRange:
        """The days of a range; of all, those from the first entry up to the last, or today."""
        if wanted.unit is not RangeUnit.ALL:
            return wanted
        calendar, now = self.wish.calendar, self.wish.now
        (first, last) = self.db.row("SELECT min(start), max(start) FROM entry")
        if first is None:
            return ReportRange(wanted.unit, DayRange(*(calendar.day_of(now),) * 2))
        (stop,) = self.db.row(
            "SELECT max(ifnull(stop, start)) FROM entry WHERE start >= ?", (last - MAX_SECONDS,)
        )
        days = DayRange(calendar.day_of(first), calendar.day_of(max(now, stop - 1, last)))
        return ReportRange(wanted.unit, days)

    def _reading(self, days: DayRange) -> SumQuery:
        wish = self.wish
        return SumQuery(days, wish.calendar, conditions=self.conditions, rule=wish.rule)

    def _spent(self, days: DayRange) -> Spent:
        return next(iter(read_cells(self.db, self._reading(days)).values()), Spent())

    def _running(self, days: DayRange) -> RunningPart | None:
        """What runs, if it fits and has a part in the days."""
        entry = entries.running(self.db)
        fits, parameters = fitting_all(self.conditions)
        if entry is None or not self.db.row(
            f"SELECT 1 FROM entry WHERE id = ?{fits}", [entry.id, *parameters]
        ):
            return None
        begin, end = ends(days, self.wish.calendar)
        seconds = min(end, self.wish.now) - max(begin, entry.start)
        if entry.start >= end or seconds < 0:
            return None
        return RunningPart(entry, seconds, self.wish.rule is MidnightRule.SPLIT)

    def _days_of(self, running: RunningPart, days: DayRange) -> set[date]:
        begin, end = ends(days, self.wish.calendar)
        start, stop = max(begin, running.entry.start), min(end, self.wish.now)
        shares = self.wish.calendar.shares(start, stop) if start < stop else ()
        return {share.day for share in shares}

    def _difference(self, seconds: int) -> Difference | None:
        """What crosses the ends of the days tells what the other rule would make of them."""
        begin, end = ends(self.range.days, self.wish.calendar)
        fits, parameters = fitting_all(self.conditions)
        sql = f"SELECT start, stop FROM entry WHERE start >= ? AND start < ? AND stop > ?{fits}"
        before = self.db.rows(sql, [begin - MAX_SECONDS, begin, begin, *parameters])
        after = self.db.rows(sql, [max(begin, end - MAX_SECONDS), end, end, *parameters])
        inside = sum(min(stop, end) - begin for _, stop in before)
        outside = sum(stop - end for _, stop in after)
        if inside == outside:
            return None
        sign = 1 if self.wish.rule is MidnightRule.SPLIT else -1
        return Difference(seconds + sign * (outside - inside), len(before) + len(after))

    def _longest(self, running: RunningPart | None, days: DayRange) -> tuple[TimeEntry | None, int]:
        begin, end = ends(days, self.wish.calendar)
        fits, parameters = fitting_all(self.conditions)
        split = self.wish.rule is MidnightRule.SPLIT
        length = "min(stop, ?1) - max(start, ?2)" if split else "stop - start"
        found = self.db.row(
            f"SELECT {length} AS length, id FROM entry WHERE start >= ?3 AND start < ?1 "
            f"AND stop > max(start, ?2){fits} ORDER BY length DESC, start LIMIT 1",
            [end, begin, begin - MAX_SECONDS if split else begin, *parameters],
        )
        seconds, entry_id = found or (0, None)
        if running is not None and running.counts and running.seconds > seconds:
            return running.entry, running.seconds
        return (None, 0) if entry_id is None else (entries.get(self.db, entry_id), seconds)


def report_calendar(db: Database, calendar: Calendar) -> Calendar:
    """The days of reports: in the chosen zone, else that of the account, else the computer's."""
    if calendar.zone is not None:
        return calendar
    name = next(iter(db.row("SELECT time_zone FROM account")), "")
    if not name:
        return calendar
    from zoneinfo import ZoneInfo

    try:
        return calendar._replace(zone=ZoneInfo(name))
    except (OSError, ValueError):  # a zone that this computer does not know
        return calendar


def other_zone(wish: ReportWish, shown: ReportRange) -> str:
    """The name of the zone of a report, if its days are not those of the computer; else nothing."""
    here = wish.calendar._replace(zone=None)
    if wish.calendar.zone is None or ends(shown.days, here) == ends(shown.days, wish.calendar):
        return ""
    return str(wish.calendar.zone)
