"""One connection to the database, with every SQLite error turned into one of ours."""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Self

from tray.errors import DamagedDatabase, NewerDatabase
from tray.paths import make_private
from tray.store.failures import translated

SCHEMA: Final = 1
"""The number of the newest migration; the database holds its own in ``user_version``."""

BUSY_MS: Final = 5_000
"""How long to wait for another process's transaction, which takes milliseconds."""

Row = tuple[Any, ...]


class Database:
    """The store's connection; for one thread, closed by its owner (or as a context manager).

    Opening makes the file if there is none and brings an older one up to date, after a backup.

    Raises:
        StorageError: any of its kinds, when opening and from every method.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        existed = _check_file(path)
        try:
            self._connection = sqlite3.connect(
                path, timeout=BUSY_MS / 1000, isolation_level=None, cached_statements=256
            )
        except sqlite3.Error as error:
            raise translated(error, path) from error
        try:
            self._prepare(existed)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, existed: bool) -> None:
        version = self.row("PRAGMA user_version")[0]
        if version > SCHEMA:
            raise NewerDatabase(
                f"{self.path} was made by a later version of Toggl Tray (schema {version}; this "
                f"one knows {SCHEMA}). Nothing was changed. Update Toggl Tray to use it."
            )
        self.run("PRAGMA synchronous = FULL")
        self.run("PRAGMA foreign_keys = ON")
        if version < SCHEMA:
            from tray.store import migrate

            if not existed:
                os.chmod(self.path, 0o600)
            self._use_wal()
            migrate.bring_up_to_date(self)

    def _use_wal(self) -> None:
        """Switch to write-ahead logging, which stays with the file.

        SQLite does not wait for this lock by itself, so several first starts at once have to.
        """
        deadline = time.monotonic() + BUSY_MS / 1000
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise translated(error, self.path) from error
                time.sleep(0.02)
            else:
                return

    def run(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        try:
            return self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement for each of `rows`."""
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Every row of a query."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row:
        """The first row of a query; an empty tuple if there is none."""
        found: Row | None
        try:
            found = self._connection.execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise translated(error, self.path) from error
        return found or ()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: on disk when the block has ended, or not at all if it raised."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One unchanging view of the database over several queries."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def _roll_back(self) -> None:
        """End the transaction without a trace; SQLite may have ended it already (disk full)."""
        if self._connection.in_transaction:
            self._connection.rollback()

    def close(self) -> None:
        """Release the file; what was committed is on disk already."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _check_file(path: str) -> bool:
    """Whether there is a database yet; makes its folder if not.

    Raises:
        DamagedDatabase: the file has been emptied, as its backups show.
    """
    if not os.path.exists(path):
        make_private(os.path.dirname(path))
        return False
    if os.path.getsize(path) == 0 and _has_backups(path):
        raise DamagedDatabase(f"The database {path} is empty, but has backups.")
    return True


def _has_backups(path: str) -> bool:
    from tray.store import backup

    return bool(backup.newest_first(backup.folder_of(path)))
