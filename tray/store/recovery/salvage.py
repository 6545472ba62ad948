"""Gathers the rows that can still be read of a damaged database, and from a backup the others.

A table of the damaged file that can be read from end to end is taken as it is. Of any other, what
can be read is taken; the backup adds the rows that are missing, and the recorded steps, which go
back further than the backup, say what has become of those.
"""

import json
import os
import sqlite3
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Final, NamedTuple

from tray.model.colours import PALETTE
from tray.model.limits import EARLIEST, LATEST, MAX_SECONDS
from tray.store import health, migrate, resync, statements
from tray.store.columns import COLUMNS, SYNCED, RowValues
from tray.store.database import Database, Row
from tray.store.health import UNREADABLE
from tray.store.opening import SCHEMA, open_database
from tray.store.recovery import former_names, mend
from tray.store.undo_log import ChangedRow

_DERIVED: Final = ("past_activity", "totalled_day", "day_total", "entry_change", "kept_changes")
"""Kept by triggers or for a while, so that it comes of itself."""
_HISTORY: Final = ("step", "change")
"""Only of use as a whole: the steps that can be undone, and their images of rows."""

_TABLES: Final = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid"
)
"""Tables that others refer to come first."""

_SOME_WORKSPACE: Final = (
    "INSERT INTO workspace (name) SELECT 'My workspace' WHERE NOT EXISTS (SELECT 1 FROM workspace)"
)

_PRAGMAS: Final = (
    "foreign_keys = OFF",  # mended at the end
    "synchronous = OFF",  # if this is cut short, it is begun anew
    "journal_mode = MEMORY",  # in a log of a million rows, no page is found quickly
    "cell_size_check = ON",
)

_MOST_FAILURES: Final = 20_000
"""How often a table is asked in vain for ever smaller ranges: about a second."""
_MOST_IDS: Final = 2**40
"""No id gets as high; a number of rows beyond it was not written by us."""


class Found(NamedTuple):
    """What there is in the new database."""

    entries: int
    latest: int | None
    """The start of the latest entry, epoch seconds."""
    readable: bool
    """Whether anything could be read of the damaged file."""
    spared: int
    """How many entries came from the backup and the recorded steps."""
    missing: int
    """How many entries, at most, are younger than the backup and could not be read."""
    history: bool
    """Whether earlier steps can still be undone."""
    others: int = 0
    """How many projects, tags and the like came from the backup and the recorded steps."""
    stripped: int = 0
    """How many entries refer to something that is nowhere to be found, and lost that."""


def is_sound(path: str) -> bool:
    """Whether a database is what it should be, once it is brought up to date."""
    try:
        open_database(path).close()
        return not health.fault(path)
    except UNREADABLE:
        return False


def _is_text(db: Database, table: str) -> bool:
    """Whether what should be text in the table is text."""
    try:
        for _ in db.run(f"SELECT * FROM {table}"):
            pass
    except UNREADABLE:
        return False
    return True


def combine(new: str, *, damaged: str, spare: str) -> Found:
    """Make the database `new` of what can be read of two others, each empty if there is none.

    Args:
        new: The path of a file that does not exist yet.
        damaged: The path of a copy of the damaged database; it is tinkered with.
        spare: The path of a copy of a sound backup; so is that.
    """
    open_database(new).close()
    sources = {"spare": spare} if spare else {}
    if damaged and mend.make_readable(damaged, _templates(new)):
        sources["damaged"] = damaged
    with open_database(new) as db:
        for pragma in _PRAGMAS:
            db.run(f"PRAGMA {pragma}")
        return _gathered(db, [name for name, path in sources.items() if _attach(db, name, path)])


def _attach(db: Database, name: str, path: str) -> bool:
    """Make another database readable under a name; whether that can be done."""
    try:
        db.run(f"ATTACH CAST(? AS TEXT) AS {name}", (os.fsencode(path),))
    except UNREADABLE:
        return False
    return True


def _templates(new: str) -> Iterator[str]:
    """A new database of each schema that a damaged one may have, the newest first."""
    yield new
    for schema in range(SCHEMA - 1, 0, -1):
        path = f"{new}.{schema}"
        with Database(path) as db:
            db.run("PRAGMA journal_mode = WAL")
            migrate.bring_up_to_date(db, until=schema)
        yield path


