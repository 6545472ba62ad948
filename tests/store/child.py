"""A program that tracks time where there is little room, or none to write at all, and says how.

It is a program of its own because a limit or another user is for a whole process, and what is
mounted in a namespace is only there for the processes in it.

    python -m tests.store.child full PATH limit BYTES    files may not grow beyond that
    python -m tests.store.child full PATH spare FILE     the disk is small; FILE takes up some of it
    python -m tests.store.child look PATH [UID]          what somebody (of this id) can do
    python -m tests.store.child rescue PATH [BYTES]      open, after a repair if need be
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.store.storm import NOW
from tray.errors import StorageError
from tray.store import backup, entries, undoing
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.recovery import safe_opening
from tray.tracker import timer
from tray.tracker.resolve import Draft


class Full(NamedTuple):
    """What happened on a disk that became full."""

    told: list[str]
    """The descriptions of the entries that were started, as far as that was told to be done."""
    error: str
    sentence: str
    seen: list[str]
    """The descriptions then, through the same connection."""
    running: str
    """What ran then."""
    seen_again: list[str]
    """The descriptions after closing and opening, while there still was no room."""
    backup_error: str
    """What a backup said while there was no room."""
    seen_with_room: list[str]
    """The descriptions once there was room, and one more entry was started."""
    intact: bool


class Looked(NamedTuple):
    """What somebody could see and do."""

    running: str | None
    """What runs; None if the database could not be opened."""
    sentences: list[str]
    """What was refused."""
    errors: list[str]
    """The kinds of these."""


def full(path: str, make_room: Callable[[], None]) -> Full:
    """Start entries until there is no room, look around, and go on once there is room again."""
    told: list[str] = []
    error = StorageError("")
    with open_database(path) as db:
        try:
            for number in range(2_000):
                _start(db, f"{number} {'x' * 2_000}", number)
                told.append(f"{number}")
        except StorageError as failure:
            error = failure
        seen = _names(db)
        running = entries.running(db)
        backup_error = ""
        try:
            backup.daily(db, NOW)
        except StorageError as failure:
            backup_error = type(failure).__name__
    with open_database(path) as db:
        seen_again = _names(db)
    make_room()
    with open_database(path) as db:
        _start(db, "with room", 3_000)
        intact = db.rows("PRAGMA integrity_check") == [("ok",)]
        with_room = _names(db)
    return Full(
        told,
        type(error).__name__,
        str(error),
        seen,
        _name(running.description) if running else "",
        seen_again,
        backup_error,
        with_room,
        intact,
    )


class Filled(NamedTuple):
    """What a user sees of a disk that was full before the database was opened."""

    error: str
    sentence: str
    seen: list[str]


def filled(path: str) -> Filled:
    """Start an entry, let something else fill the disk, and try to start another."""
    with open_database(path) as db:
        _start(db, "before", 0)
    with suppress(OSError), open(f"{path}.other", "wb", buffering=0) as other:
        while True:
            other.write(bytes(512))
    with open_database(path) as db:
        try:
            _start(db, "after", 1)
        except StorageError as failure:
            return Filled(type(failure).__name__, str(failure), _names(db))
        return Filled("", "", _names(db))


def _start(db: Database, text: str, number: int) -> None:
    timer.start(db, Draft(text), now=NOW + number)


def _names(db: Database) -> list[str]:
    return [_name(entry.description) for entry in entries.everything(db)]


def _name(description: str) -> str:
    """Without the filling."""
    return description.removesuffix(" " + "x" * 2_000)


def look(path: str) -> Looked:
    """Open the database, see what runs, and try to change that."""
    seen: str | None = None
    failures: list[StorageError] = []
    try:
        with open_database(path) as db:
            running = entries.running(db)
            seen = running.description if running else ""
            for verb in (
                lambda: _start(db, "something else", 5_000),
                lambda: undoing.undo(db),
                lambda: backup.daily(db, NOW),
            ):
                try:
                    verb()
                except StorageError as failure:
                    failures.append(failure)
    except StorageError as failure:
        failures.append(failure)
    return Looked(
        seen, [str(each) for each in failures], [type(each).__name__ for each in failures]
    )


class Opened(NamedTuple):
    """What became of opening a database that may be damaged."""

    told: list[str]
    error: str = ""
    sentence: str = ""


def opened(path: str) -> Opened:
    """Open the database, or have it repaired."""
    try:
        db, told = safe_opening.open_or_rescue(path, now=NOW)
    except StorageError as error:
        return Opened([], type(error).__name__, str(error))
    db.close()
    return Opened(list(told))


def limit(size: int | None) -> None:
    """Let no file grow beyond `size` bytes; None lifts that again."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if size is None else size, most))


def main(action: str, path: str, *options: str) -> Filled | Full | Looked | Opened:
    """Do what the arguments say."""
    match action, options:
        case "full", ("limit", size):
            limit(int(size))
            return full(path, lambda: limit(None))
        case "full", ("spare", spare):
            return full(path, lambda: os.remove(spare))
        case "filled", _:
            return filled(path)
        case "rescue", sizes:
            limit(int(sizes[0]) if sizes else None)
            return opened(path)
        case _, users:
            if users:
                Path(path).absolute().as_uri()  # what it imports this user need not be able to read
                os.setuid(int(users[0]))
            return look(path)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])._asdict()))
