"""Entries with the server's id and the moment of their last change, and those that are gone.

Changes are kept while somebody asks for them, and for `KEEP_SECONDS` after that; with nobody asking
a change costs nothing.
"""

import json
from collections.abc import Iterable, Iterator

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import DAY
from tray.model.entities import TimeEntry
from tray.store import entries
from tray.store.database import Database, Row

KEEP_SECONDS: Final = 30 * DAY
"""For so long changes go on to be kept after somebody asked for them."""
OLDEST_SECONDS: Final = 92 * DAY
"""A change is forgotten when it is as old: Toggl's own server tells of three months."""


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


def keep(db: Database) -> None:
    """Have changes be kept, as somebody may ask for them."""
    with db.writing():
        _prune(db)
        db.run(
            "INSERT INTO kept_changes (id, since, until) "
            "VALUES (1, unixepoch(), unixepoch() + ?1) "
            "ON CONFLICT (id) DO UPDATE SET until = excluded.until",
            (KEEP_SECONDS,),
        )


def prune(db: Database) -> None:
    """Forget what nobody will ask for any more."""
    sql = f"SELECT 1 FROM entry_change WHERE {_FORGETTABLE} LIMIT 1"
    if db.row(sql, (OLDEST_SECONDS,)):
        with db.writing():
            _prune(db)


def _prune(db: Database) -> None:
    db.run("DELETE FROM kept_changes WHERE until <= unixepoch()")
    db.run(f"DELETE FROM entry_change WHERE {_FORGETTABLE}", (OLDEST_SECONDS,))


_FORGETTABLE: Final = (
    "at < unixepoch() - ?1 OR NOT EXISTS (SELECT 1 FROM kept_changes WHERE until > unixepoch())"
)


def stop_keeping(db: Database) -> None:
    """Nobody asks for changes any more: keep none, and forget those that are kept."""
    if not db.row("SELECT 1 FROM kept_changes UNION ALL SELECT 1 FROM entry_change"):
        return
    with db.writing():
        db.run("DELETE FROM kept_changes")
        db.run("DELETE FROM entry_change")


def changed_since(db: Database, since: int) -> Iterator[EntryState]:
    """What was changed or deleted at `since` or after, read as it is asked for.

    Of a time in which changes were not kept it is known what steps of the user changed and when the
    server had an entry otherwise, but not what was deleted.
    """
    changed = (
        "(SELECT entry_id FROM entry_change WHERE at >= ?1 AND deleted IS NULL UNION "
        "SELECT id FROM entry WHERE start >= ?1{}) AS some CROSS JOIN entry AS e"
    )
    kept = db.row("SELECT 1 FROM kept_changes WHERE since <= ?", (since,))
    sql = _SELECT.format(changed.format("" if kept else _UNKEPT), "e.id = some.entry_id")
    yield from map(_state, db.each(sql + _NEWEST_FIRST, (since,)))
    gone = "SELECT entry_id, deleted, at FROM entry_change WHERE at >= ? AND deleted IS NOT NULL"
    for entry_id, image, at in db.each(f"{gone} ORDER BY at DESC", (since,)):
        yield _deleted(entry_id, json.loads(image), at)


_UNKEPT: Final = (
    " UNION SELECT row_id FROM remote WHERE of_table = 'entry' AND at >= 1000000 * ?1 "
    "UNION SELECT row_id FROM change JOIN step ON step.id = step_id "
    "WHERE of_table = 'entry' AND step.at >= ?1"
)


def _deleted(entry_id: int, image: dict[str, object], at: int) -> EntryState:
    remote_id = image.pop("remote_id")
    columns = (entry_id, *image.values())
    return EntryState(
        entries.from_row(columns), remote_id if isinstance(remote_id, int) else None, at, True
    )
