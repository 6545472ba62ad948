"""Opens the database: looks at its files before SQLite does, makes what is missing, migrates it."""

import os
import time
from typing import Final

from tray.errors import Busy, DamagedDatabase, DiskFull, NewerDatabase, ReadOnly
from tray.paths import make_private
from tray.store import database_files
from tray.store.database import PATIENCE_MS, Database

SCHEMA: Final = 6
"""The number of the newest migration; the database holds its own in ``user_version``."""


def open_database(path: str) -> Database:
    """Open the database, made if there is none and brought up to date if it is older.

    One that may not be written can still be read.

    Raises:
        StorageError: any of its kinds.
    """
    make_private(os.path.dirname(path))
    use_lock = database_files.attend(path)
    try:
        db = _opened(path)
    except BaseException:
        if use_lock is not None:
            use_lock.close()
        raise
    db.use_lock = use_lock
    return db


def _opened(path: str) -> Database:
    existed = database_files.check(path)
    if existed and database_files.is_for_reading(path):
        return _connected(path, existed, immutable=True)
    try:
        return _connected(path, existed)
    except (ReadOnly, DiskFull):
        # To read beside writers SQLite needs room for its log. Without a log nobody writes.
        if not existed or database_files.size(path + database_files.LOG):
            raise
        return _connected(path, existed, immutable=True)


def _connected(path: str, existed: bool, *, immutable: bool = False) -> Database:
    db = Database(path, immutable=immutable)
    try:
        _prepare(db, existed)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: Database, existed: bool) -> None:
    version = db.row("PRAGMA user_version")[0]
    if version > SCHEMA:
        raise NewerDatabase(
            f"{db.path} was made by a later version of Toggl Tray (schema {version}; this "
            f"one knows {SCHEMA}). Nothing was changed. Update Toggl Tray to use it."
        )
    # With a write-ahead log, less than FULL survives a crash but not a loss of power: what the user
    # has seen stored would be gone.
    db.run("PRAGMA synchronous = FULL")
    db.run("PRAGMA foreign_keys = ON")  # SQLite forgets that with the connection
    if not existed:
        os.chmod(db.path, 0o600)
    stale = False
    if db.row("PRAGMA journal_mode") != ("wal",):
        _use_wal(db)  # it is new, or a backup that somebody put in its place
        stale = existed and db.row("PRAGMA journal_mode") == ("wal",)
    if version < SCHEMA:
        _bring_up_to_date(db)
    if stale:
        _look_before_sending(db)


def _look_before_sending(db: Database) -> None:
    """The server of an account may know more than this copy, which may be an old one."""
    from tray.store import resync

    with db.writing():
        resync.look_before_sending(db)


def _bring_up_to_date(db: Database) -> None:
    from tray.store import migrate

    # Asked at once, as another first start may be at work.
    tables, version = db.row(
        "SELECT (SELECT count(*) FROM sqlite_schema), user_version FROM pragma_user_version"
    )
    if tables and not version:
        raise DamagedDatabase(f"The database {db.path} does not say which schema it has.")
    migrate.bring_up_to_date(db)


def _use_wal(db: Database) -> None:
    """Switch to write-ahead logging, which stays with the file.

    SQLite does not wait for this lock by itself, so several first starts at once have to.
    """
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            db.run("PRAGMA journal_mode = WAL")
        except Busy:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
