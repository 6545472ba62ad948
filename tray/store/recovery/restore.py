"""Puts an earlier copy in the place of what the database holds, in one transaction of SQLite's.

Others may have the database open meanwhile: to them it is a change like any other.
"""

import os
import tempfile

from tray.errors import DamagedDatabase, Refused
from tray.language import tr
from tray.store import health, instance_mark, resync
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.recovery.rescue import copied


def restore(db: Database, source: str) -> None:
    """Have the database hold what the copy at `source` does.

    Raises:
        Refused: there is no such copy, or it is not sound.
        StorageError: it is of a later version, or cannot be written; nothing was changed.
    """
    if os.path.isfile(source) and os.path.samefile(source, db.path):
        raise Refused(
            tr("{source} is the database itself. Choose a copy of it.").format(source=source)
        )
    with tempfile.TemporaryDirectory(prefix="restore-", dir=os.path.dirname(db.path)) as folder:
        copy = os.path.join(folder, "copy.db")
        if not os.path.isfile(source) or not copied(source, copy):
            raise Refused(tr("There is no database in {source}.").format(source=source))
        with _opened(copy, source) as copied_db:
            _make_safe(copied_db, db)
            instance_mark.remove(db.path)
            db.take_content(copied_db)
    instance_mark.write(db.path, db.mark())


def _opened(copy: str, source: str) -> Database:
    """Open a copy of the copy, brought up to date.

    Raises:
        Refused: it is not sound.
    """
    try:
        db = open_database(copy)
        health.check(copy)
    except DamagedDatabase as error:
        raise Refused(
            tr("{source} is damaged, or no database of ours. Choose another.").format(source=source)
        ) from error
    return db


def _make_safe(copy: Database, db: Database) -> None:
    """Have the copy look before it sends anything, and give no id again that is in use here."""
    with copy.writing():
        resync.look_before_sending(copy)
        for table, last in db.rows("SELECT name, seq FROM sqlite_sequence"):
            sql = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"
            if not copy.run(sql, (last, table)).rowcount:
                copy.run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))
