"""Removes from our rows what the server has no more."""

from typing import Final

from tray.store import outbox, references, remote_rows
from tray.store.database import Database
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow

GONE: Final = "It was deleted on another device after you changed it here."


CHANGED_SINCE: Final = "It was changed on another device after you deleted it here."


def forget_gone(db: Database, known: RemoteRow) -> None:
    """The server has said that it has a thing no more; an entry is not taken for a new one again.

    A list that lacks it is no such word.
    """
    if known.table == "entry":
        remote_rows.bury(db, known.remote_id)
    else:
        remote_rows.forget(db, known.table, known.row_id)


def mark_gone(db: Database, item: OutboxItem) -> None:
    """Have the user asked about an entry that was changed here and deleted elsewhere."""
    remote_rows.forget(db, item.table, item.row_id)
    outbox.update(db, item.id, state="gone", error=GONE, field=None)


def delete_thing(db: Database, table: str, row_id: int) -> None:
    """Remove a thing and every reference to it, as the server does."""
    outbox.retry_refused(db, table, row_id)
    match table:
        case "tag":
            references.drop_tag(db, row_id)
        case "project":
            references.drop(db, "entry", "project_id", row_id)
            references.drop(db, "favourite", "project_id", row_id)
            tasks = [
                task for (task,) in db.rows("SELECT id FROM task WHERE project_id = ?", (row_id,))
            ]
            remote_rows.delete(db, "task", tasks)
        case "task":
            references.drop(db, "entry", "task_id", row_id)
            references.drop(db, "favourite", "task_id", row_id)
        case "client":
            references.drop(db, "project", "client_id", row_id)
    remote_rows.delete(db, table, [row_id])
