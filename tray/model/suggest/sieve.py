"""The rows that a query may fit, from the finest way to the coarsest, in as few scans as can be."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from tray.model.suggest.long_lines import LongLines
from tray.model.suggest.suggestion import MatchKind

_FEW: Final = 300
"""Up to so many rows it is quicker to look at each than to scan once more for each finer way."""


class MatchStage(NamedTuple):
    """A way to fit: all of `parts` are in the text."""

    kind: MatchKind
    parts: Sequence[str]


class Rows(NamedTuple):
    """Rows in ascending order, none of which fits better than `ceiling`; some may not fit."""

    ceiling: MatchKind
    rows: Iterable[int]


class Sieve:
    """Texts that are searched again and again as someone types."""

    def __init__(self, lines: LongLines) -> None:
        self._lines = lines
        self._few: dict[MatchKind, tuple[str, list[int]]] = {}

    def sift(self, typed: str, stages: Sequence[MatchStage]) -> Iterator[Rows]:
        """All rows that fit `typed`, those that fit best among the first; some more than once.

        Args:
            typed: what the ways are for. A row that it does not fit in one of them but the last
                is not fitted by a longer text that begins with it either.
            ways: from the coarsest to the finest, each with only such rows as the one before.
        """
        *coarser, finest = stages
        found = []
        for stage in coarser:
            few = self._rows_if_few(typed, stage)
            if few is not None:
                found.append(Rows(finest.kind, few))
                break
            found.append(Rows(stage.kind, self._lines.having(*stage.parts)))
        else:
            found.append(Rows(finest.kind, self._lines.having(*finest.parts)))
        return reversed(found)

    def _rows_if_few(self, typed: str, stage: MatchStage) -> list[int] | None:
        """The rows that fit in one way, and perhaps some that did when less was typed."""
        before = self._few.get(stage.kind)
        if before is not None and typed.startswith(before[0]):
            return before[1]
        rows = list(islice(self._lines.having(*stage.parts), _FEW + 1))
        if len(rows) > _FEW:
            return None
        self._few[stage.kind] = typed, rows
        return rows
