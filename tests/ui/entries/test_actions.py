"""What can be done with selected entries, by key, button and menu."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import (
    CTRL,
    SHIFT,
    add,
    at,
    choose,
    click,
    entry_named,
    press,
    retype,
    row_with,
    selected,
    shown_times,
    texts,
)
from tray import clock
from tray.model.entities import TimeEntry
from tray.model.quick_entry.read import read_line
from tray.store import entries as stored
from tray.store import favourites
from tray.store.database import Database
from tray.tracker import timer
from tray.tracker.resolve import Draft
from tray.ui.entries.split import SplitPanel
from tray.ui.entries.timer_page import TimerPage

Key = Qt.Key


def enabled(window: TimerPage) -> set[str]:
    return {action.iconText() for action in window.verbs.all if action.isEnabled()}


def test_what_can_be_done_follows_from_the_selection(window: TimerPage) -> None:
    assert enabled(window) == set()
    choose(window, "Review")
    assert enabled(window) == {"Continue", "Edit", "Duplicate", "Split", "Pin", "Delete"}
    choose(window, "Review", "Call")
    assert enabled(window) == {"Edit", "Duplicate", "Merge", "Delete"}
    assert window.footer.summary.text() == "2 selected  ·  1:15"


def test_ctrl_enter_continues_a_row(window: TimerPage) -> None:
    choose(window, "Write report")
    press(window.view, Key.Key_Return, CTRL)
    running = window.tracking.snapshot.running
    assert running is not None
    assert (running.description, running.project_id) == ("Write report", 1)
    assert selected(window) == ["Write report"]
    assert window.view.current_id() == running.id
    assert window.verbs.resume.text() == "Stop"
    press(window.view, Key.Key_Return, CTRL)
    assert window.tracking.snapshot.running is None


def test_the_button_in_a_row_continues_and_stops_it(window: TimerPage) -> None:
    review = row_with(window, "Review")
    area = window.view.visualRect(window.model.index(review, 0))
    button = window.view.delegate.places(review, area).button.center()
    click(window, row_with(window, "Review"), x=button.x())
    running = window.tracking.snapshot.running
    assert running is not None
    assert running.description == "Review"
    row = window.model.row_of(running.id, running.start)
    assert row == 1
    click(window, row, x=button.x())
    assert window.tracking.snapshot.running is None


def test_ctrl_d_duplicates(window: TimerPage, rows: list[TimeEntry]) -> None:
    choose(window, "Review")
    press(window.view, Key.Key_D, CTRL)
    assert texts(window)[:3] == ["[2026-03-04 100]", "Review", "Review"]
    assert window.view.current_id() not in (None, rows[0].id)
    assert window.notice.text == "Duplicated “Review”."


def test_delete_takes_entries_away_and_the_bar_brings_them_back(
    window: TimerPage,
) -> None:
    before = texts(window)
    choose(window, "Review", "Write report", "Call")
    press(window.view, Key.Key_Delete)
    assert texts(window) == ["[2026-03-04 10]", "", "[2026-03-03 60]", "写算法"]
    assert window.notice.text == "Deleted 3 entries."
    window.notice.undo.click()
    assert texts(window) == before
    assert window.notice.text == ""


def test_the_bar_goes_when_something_else_was_done_since(window: TimerPage) -> None:
    choose(window, "Review")
    press(window.view, Key.Key_Delete)
    assert window.notice.text == "Deleted “Review”."
    window.tracking.start(Draft("Something else"))
    assert window.notice.text == ""


def test_the_bar_goes_after_some_seconds_unless_somebody_is_at_its_button(
    window: TimerPage, qtbot: QtBot
) -> None:
    choose(window, "Review")
    press(window.view, Key.Key_Delete)
    window.notice.undo.setFocus()
    window.notice._timer.start(1)
    qtbot.wait(30)
    assert window.notice.text
    window.view.setFocus()
    window.notice._timer.start(1)
    qtbot.waitUntil(lambda: window.notice.text == "")


def test_after_deleting_the_keys_are_on_the_next_entry(window: TimerPage) -> None:
    choose(window, "写算法")
    press(window.view, Key.Key_Delete)
    assert selected(window) == ["Write report"]
    press(window.view, Key.Key_Delete)
    assert texts(window) == ["[2026-03-04 55]", "Review", "", "[2026-03-02 30]", "Call"]


def test_ctrl_m_merges_neighbours(window: TimerPage, db: Database) -> None:
    add(db, "Report", "2026-03-02 10:00", "2026-03-02 11:00")
    add(db, "Report", "2026-03-02 11:15", "2026-03-02 12:00")
    window.tracking.refresh()
    for number, row in enumerate(row for row, text in enumerate(texts(window)) if text == "Report"):
        click(window, row, CTRL if number else Qt.KeyboardModifier.NoModifier)
    press(window.view, Key.Key_M, CTRL)
    assert shown_times(entry_named(db, "Report")) == "10:00 – 12:00"
    said = "Merged 2 entries. It includes 15 min that lay between them."
    assert window.notice.text == said
    assert selected(window) == ["Report"]


def test_what_cannot_be_merged_is_refused_in_a_sentence(window: TimerPage) -> None:
    choose(window, "写算法", "Write report")
    press(window.view, Key.Key_M, CTRL)
    assert window.notice.text == "Their descriptions differ. Make them the same first, then merge."
    assert not window.notice.undo.isVisible()


def test_pin_makes_a_favourite(window: TimerPage, db: Database) -> None:
    choose(window, "Review")
    window.verbs.pin.trigger()
    assert [each.what.description for each in favourites.everything(db)] == ["Review"]
    assert window.notice.text == "Pinned “Review” to the favourites."
    window.verbs.pin.trigger()
    assert window.notice.text == "That is among the favourites already."


def test_split_offers_the_middle(window: TimerPage, db: Database) -> None:
    choose(window, "写算法")
    window.verbs.split.trigger()
    panel = window.view.panel
    assert isinstance(panel, SplitPanel)
    assert panel.moment.value == "11:30"
    press(panel.moment.control, Key.Key_Return)
    parts = [each for each in stored.everything(db) if each.description == "写算法"]
    assert [shown_times(part) for part in parts] == ["11:00 – 11:30", "11:30 – 12:00"]
    assert window.view.panel is None
    assert window.view.hasFocus()
    assert window.view.current_id() == parts[1].id
    assert window.notice.text == "Split in two."


def test_split_takes_a_typed_moment_and_says_what_is_wrong_with_it(
    window: TimerPage, db: Database
) -> None:
    choose(window, "写算法")
    window.verbs.split.trigger()
    panel = window.view.panel
    assert isinstance(panel, SplitPanel)
    for typed, problem in (("soon", "is not a moment"), ("12:30", "only be split at a moment")):
        retype(panel.moment.control, typed)
        press(panel.moment.control, Key.Key_Return)
        assert problem in panel.moment.note.text
        assert window.notice.text == "", "it is said in one place"
    retype(panel.moment.control, "11:45")
    press(panel.moment.control, Key.Key_Return, CTRL)
    parts = [each for each in stored.everything(db) if each.description == "写算法"]
    assert [shown_times(part) for part in parts] == ["11:00 – 11:45", "11:45 – 12:00"]


def test_escape_leaves_a_panel(window: TimerPage, db: Database) -> None:
    choose(window, "写算法")
    window.verbs.split.trigger()
    panel = window.view.panel
    assert isinstance(panel, SplitPanel)
    press(panel.moment.control, Key.Key_Escape)
    assert window.view.panel is None
    assert window.view.hasFocus()
    assert window.view.rowHeight(row_with(window, "写算法")) == window.view.rowHeight(1)
    assert entry_named(db, "写算法").stop == at("2026-03-03 12:00")


def test_too_many_entries_for_one_step_are_refused(
    window: TimerPage, db: Database, qtbot: QtBot
) -> None:
    with db.writing():
        db.run_many(
            "INSERT INTO entry (workspace_id, start, stop) VALUES (1, ?, ?)",
            [(at("2026-01-01 00:00") + number, at("2026-01-02 00:00")) for number in range(1_000)],
        )
    window.tracking.refresh()
    qtbot.waitUntil(lambda: window.model.complete)
    press(window.view, Key.Key_A, CTRL)
    press(window.view, Key.Key_Delete)
    said = "1,005 entries are too many for one step. Select at most 1,000."
    assert window.notice.text == said
    assert window.footer.summary.text() == "1,005 selected"
    assert len(list(stored.everything(db))) == 1_005


def test_undo_and_redo_say_what_they_do(window: TimerPage) -> None:
    choose(window, "Review")
    press(window.view, Key.Key_Delete)
    assert "Undo delete “Review”" in window.footer.undo.toolTip()
    assert window.footer.undo.accessibleName() == "Undo delete “Review”"
    press(window.view, Key.Key_Z, CTRL)
    assert "Review" in texts(window)
    assert window.footer.redo.accessibleName().startswith("Redo delete")
    press(window.view, Key.Key_Z, CTRL | SHIFT)
    assert "Review" not in texts(window)
    window.footer.undo.click()
    assert "Review" in texts(window)


def test_undo_with_nothing_left_is_refused_in_a_sentence(window: TimerPage, db: Database) -> None:
    db.run("DELETE FROM step")
    press(window.view, Key.Key_Z, CTRL)
    assert window.notice.text == "There is nothing to undo."
    window.tracking.refresh()
    assert not window.footer.undo.isEnabled()


def test_the_menu_of_a_row_has_every_action(window: TimerPage, qtbot: QtBot) -> None:
    choose(window, "Review")
    window.view.customContextMenuRequested.emit(QPoint(50, 50))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    *most, last = window.verbs.all
    shown = [action for action in menu.actions() if action.text()]
    assert shown == [*most, window.verbs.copy, last]
    menu.close()
    choose(window)
    window.view.customContextMenuRequested.emit(QPoint(50, 50))
    qtbot.wait(1)
    assert QApplication.activePopupWidget() is None


def test_entries_are_copied_as_lines_that_read_as_the_same(window: TimerPage, db: Database) -> None:
    choose(window, "Review", "Write report")
    press(window.view, Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    now, zone = clock.now(), window.tracking.calendar.zone
    read = [read_line(line, now=now, zone=zone).entry for line in lines]
    names = window.tracking.snapshot.names
    kept = sorted(window.view.selected(most=9), key=lambda each: each.start)
    assert len(read) == len(kept) == 2
    for line, entry in zip(read, kept, strict=True):
        assert (line.description, line.start, line.stop) == (
            entry.description,
            entry.start,
            entry.stop,
        )
        assert line.project == names.projects[entry.project_id or 0].name
    assert window.notice.text
    del db


def test_every_button_says_its_name_and_key(window: TimerPage) -> None:
    buttons = window.footer.findChildren(QToolButton)
    assert len(buttons) == len(window.verbs.all) + len((window.footer.undo, window.footer.redo))
    for button in buttons:
        assert button.accessibleName()
        assert "(" in button.toolTip()


def test_a_running_entry_can_be_split_but_not_duplicated(window: TimerPage, db: Database) -> None:
    window.tracking.run(lambda now: timer.start(db, Draft("Now"), now=now, at=now - 600))
    choose(window, "Now")
    assert enabled(window) == {"Stop", "Edit", "Split", "Pin", "Delete"}
    window.verbs.split.trigger()
    panel = window.view.panel
    assert isinstance(panel, SplitPanel)
    panel.accept()
    assert sum(entry.running for entry in stored.everything(db)) == 1
    assert texts(window).count("Now") == 2
