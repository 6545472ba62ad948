"""What was reminded of, what is due next, and until when a kind of reminder is silenced."""

from collections.abc import Mapping

from tray.lean_typing import NamedTuple
from tray.store import statements
from tray.store.database import Database


class ReminderState(NamedTuple):
    """What is remembered of a kind of reminder; times are epoch seconds."""

    due_at: int | None = None
    """None: not as things are."""
    notified_at: int | None = None
    entry_id: int | None = None
    """The entry that ran when it was shown last."""
    snoozed_until: int | None = None


def everything(db: Database) -> dict[str, ReminderState]:
    """What is remembered, by kind."""
    rows = db.rows("SELECT kind, due_at, notified_at, entry_id, snoozed_until FROM reminder")
    return {kind: ReminderState(*values) for kind, *values in rows}


def record_notified(db: Database, kind: str, entry_id: int | None, *, at: int) -> None:
    """It was shown, or answered, at `at`, while that entry ran; None: nothing did."""
    sql = statements.insert("reminder", ("kind", "notified_at", "entry_id"), key="kind")
    db.run(sql, (kind, at, entry_id))


def snooze(db: Database, kind: str, until: int) -> None:
    """Silence a kind until then."""
    db.run(statements.insert("reminder", ("kind", "snoozed_until"), key="kind"), (kind, until))


def set_due(db: Database, due: Mapping[str, int]) -> None:
    """Note when each kind is due; those not named are not."""
    db.run("UPDATE reminder SET due_at = NULL")
    db.run_many(statements.insert("reminder", ("kind", "due_at"), key="kind"), due.items())
