"""Changing several entries in one step, those of a group among them."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import (
    CTRL,
    add,
    choose,
    click,
    enter,
    entry_named,
    press,
    retype,
    shown,
    shown_times,
    texts,
)
from tray.model.bulk_edits import TagChange
from tray.store import catalogue, favourites
from tray.store.database import Database
from tray.ui.entries.bulk import BulkPanel
from tray.ui.entries.timer_page import TimerPage
from tray.ui.list_options import ListOptions

Key = Qt.Key


def bulk(window: TimerPage, *descriptions: str) -> BulkPanel:
    choose(window, *descriptions)
    press(window.view, Key.Key_F2)
    panel = window.drawer
    assert isinstance(panel, BulkPanel)
    return panel


def tags_of(db: Database, description: str) -> set[str]:
    names = catalogue.names(db)
    return {names.tags[tag].name for tag in entry_named(db, description).tag_ids}


def test_several_entries_get_a_project_in_one_step(window: TimerPage, db: Database) -> None:
    panel = bulk(window, "Review", "Call")
    enter(panel.project.control, "研究")
    press(panel.project.control, Key.Key_Return)
    assert {entry_named(db, name).project_id for name in ("Review", "Call")} == {2}
    assert entry_named(db, "Write report").project_id == 1
    assert window.drawer is None
    assert window.notice.text == "Changed 2 entries."
    window.tracking.undo()
    assert entry_named(db, "Review").project_id == 1
    assert entry_named(db, "Call").project_id is None


def test_tags_are_added_without_losing_those_that_are_there(
    window: TimerPage, db: Database
) -> None:
    panel = bulk(window, "Review", "Call")
    enter(panel.tags.control, "urgent, new")
    panel.billable.activated.emit(0)
    panel.accept_button.click()
    assert tags_of(db, "Review") == {"urgent", "new"}
    assert tags_of(db, "Call") == {"phone", "urgent", "new"}
    assert entry_named(db, "Call").billable
    assert entry_named(db, "Review").project_id == 1, "what is not ticked stays"
    window.tracking.undo()
    assert tags_of(db, "Call") == {"phone"}


def test_tags_can_be_taken_away_or_replaced(window: TimerPage, db: Database) -> None:
    for change, typed, expected in (
        (TagChange.ADD, "mail", {"phone", "mail"}),
        (TagChange.REMOVE, "Phone", {"mail"}),
        (TagChange.REPLACE, "urgent", {"urgent"}),
    ):
        panel = bulk(window, "Review", "Call")
        panel.tag_change.setCurrentIndex(panel.tag_change.findData(change))
        enter(panel.tags.control, typed)
        panel.accept()
        assert tags_of(db, "Call") == expected


def test_several_are_moved_to_a_day_and_shifted(window: TimerPage, db: Database) -> None:
    panel = bulk(window, "Review", "Call")
    assert panel.day.day == date(2026, 3, 2), "that of the first"
    panel.day.pick(date(2026, 3, 1))
    enter(panel.shift.control, "-15")
    panel.accept()
    assert texts(window)[-3:] == ["[2026-03-01 75]", "Review", "Call"]
    assert shown_times(entry_named(db, "Review")) == "09:45 – 10:30"
    assert shown_times(entry_named(db, "Call")) == "08:45 – 09:15"


def test_what_is_no_shift_is_said_beside_it(window: TimerPage) -> None:
    panel = bulk(window, "Review", "Call")
    enter(panel.shift.control, "later")
    panel.accept()
    assert "is not a length" in panel.shift.note.text
    assert window.drawer is panel


def test_several_get_a_description_and_a_task(window: TimerPage, db: Database) -> None:
    panel = bulk(window, "Review", "Write report")
    assert panel.project.value == "Acme", "what they have in common"
    retype(panel.description.control, "Paperwork")
    enter(panel.task.control, "Build")
    panel.accept()
    assert texts(window).count("Paperwork") == 2
    found = db.rows("SELECT task_id FROM entry WHERE description = 'Paperwork'")
    assert [tuple(row) for row in found] == [(2,), (2,)]


def test_the_description_all_have_is_typed_over(window: TimerPage) -> None:
    panel = bulk(window, "Review", "Call")
    enter(panel.description.control, "Both")
    press(panel.description.control, Key.Key_Return)
    press(window.view, Key.Key_F2)
    again = window.drawer
    assert isinstance(again, BulkPanel)
    described = again.description.control
    assert isinstance(described, QLineEdit)
    assert described.selectedText() == "Both"


def test_a_ticked_field_that_is_empty_empties_it(window: TimerPage, db: Database) -> None:
    panel = bulk(window, "Review", "Call")
    panel.set(panel.project)
    panel.set(panel.tags)
    panel.tag_change.setCurrentIndex(panel.tag_change.findData(TagChange.REPLACE))
    panel.accept()
    for name in ("Review", "Call"):
        entry = entry_named(db, name)
        assert (entry.project_id, entry.tag_ids) == (None, ())


def test_nothing_ticked_changes_nothing_and_says_so(window: TimerPage) -> None:
    panel = bulk(window, "Review", "Call")
    panel.accept()
    assert panel.note.text == "Tick what is to be changed."
    press(panel.project.control, Key.Key_Escape)
    assert window.drawer is None


def test_a_new_project_for_several_is_asked_about_first(window: TimerPage, db: Database) -> None:
    panel = bulk(window, "Review", "Call")
    enter(panel.project.control, "Umbrella")
    press(panel.project.control, Key.Key_Return)
    assert "There is no project “Umbrella”." in panel.project.note.text
    assert len(catalogue.projects(db)) == 2
    press(panel.project.control, Key.Key_Return)
    assert [project.name for project in catalogue.projects(db)] == ["Acme", "Umbrella", "研究"]
    assert entry_named(db, "Call").project_id == 3


def test_a_refusal_of_several_stands_beside_its_field(window: TimerPage) -> None:
    panel = bulk(window, "Review", "Call")
    enter(panel.tags.control, ", ".join(f"t{number}" for number in range(60)))
    panel.accept()
    assert "at most 50 tags" in panel.tags.note.text
    assert window.notice.text == ""


def test_several_are_duplicated_in_one_step(window: TimerPage) -> None:
    choose(window, "Review", "Call")
    press(window.view, Key.Key_D, CTRL)
    assert (texts(window).count("Review"), texts(window).count("Call")) == (2, 2)
    assert window.notice.text == "Duplicated 2 entries."
    window.notice.undo.click()
    assert (texts(window).count("Review"), texts(window).count("Call")) == (1, 1)


def test_a_group_is_edited_as_one(db: Database, qtbot: QtBot) -> None:
    add(db, "Report", "2026-03-04 09:00", "2026-03-04 10:00", project="Acme")
    add(db, "Report", "2026-03-04 11:00", "2026-03-04 12:00", project="Acme")
    with shown(db, qtbot) as window:
        window.use_options(ListOptions(similar=True))
        click(window, 1)
        press(window.view, Key.Key_F2)
        panel = window.drawer
        assert isinstance(panel, BulkPanel)
        assert (panel.description.value, panel.project.value) == ("Report", "Acme")
        retype(panel.description.control, "Big report")
        press(panel.description.control, Key.Key_Return)
        assert texts(window) == ["[2026-03-04 120]", "Big report"]
        assert window.model.content(1) is not None
        press(window.view, Key.Key_P, CTRL)
        assert [each.what.description for each in favourites.everything(db)] == ["Big report"]
        press(window.view, Key.Key_Return, CTRL)
        running = window.tracking.snapshot.running
        assert running is not None
        assert running.description == "Big report"
