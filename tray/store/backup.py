"""Whole copies of the database beside it: one a day for a week, and one before each migration."""

import os
import time
from contextlib import suppress
from typing import Final

from tray.errors import StorageError
from tray.model.durations import HOUR
from tray.paths import make_private
from tray.store.database import Database

KEEP_DAILY: Final = 7
_DAILY: Final = "daily-"
_BEFORE: Final = "before-"
_ENDING: Final = ".db"
_UNFINISHED: Final = ".part"


def folder_of(database_path: str) -> str:
    """The folder that holds the backups of a database."""
    return os.path.join(os.path.dirname(database_path), "backups")


def newest_first(folder: str) -> list[str]:
    """The paths of all backups in `folder`, the most recently made first."""
    made: list[tuple[float, str]] = []
    for path in _paths(folder, _ENDING):
        with suppress(FileNotFoundError):  # another process has just dropped it
            made.append((os.path.getmtime(path), path))
    return [path for _, path in sorted(made, reverse=True)]


def _paths(folder: str, ending: str) -> list[str]:
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in sorted(names) if name.endswith(ending)]


def daily(db: Database, now: int) -> str | None:
    """Copy the database if today (UTC) has no copy yet, and drop copies older than a week of them.

    Returns:
        The path of the new copy, or None if there was nothing to do.

    Raises:
        DamagedDatabase: part of the database cannot be read; the copies so far stay.
        StorageError: the copy cannot be written.
    """
    folder = folder_of(db.path)
    path = os.path.join(folder, f"{_DAILY}{time.strftime('%Y-%m-%d', time.gmtime(now))}{_ENDING}")
    if os.path.exists(path):
        return None
    _copy(db, path)
    copies = [each for each in _paths(folder, _ENDING) if os.path.basename(each).startswith(_DAILY)]
    for old in copies[:-KEEP_DAILY]:
        _remove(old)
    return path


def before_migration(db: Database, version: int) -> str:
    """Copy the database as it is with schema `version`; return the path of the copy."""
    return _before(db, f"schema-{version + 1}")


def before_import(db: Database, now: int) -> str:
    """Copy the database before many entries come in; return the path of the copy."""
    return _before(db, f"import-{stamp(now)}")


def before_removal(db: Database, now: int) -> str:
    """Copy the database before all that an account has is removed; return the path of the copy."""
    return _before(db, f"removal-{stamp(now)}")


def keep_newest(database_path: str, now: int) -> str | None:
    """Take the newest backup out of the daily rotation, as the database it was made of is gone.

    Returns:
        Its path from now on; None if there is no backup.
    """
    folder = folder_of(database_path)
    copies = newest_first(folder)
    if not copies:
        return None
    kept = os.path.join(folder, f"{_BEFORE}new-start-{stamp(now)}{_ENDING}")
    try:
        os.replace(copies[0], kept)
    except OSError:
        return copies[0]
    return kept


def stamp(now: int) -> str:
    """A moment as part of a file's name, such as ``20260503T140200Z``."""
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))


def _before(db: Database, event: str) -> str:
    path = os.path.join(folder_of(db.path), f"{_BEFORE}{event}{_ENDING}")
    _copy(db, path)
    return path


def _copy(db: Database, path: str) -> None:
    """Write a copy of the database at `path`: complete, or not there at all."""
    folder = os.path.dirname(path)
    make_private(folder)
    unfinished = f"{path}.{os.urandom(4).hex()}{_UNFINISHED}"
    try:
        _remove_leftovers(folder)
        db.copy_to(unfinished)
        os.chmod(unfinished, 0o600)
        settle(unfinished)
        os.replace(unfinished, path)
    except OSError as error:
        raise StorageError(f"The backup {path} cannot be written ({error.strerror}).") from error
    finally:
        _remove(unfinished)


def _remove_leftovers(folder: str) -> None:
    """Remove what backups that were cut short more than an hour ago have left."""
    for path in _paths(folder, _UNFINISHED):
        with suppress(FileNotFoundError):
            if time.time() - os.path.getmtime(path) > HOUR:
                _remove(path)


def _remove(path: str) -> None:
    """Remove a file if that can be done; another process may have done it already."""
    with suppress(OSError):
        os.remove(path)


def settle(path: str) -> None:
    """Wait until the file is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
