"""Removes what the server has no more."""

from collections.abc import Iterable

from tray.store import conflicts, remote_rows
from tray.store.database import Database


def delete(db: Database, table: str, row_ids: Iterable[int]) -> None:
    """Remove rows that the server has no more, with all that was remembered of them."""
    for row_id in row_ids:
        db.run(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        remote_rows.forget(db, table, row_id)
        conflicts.forget(db, table, row_id)
        for memory in ("outbox", "local_only", "unanswered_request"):
            db.run(f"DELETE FROM {memory} WHERE of_table = ? AND row_id = ?", (table, row_id))
