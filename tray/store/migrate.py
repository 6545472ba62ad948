"""Makes a new database, and brings an older one up to date: numbered files, each one transaction.

A migration that has been released is never edited; a change of the schema is the next number.
"""

import os
from contextlib import suppress

from tray.errors import StorageError
from tray.store import backup, schema_files
from tray.store.database import Database


def make_new(db: Database) -> None:
    """Make an empty file a database of the newest schema.

    Raises:
        StorageError: it cannot be written; it is as it was.
    """
    with db.writing():
        if not db.row("PRAGMA user_version")[0]:  # or another process was first
            for statement in schema_files.statements_of(schema_files.NEW):
                db.run(statement)


def bring_up_to_date(
    db: Database, folder: str = schema_files.FOLDER, *, until: int | None = None
) -> None:
    """Apply every migration that `db` does not have yet; back it up first unless it is new.

    Args:
        db: The store.
        folder: Of the migrations.
        until: The number of the last to apply, which is the newest if it is not given.

    Raises:
        StorageError: the backup or a migration cannot be written; the database is as it was.
    """
    version = db.row("PRAGMA user_version")[0]
    if version:
        backup.before_migration(db, version)
    for name in schema_files.names_in(folder)[version:until]:
        _apply(db, int(name.split("_")[0]), os.path.join(folder, name))
    with suppress(StorageError):  # the log is only emptied to give its room back
        db.run("PRAGMA wal_checkpoint(TRUNCATE)")


def _apply(db: Database, number: int, path: str) -> None:
    with db.writing():
        if db.row("PRAGMA user_version")[0] >= number:
            return  # another process was first
        for statement in schema_files.statements_of(path):
            db.run(statement)
        db.run(f"PRAGMA user_version = {number}")
