"""Opens the database as commands and tray do, and has it rescued if it is damaged."""

import os

from tray.language import tr
from tray.local_errors import DamagedDatabase
from tray.store.database import Database
from tray.store.opening import open_database


def open_or_rescue(path: str, *, now: int) -> tuple[Database, tuple[str, ...]]:
    """Open the database at `path`; if it is damaged, rescue it first.

    Returns:
        The database, and what the user should be told.

    Raises:
        StorageError: it cannot be opened, or not be rescued.
    """
    missing = not os.path.exists(path) and _is_missing(path)
    try:
        db = open_database(path)
    except DamagedDatabase:
        from tray.store.recovery.rescue import rescue

        report = rescue(path, now=now)
        return open_database(path), (report,)
    kept = _keep_newest(path, now) if missing else None
    if kept is None:
        return db, (db.remark,) if db.remark else ()
    return db, (
        tr(
            "There was no database at {path}, so a new one was begun. The newest "
            "backup of the one before is {kept}. To go back to that, quit Toggl Tray "
            "and copy it to {path}."
        ).format(path=path, kept=kept),
    )


def _is_missing(path: str) -> bool:
    """Whether there are backups of a database that is gone."""
    from tray.store import backup, backup_paths

    # Looked at twice, as another first start may just have made both.
    return bool(backup.newest_first(backup_paths.folder_of(path))) and not os.path.exists(path)


def _keep_newest(path: str, now: int) -> str | None:
    from tray.store import backup

    return backup.keep_newest(path, now)
