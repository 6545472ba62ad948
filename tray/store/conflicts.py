"""Fields that were changed both here and on the server: both values, until seen."""

import json
from typing import Final, NamedTuple

from tray.store import statements
from tray.store.columns import RowValues
from tray.store.database import Database, Row

COPY: Final = "copy"
"""In the place of the field: the row may be a copy of the one that `theirs` names by its ``id``."""

_COLUMNS: Final = ("of_table", "row_id", "field", "ours", "theirs", "kept", "at")


class ConflictRow(NamedTuple):
    """A field with two values; one was kept."""

    id: int
    table: str
    row_id: int
    field: str
    """A column, or ``project`` (with its task), or ``times``; or `COPY`."""
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
    values = (table, row_id, field, json.dumps(ours), json.dumps(theirs), kept, at)
    db.run(statements.insert("conflict", _COLUMNS), values)


def every(db: Database) -> list[ConflictRow]:
    """Those the user has not answered, the oldest first."""
    rows = db.rows(f"SELECT id, {', '.join(_COLUMNS)} FROM conflict ORDER BY id")
    return [_conflict(row) for row in rows]


def _conflict(row: Row) -> ConflictRow:
    id_, table, row_id, field, ours, theirs, kept, at = row
    return ConflictRow(id_, table, row_id, field, json.loads(ours), json.loads(theirs), kept, at)


def settle(db: Database, conflict_id: int) -> None:
    """The user has seen it."""
    db.run("DELETE FROM conflict WHERE id = ?", (conflict_id,))


def forget(db: Database, table: str, row_id: int) -> None:
    """A row is gone, and so is every question about it."""
    db.run(
        "DELETE FROM conflict WHERE of_table = ? AND "
        "(row_id = ? OR (field = ? AND json_extract(theirs, '$.id') = ?))",
        (table, row_id, COPY, row_id),
    )