def _gathered(db: Database, sources: Collection[str]) -> Found:
    tables = [name for (name,) in db.rows(_TABLES) if name not in (*_DERIVED, *_HISTORY)]
    highest = {table: _highest(db, table, sources) for table in tables}
    db.run("DELETE FROM workspace")
    db.run(_NO_NONSENSE)
    broken = tables
    if "damaged" in sources:
        broken = [table for table in tables if not _take(db, "damaged", table, last=highest[table])]
        broken = [table for table in tables if table in broken or _has_lost_rows(db, table)]
    history = not broken and _take_history(db)
    read = _counts(db)
    images = _recorded_images(db, broken) if "damaged" in sources else {}
    if "spare" in sources:
        if "damaged" in sources and "remote" not in broken:
            _drop_what_was_deleted_elsewhere(db)
        _stop_spare(db)
        for table in broken:
            _take(db, "spare", table, last=highest[table])
    _replay(db, images)
    there = _counts(db)
    stripped = _stripped(db)
    db.run(_SOME_WORKSPACE)
    for table in tables:
        _mend_text(db, table)
        _mend_references(db, table)
        _raise_sequence(db, table, highest[table])
    _mend_what(db)
    resync.look_before_sending(db)
    total, latest = db.row("SELECT count(*), max(start) FROM entry")
    known = _highest(db, "entry", [source for source in sources if source == "spare"])
    missing = _missing(db, known, highest["entry"]) if "entry" in broken else 0
    spared = {table: there[table] - read[table] for table in there}
    entries = spared.pop("entry")
    return Found(
        total,
        latest,
        "damaged" in sources,
        entries,
        missing,
        history,
        others=sum(spared.values()),
        stripped=stripped,
    )


_OURS: Final = ("client", "project", "task", "tag", "favourite", "entry")


def _counts(db: Database) -> dict[str, int]:
    """How many rows there are of what a user would miss."""
    return {table: db.row(f"SELECT count(*) FROM main.{table}")[0] for table in _OURS}


def _has_lost_rows(db: Database, table: str) -> bool:
    """Whether something else knows of rows that a table does not have, though it can be read."""
    gone = f"NOT IN (SELECT id FROM main.{table})"
    queries = [
        f"SELECT 1 FROM main.{child} WHERE {column} IS NOT NULL AND {column} {gone} LIMIT 1"
        for child, column in db.rows(
            'SELECT s.name, f."from" FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS f '
            "WHERE s.type = 'table' AND f.\"table\" = ?",
            (table,),
        )
    ]
    queries += [
        f"SELECT 1 FROM (SELECT id FROM damaged.{table} INDEXED BY {index}) WHERE id {gone} LIMIT 1"
        for (index,) in db.rows(
            "SELECT name FROM pragma_index_list(?) WHERE NOT partial AND origin = 'c'", (table,)
        )
    ]
    if table == "tag":
        queries += [
            f"SELECT 1 FROM main.{child}, json_each({child}.tag_ids) AS tag "
            f"WHERE tag.type = 'integer' AND tag.value {gone} LIMIT 1"
            for child in ("entry", "favourite")
        ]
    if table in SYNCED:
        queries.append(
            f"SELECT 1 FROM damaged.remote WHERE of_table = '{table}' AND row_id {gone} AND row_id "
            f"NOT IN (SELECT row_id FROM damaged.outbox WHERE of_table = '{table}') LIMIT 1"
        )
    return any(_finds(db, query) for query in queries)


def _finds(db: Database, query: str) -> bool:
    try:
        return bool(db.row(query))
    except UNREADABLE:
        return False


def _drop_what_was_deleted_elsewhere(db: Database) -> None:
    """Take off the backup what the server had then, and has not any more: it was deleted there."""
    for table in SYNCED:
        with suppress(*UNREADABLE):
            db.run(
                f"DELETE FROM spare.{table} WHERE id IN "
                "(SELECT row_id FROM spare.remote WHERE of_table = ?) AND id NOT IN "
                "(SELECT row_id FROM damaged.remote WHERE of_table = ?) AND EXISTS "
                "(SELECT 1 FROM damaged.account)",
                (table, table),
            )


def _stripped(db: Database) -> int:
    """How many entries refer to something that is not there."""
    (count,) = db.row(
        "SELECT count(*) FROM entry AS e WHERE "
        "(project_id IS NOT NULL AND project_id NOT IN (SELECT id FROM project)) "
        "OR (task_id IS NOT NULL AND task_id NOT IN (SELECT id FROM task)) "
        "OR json_type(tag_ids) <> 'array' "
        "OR EXISTS (SELECT 1 FROM json_each(e.tag_ids) WHERE value NOT IN (SELECT id FROM tag))"
    )
    return int(count)


def _missing(db: Database, known: int, highest: int) -> int:
    """How many entries with ids above `known` are not there."""
    (there,) = db.row("SELECT count(*) FROM entry WHERE id BETWEEN ? AND ?", (known + 1, highest))
    return max(0, highest - known - int(there))


