"""The rows of the history, packed: a third of the memory, and nothing to walk for the collector."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from struct import Struct
from typing import Final, NamedTuple

from tray.model.entities import What
from tray.model.suggest.lines import Lines
from tray.model.suggest.long_lines import LongLines
from tray.model.suggest.rank import RankContext, frecency, habits
from tray.model.suggest.shelf import Shelf
from tray.model.suggest.suggestion import PastActivity

_RECORD: Final = Struct("<6q?8I")
"""The fields of `_Numbers`."""
_NONE: Final = 0
"""In place of a project or task: no id is 0."""


class _Numbers(NamedTuple):
    """What of a `PastActivity` is no text; the slots follow."""

    id: int
    uses: int
    last_used: int
    workspace_id: int
    project_id: int
    task_id: int
    billable: bool


def best_first(history: Iterable[PastActivity]) -> list[PastActivity]:
    """All rows in the order of their frecency, the greatest first; by id where it is the same."""
    return sorted(history, key=lambda done: (-frecency(done.uses, done.last_used), done.id))


class HistoryColumns:
    """A list of `PastActivity`, but for their keys, taken apart."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._kept = bytearray()
        self._begins: list[int] = []
        """Where each block after those begins on the shelf."""
        self._others = LongLines(shelf)
        """The ids of the tags, and after a tab the description."""
        self._frecency = array("d")
        self._frecency_of_block = array("d")
        """Of the best row of each block that does not stay in memory."""
        self._count = 0
        self._rows_of_project: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))

    def append(self, rows: Sequence[PastActivity]) -> None:
        """Add a block."""
        for row, done in enumerate(rows, self._count):
            self._rows_of_project[done.what.project_id or _NONE].append(row)
        self._count += len(rows)
        bits = array("d", (frecency(done.uses, done.last_used) for done in rows))
        self._others.append(Lines(map(_other, rows)))
        records = b"".join(map(_record, rows))
        if len(self._kept) < self._shelf.kept_rows * _RECORD.size:
            self._kept += records
            self._frecency += bits
        else:
            self._begins.append(self._shelf.put(records))
            self._frecency_of_block.append(bits[0])

    def most_frecency(self, row: int) -> float:
        """What the frecency of a row, and of each after it, is at most."""
        if row < len(self._frecency):
            return self._frecency[row]
        return self._frecency_of_block[self._block(row)[0]]

    def rows_of_project(self, project_id: int) -> "Sequence[int]":
        """The rows of a project, ascending."""
        return self._rows_of_project.get(project_id, ())

    def habits(self, row: int, moment: RankContext) -> float:
        """The bits a row has at this moment."""
        numbers, slots = self._numbers(row)
        return habits(
            moment,
            uses=numbers.uses,
            last_used=numbers.last_used,
            slots=slots,
            project_id=numbers.project_id or None,
            workspace_id=numbers.workspace_id,
        )

    def done(self, row: int, keys: str) -> PastActivity:
        """A row put together again."""
        numbers, slots = self._numbers(row)
        tags, _, description = self._others[row].partition("\t")
        what = What(
            numbers.workspace_id,
            description,
            numbers.project_id or None,
            numbers.task_id or None,
            tuple(map(int, tags.split())),
            numbers.billable,
        )
        return PastActivity(numbers.id, what, numbers.uses, numbers.last_used, slots, keys)

    def _numbers(self, row: int) -> tuple[_Numbers, tuple[int, ...]]:
        """What is packed of a row, and its slots."""
        if row < self._shelf.kept_rows:
            fields = _RECORD.unpack_from(self._kept, row * _RECORD.size)
        else:
            block, at = self._block(row)
            begin = self._begins[block] + at * _RECORD.size
            fields = _RECORD.unpack(self._shelf.take(begin, _RECORD.size))
        return _Numbers(*fields[:7]), fields[7:]

    def _block(self, row: int) -> tuple[int, int]:
        """Which block on the shelf a row is in, and where there."""
        return divmod(row - self._shelf.kept_rows, self._shelf.block_rows)


def _record(done: PastActivity) -> bytes:
    what = done.what
    project_id, task_id = what.project_id or _NONE, what.task_id or _NONE
    numbers = (done.id, done.uses, done.last_used, what.workspace_id, project_id, task_id)
    return _RECORD.pack(*numbers, what.billable, *done.slots)


def _other(done: PastActivity) -> str:
    return f"{' '.join(map(str, done.what.tag_ids))}\t{done.what.description}"
