"""What was sent to the server lately and may come back: new entries, changes without answer."""

import json
from typing import Any, Final, NamedTuple

from tray.store.database import Database

_KEEP: Final = 2_000
"""How many of each are remembered; a copy that turns up later is taken for a new entry."""


class Made(NamedTuple):
    """An entry that was sent to be made."""

    row_id: int
    sent: dict[str, Any]
    """Our columns."""
    above: int
    """The server's id of it is higher than this."""
    at: int
    """Microseconds of the server's clock."""
    doubtful: bool
    """Whether it may have been made more than once."""


def remember_made(db: Database, item_id: int, *, at: int, doubtful: bool) -> None:
    """Know the entry again that an item of the outbox was sent to make."""
    made = db.run(
        "INSERT INTO made (row_id, start, sent, above, at, doubtful) "
        "SELECT row_id, json_extract(sent, '$.start'), sent, above, ?, ? FROM outbox WHERE id = ?",
        (at, doubtful, item_id),
    ).lastrowid
    db.run("DELETE FROM made WHERE id <= ?", ((made or 0) - _KEEP,))


def made_with_start(db: Database, start: int) -> list[Made]:
    """Every entry that was sent with this start."""
    rows = db.rows(
        "SELECT row_id, sent, above, at, doubtful FROM made WHERE start = ? ORDER BY id", (start,)
    )
    return [
        Made(row_id, json.loads(text), above, at, doubtful == 1)
        for row_id, text, above, at, doubtful in rows
    ]


def earliest_made(db: Database, *, since: int) -> int | None:
    """The earliest start of what was sent `since`, or is still looked for."""
    found: int | None
    (found,) = db.row(
        "SELECT min(start) FROM made WHERE at >= ? OR row_id IN "
        "(SELECT row_id FROM outbox WHERE state = 'unknown' AND of_table = 'entry')",
        (since,),
    )
    return found


def remember_echo(db: Database, item_id: int, *, at: int) -> None:
    """Know the change again that an item of the outbox was sent for."""
    made = db.run(
        "INSERT INTO echo (of_table, row_id, told, at) "
        "SELECT of_table, row_id, sent, ? FROM outbox WHERE id = ?",
        (at, item_id),
    ).lastrowid
    db.run("DELETE FROM echo WHERE id <= ?", ((made or 0) - _KEEP,))


def echoes(
    db: Database, table: str, row_id: int, *, since: int
) -> list[tuple[int, dict[str, Any] | None]]:
    """Id and columns of every change of a row that may still be carried out.

    Args:
        db: The store.
        table: Of the row.
        row_id: Ours.
        since: Those sent before this moment of the server's clock, microseconds, are forgotten.

    Returns:
        None in the place of the columns where the row was deleted.
    """
    db.run("DELETE FROM echo WHERE of_table = ? AND row_id = ? AND at < ?", (table, row_id, since))
    rows = db.rows(
        "SELECT id, told FROM echo WHERE of_table = ? AND row_id = ? ORDER BY id", (table, row_id)
    )
    return [(echo, None if told is None else json.loads(told)) for echo, told in rows]


def forget_echo(db: Database, echo: int) -> None:
    """It has come."""
    db.run("DELETE FROM echo WHERE id = ?", (echo,))
