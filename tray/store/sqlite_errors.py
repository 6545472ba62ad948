"""Turns what SQLite reports into our own errors, each with a sentence of what it means."""

import os
import sqlite3
import sys

from tray.language import tr
from tray.lean_contexts import suppress
from tray.lean_typing import Final
from tray.local_errors import Busy, DamagedDatabase, DiskFull, ReadOnly, StorageError

_NO_ROOM: Final = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""What a quota, a limit on the size of files and a full disk without room for the index say."""


_INDEX_BYTES: Final = 32_768
"""What a log's index takes. Without room for one, SQLite opens a database for reading only."""


def _has_no_room(path: str) -> bool:
    """Whether a disk is as good as full; unknown counts as no."""
    if sys.platform == "win32":
        return False  # not tried there
    with suppress(OSError):
        disk = os.statvfs(os.path.dirname(path))
        return disk.f_bavail * disk.f_frsize < _INDEX_BYTES
    return False


def _nothing_lost() -> str:
    return tr("Nothing was changed, and what was stored before is safe.")


def damaged(path: str, found: str) -> DamagedDatabase:
    """The error for what is wrong with the database at `path`."""
    return DamagedDatabase(
        tr(
            "The database {path} is damaged ({found}). When Toggl Tray is started "
            "again, it is rebuilt from what can be read of it and from its backups."
        ).format(path=path, found=found)
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
    cannot_write = primary in (
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_CANTOPEN,
    )
    full = primary == sqlite3.SQLITE_FULL or extended in _NO_ROOM
    if full or (cannot_write and _has_no_room(path)):
        return DiskFull(
            tr(
                "There is no room left to write to {path}: the disk is full, or a quota "
                "is used up. {nothing_lost} Free some space, then try again."
            ).format(path=path, nothing_lost=_nothing_lost())
        )
    if cannot_write:
        return ReadOnly(
            tr(
                "{path} or its folder cannot be written ({error}). {nothing_lost} Make "
                "both readable and writable for you."
            ).format(path=path, error=error, nothing_lost=_nothing_lost()),
            elsewhere=True,
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(
            tr(
                "Another program has held {path} for too long. {nothing_lost} Try again "
                "in a moment."
            ).format(path=path, nothing_lost=_nothing_lost())
        )
    if primary == sqlite3.SQLITE_IOERR:
        return StorageError(
            tr(
                "The disk reports an error with {path} ({error}). {nothing_lost} Check the disk."
            ).format(path=path, error=error, nothing_lost=_nothing_lost())
        )
    return error
