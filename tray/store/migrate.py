"""Brings an older database up to date: numbered SQL files, each in one transaction.

A migration that has been released is never edited; a change of the schema is the next number.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from tray.errors import StorageError
from tray.store import backup
from tray.store.database import Database

FOLDER: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "migrations")


def bring_up_to_date(db: Database, folder: str = FOLDER, *, until: int | None = None) -> None:
    """Apply every migration that `db` does not have yet; back it up first unless it is new.

    Args:
        db: The store.
        folder: Of the migrations.
        until: The number of the last to apply, which is the newest if it is not given.

    Raises:
        StorageError: the backup or a migration cannot be written; the database is as it was.
    """
    files = sorted(name for name in os.listdir(folder) if name.endswith(".sql"))
    version = db.row("PRAGMA user_version")[0]
    if version:
        backup.before_migration(db, version)
    for name in files[version:until]:
        _apply(db, int(name.split("_")[0]), os.path.join(folder, name))
    with suppress(StorageError):  # the log is only emptied to give its room back
        db.run("PRAGMA wal_checkpoint(TRUNCATE)")


def _apply(db: Database, number: int, path: str) -> None:
    with open(path, encoding="utf-8") as file:
        script = file.read()
    with db.writing():
        if db.row("PRAGMA user_version")[0] >= number:
            return  # another process was first
        for statement in _statements(script):
            db.run(statement)
        db.run(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit in between."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
