"""Many short texts in one string, so that one scan in C finds the next that has something in it."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

_SAMPLE: Final = 50_000
"""Characters that are looked at to tell which of several parts is in the fewest texts."""


class Lines:
    """Texts without line ends, each after a line end."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [f"\n{text}" for text in texts]
        self._all = "".join([*lines, "\n"])
        self._starts = array("I", accumulate(map(len, lines), initial=0))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> str:
        return self._all[self._starts[row] + 1 : self._starts[row + 1]]

    def having(self, *parts: str) -> Iterator[int]:
        """The rows that have all of `parts` in them, ascending.

        A line end at the beginning of a part is that of the row.
        """
        rarest, *others = self.rarest_first(parts)
        find, starts = self._all.find, self._starts
        row, end = -1, 0
        while (at := find(rarest, end)) >= 0:
            row = bisect_right(starts, at, row + 1) - 1
            end = starts[row + 1]
            for part in others:
                if find(part, starts[row], end) < 0:
                    break
            else:
                yield row

    def rarest_first(self, parts: Sequence[str]) -> list[str]:
        """`parts` by how many rows have them, judged by the first thousand or so."""
        if len(parts) == 1:
            return [*parts]
        return sorted(parts, key=lambda part: self._all.count(part, 0, _SAMPLE))
