"""One connection to the database, with every SQLite error turned into one of ours."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from tray.language import tr
from tray.lean_contexts import closing, contextmanager
from tray.lean_typing import Any, Final, Self
from tray.local_errors import StorageError
from tray.store import connecting, instance_mark
from tray.store.connecting import PATIENCE_MS
from tray.store.instance_mark import Mark
from tray.store.sqlite_errors import translated

_LOOK_SECONDS: Final = 0.0005
"""How often to look whether another has done writing: whoever writes much rests for longer."""

_SMALL_CACHE_KB: Final = 512

_FAILURES: Final = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite's module raises; the second for a message that quotes broken bytes."""

Row = tuple[Any, ...]


class Database:
    """The store's connection; for one thread, closed by its owner (or as a context manager).

    Made by `tray.store.opening.open_database`, which looks at the file first and migrates it.

    Raises:
        StorageError: any of its kinds, when connecting and from every method.
    """

    def __init__(self, path: str, *, immutable: bool = False) -> None:
        self.path = path
        self.use_lock: sqlite3.Connection | None = None
        """Tells other processes that the database is in use; released with it."""
        self.remark = ""
        """What the user should know of the database that was found; mostly nothing."""
        self.writer = ""
        """The program that has us write, as the journal names it; empty: the user does himself."""
        self.origin = ""
        """From where else what we write comes, as `hook_events` names it; empty: from nowhere."""
        self.before_commit: Callable[[Database], None] | None = None
        """What ends each transaction."""
        self._is_replaceable = False
        try:
            self._connection = connecting.connect(path, immutable=immutable)
        except sqlite3.Error as error:
            raise translated(error, path) from error
        self._identity = connecting.identity(path)

    def run(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        try:
            return self._connection.execute(sql, parameters)
        except _FAILURES as error:
            raise translated(error, self.path) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute one statement for each of `rows`."""
        try:
            self._connection.executemany(sql, rows)
        except _FAILURES as error:
            raise translated(error, self.path) from error

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Every row of a query."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except _FAILURES as error:
            raise translated(error, self.path) from error

    def each(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """Every row of a query, read as it is asked for."""
        try:
            # Not “yield from”, which closes the cursor when nobody asks for more: by then the
            # connection may be closed.
            for row in self._connection.execute(sql, parameters):  # noqa: UP028
                yield row
        except _FAILURES as error:
            raise translated(error, self.path) from error

    def define(self, name: str, function: Callable[[Any, Any], float]) -> None:
        """Have `name` stand in SQL for a function of two values that only depends on these."""
        self._connection.create_function(name, 2, function, deterministic=True)

    def copy_to(self, path: str) -> None:
        """Write a copy of all that is committed to `path`, where there is no file yet.

        Unlike a copied file it has what is still in the write-ahead log.
        """
        if path.encode(errors="replace").decode() == path:
            self.run("VACUUM INTO ?", (path,))
            return
        try:  # SQL is UTF-8, and this name is not
            with closing(sqlite3.connect(path)) as copy:
                self._connection.backup(copy)
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row:
        """The first row of a query; an empty tuple if there is none."""
        found: Row | None
        try:
            found = self._connection.execute(sql, parameters).fetchone()
        except _FAILURES as error:
            raise translated(error, self.path) from error
        return found or ()

    def has_rows(self, table: str) -> bool:
        """Whether there is anything in a table."""
        return bool(self.row(f"SELECT 1 FROM {table} LIMIT 1"))

    def mark(self) -> Mark:
        """Which database it is, and how far it has come."""
        return Mark(
            *self.row(
                "SELECT application_id, user_version, "
                "(SELECT CAST(total(seq) AS INTEGER) FROM sqlite_sequence) "
                "FROM pragma_application_id, pragma_user_version"
            )
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: on disk when the block has ended, or not at all if it raised."""
        self._begin_writing()
        try:
            self._check_in_place()
            yield
            if self.before_commit is not None:
                self.before_commit(self)
            mark = self.mark()
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        if not self._is_replaceable:
            instance_mark.write(self.path, mark)

    def _begin_writing(self) -> None:
        """Wait until nobody else writes, and begin.

        SQLite would look ever more seldom for that, and in vain beside one that writes on and on.
        """
        deadline = time.monotonic() + PATIENCE_MS / 1000
        self.run("PRAGMA busy_timeout = 0")
        try:
            while not self._has_begun(deadline):
                time.sleep(_LOOK_SECONDS)
        finally:
            self.run(f"PRAGMA busy_timeout = {PATIENCE_MS}")

    def _has_begun(self, deadline: float) -> bool:
        # A transaction that reads first and then wants to write fails for good if another process
        # has written in between. This one has its turn at writing before it reads.
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
        self._is_replaceable = True
        try:
            yield
        finally:
            self._is_replaceable = False
            self.run("PRAGMA synchronous = FULL")

    def take_content(self, other: Self) -> None:
        """Hold what `other` holds, instead of what is here; on disk when this returns."""
        try:
            other._connection.backup(self._connection)
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

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
        if not self.is_in_place:
            raise StorageError(
                tr(
                    "{path} was moved, deleted or replaced while it was in use. Nothing was "
                    "changed. Start Toggl Tray again to use what is there now."
                ).format(path=self.path)
            )

    def keep_little(self) -> None:
        """Keep few pages in memory, as one of several connections of a process."""
        self.run(f"PRAGMA cache_size = -{_SMALL_CACHE_KB}")

    def rest(self) -> None:
        """Keep no pages in memory while nothing is read."""
        self.run("PRAGMA shrink_memory")

    @property
    def is_in_place(self) -> bool:
        """Whether what is open is still the file that has its name."""
        return connecting.identity(self.path) == self._identity

    def close(self) -> None:
        """Release the file; what was committed is on disk already."""
        connecting.disconnect(self._connection)
        if self.use_lock is not None:
            self.use_lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
