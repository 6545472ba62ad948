"""Makes a copy of the database that may be old, or may have holes, safe to exchange with a server.

What such a copy takes for news may have arrived long ago, and a row that is missing need not have
been deleted by anybody.
"""

from tray.store.columns import SYNCED
from tray.store.database import Database


def look_before_sending(db: Database) -> None:
    """Have everything read anew, and what was made looked for, before anything is sent again."""
    for table in SYNCED:
        for memory in ("remote", "outbox", "local_only"):
            db.run(
                f"DELETE FROM {memory} "
                f"WHERE of_table = ? AND row_id NOT IN (SELECT id FROM {table})",
                (table,),
            )
    db.run(
        "UPDATE outbox SET state = 'unknown', sent = NULL, remote_id_above = 0, "
        "sent_at = unixepoch() "
        "WHERE NOT EXISTS (SELECT 1 FROM remote AS r "
        "WHERE r.of_table = outbox.of_table AND r.row_id = outbox.row_id)"
    )
    # What was sent lately tells copies from originals; of what is missing here, the copy is all.
    for memory in ("sent_create", "unanswered_request"):
        db.run(f"DELETE FROM {memory}")
    db.run(
        "UPDATE account SET history_from = NULL, history_complete = 0, "
        "find_deleted = 1, catalogue_read_at = NULL"
    )
    db.run("UPDATE kept_changes SET since = unixepoch()")
    db.run("DELETE FROM hook_event")  # hooks were told long ago
