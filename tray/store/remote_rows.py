"""Which of our rows is which thing of the server, and what the server last had of it."""

from collections.abc import Iterable, Sequence

from tray.lean_typing import Final, NamedTuple
from tray.store import statements
from tray.store.columns import COLUMNS, RowValues, image_of, json_object
from tray.store.database import Database, Row


class RemoteRow(NamedTuple):
    """A row of ours that the server has too."""

    table: str
    row_id: int
    remote_id: int
    at: int
    """When the server last changed it, microseconds of its clock; 0 if it did not say."""
    base: RowValues
    """What the server had then."""


_SELECT = "SELECT of_table, row_id, remote_id, at, base FROM remote"


def _remote_row(row: Row) -> RemoteRow:
    table, row_id, remote_id, at, base = row
    return RemoteRow(table, row_id, remote_id, at, image_of(base))


def of_row(db: Database, table: str, row_id: int) -> RemoteRow | None:
    """What the server has of a row of ours."""
    row = db.row(f"{_SELECT} WHERE of_table = ? AND row_id = ?", (table, row_id))
    return _remote_row(row) if row else None


def of_remote(db: Database, table: str, remote_id: int) -> RemoteRow | None:
    """The row of ours for a thing of the server."""
    row = db.row(f"{_SELECT} WHERE of_table = ? AND remote_id = ?", (table, remote_id))
    return _remote_row(row) if row else None


def of_remotes(db: Database, table: str, remote_ids: Iterable[int]) -> dict[int, RemoteRow]:
    """The rows of ours for some things of the server, by its ids."""
    sql = f"{_SELECT} WHERE of_table = ? AND remote_id IN (SELECT value FROM json_each(?))"
    rows = db.rows(sql, (table, statements.listed(remote_ids)))
    return {known.remote_id: known for known in map(_remote_row, rows)}


def row_ids(db: Database, table: str) -> dict[int, int]:
    """Our ids by the server's, for a table of which there are not too many."""
    sql = "SELECT remote_id, row_id FROM remote WHERE of_table = ?"
    return dict(db.rows(sql, (table,)))


def active(db: Database, table: str) -> set[int]:
    """The server's ids of the things here that it has, and had not archived."""
    rows = db.rows(
        f"SELECT remote_id FROM remote WHERE of_table = ? AND row_id IN (SELECT id FROM {table}) "
        "AND NOT ifnull(json_extract(base, '$.archived'), 0)",
        (table,),
    )
    return {remote_id for (remote_id,) in rows}


def deleted_here(db: Database, table: str) -> set[int]:
    """Our ids of things that the server still has, and that were deleted here."""
    rows = db.rows(
        f"SELECT row_id FROM remote WHERE of_table = ? AND row_id NOT IN (SELECT id FROM {table})",
        (table,),
    )
    return {row_id for (row_id,) in rows}


def remote_id(db: Database, table: str, row_id: int) -> int | None:
    """The server's id of a row of ours."""
    sql = "SELECT remote_id FROM remote WHERE of_table = ? AND row_id = ?"
    row = db.row(sql, (table, row_id))
    return row[0] if row else None


def row_id(db: Database, table: str, remote_id: int) -> int | None:
    """Our id of a thing of the server."""
    sql = "SELECT row_id FROM remote WHERE of_table = ? AND remote_id = ?"
    row = db.row(sql, (table, remote_id))
    return row[0] if row else None


def changed_at(db: Database, table: str, row_id: int) -> int:
    """When a row was last changed, here or on the server, epoch seconds; 0: that is not known."""
    (at,) = db.row(
        "SELECT max(ifnull((SELECT at / 1000000 FROM remote WHERE of_table = ?1 AND row_id = ?2), "
        "0), ifnull((SELECT max(at) FROM change JOIN step ON step.id = step_id "
        "WHERE of_table = ?1 AND row_id = ?2), 0))",
        (table, row_id),
    )
    return int(at)


def is_changed_here(db: Database, table: str, row_id: int) -> bool:
    """Whether a step of the user has made or changed a row, as far back as these are kept."""
    return bool(db.row("SELECT 1 FROM change WHERE of_table = ? AND row_id = ?", (table, row_id)))


def save(db: Database, known: RemoteRow) -> None:
    """Remember what the server has of a row."""
    columns = ("of_table", "row_id", "remote_id", "at", "base")
    sql = statements.insert("remote", columns, key="of_table, row_id")
    db.run(sql, (*known[:4], as_json(known.base)))


