"""What is remembered of each kind of reminder."""

from tray.store import reminders
from tray.store.database import Database
from tray.store.reminders import ReminderState


def test_nothing_is_remembered_at_first(db: Database) -> None:
    assert reminders.everything(db) == {}


def test_what_was_told_of_which_entry_is_kept(db: Database) -> None:
    reminders.record_notified(db, "long run", 3, at=10)
    reminders.record_notified(db, "long run", 4, at=20)
    reminders.record_notified(db, "nothing running", None, at=30)
    assert reminders.everything(db) == {
        "long run": ReminderState(notified_at=20, entry_id=4),
        "nothing running": ReminderState(notified_at=30),
    }


def test_what_is_due_replaces_what_was_and_leaves_the_rest(db: Database) -> None:
    reminders.record_notified(db, "long run", 3, at=10)
    reminders.snooze(db, "work", 99)
    reminders.set_due(db, {"long run": 50, "break": 60})
    reminders.set_due(db, {"break": 70, "work": 80})
    assert reminders.everything(db) == {
        "long run": ReminderState(notified_at=10, entry_id=3),
        "work": ReminderState(due_at=80, snoozed_until=99),
        "break": ReminderState(due_at=70),
    }


def test_a_snooze_outlives_what_is_told(db: Database) -> None:
    reminders.snooze(db, "work", 99)
    reminders.snooze(db, "work", 199)
    reminders.record_notified(db, "work", None, at=20)
    assert reminders.everything(db) == {"work": ReminderState(notified_at=20, snoozed_until=199)}
