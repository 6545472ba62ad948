"""Says when, and by which act, a field of a row got the value that it has here."""

from collections.abc import Iterable
from typing import Final

from tray.store import undo_log
from tray.store.columns import ColumnValue, RowValues, number
from tray.store.database import Database
from tray.store.outbox import OutboxItem
from tray.store.undo_log import ChangedRow

STOP_SECONDS: Final = 2
"""A stop by the server's present moment may be so much later, and counts as the same."""
_SIDE_EFFECTS: Final = frozenset({"start", "continue", "automatic stop"})


def is_automatic_stop(db: Database, row_id: int, ours: RowValues) -> bool:
    """Whether the end of an entry is the moment of an act, and not one that the user has named."""
    last = undo_log.last_change(db, ChangedRow("entry", row_id), "stop")
    if last is None or last.value != ours["stop"] or last.verb in _SIDE_EFFECTS:
        return True  # in the first two cases the exchange has set it
    return last.verb == "stop" and (number(ours, "stop") or 0) >= last.at


def is_stop_of_user(db: Database, row_id: int, stop: ColumnValue) -> bool:
    """Whether an act of the user has let an entry end there or run, or has taken that back."""
    sql = (
        "SELECT 1 FROM change WHERE of_table = 'entry' AND row_id = ? AND "
        "(json_type(before, '$.stop') IS NOT NULL AND json_extract(before, '$.stop') IS ? "
        "OR json_type(after, '$.stop') IS NOT NULL AND json_extract(after, '$.stop') IS ?)"
    )
    return bool(db.row(sql, (row_id, stop, stop)))


def is_followed(db: Database, moment: int) -> bool:
    """Whether an entry begins here at that very moment."""
    return bool(db.row("SELECT 1 FROM entry WHERE start = ?", (moment,)))


def is_followed_unsent(db: Database, moment: int) -> bool:
    """Whether that entry was never sent, so that the server cannot have made room for it."""
    sql = (
        "SELECT 1 FROM entry WHERE start = ? "
        "AND NOT EXISTS (SELECT 1 FROM remote WHERE of_table = 'entry' AND row_id = entry.id) "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE of_table = 'entry' AND row_id = entry.id "
        "AND sent IS NOT NULL)"
    )
    return bool(db.row(sql, (moment,)))


def note_stopped_elsewhere(db: Database, row_id: int, mine: int, other: int) -> None:
    """Have undoing our stop leave an entry as somebody else has ended it, and not running."""
    sql = (
        "UPDATE change SET before = json_set(before, '$.stop', ?) WHERE of_table = 'entry' "
        "AND row_id = ? AND json_type(before, '$.stop') = 'null' "
        "AND json_extract(after, '$.stop') = ?"
    )
    db.run(sql, (other, row_id, mine))


def stop_that_gave_way(db: Database, row_id: int, kept: int) -> int | None:
    """Where an act here has ended an entry that was then left ended as elsewhere, at `kept`."""
    last = undo_log.last_change(db, ChangedRow("entry", row_id), "stop")
    if last is None or last.verb not in ("stop", *_SIDE_EFFECTS):
        return None  # what was typed gives way to nothing but what was typed later
    return last.value if isinstance(last.value, int) and last.value != kept else None


def changed_at(db: Database, item: OutboxItem, ours: RowValues, fields: Iterable[str]) -> list[int]:
    """When each of these fields was changed here, by this computer's clock; never none."""
    row = ChangedRow(item.table, item.row_id)
    found = [(name, undo_log.last_change(db, row, name)) for name in fields]
    return [
        last.at if last and last.value == ours[name] else item.changed_at for name, last in found
    ] or [item.changed_at]
