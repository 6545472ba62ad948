"""Opens the database: looks at its files before SQLite does, makes what is missing, migrates it."""

import os
import sqlite3
import time

from tray.language import mark, tr, tr_marked
from tray.lean_contexts import suppress
from tray.lean_typing import Final
from tray.local_errors import Busy, DamagedDatabase, DiskFull, NewerDatabase, ReadOnly
from tray.paths import make_private
from tray.store import database_files, instance_mark
from tray.store.connecting import PATIENCE_MS
from tray.store.database import Database
from tray.store.instance_mark import Mark
from tray.store.sqlite_errors import damaged

SCHEMA: Final = 21
"""The number of the newest migration; the database holds its own in ``user_version``."""

_OLDER: Final = mark(
    "The database is an earlier copy, or has lost its log: the latest changes that were made here "
    "are not in it. Earlier copies lie in the folder “backups” beside it."
)


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
    db.before_commit = _seal
    return db


def _seal(db: Database) -> None:
    if db.has_rows("hook_row"):  # mostly there are no hooks, and no command loads this then
        from tray.store import hook_events

        hook_events.seal(db)


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
    has_log = database_files.size(path + database_files.LOG) > 0
    mark = instance_mark.read(path)  # before the database, which may go on meanwhile
    db = Database(path, immutable=immutable)
    try:
        _prepare(db, existed)
        if not immutable:
            with suppress(ReadOnly, DiskFull):  # then nothing can be sent from it either
                _recognise(db, mark, has_log=has_log)
    except BaseException as error:
        db.close()
        if existed and isinstance(error, sqlite3.Error):  # a bug, or not what was expected
            from tray.store import health

            health.explain(path, error)
        raise
    return db


def _prepare(db: Database, existed: bool) -> None:
    version = db.row("PRAGMA user_version")[0]
    if not 0 <= version <= SCHEMA:
        _check_is_newer(db, version)
        raise NewerDatabase(
            tr(
                "{path} was made by a later version of Toggl Tray (schema {version}; "
                "this one knows {schema}). Nothing was changed. Update Toggl Tray to use "
                "it."
            ).format(path=db.path, version=version, schema=SCHEMA)
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


def _check_is_newer(db: Database, version: int) -> None:
    """Raise if just the number is wrong: so many migrations would have changed something."""
    from tray.store import health

    if version < 0 or (version > SCHEMA + 1 and health.has_schema(db.path, SCHEMA)):
        raise damaged(db.path, tr("{version} is not its schema").format(version=version))


def _recognise(db: Database, before: Mark | None, *, has_log: bool) -> None:
    """Look whether this is the database that was used here last.

    What waits in a copy may have been sent long ago.

    Raises:
        DamagedDatabase: its log has lost changes.
    """
    here = db.mark()
    if not here.instance:
        with db.writing():
            db.run(f"PRAGMA application_id = {int.from_bytes(os.urandom(4)) >> 1 or 1}")
    elif before is None or before.instance != here.instance:
        _look_before_sending(db)
    elif before.schema == here.schema and before.generation > here.generation:
        if has_log:
            database_files.keep_log(db.path)
            raise damaged(db.path, tr("its log lacks changes that were made"))
        _look_before_sending(db)
        db.remark = tr_marked(_OLDER)


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
        raise DamagedDatabase(
            tr("The database {path} does not say which schema it has.").format(path=db.path)
        )
    try:
        (migrate.bring_up_to_date if version else migrate.make_new)(db)
    except sqlite3.OperationalError as error:
        raise damaged(
            db.path,
            tr("it is not of schema {version}: {error}").format(version=version, error=error),
        ) from error


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
