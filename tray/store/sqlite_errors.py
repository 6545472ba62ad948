"""Turns what SQLite reports into our own errors, each with a sentence of what it means."""

import sqlite3
from typing import Final

from tray.errors import Busy, DamagedDatabase, DiskFull, ReadOnly, StorageError

_NOTHING_LOST: Final = "Nothing was changed, and what was stored before is safe."

_NO_ROOM: Final = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""What a quota, a limit on the size of files and a full disk without room for the index say."""


def damaged(path: str, found: str) -> DamagedDatabase:
    """The error for what is wrong with the database at `path`."""
    return DamagedDatabase(
        f"The database {path} is damaged ({found}). When Toggl Tray is started again, it is "
        "rebuilt from what can be read of it and from its backups."
    )


def translated(error: sqlite3.Error | UnicodeDecodeError, path: str) -> Exception:
    """Our error for what went wrong with the database at `path`; a bug stays itself.

    Codes: https://www.sqlite.org/rescode.html. The low byte is the primary code.
    """
    extended = getattr(error, "sqlite_errorcode", 0) or 0
    primary = extended & 0xFF
    # Python itself finds text that is none, in a value or in what SQLite says; without a code.
    not_text = isinstance(error, UnicodeDecodeError) or str(error).startswith("Could not decode")
    if not_text or primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, str(error))
    if primary == sqlite3.SQLITE_FULL or extended in _NO_ROOM:
        return DiskFull(
            f"There is no room left to write to {path}: the disk is full, or a quota is used up. "
            f"{_NOTHING_LOST} Free some space, then try again."
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return ReadOnly(
            f"{path} or its folder cannot be written ({error}). {_NOTHING_LOST} "
            "Make both readable and writable for you.",
            elsewhere=True,
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(
            f"Another program has held {path} for too long. {_NOTHING_LOST} Try again in a moment."
        )
    if primary == sqlite3.SQLITE_IOERR:
        return StorageError(
            f"The disk reports an error with {path} ({error}). {_NOTHING_LOST} Check the disk."
        )
    return error
