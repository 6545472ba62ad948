"""Whole copies of the database beside it: one a day for a week, and one before each migration."""

import os
import time
from typing import TYPE_CHECKING, Final

from tray.errors import StorageError
from tray.paths import make_private

if TYPE_CHECKING:
    from tray.store.database import Database

KEEP_DAILY: Final = 7
_DAILY: Final = "daily-"
_BEFORE: Final = "before-"
_ENDING: Final = ".db"


def folder_of(database_path: str) -> str:
    """The folder that holds the backups of a database."""
    return os.path.join(os.path.dirname(database_path), "backups")


def newest_first(folder: str) -> list[str]:
    """The paths of all backups in `folder`, the most recently made first."""
    if not os.path.isdir(folder):
        return []
    paths = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(_ENDING)]
    return sorted(paths, key=lambda path: (os.path.getmtime(path), path), reverse=True)


def daily(db: "Database", now: int) -> str | None:
    """Copy the database if today (UTC) has no copy yet, and drop copies older than a week of them.

    Returns:
        The path of the new copy, or None if there was nothing to do.
    """
    folder = folder_of(db.path)
    path = os.path.join(folder, f"{_DAILY}{time.strftime('%Y-%m-%d', time.gmtime(now))}{_ENDING}")
    if os.path.exists(path):
        return None
    _copy(db, path)
    copies = sorted(name for name in os.listdir(folder) if name.startswith(_DAILY))
    for name in copies[:-KEEP_DAILY]:
        os.remove(os.path.join(folder, name))
    return path


def before_migration(db: "Database", version: int) -> str:
    """Copy the database as it is with schema `version`; return the path of the copy."""
    return _before(db, f"schema-{version + 1}")


def before_import(db: "Database", now: int) -> str:
    """Copy the database before many entries come in; return the path of the copy."""
    return _before(db, f"import-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime(now))}")


def _before(db: "Database", event: str) -> str:
    path = os.path.join(folder_of(db.path), f"{_BEFORE}{event}{_ENDING}")
    _copy(db, path)
    return path


def _copy(db: "Database", path: str) -> None:
    """Write a copy of the database at `path`: complete, or not there at all.

    `VACUUM INTO` includes what is still in the write-ahead log, which a copied file would not.
    """
    folder = os.path.dirname(path)
    make_private(folder)
    _remove_leftovers(folder)
    unfinished = f"{path}.{os.getpid()}.part"
    try:
        db.run("VACUUM INTO ?", (unfinished,))
        os.chmod(unfinished, 0o600)
        _sync(unfinished)
        os.replace(unfinished, path)
    except OSError as error:
        raise StorageError(f"The backup {path} cannot be written ({error.strerror}).") from error
    finally:
        if os.path.exists(unfinished):
            os.remove(unfinished)


def _remove_leftovers(folder: str) -> None:
    """Remove what backups that were cut short more than an hour ago have left."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name.endswith(".part") and time.time() - os.path.getmtime(path) > 3600:
            os.remove(path)


def _sync(path: str) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
