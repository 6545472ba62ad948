"""Time entries as rows: how they are found, listed and totalled."""

import json
from collections.abc import Iterable

from tray.errors import NotFound
from tray.model.entities import TimeEntry, What
from tray.model.limits import MAX_SECONDS
from tray.store.database import Database, Row

COLUMNS = "id, workspace_id, description, project_id, task_id, tag_ids, billable, start, stop"


def _entry(row: Row) -> TimeEntry:
    id_, workspace, description, project, task, tag_ids, billable, start, stop = row
    return TimeEntry(
        id_, workspace, description, project, task, ids_from(tag_ids), billable == 1, start, stop
    )


def ids_from(text: str) -> tuple[int, ...]:
    """The ids in a stored list of them."""
    return () if text == "[]" else tuple(json.loads(text))


def ids_to(ids: Iterable[int]) -> str:
    """Ids as they are stored: a JSON array, ascending, without repeats or spaces."""
    return f"[{','.join(map(str, sorted(set(ids))))}]"


def values_of(what: What) -> dict[str, object]:
    """The columns of what is done, as an entry and a favourite have them."""
    return {
        "workspace_id": what.workspace_id,
        "description": what.description,
        "project_id": what.project_id,
        "task_id": what.task_id,
        "tag_ids": ids_to(what.tag_ids),
        "billable": what.billable,
    }


def get(db: Database, entry_id: int) -> TimeEntry:
    """The entry with this id.

    Raises:
        NotFound: there is none.
    """
    row = db.row(f"SELECT {COLUMNS} FROM entry WHERE id = ?", (entry_id,))
    if not row:
        raise NotFound(f"There is no entry {entry_id}. `toggl-tray list` shows what there is.")
    return _entry(row)


def running(db: Database) -> TimeEntry | None:
    """The entry that runs now."""
    row = db.row(f"SELECT {COLUMNS} FROM entry WHERE stop IS NULL")
    return _entry(row) if row else None


def latest(db: Database) -> TimeEntry | None:
    """The entry that was started last."""
    row = db.row(f"SELECT {COLUMNS} FROM entry ORDER BY start DESC, id DESC LIMIT 1")
    return _entry(row) if row else None


def starting_between(db: Database, begin: int, end: int) -> list[TimeEntry]:
    """The entries that start from `begin` up to but not at `end`, newest first."""
    sql = f"SELECT {COLUMNS} FROM entry WHERE start >= ? AND start < ? ORDER BY start DESC, id DESC"
    return [_entry(row) for row in db.rows(sql, (begin, end))]


def newest(db: Database, limit: int) -> list[TimeEntry]:
    """The `limit` entries that were started last, newest first."""
    sql = f"SELECT {COLUMNS} FROM entry ORDER BY start DESC, id DESC LIMIT ?"
    return [_entry(row) for row in db.rows(sql, (limit,))]


def containing(db: Database, text: str, limit: int) -> list[TimeEntry]:
    """The `limit` newest entries whose description contains `text`, whatever the case (ASCII)."""
    sql = (
        f"SELECT {COLUMNS} FROM entry WHERE description LIKE ? ESCAPE '\\' "
        "ORDER BY start DESC, id DESC LIMIT ?"
    )
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return [_entry(row) for row in db.rows(sql, (f"%{escaped}%", limit))]


def everything(db: Database) -> Iterable[TimeEntry]:
    """All entries, oldest first, read as they are asked for."""
    return map(_entry, db.run(f"SELECT {COLUMNS} FROM entry ORDER BY start, id"))


def overlapping(db: Database, begin: int, end: int) -> list[TimeEntry]:
    """The entries of which any part lies between `begin` and `end`, oldest first."""
    sql = (
        f"SELECT {COLUMNS} FROM entry WHERE start < ? AND start >= ? AND stop > ? "
        "ORDER BY start, id"
    )
    found = [_entry(row) for row in db.rows(sql, (end, begin - MAX_SECONDS, begin))]
    current = running(db)
    return found if current is None or current.start >= end else [*found, current]


def seconds_between(db: Database, begin: int, end: int, *, now: int) -> int:
    """How many seconds of entries lie between `begin` and `end`; a running one counts up to `now`.

    Finished entries are at most `MAX_SECONDS` long, so those that could reach into the range are
    found in the index by their start; a forgotten running one is looked up by itself.
    """
    (finished,) = db.row(
        "SELECT ifnull(sum(min(stop, ?2) - max(start, ?1)), 0) FROM entry "
        "WHERE start < ?2 AND start >= ?3 AND stop > ?1",
        (begin, end, begin - MAX_SECONDS),
    )
    current = running(db)
    if current is None:
        return int(finished)
    return int(finished) + max(0, min(now, end) - max(current.start, begin))
