"""The day and the times in the editor: the calendar, what is doubted while it is typed, adding."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import (
    CTRL,
    SHIFT,
    add,
    at,
    edit,
    enter,
    entry_named,
    press,
    retype,
    save,
    selected,
    shown_times,
)
from tray import clock
from tray.store import catalogue
from tray.store import entries as stored
from tray.store.database import Database
from tray.tracker import timer
from tray.tracker.resolve import Draft
from tray.ui.entries.editor import EntryEditor
from tray.ui.entries.timer_page import TimerPage

Key = Qt.Key
NOON = at("2026-03-04 12:00")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of the last of the days that the entries are on."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def adding(window: TimerPage) -> EntryEditor:
    """The editor that “Add” opens."""
    window.toolbar.add.click()
    panel = window.adding
    assert panel is not None
    return panel


def test_another_day_is_picked_in_a_calendar(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Review")
    button = panel.times.day
    assert button.text() == "Wed 4 Mar 2026"
    button.click()
    assert button.calendar is not None
    assert button.calendar.isVisible()
    button.calendar.clicked.emit(QDate(2026, 3, 2))
    assert not button.calendar.isVisible()
    assert button.accessibleName() == "Date, Mon 2 Mar 2026"
    assert panel.times.start.value == "10:00"
    save(panel.times.start)
    moved = entry_named(db, "Review")
    assert (moved.start, moved.stop) == (at("2026-03-02 10:00"), at("2026-03-02 10:45"))


def test_keys_go_from_day_to_day(window: TimerPage) -> None:
    panel = edit(window, "Review")
    press(panel.times.day, Key.Key_Down)
    assert panel.times.day.day == date(2026, 3, 3)
    press(panel.times.day, Key.Key_Up)
    assert panel.times.day.day == date(2026, 3, 4)
    press(panel.times.day, Key.Key_Escape)
    assert window.view.panel is None


def test_a_typed_time_is_of_the_day_that_was_picked(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Review")
    panel.times.day.pick(date(2026, 3, 3))
    enter(panel.times.start.control, "14:00")
    enter(panel.times.stop.control, "15:00")
    save(panel.times.stop)
    moved = entry_named(db, "Review")
    assert (moved.start, moved.stop) == (at("2026-03-03 14:00"), at("2026-03-03 15:00"))


def test_a_typed_day_shows_in_the_button(window: TimerPage) -> None:
    panel = edit(window, "Review")
    retype(panel.times.start.control, "2026-03-01 9:00")
    assert panel.times.day.day == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("stop", "sentence"),
    [
        ("12:30", "That entry would end in the future."),
        ("2026-03-04 23:00", "That entry would last 13:00 hours and end in the future."),
        ("9:59", "That entry would last 23:59 hours and end in the future."),
        ("2026-03-03 9:00", "The stop lies before the start. Swap them or correct one."),
    ],
)
def test_what_is_unlikely_is_said_before_it_is_saved(
    window: TimerPage, stop: str, sentence: str
) -> None:
    panel = edit(window, "Review")
    assert panel.doubt.text == ""
    retype(panel.times.stop.control, stop)
    assert panel.doubt.text == sentence
    retype(panel.times.stop.control, "11:00")
    assert panel.doubt.text == ""


def test_what_it_would_overlap_is_said_and_shortened_by_a_click(
    window: TimerPage, db: Database
) -> None:
    add(db, "Call Ann", "2026-03-04 10:40", "2026-03-04 11:30")
    panel = edit(window, "Review")
    assert panel.doubt.text == "", "it lies over that already"
    press(panel, Key.Key_Escape)
    panel = edit(window, "")
    retype(panel.times.stop.control, "10:10")
    assert panel.doubt.text == "It overlaps “Review”."
    assert panel.doubt.button.accessibleName() or panel.doubt.button.text()
    panel.doubt.button.click()
    assert panel.doubt.text == "“Review” will be shortened."
    assert shown_times(entry_named(db, "Review")) == "10:00 – 10:45", "nothing is done yet"
    save(panel.times.stop)
    assert shown_times(entry_named(db, "Review")) == "10:10 – 10:45"
    window.tracking.undo()
    assert shown_times(entry_named(db, "Review")) == "10:00 – 10:45"


def test_several_that_it_overlaps_are_counted(window: TimerPage) -> None:
    panel = edit(window, "Write report")
    retype(panel.times.stop.control, "2026-03-04 10:10")
    assert "It overlaps 3 entries." in panel.doubt.text


def test_what_is_added_begins_where_the_last_ended(window: TimerPage, db: Database) -> None:
    panel = adding(window)
    assert panel.description.control.hasFocus()
    assert (panel.times.start.value, panel.times.stop.value) == ("10:45", "12:00")
    retype(panel.description.control, "Lunch talk")
    enter(panel.project.control, "Acme")
    enter(panel.tags.control, "phone, food")
    save(panel.description)
    found = entry_named(db, "Lunch talk")
    assert (shown_times(found), found.project_id, len(found.tag_ids)) == ("10:45 – 12:00", 1, 2)
    assert window.adding is None
    assert selected(window) == ["Lunch talk"]
    assert window.notice.text == "Added."
    window.tracking.undo()
    assert len(list(stored.everything(db))) == 5


def test_adding_takes_a_day_and_a_length(window: TimerPage, db: Database) -> None:
    panel = adding(window)
    retype(panel.description.control, "Forgotten")
    panel.times.day.pick(date(2026, 3, 2))
    enter(panel.times.start.control, "14:00")
    enter(panel.times.length.control, "45m")
    save(panel.times.length)
    found = entry_named(db, "Forgotten")
    assert (found.start, found.stop) == (at("2026-03-02 14:00"), at("2026-03-02 14:45"))


def test_what_is_new_on_the_way_is_asked_about_first(window: TimerPage, db: Database) -> None:
    panel = adding(window)
    retype(panel.description.control, "Lunch")
    enter(panel.project.control, "Umbrella")
    save(panel.description)
    assert "There is no project “Umbrella”." in panel.project.note.text
    save(panel.description)
    assert [each.name for each in catalogue.projects(db)] == ["Acme", "Umbrella", "研究"]
    assert entry_named(db, "Lunch").project_id == 3


def test_adding_what_is_unlikely_takes_a_second_enter(window: TimerPage, db: Database) -> None:
    panel = adding(window)
    retype(panel.description.control, "Night shift")
    enter(panel.times.start.control, "2026-03-03 20:00")
    enter(panel.times.stop.control, "2026-03-04 12:00")
    assert "That entry would last 16:00 hours." in panel.doubt.text
    save(panel.description)
    assert window.adding is panel
    save(panel.description)
    assert entry_named(db, "Night shift").start == at("2026-03-03 20:00")


def test_a_project_that_is_billable_makes_what_is_added_so(window: TimerPage, db: Database) -> None:
    db.run("UPDATE project SET billable = 1 WHERE id = 1")
    window.tracking.refresh()
    panel = adding(window)
    retype(panel.description.control, "Paid")
    enter(panel.project.control, "Acme")
    save(panel.description)
    assert entry_named(db, "Paid").billable


def test_the_keys_that_add_open_one_editor(window: TimerPage) -> None:
    press(window.view, Key.Key_N, CTRL | SHIFT)
    panel = window.adding
    press(window.view, Key.Key_N, CTRL | SHIFT)
    assert window.adding is panel
    assert panel is not None
    press(panel.description.control, Key.Key_Escape)
    assert window.adding is None
    assert window.view.hasFocus()


def test_the_running_entry_is_said_to_reach_into_others(
    window: TimerPage, db: Database, qtbot: QtBot
) -> None:
    timer.start(db, Draft("Now"), now=NOON - 600)
    window.tracking.refresh()
    qtbot.waitUntil(lambda: window.model.complete)
    panel = edit(window, "Now")
    retype(panel.times.start.control, "10:30")
    assert panel.doubt.text == "It overlaps “Review”."
    panel.doubt.button.click()
    save(panel.times.start)
    assert shown_times(entry_named(db, "Review")) == "10:00 – 10:30"
    QApplication.processEvents()