def save_new(db: Database, table: str, first_id: int, theirs: Sequence[tuple[int, int]]) -> None:
    """Remember that the server has some rows just as they are here, which are new to us.

    Args:
        db: The store.
        table: Of the rows.
        first_id: Our id of the first; those of the others follow.
        theirs: For each, the server's id of it, and when the server last changed it.
    """
    import json

    db.run(
        "INSERT INTO remote (of_table, row_id, remote_id, at, base) "
        "SELECT ?, ours.id, json_extract(theirs.value, '$[0]'), "
        f"json_extract(theirs.value, '$[1]'), {json_object(COLUMNS[table])} "
        f"FROM json_each(?) AS theirs CROSS JOIN {table} AS ours ON ours.id = ? + theirs.key",
        (table, json.dumps(theirs), first_id),
    )


def mark_adopted(db: Database, table: str, row_id: int) -> None:
    """The server had this before our row was found to be the same: it is not ours to take back."""
    sql = "UPDATE remote SET adopted = 1 WHERE of_table = ? AND row_id = ?"
    db.run(sql, (table, row_id))


def is_adopted(db: Database, table: str, row_id: int) -> bool:
    """Whether the server had a row before it was found to be the same as ours."""
    sql = "SELECT adopted FROM remote WHERE of_table = ? AND row_id = ?"
    return db.row(sql, (table, row_id)) == (1,)


def forget(db: Database, table: str, row_id: int) -> None:
    """The server has no such thing any more."""
    db.run("DELETE FROM remote WHERE of_table = ? AND row_id = ?", (table, row_id))


_BURIED: Final = "gone entry"
"""In the place of a table: the ids of entries that the server has no more, and never again."""


def bury(db: Database, remote_id: int) -> None:
    """Never take an entry of the server for a new one: it was deleted, or found to be gone."""
    db.run("DELETE FROM remote WHERE of_table = 'entry' AND remote_id = ?", (remote_id,))
    save(db, RemoteRow(_BURIED, remote_id, remote_id, 0, {}))


def buried(db: Database, remote_ids: Iterable[int]) -> set[int]:
    """Those of these ids that are of entries that were deleted, or found to be gone."""
    return {*of_remotes(db, _BURIED, remote_ids)}


def highest(db: Database, table: str) -> int:
    """The highest id of the server that is known, of deleted entries too; 0 if none is."""
    sql = "SELECT max(remote_id) FROM remote WHERE of_table = ?"
    tables = (table, _BURIED) if table == "entry" else (table,)
    return max(int(db.row(sql, (each,))[0] or 0) for each in tables)


def image(db: Database, table: str, row_id: int) -> RowValues | None:
    """A row of ours as it is now."""
    row = db.row(f"SELECT {json_object(COLUMNS[table])} FROM {table} WHERE id = ?", (row_id,))
    return image_of(row[0]) if row else None


def equal_rows(db: Database, table: str, values: RowValues) -> list[int]:
    """Our ids of the rows that the server has, too, and that are like this in everything."""
    same = " AND ".join(f"mine.{column} IS ?" for column in COLUMNS[table])
    rows = db.rows(
        f"SELECT mine.id FROM {table} AS mine JOIN remote ON of_table = ? AND row_id = mine.id "
        f"WHERE {same}",
        (table, *(values[column] for column in COLUMNS[table])),
    )
    return [row_id for (row_id,) in rows]


def as_json(image: object) -> str:
    """An image as it is stored."""
    import json

    return json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def write(db: Database, table: str, row_id: int, values: RowValues) -> None:
    """Set columns of a row to what the server has: no step of the user, and nothing to tell."""
    if values:
        db.run(statements.update(table, values), (*values.values(), row_id))


def insert(db: Database, table: str, values: RowValues) -> int:
    """Add a row that the server has: no step of the user, and nothing to tell."""
    return db.run(statements.insert(table, values), tuple(values.values())).lastrowid or 0


def insert_many(db: Database, table: str, images: Sequence[RowValues]) -> int:
    """Add rows that the server has, all with the same columns.

    Returns:
        The id of the first; those of the others follow.
    """
    sequence = db.row("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    first = 1 + (sequence[0] if sequence else 0)
    sql = statements.insert(table, images[0])
    db.run_many(sql, [tuple(image.values()) for image in images])
    return first
