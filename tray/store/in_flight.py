"""What was sent to the server lately and may come back: new entries, changes without answer."""

import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from tray.store.columns import RowValues
from tray.store.database import Database

_KEEP: Final = 2_000
"""How many of each are remembered; a copy that turns up later is taken for a new entry.

At thirty requests an hour these are almost three days.
"""


TAG_NAMES: Final = "tag_names"
"""Beside the columns that were sent: the names of the tags, as undo deletes those it made."""


def names_text(names: Iterable[str]) -> str:
    """Names of tags as they are kept, in whichever order they come."""
    return json.dumps(sorted(names))


_PAIRED: Final = "paired"
"""Beside the columns that were sent: whether an equal entry of another computer was found."""


class SentCreate(NamedTuple):
    """An entry that was sent to be made."""

    id: int
    row_id: int
    sent: RowValues
    """Our columns."""
    remote_id_above: int
    """The server's id of it is higher than this."""
    at: int
    """Microseconds of the server's clock."""
    maybe_repeated: bool
    """Whether it may have been made more than once."""
    paired: bool
    """Whether another entry of the server was found to be the same."""


def remember_create(db: Database, item_id: int, *, at: int, maybe_repeated: bool) -> None:
    """Know the entry again that an item of the outbox was sent to make."""
    made = db.run(
        "INSERT INTO sent_create (row_id, start, sent, remote_id_above, at, maybe_repeated) "
        "SELECT row_id, json_extract(sent, '$.start'), sent, remote_id_above, ?, ? "
        "FROM outbox WHERE id = ?",
        (at, maybe_repeated, item_id),
    ).lastrowid
    db.run("DELETE FROM sent_create WHERE id <= ?", ((made or 0) - _KEEP,))


def creates_with_start(db: Database, start: int) -> list[SentCreate]:
    """Every entry that was sent with this start."""
    return _creates(db, "start = ?", start)


def creates_between(db: Database, begin: int, end: int, description: str) -> list[SentCreate]:
    """Every entry that was sent with this description, and a start from `begin` to `end`."""
    condition = "start BETWEEN ? AND ? AND json_extract(sent, '$.description') = ?"
    return _creates(db, condition, begin, end, description)


def _creates(db: Database, condition: str, *values: int | str) -> list[SentCreate]:
    rows = db.rows(
        "SELECT id, row_id, json_remove(sent, ?), remote_id_above, at, maybe_repeated, "
        f"json_extract(sent, ?) IS NOT NULL FROM sent_create WHERE {condition} ORDER BY id",
        (f"$.{_PAIRED}", f"$.{_PAIRED}", *values),
    )
    return [
        SentCreate(id_, row_id, json.loads(text), above, at, repeated == 1, paired == 1)
        for id_, row_id, text, above, at, repeated, paired in rows
    ]


def has_made_before(db: Database, remote_id: int, *, since: int) -> bool:
    """Whether one was made `since` that has a lower id of the server: then this was made later.

    Of what may have been made twice, and of what others made, it is not known when that was.
    """
    return bool(
        db.row(
            "SELECT 1 FROM sent_create AS made CROSS JOIN remote ON of_table = 'entry' "
            "AND remote.row_id = made.row_id WHERE NOT made.maybe_repeated AND NOT adopted "
            "AND made.at > ? AND remote_id > made.remote_id_above AND remote_id < ? LIMIT 1",
            (since, remote_id),
        )
    )


def mark_paired(db: Database, create: SentCreate) -> None:
    """An entry of the server was found that is the same: further ones belong to other rows."""
    sql = "UPDATE sent_create SET sent = json_set(sent, ?, 1) WHERE id = ?"
    db.run(sql, (f"$.{_PAIRED}", create.id))


def forget_creates(db: Database, row_id: int) -> None:
    """An entry was deleted elsewhere: what is like it is no copy of it."""
    db.run("DELETE FROM sent_create WHERE row_id = ?", (row_id,))


def earliest_create(db: Database, *, since: int) -> int | None:
    """The earliest start of what was sent `since`, or is still looked for."""
    found: int | None
    (found,) = db.row(
        "SELECT min(start) FROM sent_create WHERE at >= ? OR row_id IN "
        "(SELECT row_id FROM outbox WHERE state = 'unknown' AND of_table = 'entry')",
        (since,),
    )
    return found


def remember_unanswered(db: Database, item_id: int, *, at: int) -> None:
    """Know the change again that an item of the outbox was sent for."""
    made = db.run(
        "INSERT INTO unanswered_request (of_table, row_id, sent, at) "
        "SELECT of_table, row_id, sent, ? FROM outbox WHERE id = ?",
        (at, item_id),
    ).lastrowid
    db.run("DELETE FROM unanswered_request WHERE id <= ?", ((made or 0) - _KEEP,))


def unanswered(
    db: Database, table: str, row_id: int, *, since: int
) -> list[tuple[int, RowValues | None]]:
    """Id and columns of every change of a row that may still be carried out.

    Args:
        db: The store.
        table: Of the row.
        row_id: Ours.
        since: Those sent before this moment of the server's clock, microseconds, are forgotten.

    Returns:
        None in the place of the columns where the row was deleted.
    """
    db.run(
        "DELETE FROM unanswered_request WHERE of_table = ? AND row_id = ? AND at < ?",
        (table, row_id, since),
    )
    rows = db.rows(
        "SELECT id, sent FROM unanswered_request WHERE of_table = ? AND row_id = ? ORDER BY id",
        (table, row_id),
    )
    return [(request, None if sent is None else json.loads(sent)) for request, sent in rows]


def forget_unanswered(db: Database, request: int) -> None:
    """It has come."""
    db.run("DELETE FROM unanswered_request WHERE id = ?", (request,))
