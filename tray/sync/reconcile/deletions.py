"""Takes in that the server has no more what was changed or is referred to here."""

from typing import Final

from tray.store import outbox, references, remote_rows
from tray.sync.reconcile.reconciler import Reconciler, quoted

GONE: Final = "It was deleted on another device after you changed it here."


def delete_thing(reconciler: Reconciler, table: str, row_id: int) -> None:
    """Remove a thing that the server has no more, and every mention of it, as the server does."""
    db = reconciler.db
    known = remote_rows.of_row(db, table, row_id)
    if known is not None and reconciler.deleted_by_us(known):
        return
    image = remote_rows.image(db, table, row_id)
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
    if image is not None:
        reconciler.report("received", f"The {table} {quoted(image['name'])} was deleted elsewhere.")
