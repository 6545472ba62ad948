"""Entries with the server's id and the moment of their last change, and those that are gone."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tray.model.entities import TimeEntry
from tray.store import entries
from tray.store.database import Database, Row


class EntryState(NamedTuple):
    """An entry, and what only those ask for who keep a copy."""

    entry: TimeEntry
    remote_id: int | None
    """The server's id; None: it has none."""
    at: int
    """When it was last changed, here or before it came here, epoch seconds."""
    deleted: bool = False


_COLUMNS: Final = ", ".join(f"e.{name}" for name in entries.COLUMNS.split(", "))
_SELECT: Final = (
    f"SELECT {_COLUMNS}, r.remote_id, ifnull(c.at, ifnull(nullif(r.at, 0) / 1000000, e.start)) "
    "FROM {} LEFT JOIN remote AS r ON r.of_table = 'entry' AND r.row_id = e.id "
    "LEFT JOIN entry_change AS c ON c.entry_id = e.id WHERE {} "
)
_NEWEST_FIRST: Final = "ORDER BY e.start DESC, e.id DESC"


def _state(row: Row) -> EntryState:
    return EntryState(entries.from_row(row[:-2]), *row[-2:])


def one(db: Database, entry_id: int) -> EntryState | None:
    """The entry with this id; None if there is none."""
    row = db.row(_SELECT.format("entry AS e", "e.id = ?"), (entry_id,))
    return _state(row) if row else None


def running(db: Database) -> EntryState | None:
    """The entry that runs now."""
    row = db.row(_SELECT.format("entry AS e", "e.stop IS NULL"))
    return _state(row) if row else None


def started_between(db: Database, begin: int, end: int, limit: int) -> Iterable[EntryState]:
    """The entries that start from `begin` up to but not at `end`, the newest `limit` of them."""
    sql = _SELECT.format("entry AS e", "e.start >= ? AND e.start < ?") + _NEWEST_FIRST
    return map(_state, db.each(f"{sql} LIMIT ?", (begin, end, limit)))


def first_started(db: Database, begin: int, end: int, limit: int) -> Iterable[EntryState]:
    """The entries that start from `begin` up to but not at `end`, the oldest `limit` of them."""
    sql = _SELECT.format("entry AS e", "e.start >= ? AND e.start < ?")
    return map(_state, db.each(f"{sql} ORDER BY e.start, e.id LIMIT ?", (begin, end, limit)))


def changed_since(db: Database, since: int) -> Iterator[EntryState]:
    """What was changed or deleted at `since` or after, read as it is asked for.

    Of entries that were here before changes were kept, only when they began is known.
    """
    changed = (
        "(SELECT entry_id FROM entry_change WHERE at >= ?1 AND deleted IS NULL UNION "
        "SELECT id FROM entry WHERE start >= ?1) AS some CROSS JOIN entry AS e"
    )
    sql = _SELECT.format(changed, "e.id = some.entry_id") + _NEWEST_FIRST
    yield from map(_state, db.each(sql, (since,)))
    gone = "SELECT entry_id, deleted, at FROM entry_change WHERE at >= ? AND deleted IS NOT NULL"
    for entry_id, image, at in db.each(f"{gone} ORDER BY at DESC", (since,)):
        yield _deleted(entry_id, json.loads(image), at)


def _deleted(entry_id: int, image: dict[str, object], at: int) -> EntryState:
    remote_id = image.pop("remote_id")
    columns = (entry_id, *image.values())
    return EntryState(
        entries.from_row(columns), remote_id if isinstance(remote_id, int) else None, at, True
    )
