"""Turns what SQLite reports into our own errors, each with a sentence that says what to do."""

import sqlite3
from typing import Final

from tray.errors import Busy, DamagedDatabase, DiskFull, ReadOnly, StorageError

_NOTHING_LOST: Final = "Nothing was changed, and what was stored before is safe."


def translated(error: sqlite3.Error, path: str) -> Exception:
    """Our error for what went wrong with the database at `path`; a bug stays itself.

    Codes: https://www.sqlite.org/rescode.html. The low byte is the primary code.
    """
    extended = getattr(error, "sqlite_errorcode", 0) or 0
    primary = extended & 0xFF
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedDatabase(f"The database {path} is damaged ({error}).")
    if primary == sqlite3.SQLITE_FULL or extended == sqlite3.SQLITE_IOERR_WRITE:
        return DiskFull(
            f"There is no room left to write to {path}. {_NOTHING_LOST} Free some space, try again."
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return ReadOnly(
            f"{path} or its folder cannot be written ({error}). {_NOTHING_LOST} "
            "Make both writable for you, or set TOGGL_TRAY_HOME to another folder."
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
