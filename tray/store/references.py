"""Finds and drops mentions of clients, projects, tasks and tags, in our rows and their bases."""

from collections.abc import Iterable
from typing import Final, NamedTuple, cast

from tray.store import remote_rows
from tray.store.columns import RowValues, text
from tray.store.database import Database
from tray.store.entries import ids_from, ids_to

_SCOPE: Final = {
    "client": ("workspace_id",),
    "project": ("workspace_id", "client_id"),
    "task": ("project_id",),
    "tag": ("workspace_id",),
}
"""Within what a name is unique on the server."""


def unclaimed(db: Database, table: str, image: RowValues) -> int | None:
    """A row of ours that the server has not got under any id, and that goes by the same name."""
    if table == "workspace":
        row = db.row(
            "SELECT id FROM workspace WHERE id NOT IN "
            "(SELECT row_id FROM remote WHERE of_table = 'workspace') ORDER BY id LIMIT 1"
        )
        return row[0] if row else None
    scope = " AND ".join(f"{column} IS ?" for column in _SCOPE[table])
    rows = db.rows(
        f"SELECT id, name FROM {table} WHERE {scope} AND id NOT IN "
        "(SELECT row_id FROM remote WHERE of_table = ?) ORDER BY archived, id",
        (*(image[column] for column in _SCOPE[table]), table),
    )
    rows += db.rows(  # some servers allow a name only once, whatever it is under
        f"SELECT id, name FROM {table} WHERE {_SCOPE[table][0]} = ? AND id IN (SELECT row_id "
        "FROM outbox WHERE of_table = ? AND state = 'unknown' AND field = 'name')",
        (image[_SCOPE[table][0]], table),
    )
    wanted = text(image, "name").casefold()
    return next((row_id for row_id, name in rows if name.casefold() == wanted), None)


def naming(db: Database, table: str, kind: str, row_id: int) -> list[int]:
    """The rows of a table that name a thing, by id."""
    condition = f"{kind}_id = ?"
    if kind == "tag":
        condition = "tag_ids <> '[]' AND ? IN (SELECT value FROM json_each(tag_ids))"
    rows = db.rows(f"SELECT id FROM {table} WHERE {condition} ORDER BY id", (row_id,))
    return [each for (each,) in rows]


class PendingEntry(NamedTuple):
    """An entry in the outbox that the server has for some project."""

    row_id: int
    remote_id: int
    state: str
    is_here: bool
    """Whether it was not deleted."""


def pending_entries(db: Database, project_id: int) -> list[PendingEntry]:
    """The entries that the server has for a project and that were changed or deleted here."""
    rows = db.rows(
        "SELECT o.row_id, r.remote_id, o.state, EXISTS (SELECT 1 FROM entry WHERE id = o.row_id) "
        "FROM outbox AS o JOIN remote AS r ON r.of_table = o.of_table AND r.row_id = o.row_id "
        "WHERE o.of_table = 'entry' AND json_extract(r.base, '$.project_id') = ?",
        (project_id,),
    )
    return [PendingEntry(row_id, theirs, state, here == 1) for row_id, theirs, state, here in rows]


def tags_of(db: Database, table: str, row_ids: Iterable[int]) -> list[tuple[int, str]]:
    """The stored tags of some rows, beside their ids."""
    sql = f"SELECT id, tag_ids FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
    return cast("list[tuple[int, str]]", db.rows(sql, (ids_to(row_ids),)))


_NAMED_BY: Final = {
    "project": (("entry", ("project_id", "task_id")),),
    "task": (("entry", ("task_id",)),),
    "client": (("project", ("client_id",)),),
    "tag": (),
}
"""What names a thing: in which table, and the columns that are empty once it is gone."""


def drop_from_bases(db: Database, table: str, row_id: int) -> None:
    """The server has taken a thing off everything with it: nothing has to be sent for that.

    Only what waits in the outbox is looked through, as what named the thing was changed with it.
    """
    waiting = "of_table = ? AND row_id IN (SELECT row_id FROM outbox WHERE of_table = ?)"
    for other, columns in _NAMED_BY[table]:
        nothing = ", ".join(f"'$.{name}', NULL" for name in columns)
        db.run(
            f"UPDATE remote SET base = json_set(base, {nothing}) "
            f"WHERE {waiting} AND json_extract(base, '$.{columns[0]}') = ?",
            (other, other, row_id),
        )
    if table == "tag":
        sql = f"SELECT row_id FROM remote WHERE {waiting}"
        for (entry_id,) in db.rows(sql, ("entry", "entry")):
            _drop_tag_from_base(db, "entry", entry_id, row_id)


def drop(db: Database, table: str, column: str, row_id: int) -> None:
    """Take a thing that is gone off everything in `table`; a project takes the task along."""
    columns = ("project_id", "task_id") if column == "project_id" else (column,)
    nothing = ", ".join(f"'$.{name}', NULL" for name in columns)
    db.run(
        f"UPDATE remote SET base = json_set(base, {nothing}) WHERE of_table = ? AND row_id IN "
        f"(SELECT id FROM {table} WHERE {column} = ?)",
        (table, row_id),
    )
    assignments = ", ".join(f"{name} = NULL" for name in columns)
    db.run(f"UPDATE {table} SET {assignments} WHERE {column} = ?", (row_id,))


def drop_tag(db: Database, tag_id: int) -> None:
    """Take a tag off everything; the server does that too, and says nothing of those entries."""
    for table in ("entry", "favourite"):
        tagged = db.rows(
            f"SELECT id, tag_ids FROM {table} WHERE tag_ids <> '[]' AND EXISTS "
            f"(SELECT 1 FROM json_each({table}.tag_ids) WHERE value = ?)",
            (tag_id,),
        )
        for row_id, tag_ids in tagged:
            left = ids_to(each for each in ids_from(tag_ids) if each != tag_id)
            db.run(f"UPDATE {table} SET tag_ids = ? WHERE id = ?", (left, row_id))
            _drop_tag_from_base(db, table, row_id, tag_id)


def _drop_tag_from_base(db: Database, table: str, row_id: int, tag_id: int) -> None:
    known = remote_rows.of_row(db, table, row_id)
    tags = ids_from(text(known.base, "tag_ids")) if known else ()
    if known is not None and tag_id in tags:
        left = ids_to(each for each in tags if each != tag_id)
        remote_rows.save(db, known._replace(base={**known.base, "tag_ids": left}))
