"""An entry that changes elsewhere while it is being edited in its row."""

from PySide6.QtCore import Qt

from tests.ui.entries.rig import (
    at,
    edit,
    enter,
    entry_named,
    save,
    shown_times,
    texts,
)
from tray import clock
from tray.model.entities import TimeEntry
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import entries, timer
from tray.tracker.entries import Changes
from tray.tracker.resolve import Draft
from tray.ui.entries.timer_page import TimerPage

Key = Qt.Key


def elsewhere(window: TimerPage, entry: TimeEntry, changes: Changes) -> None:
    """Another process changes an entry, and it is noticed."""
    with open_database(window.tracking.db.path) as other:
        entries.edit(other, [entry.id], changes, now=at("2026-03-05 12:00"))
    window.tracking.refresh()


def test_what_changes_elsewhere_is_shown_in_fields_that_nobody_is_at(
    window: TimerPage, db: Database
) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Call back")
    elsewhere(window, entry_named(db, "Call"), {"project": "Acme", "stop": at("2026-03-02 10:00")})
    assert panel.project.value == "Acme"
    assert (panel.times.stop.value, panel.times.length.value) == ("10:00", "1:00:00")
    assert panel.description.value == "Call back"
    save(panel.description)
    saved = entry_named(db, "Call back")
    assert (saved.project_id, shown_times(saved)) == (1, "09:00 – 10:00")


def test_a_field_being_edited_is_never_overwritten(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Mine")
    elsewhere(window, entry_named(db, "Call"), {"description": "Theirs"})
    assert panel.description.value == "Mine"
    assert panel.description.note.text == "Changed elsewhere to “Theirs”."
    assert panel.description.control.hasFocus()
    save(panel.description)
    assert entry_named(db, "Mine").start == panel.entry.start


def test_what_came_from_outside_can_be_taken(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Mine")
    enter(panel.times.start.control, "8:00")
    theirs: Changes = {"description": "Theirs", "start": at("2026-03-02 08:30")}
    elsewhere(window, entry_named(db, "Call"), theirs)
    panel.description.note.button.click()
    panel.times.start.note.button.click()
    assert (panel.description.value, panel.times.start.value) == ("Theirs", "08:30")
    assert panel.times.length.value == "1:00:00"
    assert panel.description.note.text == ""
    save(panel.description)
    assert entry_named(db, "Theirs").start == at("2026-03-02 08:30")


def test_a_field_that_was_only_looked_at_is_updated_when_left(
    window: TimerPage, db: Database
) -> None:
    panel = edit(window, "Call")
    elsewhere(window, entry_named(db, "Call"), {"description": "Theirs"})
    assert panel.description.value == "Call"
    assert panel.description.note.text
    panel.tags.control.setFocus()
    assert panel.description.value == "Theirs"
    assert panel.description.note.text == ""
    save(panel.tags)
    assert entry_named(db, "Theirs").description == "Theirs"


def test_an_entry_that_is_moved_elsewhere_stays_while_it_is_edited(
    window: TimerPage, db: Database
) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Mine")
    moved: Changes = {"start": at("2026-03-04 20:00"), "stop": at("2026-03-04 20:30")}
    elsewhere(window, entry_named(db, "Call"), moved)
    assert window.view.panel is panel
    assert panel.isVisible()
    assert panel.description.value == "Mine"
    save(panel.description)
    assert texts(window)[:2] == ["[2026-03-04 85]", "Mine"]


def test_an_entry_that_is_deleted_elsewhere_keeps_what_was_typed(
    window: TimerPage, db: Database
) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Mine")
    with open_database(db.path) as other:
        entries.delete(other, [panel.entry.id], now=clock.now())
    window.tracking.refresh()
    assert panel.isVisible()
    assert panel.description.value == "Mine"
    assert "deleted elsewhere" in panel.note.text
    assert not any(action.isEnabled() for action in window.verbs.all)
    save(panel.description)
    assert window.view.panel is panel
    window.tracking.undo()
    assert panel.note.text == ""
    assert window.verbs.delete.isEnabled()
    save(panel.description)
    assert entry_named(db, "Mine").description == "Mine"


def test_an_entry_that_is_stopped_while_it_is_edited_gets_its_stop(
    window: TimerPage, db: Database
) -> None:
    window.tracking.run(lambda now: timer.start(db, Draft("Now"), now=now, at=now - 600))
    panel = edit(window, "Now")
    enter(panel.description.control, "Then")
    window.tracking.stop()
    assert panel.times.stop.control.isEnabled()
    assert panel.times.stop.value
    save(panel.description)
    assert entry_named(db, "Then").stop is not None
