"""The files around a database, looked at before SQLite touches them: emptied, orphaned, in use."""

import os
import sqlite3
import time
from collections.abc import Iterator

from tray.language import tr
from tray.lean_contexts import contextmanager, suppress
from tray.lean_typing import Final
from tray.local_errors import Busy, DamagedDatabase, ReadOnly, StorageError
from tray.store.connecting import PATIENCE_MS, first_bytes
from tray.store.sqlite_errors import damaged

LOG: Final = "-wal"
"""The ending of SQLite's write-ahead log, which holds the latest changes."""
INDEX: Final = "-shm"
"""The ending of SQLite's index into that log, which can be made anew."""
LOST_LOG: Final = "-wal.lost"
"""The ending of a copy of a log that SQLite could not read to the end, and would delete."""
RESCUED: Final = ".rescued-"
"""Between a database's name and a time: its successor, complete, about to take its place."""

_HEADER_BYTES: Final = 100
_HEADER: Final = {
    16: (0x10,),  # 4 KB a page
    17: (0,),
    **dict.fromkeys((18, 19), (1, 2)),  # without or with a log
    **{place: (byte,) for place, byte in enumerate(b"\0\x40\x20\x20", start=20)},
    **dict.fromkeys((44, 45, 46, *range(52, 59)), (0,)),
    47: (0, 4),  # 0 as long as there is no table outside of the log
    59: (0, 1),  # UTF-8
    **dict.fromkeys(range(72, 92), (0,)),
}
"""The values that a byte of the header may have; https://www.sqlite.org/fileformat2.html."""


def check(path: str) -> bool:
    """Whether there is a database yet.

    A database that is simply gone is begun anew, even beside backups: somebody wanted it gone.

    Raises:
        DamagedDatabase: what lies beside it shows that there has to be more in it.
        StorageError: a folder lies in its place.
    """
    if os.path.isdir(path):
        raise StorageError(
            tr("{path} is a folder, and the database should be there. Move it elsewhere.").format(
                path=path
            ),
            elsewhere=True,
        )
    log = size(path + LOG)  # looked at first: a new database gets its log last
    if not is_empty(path):
        _check_header(path)
        return True
    if log:  # SQLite would delete it
        raise DamagedDatabase(
            tr("The database {path} has nothing in it but a log of changes.").format(path=path)
        )
    if not os.path.exists(path):
        if unfinished_rescues(path):
            raise DamagedDatabase(
                tr("The database {path} is being put in place.").format(path=path)
            )
        return False
    from tray.store import backup, backup_paths

    if backup.newest_first(backup_paths.folder_of(path)) and _stays_empty(path):
        raise DamagedDatabase(
            tr("The database {path} is empty, but has backups.").format(path=path)
        )
    return True


def _check_header(path: str) -> None:
    """Raise if what is the same in the header of each of our databases is not.

    SQLite would take some of it for a later format, or for a database that may only be read.
    """
    try:
        header = first_bytes(path, _HEADER_BYTES)
    except PermissionError:
        return  # SQLite says what to do
    if not header.startswith(b"SQLite format 3\0"):
        return  # SQLite says that it is no database; or it was looked at when it was opened
    if len(header) == _HEADER_BYTES and (
        any(header[place] not in values for place, values in _HEADER.items())
        or header[18] != header[19]
    ):
        raise damaged(path, tr("its header is not that of a database of ours"))


def _stays_empty(path: str) -> bool:
    """Whether nobody is just making it."""
    for _ in range(20):
        time.sleep(0.02)
        if not is_empty(path):
            return False
    return True


def unfinished_rescues(path: str) -> list[str]:
    """The paths of successors that were made for the database and not put in its place."""
    folder, name = os.path.split(path)
    return [
        os.path.join(folder, each)
        for each in sorted(os.listdir(folder))
        if each.startswith(name + RESCUED)
    ]


def is_empty(path: str) -> bool:
    """Whether there is nothing in the database, or no file; SQLite takes one byte for nothing."""
    return size(path) <= 1


def size(path: str) -> int:
    """How many bytes are in a file; 0 if there is none."""
    try:
        return os.path.getsize(path)
    except FileNotFoundError:
        return 0


def is_for_reading(path: str) -> bool:
    """Whether the database may not be written and nobody is at it.

    SQLite could open it all the same, but would leave a log that may not be written either.
    """
    return not os.access(path, os.W_OK) and not os.path.exists(path + LOG)


def keep_log(path: str) -> None:
    """Copy the log before SQLite, which has read what it can, deletes it when closing."""
    import shutil

    with suppress(OSError):
        shutil.copyfile(path + LOG, path + LOST_LOG)


def attend(path: str, patience_ms: int = PATIENCE_MS) -> sqlite3.Connection | None:
    """Let others know that the database is in use, until the returned connection is closed.

    The lock is SQLite's own, on an empty database of that purpose: it works on every system, and
    goes with its process. None where no file can be made: there, nothing can be replaced either.

    Raises:
        Busy: the database is being repaired, and that takes long.
    """
    try:
        return _locked(path, "BEGIN", patience_ms=patience_ms)
    except sqlite3.Error as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            return None
        raise Busy(
            tr("The database {path} is being repaired. Try again in a minute.").format(path=path)
        ) from error


@contextmanager
def alone(path: str, patience_ms: int = PATIENCE_MS) -> Iterator[None]:
    """Keep everybody else from opening the database.

    Raises:
        Busy: somebody has it open.
        ReadOnly: nothing can be written beside it.
    """
    try:
        lock = _locked(path, "BEGIN EXCLUSIVE", patience_ms=patience_ms)
    except sqlite3.Error as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise ReadOnly(
                tr(
                    "The database {path} is damaged, and its folder cannot be written, so "
                    "that it cannot be repaired there. Make the folder writable for you, "
                    "then try again."
                ).format(path=path)
            ) from error
        raise Busy(
            tr(
                "The database {path} is damaged, and cannot be repaired while another "
                "Toggl Tray has it open. Quit that one, then try again."
            ).format(path=path)
        ) from error
    try:
        yield
    finally:
        lock.close()


def _locked(path: str, begin: str, *, patience_ms: int) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path}.lock", timeout=patience_ms / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(begin)
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
