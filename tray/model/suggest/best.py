"""The contest of matches for the few places in the list."""

from collections.abc import Iterable
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

from tray.model.suggest.history_columns import HistoryColumns
from tray.model.suggest.rank import HALF_LIFE, SPREAD, WEIGHTS, RankContext, score
from tray.model.suggest.suggestion import MatchKind

Hits = Iterable[tuple[int, MatchKind]]
"""Rows in the order of their frecency, each with the kind of match it is."""


class Place(NamedTuple):
    """A row that is among the best; a greater one is better, and of equals the earlier row."""

    score: float
    minus_row: int
    kind: MatchKind


class Best:
    """The best rows of those seen so far."""

    def __init__(self, columns: HistoryColumns, moment: RankContext, *, limit: int) -> None:
        self._columns = columns
        self._moment = moment
        self._limit = limit
        self._places: list[Place] = []
        self._seen: set[int] = set()

    def take(self, ceiling: MatchKind, hits: Hits) -> None:
        """Let `hits` in, none of which is of a kind above `ceiling`, as far as they can win."""
        if self._worst >= WEIGHTS[ceiling] + SPREAD:
            return
        most_frecency = self._columns.most_frecency
        most_bits = self._moment.most_bits - self._moment.now / HALF_LIFE
        for row, kind in hits:
            if self._worst >= score(ceiling, most_frecency(row) + most_bits):
                return
            if row not in self._seen:
                self._seen.add(row)
                habits = self._columns.habits(row, self._moment)
                heappush(self._places, Place(score(kind, habits), -row, kind))
                if len(self._places) > self._limit:
                    heappop(self._places)

    def in_order(self) -> list[Place]:
        """The best rows, the best first."""
        return sorted(self._places, reverse=True)

    @property
    def _worst(self) -> float:
        """What has to be beaten for a place."""
        return self._places[0].score if len(self._places) == self._limit else -inf