_NO_NONSENSE: Final = f"""
    CREATE TEMP TRIGGER no_nonsense BEFORE INSERT ON main.entry
    WHEN new.start NOT BETWEEN {EARLIEST} AND {LATEST} OR new.stop - new.start > {MAX_SECONDS}
    BEGIN SELECT RAISE(ABORT, 'no time of an entry'); END
"""
"""Bytes that happen to form a row need not form a date that can be shown."""


def _highest(db: Database, table: str, sources: Collection[str]) -> int:
    """The highest id the table ever had, as far as anybody knows."""
    known = [0]
    for source in sources:
        name = _name_in(db, source, table)
        for sql in (
            f"SELECT seq FROM {source}.sqlite_sequence WHERE name = '{name}'",
            f"SELECT max(id) FROM {source}.{name}",
            f"SELECT max(row_id) FROM {source}.change WHERE of_table = '{table}'",
        ):
            with suppress(*UNREADABLE):
                value = (db.row(sql) or (None,))[0]
                if isinstance(value, int) and value < _MOST_IDS:
                    known.append(value)
    return max(known)


def _take(db: Database, source: str, table: str, *, last: int) -> bool:
    """Copy the rows up to the id `last` that are not there yet.

    Whenever something in a range of them cannot be read, or is no row of ours, it is halved.

    Returns:
        Whether the table could be read from end to end.
    """
    name = _name_in(db, source, table)
    columns = _columns_in(db, source, table)
    copy = (
        f"INSERT INTO main.{table} {columns.into} "
        f"SELECT {columns.read} FROM {source}.{name} NOT INDEXED "
        f"WHERE id BETWEEN ? AND ? AND id NOT IN (SELECT id FROM main.{table})"
    )
    pending = deque([(1, last)])
    failures = 0
    while pending and failures < _MOST_FAILURES:
        first, last = pending.popleft()
        try:
            db.run(copy, (first, last))
        except UNREADABLE:
            failures += 1
            middle = (first + last) // 2
            if first < last:
                pending += ((first, middle), (middle + 1, last))
    return failures == 0 and _is_in_order(db, source, name)


def _name_in(db: Database, source: str, table: str) -> str:
    """What the table is called in a source, which may have an older schema."""
    former = former_names.TABLES.get(table)
    sql = f"SELECT 1 FROM {source}.sqlite_schema WHERE type = 'table' AND name = ?"
    return former if former and db.row(sql, (former,)) else table


class _Columns(NamedTuple):
    """Which columns of a table are copied, as SQL."""

    into: str
    """Ours, in brackets; empty: all."""
    read: str
    """The same in the source."""


def _columns_in(db: Database, source: str, table: str) -> _Columns:
    """Our columns that a source has too, and what they are called there.

    If it has as many, with a name that none ever had, that was damaged, and they are known by
    their places.
    """
    there, main = _names_of(db, source, _name_in(db, source, table)), _names_of(db, "main", table)
    former = former_names.COLUMNS.get(table, {})
    if len(there) == len(main) and not {*there} <= {*main, *former.values()}:
        return _Columns("", "*")
    named = {ours: former[ours] if former.get(ours) in there else ours for ours in main}
    known = {ours: theirs for ours, theirs in named.items() if theirs in there}
    return _Columns(f"({', '.join(known)})", ", ".join(known.values()))


def _names_of(db: Database, source: str, table: str) -> list[str]:
    sql = "SELECT CAST(name AS BLOB) FROM pragma_table_info(?, ?)"
    rows: list[tuple[bytes]] = db.rows(sql, (table, source))
    return [name.decode(errors="replace") for (name,) in rows]


def _is_in_order(db: Database, source: str, table: str) -> bool:
    """Whether ids ascend from row to row: bytes that were wiped may pass for rows of id 0."""
    latest = 0
    try:
        for (row_id,) in db.run(f"SELECT id FROM {source}.{table} NOT INDEXED"):
            if row_id <= latest:
                return False
            latest = row_id
    except UNREADABLE:
        return False
    return True


def _take_history(db: Database) -> bool:
    """Copy the steps, if they can be read as a whole."""
    try:
        for table in _HISTORY:
            db.run(f"INSERT INTO main.{table} SELECT * FROM damaged.{table} WHERE true")
    except UNREADABLE:
        pass
    else:
        if all(_is_text(db, table) for table in _HISTORY):
            return True
    for table in reversed(_HISTORY):
        db.run(f"DELETE FROM {table}")
    return False


def _stop_spare(db: Database) -> None:
    """Have the backup's running entry stop where the one that was read begins; only one can run."""
    for (start,) in db.rows("SELECT start FROM main.entry WHERE stop IS NULL"):
        db.run(
            "UPDATE spare.entry SET stop = max(start, min(?, start + ?)) WHERE stop IS NULL",
            (start, MAX_SECONDS),
        )


