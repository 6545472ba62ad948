"""What a start here owes to other profiles where one entry runs in all of them together.

It is noted in the transaction of the start itself: whatever is killed after that, what ran
elsewhere is stopped at that moment, once, by whoever looks next.
"""

import os
import time

from tray.common_settings import has_one_timer
from tray.lean_typing import Final, NamedTuple
from tray.store.database import Database

_KEEP: Final = 1_000
"""How many stops are remembered as done; each is asked for again only if a process was killed."""
_STARTED: Final = (
    "SELECT entry.id, entry.start FROM change JOIN entry ON entry.id = change.row_id "
    "WHERE change.step_id = ? AND change.of_table = 'entry' AND entry.stop IS NULL "
    "AND (change.before IS NULL OR json_extract(change.before, '$.stop') IS NOT NULL) LIMIT 1"
)
"""What a step has made run that did not run before."""

_STOPPED_SINCE: Final = (
    "SELECT entry.id FROM step JOIN change ON change.step_id = step.id "
    "JOIN entry ON entry.id = change.row_id WHERE step.at >= ? AND NOT step.undone "
    "AND change.of_table = 'entry' AND json_type(change.before, '$.stop') = 'null' "
    "AND json_type(change.after, '$.stop') = 'integer' "
    "AND entry.stop IS NOT NULL AND entry.start <= ? ORDER BY step.id LIMIT 1"
)


class OwedStop(NamedTuple):
    """A start here that is to end what ran in other profiles."""

    key: str
    entry_id: int
    begin: int
    """Of the entry, epoch seconds."""
    at: int
    """When it was started, epoch seconds; later than `begin` if that was given."""
    ordered: int
    """The same in nanoseconds."""


_COLUMNS: Final = ", ".join(OwedStop._fields)


def note(db: Database, step_id: int, *, now: int) -> None:
    """If a step has started something, and one entry runs in all profiles: note what it owes."""
    if not has_one_timer(db.path):
        return
    for entry_id, begin in db.rows(_STARTED, (step_id,)):
        owed = OwedStop(os.urandom(8).hex(), entry_id, begin, now, time.time_ns())
        db.run(f"INSERT INTO owed_stop ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)", owed)


def pending(db: Database) -> list[OwedStop]:
    """What is owed still, in the order of the starts."""
    if not db.row("SELECT 1 FROM sqlite_schema WHERE name = 'owed_stop'"):
        return []  # of an earlier version, which was not opened since
    sql = f"SELECT {_COLUMNS} FROM owed_stop WHERE NOT done ORDER BY id"
    return [OwedStop(*row) for row in db.rows(sql)]


def mark_done(db: Database, key: str) -> None:
    """Know that every other profile has done it; the start itself is kept while its entry runs."""
    with db.writing():
        db.run("UPDATE owed_stop SET done = 1 WHERE key = ?", (key,))
        db.run(
            "DELETE FROM owed_stop WHERE done AND entry_id NOT IN "
            "(SELECT id FROM entry WHERE stop IS NULL)"
        )


def order_of(db: Database, entry_id: int) -> int | None:
    """When an entry was last started, in nanoseconds; None if that was not noted."""
    (ordered,) = db.row("SELECT max(ordered) FROM owed_stop WHERE entry_id = ?", (entry_id,))
    return None if ordered is None else int(ordered)


def stopped_since(db: Database, owed: OwedStop) -> int | None:
    """What ran here when the other profile started something, and was stopped here later than that.

    The first such stop tells: whatever was stopped after it was started later as well.
    """
    found = db.row(_STOPPED_SINCE, (owed.at, owed.begin))
    return int(found[0]) if found else None


def settle(db: Database, key: str) -> bool:
    """Within a transaction: take it on that another profile's start ends what runs here.

    Returns:
        Whether that has not been done before.
    """
    if db.row("SELECT 1 FROM settled_stop WHERE key = ?", (key,)):
        return False
    made = db.run("INSERT INTO settled_stop (key) VALUES (?)", (key,)).lastrowid or 0
    db.run("DELETE FROM settled_stop WHERE id <= ?", (made - _KEEP,))
    return True
