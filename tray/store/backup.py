"""Whole copies of the database beside it: one a day for a week, some from before large changes."""

import os
import sqlite3
import time
from collections.abc import Sequence

from tray import clock, files
from tray.language import tr
from tray.lean_contexts import suppress
from tray.lean_typing import Final, NamedTuple
from tray.local_errors import StorageError
from tray.model.durations import HOUR
from tray.paths import make_private
from tray.sentences import reason
from tray.store.backup_paths import DAILY, ENDING, folder_of, path_of_day
from tray.store.database import Database

KEEP_DAILY: Final = 7
KEEP_BEFORE: Final = 5
"""How many copies from before imports are kept, and from before other things of one kind."""
_BEFORE: Final = "before-"
_ON_DEMAND: Final = "made-"
_UNFINISHED: Final = ".part"
_DAY: Final = 86_400


def newest_first(folder: str) -> list[str]:
    """The paths of all backups in `folder`, the most recently made first."""
    return _newest_first(_paths(folder, ENDING), clock.now())


def _newest_first(paths: Sequence[str], now: int) -> list[str]:
    """Order files by when they were made; what a clock that was ahead has dated comes last."""
    made: list[tuple[bool, float, str]] = []
    for path in paths:
        with suppress(FileNotFoundError):  # another process has just dropped it
            at = os.path.getmtime(path)
            made.append((at <= now + _DAY, at, path))
    return [path for _, _, path in sorted(made, reverse=True)]


def _paths(folder: str, ending: str) -> list[str]:
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in sorted(names) if name.endswith(ending)]


def daily(db: Database, now: int) -> str | None:
    """Copy the database if today (UTC) has no copy yet, and drop all but those of a week.

    Returns:
        The path of the new copy, or None if there was nothing to do.

    Raises:
        DamagedDatabase: the database is not sound; the copies so far stay.
        StorageError: the copy cannot be written.
    """
    path = path_of_day(db.path, now)
    if os.path.exists(path):
        return None
    _copy(db, path)
    with suppress(OSError):
        os.utime(path, (now, now))
    _drop_daily(path, now)
    return path


def changed_at(database_path: str) -> float:
    """When the database was last written, epoch seconds."""
    written = (database_path, f"{database_path}-wal")
    return max(os.path.getmtime(path) for path in written if os.path.exists(path))


def _drop_daily(made: str, now: int) -> None:
    """Drop old copies, but neither the new one nor one that holds more than all that stay."""
    others = [each for each in _of_kind(os.path.dirname(made), DAILY) if each != made]
    ordered = _newest_first(others, now)
    kept, old = [made, *ordered[: KEEP_DAILY - 1]], ordered[KEEP_DAILY - 1 :]
    if not old:
        return
    fullest = max(old, key=_fullness)
    if _fullness(fullest) > max(map(_fullness, kept)):
        old.remove(fullest)
    for each in old:
        _remove(each)


def _of_kind(folder: str, beginning: str) -> list[str]:
    paths = _paths(folder, ENDING)
    return [path for path in paths if os.path.basename(path).startswith(beginning)]


class BackupContent(NamedTuple):
    """What there is in a backup."""

    entries: int | None
    """How many; None if it cannot be read."""
    latest_start: int | None
    """Of the entry that was started last, epoch seconds."""


def content_of(path: str) -> BackupContent:
    """Look into a backup."""
    try:
        with Database(path, immutable=True) as copy:
            return BackupContent(*copy.row("SELECT count(*), max(start) FROM entry"))
    except (StorageError, sqlite3.Error):
        return BackupContent(None, None)


def _fullness(path: str) -> int:
    return content_of(path).entries or 0


def before_migration(db: Database, version: int) -> str:
    """Copy the database as it is with schema `version`; return the path of the copy."""
    return _before(db, "schema", f"{version + 1}")


def before_import(db: Database, now: int) -> str:
    """Copy the database before many entries come in; return the path of the copy."""
    return _before(db, "import", stamp(now))


def before_removal(db: Database, now: int) -> str:
    """Copy the database before all that an account has is removed; return the path of the copy."""
    return _before(db, "removal", stamp(now))


def before_restore(db: Database, now: int) -> str:
    """Copy the database before an earlier copy takes its place; return the path of the copy."""
    return _before(db, "restore", stamp(now))


def on_demand(db: Database, now: int) -> str:
    """Copy the database because the user wants it; such copies are never dropped."""
    path = _unused(os.path.join(folder_of(db.path), f"{_ON_DEMAND}{stamp(now)}"))
    _copy(db, path)
    return path


def keep_newest(database_path: str, now: int) -> str | None:
    """Take the newest backup out of the daily rotation, as the database it was made of is gone.

    Returns:
        Its path from now on; None if there is no backup.
    """
    folder = folder_of(database_path)
    copies = newest_first(folder)
    if not copies:
        return None
    kept = os.path.join(folder, f"{_BEFORE}new-start-{stamp(now)}{ENDING}")
    try:
        files.replace(copies[0], kept)
    except OSError:
        return copies[0]
    return kept


def stamp(now: int) -> str:
    """A moment as part of a file's name, such as ``20260503T140200Z``."""
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))


def _before(db: Database, event: str, detail: str) -> str:
    folder = folder_of(db.path)
    path = _unused(os.path.join(folder, f"{_BEFORE}{event}-{detail}"))
    # The whole check would keep others from writing while this is a part of something larger.
    _copy(db, path, thorough=False)
    others = [each for each in _of_kind(folder, f"{_BEFORE}{event}-") if each != path]
    for old in _newest_first(others, clock.now())[KEEP_BEFORE - 1 :]:
        _remove(old)
    return path


def _unused(path: str) -> str:
    """The path with our ending, and a number if there is such a file already."""
    number, tried = 1, f"{path}{ENDING}"
    while os.path.isfile(tried):
        number += 1
        tried = f"{path}-{number}{ENDING}"
    return tried


def _copy(db: Database, path: str, *, thorough: bool = True) -> None:
    """Write a copy of the database at `path`: complete, or not there at all.

    `VACUUM INTO` includes what is still in the write-ahead log, which a copied file would not. It
    would pass over rows that a damaged page hides, so everything is looked at before.

    Raises:
        DamagedDatabase: the database is not sound.
        StorageError: the copy cannot be written.
    """
    from tray.store import health

    folder = os.path.dirname(path)
    make_private(folder)
    health.check(db.path, thorough=thorough)
    unfinished = f"{path}.{os.urandom(4).hex()}{_UNFINISHED}"
    try:
        _remove_leftovers(folder)
        db.copy_to(unfinished)
        os.chmod(unfinished, 0o600)
        settle(unfinished)
        files.replace(unfinished, path)
    except OSError as error:
        raise StorageError(
            tr("The backup {path} cannot be written ({reason}).").format(
                path=path, reason=reason(error)
            )
        ) from error
    finally:
        _remove(unfinished)


def _remove_leftovers(folder: str) -> None:
    """Remove what backups that were cut short more than an hour ago have left."""
    for path in _paths(folder, _UNFINISHED):
        with suppress(FileNotFoundError):
            if clock.now() - os.path.getmtime(path) > HOUR:
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
