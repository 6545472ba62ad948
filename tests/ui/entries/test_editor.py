"""Editing one entry in its row: every field, and every refusal."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import (
    CTRL,
    NO,
    SHIFT,
    add,
    at,
    choose,
    edit,
    enter,
    entry_named,
    press,
    retype,
    row_with,
    save,
    selected,
    shown_times,
    texts,
)
from tray import clock
from tray.store import catalogue
from tray.store import entries as stored
from tray.store.database import Database
from tray.tracker import entries, timer
from tray.tracker.entries import Changes
from tray.tracker.resolve import Draft
from tray.ui.entries.editor import EntryEditor
from tray.ui.entries.fields import Field
from tray.ui.entries.timer_page import TimerPage

Key = Qt.Key


def test_enter_opens_the_fields_of_a_row_and_escape_leaves_them(
    window: TimerPage, db: Database
) -> None:
    choose(window, "Review")
    press(window.view, Key.Key_Return)
    panel = window.view.panel
    assert isinstance(panel, EntryEditor)
    assert panel.description.control.hasFocus()
    assert panel.geometry().intersects(window.view.visualRect(window.model.index(1, 0)))
    shown_values = [
        field.value
        for field in (
            panel.description,
            panel.project,
            panel.task,
            panel.tags,
            panel.billable,
            panel.times.start,
            panel.times.stop,
            panel.times.length,
        )
    ]
    assert shown_values == ["Review", "Acme", "Design", "", False, "10:00", "10:45", "0:45:00"]
    enter(panel.description.control, "Something else")
    press(panel.description.control, Key.Key_Escape)
    assert window.view.panel is None
    assert window.view.hasFocus()
    assert "Something else" not in texts(window)
    assert db.rows("SELECT 1 FROM step WHERE verb = 'edit'") == []


def test_a_double_click_opens_the_field_it_points_at(window: TimerPage) -> None:
    row = row_with(window, "Review")
    parts = window.view.delegate.places(row, window.view.visualRect(window.model.index(row, 0)))
    for place, name in (
        (parts.description, "description"),
        (parts.project, "project"),
        (parts.length, "length"),
    ):
        QTest.mouseDClick(window.view.viewport(), Qt.MouseButton.LeftButton, NO, place.center())
        panel = window.view.panel
        assert isinstance(panel, EntryEditor)
        fields = {
            "description": panel.description,
            "project": panel.project,
            "length": panel.times.length,
        }
        assert fields[name].control.hasFocus()
        press(fields[name].control, Key.Key_Escape)


def test_the_row_grows_with_its_panel_and_moves_with_the_list(window: TimerPage) -> None:
    window.resize(window.minimumSize())
    panel = edit(window, "Review")
    row = row_with(window, "Review")
    assert window.view.rowHeight(row) > panel.height() > 100
    before = panel.height()
    panel.description.complain("A sentence that is long enough to need a line of its own.")
    QApplication.processEvents()
    assert panel.height() > before
    top = panel.y()
    bar = window.view.verticalScrollBar()
    bar.setValue(bar.value() + 24)
    assert panel.y() == top - 24
    press(panel.description.control, Key.Key_Escape)
    assert window.view.rowHeight(row) == window.view.rowHeight(0)


def test_every_field_is_saved(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Call back")
    enter(panel.project.control, "Acme")
    enter(panel.task.control, "Build")
    enter(panel.tags.control, "phone, urgent")
    panel.billable.control.setFocus()
    press(panel.billable.control, Key.Key_Space)
    enter(panel.times.start.control, "8:45")
    enter(panel.times.stop.control, "9:15")
    save(panel.times.stop)
    assert window.view.panel is None
    entry = entry_named(db, "Call back")
    names = catalogue.names(db)
    assert shown_times(entry) == "08:45 – 09:15"
    assert entry.project_id == 1
    assert names.tasks[entry.task_id or 0].name == "Build"
    assert sorted(names.tags[tag].name for tag in entry.tag_ids) == ["phone", "urgent"]
    assert entry.billable
    assert selected(window) == ["Call back"]


def test_ctrl_enter_saves_and_does_not_continue(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Call back")
    press(panel.description.control, Key.Key_Return, CTRL)
    assert entry_named(db, "Call back").stop is not None
    assert window.tracking.snapshot.running is None


def test_the_button_saves_and_enter_on_cancel_cancels(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Call back")
    panel.accept_button.click()
    panel = edit(window, "Call back")
    enter(panel.description.control, "Call again")
    panel.cancel_button.setFocus()
    press(panel.cancel_button, Key.Key_Return)
    assert entry_named(db, "Call back").description == "Call back"


def test_what_is_not_touched_is_not_written(window: TimerPage, db: Database) -> None:
    call = entry_named(db, "Call")
    seconds: Changes = {"start": call.start + 27, "stop": (call.stop or 0) + 13}
    window.tracking.run(lambda now: entries.edit(db, [call.id], seconds, now=now))
    panel = edit(window, "Call")
    enter(panel.description.control, "Call back")
    save(panel.description)
    saved = entry_named(db, "Call back")
    assert (saved.start, saved.stop) == (seconds["start"], seconds["stop"])
    (change,) = db.rows("SELECT after FROM change WHERE step_id = (SELECT max(id) FROM step)")
    assert change[0] == '{"description":"Call back"}'


def test_saving_without_a_change_makes_no_step(window: TimerPage, db: Database) -> None:
    before = db.row("SELECT max(id) FROM step")
    panel = edit(window, "Call")
    save(panel.description)
    assert window.view.panel is None
    assert db.row("SELECT max(id) FROM step") == before


def test_a_length_moves_the_stop(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.times.length.control, "1h15m")
    assert panel.times.stop.value == "10:15"
    save(panel.times.length)
    assert shown_times(entry_named(db, "Call")) == "09:00 – 10:15"


def test_times_follow_each_other_while_typing(window: TimerPage) -> None:
    panel = edit(window, "Call")
    enter(panel.times.start.control, "8:30")
    assert (panel.times.stop.value, panel.times.length.value) == ("09:30", "1:00:00")
    enter(panel.times.stop.control, "8:00")
    assert panel.times.length.value == "23:30:00", "the next day"
    enter(panel.times.stop.control, "8:45")
    assert panel.times.length.value == "0:15:00"


def test_another_day_takes_the_stop_along(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.times.start.control, "2026-03-04 15:00")
    enter(panel.times.stop.control, "15:30")
    save(panel.times.stop)
    moved = entry_named(db, "Call")
    assert (moved.start, moved.stop) == (at("2026-03-04 15:00"), at("2026-03-04 15:30"))
    assert texts(window)[:2] == ["[2026-03-04 85]", "Call"]
    assert selected(window) == ["Call"]
    panel = edit(window, "Call")
    enter(panel.times.start.control, "2026-03-01 15:00")
    save(panel.times.start)
    moved = entry_named(db, "Call")
    assert (moved.start, moved.stop) == (at("2026-03-01 15:00"), at("2026-03-01 15:30"))


def test_an_entry_is_followed_to_a_day_long_ago(window: TimerPage, db: Database) -> None:
    for day in range(1, 29):
        add(db, "Routine", f"2025-11-{day:02} 09:00", f"2025-11-{day:02} 10:00")
    window.tracking.refresh()
    panel = edit(window, "Call")
    enter(panel.times.start.control, "2021-05-01 9:00")
    save(panel.times.start)
    assert selected(window) == ["Call"]
    row = window.view.currentIndex().row()
    assert (
        window.view.viewport()
        .rect()
        .contains(window.view.visualRect(window.model.index(row, 0)).center())
    )


def test_a_day_that_was_typed_stays_when_something_else_changes(
    window: TimerPage, db: Database
) -> None:
    panel = edit(window, "Call")
    enter(panel.times.start.control, "2026-03-01 15:00")
    window.tracking.start(Draft("Something else"))
    save(panel.times.start)
    moved = entry_named(db, "Call")
    assert (moved.start, moved.stop) == (at("2026-03-01 15:00"), at("2026-03-01 15:30"))


def test_a_stop_more_than_a_day_later_is_shown_with_its_date(
    window: TimerPage, db: Database
) -> None:
    call = entry_named(db, "Call")
    long: Changes = {"stop": at("2026-03-05 10:00")}
    window.tracking.run(lambda now: entries.edit(db, [call.id], long, now=now))
    panel = edit(window, "Call")
    assert panel.times.stop.value == "2026-03-05 10:00"
    enter(panel.times.stop.control, "2026-03-05 11:00")
    save(panel.times.stop)
    save(panel.times.stop)  # it is asked about
    assert entry_named(db, "Call").stop == at("2026-03-05 11:00")


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("start", "soon", "is not a moment"),
        ("stop", "later", "is not a moment"),
        ("length", "long", "is not a length"),
        ("start", "10:00", "The stop lies before the start."),
        ("start", "1999-01-01 9:00", "outside the years"),
        ("length", "1000:00", "at most 999 hours"),
        ("description", "x" * 3_001, "3,001 characters"),
        ("tags", ", ".join(f"t{number}" for number in range(51)), "at most 50 tags"),
        ("tags", "y" * 256, "at most 255 characters"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(
    window: TimerPage, db: Database, field: str, typed: str, problem: str
) -> None:
    before = list(stored.everything(db))
    panel = edit(window, "Call")
    fields = {
        "description": panel.description,
        "tags": panel.tags,
        "start": panel.times.start,
        "stop": panel.times.stop,
        "length": panel.times.length,
    }
    fields[field].touch(typed)
    panel.accept()
    told = [each.note.text for each in fields.values()] + [panel.note.text]
    assert any(problem in text for text in told), told
    assert window.notice.text == "", "it is said in one place"
    assert window.view.panel is panel
    assert fields[field].value == typed
    assert list(stored.everything(db)) == before
    press(panel.description.control, Key.Key_Escape)


def test_opening_another_row_saves_the_one_that_is_open(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Call back")
    choose(window, "Review")
    window.open_editor()
    assert isinstance(window.view.panel, EntryEditor)
    assert window.view.panel.description.value == "Review"
    assert entry_named(db, "Call back").description == "Call back"


def test_a_row_that_cannot_be_saved_stays_open(window: TimerPage) -> None:
    panel = edit(window, "Call")
    enter(panel.times.start.control, "soon")
    choose(window, "Review")
    window.open_editor()
    assert window.view.panel is panel
    assert panel.times.start.note.text


def test_searching_leaves_the_open_row_and_what_was_typed(window: TimerPage, qtbot: QtBot) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Mine")
    window.toolbar.search.setText("review")
    qtbot.waitUntil(lambda: window.model.complete)
    assert texts(window)[1] == "Review"
    assert "Call" in texts(window)
    assert panel.isVisible()
    assert panel.description.value == "Mine"
    assert window.view.rowHeight(row_with(window, "Call")) > panel.height()


def test_enter_while_an_input_method_composes_does_not_save(window: TimerPage) -> None:
    panel = edit(window, "Call")
    line = panel.description.control
    QApplication.sendEvent(line, QInputMethodEvent("xie", []))
    press(line, Key.Key_Return)
    assert window.view.panel is panel
    committed = QInputMethodEvent("", [])
    committed.setCommitString("写")
    QApplication.sendEvent(line, committed)
    assert panel.description.touched
    press(line, Key.Key_Return)
    assert window.view.panel is None


def test_keys_in_a_panel_are_not_for_the_list(window: TimerPage) -> None:
    panel = edit(window, "Call")
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_Delete):
        press(panel.description.control, key)
        assert selected(window) == ["Call"]
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, NO, QPoint(2, 2))
    QTest.mouseDClick(panel, Qt.MouseButton.LeftButton, NO, QPoint(2, 2))
    assert window.view.panel is panel


def test_a_running_entry_has_no_stop_to_edit(window: TimerPage, db: Database) -> None:
    window.tracking.run(lambda now: timer.start(db, Draft("Now"), now=now, at=now - 600))
    panel = edit(window, "Now")
    assert not panel.times.stop.control.isEnabled()
    assert panel.times.length.value.startswith("0:10:0")
    panel.times.length.touch("30m")
    save(panel.times.length)
    running = entry_named(db, "Now")
    assert running.running
    assert 1_795 <= clock.now() - running.start <= 1_805


def test_tab_goes_through_all_fields_in_order(window: TimerPage) -> None:
    panel = edit(window, "Review")
    order = [
        panel.description,
        panel.billable,
        panel.project,
        panel.task,
        panel.tags,
        panel.times.day,
        panel.times.start,
        panel.times.stop,
        panel.times.length,
    ]
    for each in order:
        control = each.control if isinstance(each, Field) else each
        assert control.hasFocus(), control.accessibleName()
        assert control.accessibleName()
        press(control, Key.Key_Tab)
    assert panel.cancel_button.hasFocus()
    panel.focus()
    press(panel.description.control, Key.Key_Backtab, SHIFT)
    assert window.view.hasFocus()
    press(window.view, Key.Key_Tab)
    assert panel.description.control.hasFocus()


def test_an_unlikely_length_is_asked_about_before_it_is_saved(
    window: TimerPage, db: Database
) -> None:
    editor = edit(window, "Review")
    retype(editor.times.stop.control, "9:30")
    save(editor.times.stop)
    assert "would last 23:30 hours. Enter once more saves it." in editor.times.stop.note.text
    assert shown_times(entry_named(db, "Review")) == "10:00 – 10:45"
    save(editor.times.stop)
    assert shown_times(entry_named(db, "Review")) == "10:00 – 09:30"
    assert window.view.panel is None


def test_what_is_overlapped_is_said_and_can_be_shortened(window: TimerPage, db: Database) -> None:
    editor = edit(window, "Review")
    retype(editor.times.start.control, "9:05")
    save(editor.times.start)
    assert "It overlaps an entry without a description." in window.notice.text
    window.notice.trim.click()
    assert shown_times(entry_named(db, "")) == "09:00 – 09:05"
    assert shown_times(entry_named(db, "Review")) == "09:05 – 10:45"
    window.notice.undo.click()
    assert shown_times(entry_named(db, "")) == "09:00 – 09:10"
