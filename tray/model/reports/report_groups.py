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


_Keys = tuple[Key, ...]
_Leaf = tuple[_Keys, int, int]
"""A group of the lowest level: its keys, seconds and billable seconds, rounded if groups are."""
_Billable = dict[_Keys, dict[int, int]]
"""By project, where money depends on it."""


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
        once = tuple(Grouping.TAGS if level is Grouping.TAG else level for level in self.by)
        leaves, billable = self._leaves(cells, self.by)
        groups = self._rows(leaves, billable, 0)
        each_once, its_billable = leaves, billable
        if once != self.by:
            each_once, its_billable = self._leaves(cells, once)
        total = Spent(sum(leaf[1] for leaf in each_once), sum(leaf[2] for leaf in each_once))
        rows = sum(group.seconds for group in groups)
        worth = self._amounts(each_once, its_billable)
        return Grouped(groups, total, worth, rows - total.seconds)

    def _leaves(self, cells: Cells, by: Sequence[Grouping]) -> tuple[list[_Leaf], _Billable]:
        """The groups of the lowest level, of which there may be hundreds of thousands."""
        is_simple = not {Grouping.TAG, Grouping.CLIENT} & {*by}
        if is_simple and not self.rates and self.rounding is None:
            return [(cell.keys, spent.seconds, spent.billable) for cell, spent in cells.items()], {}
        sums: dict[_Keys, list[int]] = {}
        billable: _Billable = {}
        for cell, spent in cells.items():
            for keys in (cell.keys,) if is_simple else self._spread(cell.keys, by):
                found = sums.setdefault(keys, [0, 0])
                found[0] += spent.seconds
                found[1] += spent.billable
                if self.rates:
                    projects = billable.setdefault(keys, {})
                    projects[cell.project_id] = projects.get(cell.project_id, 0) + spent.billable
        rounding = self.rounding
        if rounding is None or rounding.thing is RoundedThing.ENTRY:
            return [(keys, found[0], found[1]) for keys, found in sums.items()], billable
        rounded = rounding.of
        for projects in billable.values():
            projects.update({each: rounded(length) for each, length in projects.items()})
        leaves = [(keys, rounded(each[0]), rounded(each[1])) for keys, each in sums.items()]
        return leaves, billable

    def _spread(self, keys: _Keys, by: Sequence[Grouping]) -> Iterator[_Keys]:
        """The groups that a cell is in."""
        return product(*(self._keys(key, level) for key, level in zip(keys, by, strict=True)))

    def _keys(self, key: Key, level: Grouping) -> Iterable[Key]:
        if level is Grouping.TAG:
            return tag_ids(key) or (NONE,)
        if level is Grouping.CLIENT:
            return ((self.clients.get(key) if isinstance(key, int) else None) or NONE,)
        return (key,)

    def _rows(
        self, leaves: Iterable[_Leaf], billable: _Billable, depth: int
    ) -> tuple[ReportGroup, ...]:
        if depth + 1 == len(self.by):
            lowest = (
                ReportGroup(leaf[0][depth], leaf[1], leaf[2], self._amounts((leaf,), billable))
                for leaf in leaves
            )
            return tuple(self._ordered(lowest, self.by[depth]))
        by_key: defaultdict[Key, list[_Leaf]] = defaultdict(list)
        for leaf in leaves:
            by_key[leaf[0][depth]].append(leaf)
        rows = (self._row(key, below, billable, depth) for key, below in by_key.items())
        return tuple(self._ordered(rows, self.by[depth]))

    def _row(
        self, key: Key, leaves: Sequence[_Leaf], billable: _Billable, depth: int
    ) -> ReportGroup:
        below = self._rows(leaves, billable, depth + 1)
        seconds, paid = sum(leaf[1] for leaf in leaves), sum(leaf[2] for leaf in leaves)
        return ReportGroup(key, seconds, paid, self._amounts(leaves, billable), below)

    def _amounts(self, leaves: Iterable[_Leaf], billable: _Billable) -> tuple[Amount, ...]:
        """What some groups are worth, as far as rates are known."""
        if not self.rates:
            return ()
        worth: Worth = {}
        for keys, _, _ in leaves:
            for project_id, seconds in billable[keys].items():
                add_worth(worth, seconds, self.rates.get(project_id))
        return amounts(worth)

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
