"""From sums of what was read to the groups of a report, and to its total."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Final, NamedTuple

from tray.model.reports.money import Amount, Rates, Worth, add_worth, amounts
from tray.model.reports.report_definition import (
    OF_TIME,
    Grouping,
    LengthRounding,
    RoundedThing,
)
from tray.model.reports.time_slices import Key

NONE: Final = 0
"""The key of what has no project, client, task or tag."""


class Spent(NamedTuple):
    """Time, and what of it is billable; seconds."""

    seconds: int = 0
    billable: int = 0


class Cell(NamedTuple):
    """What all entries have in common that were summed up together."""

    keys: tuple[Key, ...]
    """One for each level: of a client the project, of tags the text in which they are stored."""
    project_id: int = NONE
    """Only where money depends on it."""


Cells = Mapping[Cell, Spent]


class ReportGroup(NamedTuple):
    """One row of a report."""

    key: Key
    seconds: int
    billable_seconds: int
    amounts: tuple[Amount, ...] = ()
    groups: tuple["ReportGroup", ...] = ()
    """The rows below it."""


class Grouped(NamedTuple):
    """All rows, and what they come to."""

    groups: tuple[ReportGroup, ...] = ()
    total: Spent = Spent()
    amounts: tuple[Amount, ...] = ()
    counted_again: int = 0
    """By how many seconds the rows are more than the total, as entries stand in several."""


class _Leaf:
    """What is in one group of the lowest level."""

    def __init__(self) -> None:
        self.seconds = 0
        self.billable: defaultdict[int, int] = defaultdict(int)
        """By project, where money depends on it."""

    def add(self, spent: Spent, project_id: int) -> None:
        self.seconds += spent.seconds
        self.billable[project_id] += spent.billable


class Arrangement(NamedTuple):
    """By what cells are grouped, and what has to be known for that."""

    by: tuple[Grouping, ...]
    clients: Mapping[int, int | None] = MappingProxyType({})
    """The client of each project."""
    rates: Rates = MappingProxyType({})
    rounding: LengthRounding | None = None
    first_weekday: int = 0

    def grouped(self, cells: Cells) -> Grouped:
        """The rows, the longest first, those of time in the order of time."""
        counted = self._leaves(cells, self.by)
        once = tuple(Grouping.TAGS if level is Grouping.TAG else level for level in self.by)
        each_once = counted if once == self.by else self._leaves(cells, once)
        groups = self._rows(counted, 0)
        total, worth = self._sum(each_once.values())
        rows = sum(group.seconds for group in groups)
        return Grouped(groups, total, amounts(worth), rows - total.seconds)

    def _leaves(self, cells: Cells, by: Sequence[Grouping]) -> dict[tuple[Key, ...], _Leaf]:
        leaves: defaultdict[tuple[Key, ...], _Leaf] = defaultdict(_Leaf)
        simple = not {Grouping.TAG, Grouping.CLIENT} & {*by}
        for cell, spent in cells.items():
            if simple:
                leaves[cell.keys].add(spent, cell.project_id)
                continue
            each = (self._keys(key, level) for key, level in zip(cell.keys, by, strict=True))
            for keys in product(*each):
                leaves[keys].add(spent, cell.project_id)
        return leaves

    def _keys(self, key: Key, level: Grouping) -> Iterable[Key]:
        if level is Grouping.TAG:
            return tag_ids(key) or (NONE,)
        if level is Grouping.CLIENT:
            return ((self.clients.get(key) if isinstance(key, int) else None) or NONE,)
        return (key,)

    def _rows(self, leaves: Mapping[tuple[Key, ...], _Leaf], depth: int) -> tuple[ReportGroup, ...]:
        by_key: defaultdict[Key, dict[tuple[Key, ...], _Leaf]] = defaultdict(dict)
        for keys, leaf in leaves.items():
            by_key[keys[depth]][keys] = leaf
        rows = (self._row(key, below, depth) for key, below in by_key.items())
        return tuple(self._ordered(rows, self.by[depth]))

    def _row(self, key: Key, leaves: Mapping[tuple[Key, ...], _Leaf], depth: int) -> ReportGroup:
        below = self._rows(leaves, depth + 1) if depth + 1 < len(self.by) else ()
        spent, worth = self._sum(leaves.values())
        return ReportGroup(key, spent.seconds, spent.billable, amounts(worth), below)

    def _sum(self, leaves: Iterable[_Leaf]) -> tuple[Spent, Worth]:
        """What some groups come to, each rounded if groups are."""
        seconds = billable = 0
        worth: Worth = {}
        for leaf in leaves:
            seconds += self._rounded(leaf.seconds)
            billable += self._rounded(sum(leaf.billable.values()))
            for project_id, length in leaf.billable.items():
                add_worth(worth, self._rounded(length), self.rates.get(project_id))
        return Spent(seconds, billable), worth

    def _rounded(self, seconds: int) -> int:
        if self.rounding is None or self.rounding.thing is RoundedThing.ENTRY:
            return seconds
        return self.rounding.of(seconds)

    def _ordered(self, rows: Iterator[ReportGroup], level: Grouping) -> list[ReportGroup]:
        if level is Grouping.WEEKDAY:
            return sorted(rows, key=lambda row: (_number(row.key) - self.first_weekday) % 7)
        if level in OF_TIME:
            return sorted(rows, key=lambda row: _number(row.key))
        return sorted(rows, key=lambda row: (-row.seconds, str(row.key)))


def _number(key: Key) -> int:
    return key.toordinal() if isinstance(key, date) else int(key)


def tag_ids(key: Key) -> tuple[int, ...]:
    """The tags of a combination, as it is stored."""
    text = str(key)[1:-1]
    return tuple(map(int, text.split(","))) if text else ()
