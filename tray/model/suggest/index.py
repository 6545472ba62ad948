"""The search of the whole history for what the user is about to type."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import islice

from tray.model import pinyin
from tray.model.suggest.best import Best, Hits
from tray.model.suggest.guesses import Guesses
from tray.model.suggest.history_columns import HistoryColumns
from tray.model.suggest.lines import Lines
from tray.model.suggest.long_lines import LongLines
from tray.model.suggest.match import Query, kind_of, read, searchable
from tray.model.suggest.ranges import ranges_of
from tray.model.suggest.rank import WEIGHTS, RankContext
from tray.model.suggest.shelf import Shelf
from tray.model.suggest.sieve import MatchStage, Rows, Sieve
from tray.model.suggest.suggestion import MatchKind, PastActivity, Suggestion


class Index:
    """The history, made ready for searches as someone types.

    The rows are in the order of their frecency, so that each kind of match comes out best first
    and a search can stop as soon as nothing that follows can be among the best. The result is
    what scoring every single row would give, but that guesses are made about those rows only that
    stay in memory: it bounds the time of a search that fails.

    One thread uses an index at a time. It does not change: make another when the history has.

    Args:
        history: all that was ever done, as `best_first` has it.
        projects: under each project id what its entries can also be found by, such as its name
            and its client's name with a blank between.
        shelf: for the rows that do not stay in memory; memory, unless given.
    """

    def __init__(
        self,
        history: Iterable[PastActivity],
        projects: Mapping[int, str],
        shelf: Shelf | None = None,
    ) -> None:
        self._shelf = shelf or Shelf()
        self._columns = HistoryColumns(self._shelf)
        self._texts = LongLines(self._shelf)
        self._keys = LongLines(self._shelf)
        guessed = self._add_all(history)
        self._guesses = Guesses(guessed, self._texts.kept())
        self._in_texts = Sieve(self._texts)
        self._in_keys = Sieve(self._keys)
        self._projects = [*projects]
        self._project_names = Lines(map(searchable, projects.values()))
        self._project_keys = Lines(" ".join(pinyin.keys(name)) for name in projects.values())

    def _add_all(self, history: Iterable[PastActivity]) -> list[str]:
        """Take all rows in, a block after the other; return of the texts to guess about."""
        guessed: list[str] = []
        coming = iter(history)
        while rows := [*islice(coming, self._shelf.block_rows)]:
            texts = [searchable(done.what.description) for done in rows]
            if len(self) < self._shelf.kept_rows:
                guessed += texts
            self._columns.append(rows)
            self._texts.append(Lines(texts))
            self._keys.append(Lines(done.keys and f" {done.keys}" for done in rows))
        return guessed

    def close(self) -> None:
        """Give back what it has on the shelf; it is not searched any more."""
        self._shelf.close()

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
        rows_of_project = self._columns.rows_of_project
        yield from merge(*(rows_of_project(self._projects[at]) for at in fitting))

    def _judged(self, query: Query, rows: Iterable[int]) -> Hits:
        """Those of `rows` that fit, with the best kind in which they do."""
        for row in rows:
            kind = kind_of(query, self._texts[row], self._keys[row])
            if kind is not None:
                yield row, kind

    def _all_as(self, kind: MatchKind, rows: Iterable[int]) -> Hits:
        return ((row, kind) for row in rows)