def _recorded_images(db: Database, tables: Collection[str]) -> dict[ChangedRow, RowValues | None]:
    """What the recorded steps left rows as that are not there; None if they left them deleted."""
    images: dict[ChangedRow, RowValues | None] = {}
    for table, row_id, text in _recorded(db):
        row = ChangedRow(table, row_id)
        if table not in tables or db.row(f"SELECT 1 FROM main.{table} WHERE id = ?", (row_id,)):
            continue
        image = json.loads(text) if text else None
        images[row] = image and {**(images.get(row) or {}), **image}
    return images


def _recorded(db: Database) -> list[Row]:
    """Table, id and image of all changes, in an order that ends at how things are."""
    try:
        rows = db.rows(
            "SELECT undone, of_table, row_id, before, after FROM damaged.change "
            "JOIN damaged.step ON step.id = step_id "
            "WHERE (before IS NULL OR json_valid(before)) AND (after IS NULL OR json_valid(after)) "
            "ORDER BY step_id, ordinal"
        )
    except UNREADABLE:
        return []
    done = [(table, row_id, after) for undone, table, row_id, _, after in rows if not undone]
    undone = [(table, row_id, before) for undone, table, row_id, before, _ in rows if undone]
    return [*done, *reversed(undone)]


def _replay(db: Database, images: Mapping[ChangedRow, RowValues | None]) -> None:
    """Bring rows to what the steps have left them as; of some, made long before, only a part."""
    running_last = sorted(images.items(), key=lambda item: (item[1] or {}).get("stop", 0) is None)
    for row, image in running_last:
        with suppress(sqlite3.Error):  # a part of a row, and the rest is lost
            _put(db, row, image)


def _put(db: Database, row: ChangedRow, image: RowValues | None) -> None:
    """Have a row look like its image, or not be there."""
    if image is None:
        db.run(f"DELETE FROM main.{row.table} WHERE id = ?", (row.row_id,))
        return
    values = {column: image[column] for column in COLUMNS[row.table] if column in image}
    given = (*values.values(), row.row_id)
    if not db.run(statements.update(f"main.{row.table}", values), given).rowcount:
        db.run(statements.insert(f"main.{row.table}", (*values, "id")), given)


def _mend_text(db: Database, table: str) -> None:
    """Replace what is no text in columns of text, so that the rest of it can be read."""
    if _is_text(db, table):
        return
    for column, kind in db.rows("SELECT name, type FROM pragma_table_info(?)", (table,)):
        if kind != "TEXT":
            continue
        for row_id, raw in db.rows(f"SELECT id, CAST({column} AS BLOB) FROM {table}"):
            text = (raw or b"").decode(errors="replace")
            if raw is not None and text.encode() != raw:
                db.run(f"UPDATE {table} SET {column} = ? WHERE id = ?", (text, row_id))


def _mend_references(db: Database, table: str) -> None:
    """Drop references to rows that are gone; a row that is nothing without it goes too."""
    for parent, column, required in db.rows(
        'SELECT f."table", f."from", c."notnull" FROM pragma_foreign_key_list(?) AS f '
        'JOIN pragma_table_info(?) AS c ON c.name = f."from"',
        (table, table),
    ):
        dangling = f"{column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {parent})"
        if parent == "workspace":
            db.run(
                f"UPDATE {table} SET {column} = (SELECT min(id) FROM workspace) WHERE {dangling}"
            )
        elif required:
            db.run(f"DELETE FROM {table} WHERE {dangling}")
        else:
            db.run(f"UPDATE {table} SET {column} = NULL WHERE {dangling}")


def _mend_what(db: Database) -> None:
    """Drop tags that are gone, tasks whose project is, and colours that are none."""
    db.run(f"UPDATE project SET colour = ? WHERE {health.NO_COLOUR}", (PALETTE[0],))
    for table in ("entry", "favourite"):
        is_tag = "type = 'integer' AND value IN (SELECT id FROM tag)"
        db.run(
            f"UPDATE {table} SET tag_ids = (SELECT json_group_array(value) FROM "
            f"(SELECT DISTINCT value FROM json_each(tag_ids) WHERE {is_tag} ORDER BY value)) "
            "WHERE json_type(tag_ids) <> 'array' "
            f"OR EXISTS (SELECT 1 FROM json_each(tag_ids) WHERE NOT ({is_tag}))"
        )
        alone = "project_id IS NULL AND task_id IS NOT NULL"
        db.run(f"UPDATE {table} SET task_id = NULL WHERE {alone}")


def _raise_sequence(db: Database, table: str, last: int) -> None:
    """Have new rows get ids that no row of the table ever had."""
    sql = "UPDATE main.sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"
    if not db.run(sql, (last, table)).rowcount:
        db.run("INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))
