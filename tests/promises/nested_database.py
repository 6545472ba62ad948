"""A store in memory that is put back to any moment, and written as it was once more."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from tray.store.database import Database, Row


class Written(NamedTuple):
    """A statement that has written something."""

    sql: str
    every: tuple[tuple[object, ...], ...]
    """Its parameters, each time."""


class NestedDatabase(Database):
    """A store in memory whose transactions are parts of one that is taken back in the end.

    What was written after `mark` is taken back in a moment, and statements stay prepared. What was
    read since the last write is not asked again.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._read: dict[object, list[Row]] = {}
        self._read_after = -1
        self._written: list[Written] | None = None

    def run(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        writes = self.writes
        cursor = super().run(sql, parameters)
        if self._written is not None and self.writes != writes:
            self._written.append(Written(sql, (tuple(parameters),)))
        return cursor

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        every = tuple(map(tuple, rows))
        super().run_many(sql, every)
        if self._written is not None:
            self._written.append(Written(sql, every))

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        return [*self._rows(sql, parameters)]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row:
        found = self._rows(sql, parameters)
        return found[0] if found else ()

    def _rows(self, sql: str, parameters: Sequence[object]) -> list[Row]:
        writes = self.writes
        if self._read_after != writes:
            self._read.clear()
            self._read_after = writes
        key = sql, *parameters
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = super().rows(sql, parameters)
            assert self.writes == writes, "what is read is not written"
        return found

    def recorded(self, act: Callable[[], None]) -> list[Written] | None:
        """What an act writes; None if some of it was taken back."""
        written = self._written = []
        try:
            act()
            return written if self._written is written else None
        finally:
            self._written = None

    def write_again(self, written: Iterable[Written]) -> None:
        """What was recorded, in a store that was the same."""
        for sql, every in written:
            super().run_many(sql, every)

    def _forget(self) -> None:
        """What was written is taken back."""
        self._read_after = -1
        self._written = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        self.run("SAVEPOINT writing")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK TO writing")
            self._forget()
            raise
        finally:
            self.run("RELEASE writing")

    @contextmanager
    def reading(self) -> Iterator[None]:
        yield

    @contextmanager
    def replaceable(self) -> Iterator[None]:
        yield

    @contextmanager
    def branch(self) -> Iterator[None]:
        """What is written in this block is taken back."""
        self.run("SAVEPOINT branch")
        try:
            yield
        finally:
            self.run("ROLLBACK TO branch")
            self.run("RELEASE branch")
            self._forget()

    @property
    def writes(self) -> int:
        """How many rows were ever written, so that it grows with each."""
        return self._connection.total_changes
