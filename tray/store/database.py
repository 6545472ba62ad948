"""One connection to the database, with every SQLite error turned into one of ours."""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Self

from tray.errors import DamagedDatabase, DiskFull, NewerDatabase, ReadOnly, StorageError
from tray.paths import make_private
from tray.store import database_files
from tray.store.sqlite_errors import translated

SCHEMA: Final = 3
"""The number of the newest migration; the database holds its own in ``user_version``."""

_LOOK_SECONDS: Final = 0.0005
"""How often to look whether another has done writing: whoever writes much rests for longer."""

Row = tuple[Any, ...]


class Database:
    """The store's connection; for one thread, closed by its owner (or as a context manager).

    Opening makes the file if there is none and brings an older one up to date, after a backup. A
    database that may not be written can still be read.

    Raises:
        StorageError: any of its kinds, when opening and from every method.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        make_private(os.path.dirname(path))
        self._presence = database_files.attend(path)
        try:
            self._open()
        except BaseException:
            self._leave()
            raise

    def _open(self) -> None:
        existed = database_files.check(self.path)
        if existed and database_files.is_for_reading(self.path):
            self._connect(existed, immutable=True)
            return
        try:
            self._connect(existed)
        except (ReadOnly, DiskFull):
            # To read beside writers SQLite needs room for its log. Without a log nobody writes.
            if not existed or database_files.size(self.path + database_files.LOG):
                raise
            self._connect(existed, immutable=True)

    def _connect(self, existed: bool, *, immutable: bool = False) -> None:
        name = f"{database_files.uri(self.path)}?immutable=1" if immutable else self.path
        try:
            self._connection = sqlite3.connect(
                name,
                timeout=database_files.PATIENCE_MS / 1000,
                isolation_level=None,
                cached_statements=256,
                uri=immutable,
            )
        except sqlite3.Error as error:
            raise translated(error, self.path) from error
        self._identity = database_files.identity(self.path)
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
        if not existed:
            os.chmod(self.path, 0o600)
        stale = False
        if self.row("PRAGMA journal_mode") != ("wal",):
            self._use_wal()  # it is new, or a backup that somebody put in its place
            stale = existed and self.row("PRAGMA journal_mode") == ("wal",)
        if version < SCHEMA:
            self._bring_up_to_date()
        if stale:
            self._doubt()

    def _doubt(self) -> None:
        """The server of an account may know more than this copy, which may be an old one."""
        from tray.store import resync

        with self.writing():
            resync.look_before_sending(self)

    def _bring_up_to_date(self) -> None:
        from tray.store import migrate

        # Asked at once, as another first start may be at work.
        tables, version = self.row(
            "SELECT (SELECT count(*) FROM sqlite_schema), user_version FROM pragma_user_version"
        )
        if tables and not version:
            raise DamagedDatabase(f"The database {self.path} does not say which schema it has.")
        migrate.bring_up_to_date(self)

    def _use_wal(self) -> None:
        """Switch to write-ahead logging, which stays with the file.

        SQLite does not wait for this lock by itself, so several first starts at once have to.
        """
        deadline = time.monotonic() + database_files.PATIENCE_MS / 1000
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
        self._begin_writing()
        try:
            self._check_in_place()
            yield
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _begin_writing(self) -> None:
        """Wait until nobody else writes, and begin.

        SQLite would look ever more seldom for that, and in vain beside one that writes on and on.
        """
        deadline = time.monotonic() + database_files.PATIENCE_MS / 1000
        self.run("PRAGMA busy_timeout = 0")
        try:
            while not self._has_begun(deadline):
                time.sleep(_LOOK_SECONDS)
        finally:
            self.run(f"PRAGMA busy_timeout = {database_files.PATIENCE_MS}")

    def _has_begun(self, deadline: float) -> bool:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise translated(error, self.path) from error
            return False
        return True

    @contextmanager
    def replaceable(self) -> Iterator[None]:
        """Transactions in this block may be lost when the power fails: they can be had again.

        None of them waits for the disk; the next one after the block does, for them too.
        """
        self.run("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self.run("PRAGMA synchronous = FULL")

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

    @property
    def wrote(self) -> bool:
        """Whether any row was changed through this connection."""
        return self._connection.total_changes > 0

    def _check_in_place(self) -> None:
        """Raise if what would be written went to a file that nobody will find again."""
        if database_files.identity(self.path) != self._identity:
            raise StorageError(
                f"{self.path} was moved, deleted or replaced while it was in use. Nothing was "
                "changed. Close every Toggl Tray window, then start it again."
            )

    def close(self) -> None:
        """Release the file; what was committed is on disk already."""
        self._connection.close()
        self._leave()

    def _leave(self) -> None:
        if self._presence is not None:
            self._presence.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
