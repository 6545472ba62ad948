"""Fields that were changed both here and on the server: both values, until seen."""

from tray.lean_typing import Final, NamedTuple
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
    """Remember one. An older one of the same field stays: it alone tells the value that it lost."""
    _, table, row_id, field, ours, theirs, kept, at = conflict
    import json  # which who has none need not load

    sides = {"ours": json.dumps(ours), "theirs": json.dumps(theirs)}
    lost = sides["theirs" if kept == "ours" else "ours"]
    db.run(
        "DELETE FROM conflict WHERE of_table = ? AND row_id = ? AND field = ? "
        "AND (field = ? OR iif(kept = 'ours', theirs, ours) = ?)",
        (table, row_id, field, COPY, lost),
    )
    values = (table, row_id, field, *sides.values(), kept, at)
    db.run(statements.insert("conflict", _COLUMNS), values)


def every(db: Database) -> list[ConflictRow]:
    """Those the user has not answered, the oldest first."""
    rows = db.rows(f"SELECT id, {', '.join(_COLUMNS)} FROM conflict ORDER BY id")
    return [_conflict(row) for row in rows]


def _conflict(row: Row) -> ConflictRow:
    import json

    id_, table, row_id, field, ours, theirs, kept, at = row
    return ConflictRow(id_, table, row_id, field, json.loads(ours), json.loads(theirs), kept, at)


def settle(db: Database, conflict_id: int) -> None:
    """The user has seen it."""
    db.run("DELETE FROM conflict WHERE id = ?", (conflict_id,))


def forget(db: Database, table: str, row_id: int) -> None:
    """A row is gone, and with it what the user was asked about it.

    What may be a copy of it may be one of what it was a copy of, or of another copy.
    """
    others = db.rows(
        "SELECT row_id FROM conflict WHERE of_table = ? AND field = ? "
        "AND json_extract(theirs, '$.id') = ? ORDER BY id",
        (table, COPY, row_id),
    )
    found = db.row(
        "SELECT json_extract(theirs, '$.id') FROM conflict WHERE of_table = ? AND row_id = ? "
        "AND field = ?",
        (table, row_id, COPY),
    )
    gone = [row_id]
    if others and not found:
        found = others.pop(0)
        gone += found
    for row in gone:
        db.run("DELETE FROM conflict WHERE of_table = ? AND row_id = ?", (table, row))
    for (other,) in others:
        db.run(
            "UPDATE conflict SET theirs = json_set(theirs, '$.id', ?) WHERE of_table = ? "
            "AND row_id = ? AND field = ?",
            (found[0], table, other, COPY),
        )


def drop_problems(db: Database, table: str, row_id: int) -> None:
    """A row was deleted here: what the user was to decide about it is decided."""
    db.run(
        "DELETE FROM outbox WHERE of_table = ? AND row_id = ? AND state = 'gone'", (table, row_id)
    )
    forget(db, table, row_id)
