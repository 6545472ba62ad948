"""The search of the whole history for what the user is about to type."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from typing import Final

from tray.model import pinyin
from tray.model.suggest.best import Best, Hits
from tray.model.suggest.guesses import Guesses
from tray.model.suggest.history_columns import HistoryColumns, best_first
from tray.model.suggest.lines import Lines
from tray.model.suggest.match import Query, kind_of, read, searchable
from tray.model.suggest.ranges import ranges_of
from tray.model.suggest.rank import WEIGHTS, RankContext
from tray.model.suggest.sieve import MatchStage, Rows, Sieve
from tray.model.suggest.suggestion import MatchKind, PastActivity, Suggestion

_MOST_GUESSED: Final = 25_000
"""Guesses are made about so many rows, the best: it bounds the time of a search that fails."""


class Index:
    """The history, made ready for searches as someone types.

    The rows are in the order of their frecency, so that each kind of match comes out best first
    and a search can stop as soon as nothing that follows can be among the best. The result is
    what scoring every single row would give, but that guesses are bounded.

    One thread uses an index at a time. It does not change: make another when the history has.

    Args:
        history: all that was ever done, in any order.
        projects: under each project id what its entries can also be found by, such as its name
            and its client's name with a blank between.
    """

    def __init__(self, history: Iterable[PastActivity], projects: Mapping[int, str]) -> None:
        rows, frecency = best_first(history)
        self._columns = HistoryColumns(rows, frecency)
        texts = [searchable(done.what.description) for done in rows]
        self._texts = Lines(texts)
        self._keys = Lines([done.keys and f" {done.keys}" for done in rows])
        guessed = texts[:_MOST_GUESSED]
        lines = self._texts if len(guessed) == len(texts) else Lines(guessed)
        self._guesses = Guesses(guessed, lines)
        self._in_texts = Sieve(self._texts)
        self._in_keys = Sieve(self._keys)
        self._projects = [*projects]
        self._project_names = Lines(map(searchable, projects.values()))
        self._project_keys = Lines(" ".join(pinyin.keys(name)) for name in projects.values())
        self._rows_of_project = self._columns.rows_by_project()

    def __len__(self) -> int:
        return len(self._texts)

    def search(
        self,
        typed: str,
        *,
        now: int,
        project_id: int | None = None,
        workspace_id: int | None = None,
        limit: int = 12,
    ) -> list[Suggestion]:
        """The best matches of what was typed, the best first.

        Args:
            typed: as it is in the input; when it is empty, what is done most is suggested.
            now: epoch seconds.
            project_id: what is done in this project comes earlier.
            workspace_id: what is done in this workspace comes earlier.
            limit: how many at most, and at least one.
        """
        query = read(typed)
        best = Best(self._columns, RankContext(now, project_id, workspace_id), limit=limit)
        for ceiling, hits in self._passes(query):
            best.take(ceiling, hits)
        return [
            self._suggestion(query, -place.minus_row, kind=place.kind, score=place.score)
            for place in best.in_order()
        ]

    def _suggestion(self, query: Query, row: int, *, kind: MatchKind, score: float) -> Suggestion:
        done = self._columns.done(row, self._keys[row][1:])
        return Suggestion(done, kind, score, ranges_of(query, done.what.description, kind))

    def _passes(self, query: Query) -> Iterator[tuple[MatchKind, Hits]]:
        """All matches, the better kinds first; each with the best kind that can be among them."""
        if not query.words:
            yield MatchKind.EVERYTHING, self._all_as(MatchKind.EVERYTHING, range(len(self)))
            return
        for ceiling, rows in self._fitting(query):
            yield ceiling, self._judged(query, rows)
        yield MatchKind.PROJECT, self._all_as(MatchKind.PROJECT, self._in_projects(query))
        if len(query.letters) > 1:
            rows = self._guesses.subsequences(query.letters)
            yield MatchKind.SUBSEQUENCE, self._all_as(MatchKind.SUBSEQUENCE, rows)
        yield MatchKind.TYPO, self._all_as(MatchKind.TYPO, self._guesses.mended(query))

    def _fitting(self, query: Query) -> list[Rows]:
        """The rows that fit without a guess, the better kinds first."""
        text, letters = query.text, query.letters
        stages = [
            MatchStage(MatchKind.SUBSTRING, query.words),
            MatchStage(MatchKind.WORDS, query.beginnings),
            MatchStage(MatchKind.PREFIX, [f"\n {text}"]),
            MatchStage(MatchKind.WHOLE, [f"\n {text}\n"]),
        ]
        spelt = [
            MatchStage(MatchKind.SUBSTRING, [letters]),
            MatchStage(MatchKind.PINYIN, [f" {letters}"]),
        ]
        rows = [*self._in_texts.sift(text, stages), *self._in_keys.sift(letters, spelt)]
        return sorted(rows, key=lambda some: -WEIGHTS[some.ceiling])

    def _in_projects(self, query: Query) -> Iterator[int]:
        """The rows of the projects whose names fit."""
        fitting = {
            *self._project_names.having(*query.words),
            *self._project_keys.having(query.letters),
        }
        yield from merge(*(self._rows_of_project.get(self._projects[at], ()) for at in fitting))

    def _judged(self, query: Query, rows: Iterable[int]) -> Hits:
        """Those of `rows` that fit, with the best kind in which they do."""
        for row in rows:
            kind = kind_of(query, self._texts[row], self._keys[row])
            if kind is not None:
                yield row, kind

    def _all_as(self, kind: MatchKind, rows: Iterable[int]) -> Hits:
        return ((row, kind) for row in rows)
