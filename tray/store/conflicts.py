"""Fields that were changed both here and on the server: both values, until seen."""

import json
from typing import NamedTuple

from tray.store.columns import RowValues
from tray.store.database import Database, Row


class ConflictRow(NamedTuple):
    """A field with two values; one was kept."""

    id: int
    table: str
    row_id: int
    field: str
    """A column, or ``project`` (with its task), or ``times``."""
    ours: RowValues
    """The columns as they were here."""
    theirs: RowValues
    """The same on the server."""
    kept: str
    """``ours`` or ``theirs``."""
    at: int
    """Epoch seconds."""


def add(db: Database, conflict: ConflictRow) -> None:
    """Remember one; an older one of the same field goes."""
    db.run(
        "DELETE FROM conflict WHERE of_table = ? AND row_id = ? AND field = ?",
        (conflict.table, conflict.row_id, conflict.field),
    )
    _, table, row_id, field, ours, theirs, kept, at = conflict
    db.run(
        "INSERT INTO conflict (of_table, row_id, field, ours, theirs, kept, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (table, row_id, field, json.dumps(ours), json.dumps(theirs), kept, at),
    )


def every(db: Database) -> list[ConflictRow]:
    """Those the user has not answered, the oldest first."""
    sql = "SELECT id, of_table, row_id, field, ours, theirs, kept, at FROM conflict ORDER BY id"
    return [_conflict(row) for row in db.rows(sql)]


def _conflict(row: Row) -> ConflictRow:
    id_, table, row_id, field, ours, theirs, kept, at = row
    return ConflictRow(id_, table, row_id, field, json.loads(ours), json.loads(theirs), kept, at)


def settle(db: Database, conflict_id: int) -> None:
    """The user has seen it."""
    db.run("DELETE FROM conflict WHERE id = ?", (conflict_id,))
