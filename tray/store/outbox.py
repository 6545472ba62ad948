"""What the server has yet to be told: one row for each thing that was changed.

Whoever changes a row notes it here in the same transaction. Nothing is noted without an account.
"""

from typing import Final, NamedTuple

from tray.store.database import Database, Row
from tray.store.doubt import TOLD

_COLUMNS: Final = (
    "id, of_table, row_id, noted_at, state, sent, sent_at, above, attempts, next_at, field, error"
)
_WAITS_AGAIN: Final = (
    "state = iif(state = 'refused', 'waiting', state), noted_at = excluded.noted_at, "
    "next_at = iif(state = 'refused', 0, next_at), attempts = iif(state = 'refused', 0, attempts), "
    "field = NULL, error = NULL"
)
"""What a further change makes of a thing that was noted before: one that was refused is tried anew,
and one of which nobody knows whether it arrived still has to be looked for."""


class Item(NamedTuple):
    """A thing the server has to be told of."""

    id: int
    table: str
    row_id: int
    noted_at: int
    """When it was last changed here, epoch seconds."""
    state: str
    """``waiting``, ``sending``, ``unknown``, ``refused`` or ``gone``; see the schema."""
    sent: str | None
    """What a create was sent with, as JSON."""
    sent_at: int | None
    above: int
    attempts: int
    next_at: int
    field: str | None
    error: str | None


def note(db: Database, table: str, row_id: int) -> None:
    """Have a row that was made, changed or deleted told, unless it is to stay on this computer."""
    if table not in TOLD:
        return
    db.run(
        "INSERT INTO outbox (of_table, row_id) SELECT ?, ? "
        "WHERE EXISTS (SELECT 1 FROM account) "
        "AND NOT EXISTS (SELECT 1 FROM apart WHERE of_table = ? AND row_id = ?) "
        f"ON CONFLICT (of_table, row_id) DO UPDATE SET {_WAITS_AGAIN}",
        (table, row_id, table, row_id),
    )


def note_after(db: Database, table: str, last_id: int) -> None:
    """Have every row whose id is higher than `last_id` told; they were just made."""
    if table in TOLD:
        db.run(
            f"INSERT INTO outbox (of_table, row_id) SELECT ?, id FROM {table} "
            "WHERE id > ? AND EXISTS (SELECT 1 FROM account)",
            (table, last_id),
        )


def ensure(db: Database, table: str, row_id: int) -> None:
    """Have a row told that differs from what the server has, if it is not noted already."""
    db.run(
        "INSERT INTO outbox (of_table, row_id) VALUES (?, ?) "
        "ON CONFLICT (of_table, row_id) DO NOTHING",
        (table, row_id),
    )


def update(db: Database, item_id: int, **values: object) -> None:
    """Set some columns of an item."""
    assignments = ", ".join(f"{column} = ?" for column in values)
    db.run(f"UPDATE outbox SET {assignments} WHERE id = ?", (*values.values(), item_id))


def of(db: Database, table: str, row_id: int) -> Item | None:
    """What is to be told of a row."""
    sql = f"SELECT {_COLUMNS} FROM outbox WHERE of_table = ? AND row_id = ?"
    row = db.row(sql, (table, row_id))
    return Item(*row) if row else None


def items(db: Database, *states: str) -> list[Item]:
    """Everything in one of these states, in the order in which it was first noted."""
    marks = ", ".join("?" * len(states))
    sql = f"SELECT {_COLUMNS} FROM outbox WHERE state IN ({marks}) ORDER BY id"
    return [_item(row) for row in db.rows(sql, states)]


def _item(row: Row) -> Item:
    return Item(*row)


def drop(db: Database, table: str, row_id: int) -> None:
    """The server knows, or need not."""
    db.run("DELETE FROM outbox WHERE of_table = ? AND row_id = ?", (table, row_id))


class Count(NamedTuple):
    """How much there is in the outbox."""

    pending: int
    """Waits, or is on its way."""
    refused: int
    """Needs the user: refused, or gone on the server."""


def count(db: Database) -> Count:
    """How many things wait, and how many need the user."""
    refused, total = db.row(
        "SELECT count(*) FILTER (WHERE state IN ('refused', 'gone')), count(*) FROM outbox"
    )
    return Count(total - refused, refused)
