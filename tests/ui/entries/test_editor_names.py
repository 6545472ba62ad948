"""Projects, tasks and tags in the row of an entry: typed, completed and made."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.entries.rig import (
    add,
    edit,
    enter,
    entry_named,
    press,
    retype,
    save,
)
from tray.store import catalogue
from tray.store.database import Database
from tray.ui.entries.name_completer import NameLineEdit
from tray.ui.entries.timer_page import TimerPage

Key = Qt.Key


def test_typing_the_same_project_again_keeps_its_task(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Review")
    enter(panel.project.control, "acme")
    assert panel.task.value == "Design"
    save(panel.project)
    assert entry_named(db, "Review").task_id == 1


def test_an_unknown_project_is_made_when_asked_for_twice(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    enter(panel.project.control, "Umbrella")
    save(panel.project)
    assert "There is no project “Umbrella”." in panel.project.note.text
    assert len(catalogue.projects(db)) == 2
    save(panel.project)
    assert window.view.panel is None
    project = catalogue.names(db).projects[entry_named(db, "Call").project_id or 0]
    assert project.name == "Umbrella"
    window.tracking.undo()
    assert len(catalogue.projects(db)) == 2, "one step"


def test_an_unknown_task_is_made_with_the_button(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Write report")
    enter(panel.task.control, "Proofs")
    save(panel.task)
    assert "no task “Proofs”" in panel.task.note.text
    panel.task.note.button.click()
    task = catalogue.names(db).tasks[entry_named(db, "Write report").task_id or 0]
    assert (task.name, task.project_id) == ("Proofs", 1)


def test_tab_takes_the_first_project_that_fits_and_goes_on(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    retype(panel.project.control, "ac")
    press(panel.project.control, Key.Key_Tab)
    assert panel.project.value == "Acme"
    assert panel.task.control.hasFocus()
    save(panel.project)
    assert entry_named(db, "Call").project_id == 1


def test_tab_leaves_what_is_new_or_empty_as_it_is(window: TimerPage) -> None:
    panel = edit(window, "Call")
    retype(panel.project.control, "Umbrella")
    press(panel.project.control, Key.Key_Tab)
    assert panel.project.value == "Umbrella"
    retype(panel.project.control, "")
    press(panel.project.control, Key.Key_Tab)
    assert panel.project.value == ""


def test_projects_used_lately_are_offered_first(window: TimerPage, db: Database) -> None:
    add(db, "写算法", "2026-03-05 09:00", "2026-03-05 10:00", project="研究")
    window.tracking.refresh()
    panel = edit(window, "Call")
    press(panel.project.control, Key.Key_Down)
    control = panel.project.control
    assert isinstance(control, NameLineEdit)
    assert control.completion.names == ["No project", "研究", "Acme"]
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.hide()


def test_another_project_takes_the_task_away(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Review")
    enter(panel.project.control, "研究")
    assert panel.task.value == ""
    save(panel.project)
    review = entry_named(db, "Review")
    assert (review.project_id, review.task_id) == (2, None)


def test_without_a_project_there_is_no_task(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Review")
    enter(panel.project.control, "")
    assert not panel.task.control.isEnabled()
    save(panel.project)
    review = entry_named(db, "Review")
    assert (review.project_id, review.task_id) == (None, None)


def test_names_are_offered_while_typing_and_taken_with_enter(
    window: TimerPage, db: Database
) -> None:
    panel = edit(window, "Call")
    line = panel.project.control
    assert isinstance(line, NameLineEdit)
    press(line, Key.Key_Down)
    assert line.completion.names == ["No project", "Acme", "研究"]
    retype(line, "acm")
    assert line.completion.names == ["Acme", "Create project “acm”"]
    popup = QApplication.activePopupWidget()
    assert popup is not None
    press(popup, Key.Key_Down)
    press(popup, Key.Key_Return)
    assert (line.text(), line.completion.names) == ("Acme", [])
    assert window.view.panel is panel, "the first Enter took the name"
    save(panel.project)
    assert entry_named(db, "Call").project_id == 1


def test_enter_takes_no_name_that_is_not_highlighted(window: TimerPage) -> None:
    panel = edit(window, "Call")
    line = panel.project.control
    retype(line, "acm")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    press(popup, Key.Key_Return)
    assert panel.project.value == "acm"


def test_the_offer_to_create_needs_no_second_question(window: TimerPage, db: Database) -> None:
    panel = edit(window, "Call")
    retype(panel.project.control, "Umbrella")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    press(popup, Key.Key_Down)
    press(popup, Key.Key_Return)
    save(panel.project)
    assert catalogue.projects(db)[1].name == "Umbrella"


def test_tags_are_completed_one_by_one(window: TimerPage) -> None:
    panel = edit(window, "Review")
    retype(panel.tags.control, "new, ph")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    press(popup, Key.Key_Down)
    press(popup, Key.Key_Return)
    assert panel.tags.value == "new, phone, "
    assert panel.tags.touched
