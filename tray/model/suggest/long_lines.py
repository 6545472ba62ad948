"""The texts of a long history in blocks, of which only the first stay in memory."""

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tray.model.suggest.lines import OFFSET, Lines, decoded, encoded
from tray.model.suggest.shelf import Shelf


class _ShelvedBlock(NamedTuple):
    """Where the texts of a block lie on the shelf."""

    begin: int
    size: int
    rows: int


class LongLines:
    """As `Lines`; each block but the last has as many rows as the shelf says."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._kept: list[Lines] = []
        self._places: list[_ShelvedBlock] = []
        """Of the blocks after those."""
        self._count = 0
        self._taken: tuple[int, Lines] | None = None
        """The block that was taken off the shelf last."""

    def append(self, lines: Lines) -> None:
        """Add a block."""
        self._count += len(lines)
        if len(self._kept) < self._shelf.kept_blocks:
            self._kept.append(lines)
        else:
            stored = lines.stored()
            self._places.append(_ShelvedBlock(self._shelf.put(stored), len(stored), len(lines)))

    def kept(self) -> "LongLines":
        """The rows that stay in memory."""
        best = LongLines(self._shelf)
        best._kept = self._kept
        best._count = sum(map(len, self._kept))
        return best

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, row: int) -> str:
        block, at = divmod(row, self._shelf.block_rows)
        if block < len(self._kept):
            return self._kept[block][at]
        if self._taken is not None and self._taken[0] == block:
            return self._taken[1][at]
        begin, _, rows = self._places[block - len(self._kept)]
        start, end = array("I", self._shelf.take(begin + OFFSET * at, 2 * OFFSET))
        texts = begin + OFFSET * (rows + 1)
        return decoded(self._shelf.take(texts + start + 1, end - start - 1))

    def having(self, *parts: str) -> Iterator[int]:
        """The rows that have all of `parts` in them, ascending."""
        ordered = [*map(encoded, self.rarest_first(parts))]
        for block in range(len(self._kept) + len(self._places)):
            first = block * self._shelf.block_rows
            for at in self._block(block).having_encoded(*ordered):
                yield first + at

    def rarest_first(self, parts: Sequence[str]) -> list[str]:
        """`parts` by how many rows have them, judged by the first."""
        return self._kept[0].rarest_first(parts) if self._kept else [*parts]

    def _block(self, block: int) -> Lines:
        if block < len(self._kept):
            return self._kept[block]
        if self._taken is None or self._taken[0] != block:
            begin, size, rows = self._places[block - len(self._kept)]
            self._taken = block, Lines.restored(self._shelf.take(begin, size), rows)
        return self._taken[1]
