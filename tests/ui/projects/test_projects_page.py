"""Everything that the projects page does, by pointer and by key."""

from collections.abc import Iterator
from typing import Final

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as QtGuiText
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tray import clock
from tray.model import colours
from tray.model.entities import Project
from tray.session.tracking import Tracking
from tray.store import catalogue, entries, favourites
from tray.store.catalogue import Kind
from tray.store.database import Database
from tray.tracker import catalogue as things
from tray.ui.list_options import ListOptions
from tray.ui.projects.projects_page import ProjectsPage
from tray.ui.projects.thing_model import Column
from tray.ui.theme import UNIT

NO: Final = Qt.KeyboardModifier.NoModifier
CTRL: Final = Qt.KeyboardModifier.ControlModifier
LEFT: Final = Qt.MouseButton.LeftButton


@pytest.fixture
def page(tracking: Tracking, qtbot: QtBot) -> Iterator[ProjectsPage]:
    """Projects Acme (two hours) and 研究 (one), a client, tags and a task of Acme."""
    things.create_client(tracking.db, "Zoo", now=clock.now())
    things.create_task(tracking.db, 1, "Design", now=clock.now())
    tracking.refresh()
    yield from shown(tracking, qtbot)


def shown(tracking: Tracking, qtbot: QtBot) -> Iterator[ProjectsPage]:
    page = ProjectsPage(tracking)
    page.resize(108 * UNIT, 80 * UNIT)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.view.setFocus()
    yield page
    page.close()
    shiboken6.delete(page)


def listed(page: ProjectsPage) -> list[str]:
    return [row.name for row in page.model.rows]


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NO) -> None:
    QTest.keyClick(widget, key, held)


def click(page: ProjectsPage, row: int, column: Column, *, at: int | None = None) -> None:
    cell = page.view.visualRect(page.model.index(row, column))
    place = cell.center() if at is None else QPoint(cell.left() + at, cell.center().y())
    QTest.mouseClick(page.view.viewport(), LEFT, NO, place)


def editor(page: ProjectsPage) -> QLineEdit:
    found = page.view.viewport().findChildren(QLineEdit)
    return next(each for each in found if each.isVisible())


def enter(page: ProjectsPage, text: str) -> None:
    """Type into the cell that is edited; Qt takes it in when its keys are done."""
    editor(page).insert(text)  # keys cannot type Chinese
    press(editor(page), Qt.Key.Key_Return)
    QApplication.processEvents()


def show_kind(page: ProjectsPage, kind: Kind) -> None:
    QTest.mouseClick(page.segments.buttons[kind], LEFT)


def project(page: ProjectsPage, name: str) -> Project:
    found = catalogue.projects(page.tracking.db)
    return next(each for each in found if each.name == name)


def test_projects_are_listed_with_their_time(page: ProjectsPage, qtbot: QtBot) -> None:
    assert listed(page) == ["Acme", "研究"]
    qtbot.waitUntil(lambda: page.model.rows[0].total.entries == 2)
    index = page.model.index(0, Column.TOTAL)
    assert index.data() == "2:00"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "2:00 in all"


@pytest.mark.parametrize(
    ("kind", "names"),
    [("client", ["Zoo"]), ("tag", ["writing"]), ("task", ["Design"])],
)
def test_each_kind_has_its_rows(page: ProjectsPage, kind: Kind, names: list[str]) -> None:
    show_kind(page, kind)
    assert listed(page) == names
    assert page.view.accessibleName() == page.segments.title(kind)


def test_a_project_is_renamed_with_one_key(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_F2)
    enter(page, "Beta")
    assert listed(page) == ["Beta", "研究"]
    assert page.notice.text == "Renamed “Acme” to “Beta”."
    page.notice.undo.click()
    assert listed(page) == ["Acme", "研究"]


def test_a_project_is_renamed_by_a_double_click(page: ProjectsPage) -> None:
    index = page.model.index(0, Column.NAME)
    place = page.view.visualRect(index).center()
    QTest.mouseClick(page.view.viewport(), LEFT, NO, place)
    QTest.mouseDClick(page.view.viewport(), LEFT, NO, place)
    enter(page, "Beta")
    assert listed(page) == ["Beta", "研究"]


def test_a_name_that_is_being_typed_survives_changes_from_elsewhere(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_F2)
    QTest.keyClicks(editor(page), "Half")
    things.rename(page.tracking.db, "project", 2, "Aardvark", now=clock.now())
    things.rename(page.tracking.db, "project", 1, "Elsewhere", now=clock.now())
    page.tracking.refresh()
    page.totals.ready.emit()
    assert editor(page).text() == "Half"
    press(editor(page), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert listed(page) == ["Aardvark", "Half"]


def test_a_refused_name_says_why(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_F2)
    enter(page, "研究")
    assert listed(page) == ["Acme", "研究"]
    assert "There is a project called “研究” already" in page.notice.text


def test_two_clicks_give_another_colour(page: ProjectsPage) -> None:
    click(page, 0, Column.NAME, at=2 * UNIT)
    popup = page.verbs.popup
    assert popup is not None
    assert popup.isVisible()
    QTest.mouseClick(popup.swatches[4], LEFT)
    assert project(page, "Acme").colour == colours.PALETTE[4]


def test_the_colour_by_keys_and_as_typed(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_L, CTRL)
    popup = page.verbs.popup
    assert popup is not None
    assert popup.swatches[0].isChecked()
    popup.swatches[0].setFocus()
    press(popup, Qt.Key.Key_Down)
    assert popup.swatches[0].accessibleName() == "Blue"
    popup.other.setFocus()
    popup.other.setText("no colour")
    press(popup.other, Qt.Key.Key_Return)
    assert "is not a colour" in popup.wrong.text()
    popup.other.setText("#ABCDEF")
    press(popup.other, Qt.Key.Key_Return)
    assert project(page, "Acme").colour == "#abcdef"


def test_another_colour_is_offered_where_the_plan_has_it(page: ProjectsPage) -> None:
    page.verbs.may_have_any_colour = lambda _: False
    page.view.choose_near(0)
    page.verbs.colour.trigger()
    assert page.verbs.popup is not None
    assert not page.verbs.popup.other.isVisible()


def test_a_client_is_typed_where_it_stands_and_made(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_K, CTRL)
    enter(page, "New Ltd")
    assert page.model.rows[0].beside == "New Ltd"
    page.verbs.client.trigger()
    editor(page).clear()
    enter(page, "")
    assert project(page, "Acme").client_id is None
    assert page.notice.text == "“Acme” has no client now."


def test_a_click_on_the_sign_makes_a_project_billable(page: ProjectsPage) -> None:
    click(page, 0, Column.BILLABLE)
    assert project(page, "Acme").billable
    click(page, 0, Column.BILLABLE)
    assert not project(page, "Acme").billable


def test_what_is_archived_is_shown_by_a_switch_and_comes_back(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_E, CTRL)
    assert listed(page) == ["研究"]
    page.archived.click()
    assert listed(page) == ["研究", "Acme"]
    spoken = page.model.index(1, Column.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Acme, archived"
    page.view.choose(1)
    press(page.view, Qt.Key.Key_E, CTRL)
    assert not project(page, "Acme").archived


def test_deleting_asks_what_becomes_of_the_entries(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_Delete)
    question = page.verbs.question
    assert question is not None
    question.move_.click()
    assert question.to.currentText() == "研究"
    question.accept_button.click()
    assert listed(page) == ["研究"]
    assert {each.project_id for each in entries.everything(page.tracking.db)} == {2, None}
    page.notice.undo.click()
    assert listed(page) == ["Acme", "研究"]


def test_entries_may_be_deleted_with_their_project(page: ProjectsPage) -> None:
    before = len(list(entries.everything(page.tracking.db)))
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_Delete)
    question = page.verbs.question
    assert question is not None
    question.along.click()
    question.accept_button.click()
    assert listed(page) == ["研究"]
    assert len(list(entries.everything(page.tracking.db))) == before - 2
    assert page.notice.text == "Deleted “Acme” and all that was tracked for it."
    page.notice.undo.click()
    assert listed(page) == ["Acme", "研究"]
    assert len(list(entries.everything(page.tracking.db))) == before


def mark_both(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    cell = page.view.visualRect(page.model.index(1, Column.NAME))
    place = QPoint(cell.right() - 4, cell.center().y())
    QTest.mouseClick(page.view.viewport(), LEFT, CTRL, place)
    assert [row.name for row in page.view.selected()] == ["Acme", "研究"]


def test_several_change_at_once_and_stay_marked(page: ProjectsPage) -> None:
    mark_both(page)
    press(page.view, Qt.Key.Key_B, CTRL)
    assert [row.billable for row in page.model.rows] == [True, True]
    assert page.notice.text == "New entries of 2 projects are billable."
    press(page.view, Qt.Key.Key_L, CTRL)
    popup = page.verbs.popup
    assert popup is not None
    popup.chosen.emit(colours.PALETTE[5])
    popup.close()
    assert {row.colour for row in page.model.rows} == {colours.PALETTE[5]}
    assert len(page.view.selected()) == 2
    page.notice.undo.click()
    assert {row.colour for row in page.model.rows} != {colours.PALETTE[5]}


def test_several_get_a_client_from_a_list(page: ProjectsPage) -> None:
    mark_both(page)
    press(page.view, Qt.Key.Key_K, CTRL)
    popup = page.verbs.clients
    assert popup is not None
    assert popup.labels == ["No client", "Zoo"]
    QTest.keyClicks(popup.search, "zoo")
    press(popup.search, Qt.Key.Key_Return)
    assert [row.beside for row in page.model.rows] == ["Zoo", "Zoo"]
    assert page.notice.text == "2 projects are for Zoo now."


def test_several_are_archived_or_deleted_at_once(page: ProjectsPage) -> None:
    mark_both(page)
    press(page.view, Qt.Key.Key_E, CTRL)
    assert listed(page) == []
    page.notice.undo.click()
    mark_both(page)
    press(page.view, Qt.Key.Key_Delete)
    question = page.verbs.question
    assert question is not None
    assert question.to.count() == 0
    assert not question.move_.isEnabled()
    question.accept_button.click()
    assert listed(page) == []
    assert {each.project_id for each in entries.everything(page.tracking.db)} == {None}


def test_what_one_alone_can_have_is_off_for_several(page: ProjectsPage) -> None:
    mark_both(page)
    page.verbs.open_menu(QPoint())
    offered = {each.text(): each.isEnabled() for each in page.verbs.findChildren(QAction)}
    assert not any(offered[each] for each in ("Rename", "Merge into…", "Pin as favourite"))
    assert offered["Delete…"]
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    press(page.view, Qt.Key.Key_M, CTRL)
    assert page.verbs.question is None


def test_entries_may_stay_without_it_and_cancel_does_nothing(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    page.verbs.delete.trigger()
    question = page.verbs.question
    assert question is not None
    question.reject()
    assert listed(page) == ["Acme", "研究"]
    page.verbs.delete.trigger()
    assert page.verbs.question is not None
    page.verbs.question.accept_button.click()
    assert listed(page) == ["研究"]
    found = [each.project_id for each in entries.everything(page.tracking.db)]
    assert found.count(None) == 3


def test_what_nothing_belongs_to_is_deleted_at_once(page: ProjectsPage) -> None:
    show_kind(page, "client")
    page.view.setFocus()
    page.view.choose_near(0)
    press(page.view, Qt.Key.Key_Delete)
    assert page.verbs.question is None
    assert listed(page) == []
    assert page.notice.text == "Deleted “Zoo”."
    page.notice.undo.click()
    assert listed(page) == ["Zoo"]


def test_two_merge_into_one(page: ProjectsPage) -> None:
    page.view.choose_near(1)
    press(page.view, Qt.Key.Key_M, CTRL)
    question = page.verbs.question
    assert question is not None
    assert not question.keep.isVisible()
    assert question.to.currentText() == "Acme"
    question.accept_button.click()
    assert listed(page) == ["Acme"]
    assert page.view.row() == page.model.rows[0]
    assert {each.project_id for each in entries.everything(page.tracking.db)} == {1, None}


@pytest.mark.parametrize("kind", ["project", "client", "tag", "task"])
def test_new_ones_are_made_one_after_the_other(page: ProjectsPage, kind: Kind) -> None:
    show_kind(page, kind)
    before = listed(page)
    press(page, Qt.Key.Key_N, CTRL)
    assert page.new.isVisible()
    for name in ("Aa", "Ab"):
        QTest.keyClicks(page.new.edit, name)
        press(page.new.edit, Qt.Key.Key_Return)
    assert listed(page)[:2] == ["Aa", "Ab"]
    assert len(listed(page)) == len(before) + 2
    press(page.new.edit, Qt.Key.Key_Escape)
    assert not page.new.isVisible()
    assert page.view.hasFocus()


def test_a_new_project_gets_the_client_that_was_chosen(page: ProjectsPage) -> None:
    page.open_new()
    page.new.of.setCurrentIndex(page.new.of.findText("Zoo"))
    QTest.keyClicks(page.new.edit, "Site")
    page.new.add.click()
    assert project(page, "Site").client_id == 1


def test_letters_typed_into_the_list_look_for_something(page: ProjectsPage) -> None:
    QTest.keyClicks(page.view, "y")
    assert page.search.text() == "y"
    press(page.search, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_F, CTRL)
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "yanjiu")
    assert listed(page) == ["研究"]
    press(page.search, Qt.Key.Key_Down)
    assert page.view.hasFocus()
    assert page.view.row() == page.model.rows[0]


def test_what_is_not_found_can_be_let_be(page: ProjectsPage) -> None:
    page.search.setText("nothing")
    assert page.empty.isVisible()
    page._empty_button.click()
    assert listed(page) == ["Acme", "研究"]


def test_without_any_the_page_says_what_they_are_good_for(blank: Tracking, qtbot: QtBot) -> None:
    for page in shown(blank, qtbot):
        assert page.empty.title.text() == "No projects yet"
        page._empty_button.click()
        qtbot.waitUntil(page.new.edit.hasFocus)


def test_a_click_on_a_heading_sorts(page: ProjectsPage, qtbot: QtBot) -> None:
    things.rename(page.tracking.db, "project", 1, "研究室", now=clock.now())
    page.tracking.refresh()
    assert listed(page) == ["研究", "研究室"]
    qtbot.waitUntil(lambda: page.model.rows[1].total.entries == 2)
    page.view.heading.sectionClicked.emit(Column.TOTAL)
    assert listed(page) == ["研究室", "研究"]


def test_a_project_is_pinned_from_its_menu(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    click(page, 0, Column.MORE)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    shown_actions = [each.text() for each in menu.actions() if each.text()]
    menu.close()
    assert shown_actions == [
        *("Rename", "Colour…", "Client…", "Billable", "Details"),
        *("Pin as favourite", "Archive", "Merge into…", "Delete…"),
    ]
    page.verbs.pin.trigger()
    assert [each.what.project_id for each in favourites.everything(page.tracking.db)] == [1]


def test_what_a_terminal_changes_is_shown(page: ProjectsPage, db: Database) -> None:
    things.create_project(db, "Else", now=clock.now())
    page.tracking.refresh()
    assert listed(page) == ["Acme", "Else", "研究"]


def test_text_of_users_is_plain(page: ProjectsPage) -> None:
    things.rename(page.tracking.db, "project", 1, "<b>x</b>", now=clock.now())
    page.tracking.refresh()
    hint = page.model.index(0, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert not QtGuiText.mightBeRichText(hint)


def test_everything_has_a_name_for_screen_readers(page: ProjectsPage) -> None:
    page.open_new()
    for part in (page.search, page.archived, page.workspace, page.new.edit, page.new.of):
        assert part.accessibleName()
    for button in page.segments.buttons.values():
        assert button.accessibleName()


def test_workspaces_are_offered_where_there_are_several(page: ProjectsPage) -> None:
    assert not page.workspace.isVisible()
    page.tracking.db.run("INSERT INTO workspace (name) VALUES ('Second')")
    page.tracking.refresh()
    assert page.workspace.isVisible()
    page.workspace.setCurrentIndex(page.workspace.findText("Second"))
    page.workspace.activated.emit(page.workspace.currentIndex())
    assert listed(page) == []
    page.open_new()
    QTest.keyClicks(page.new.edit, "There")
    press(page.new.edit, Qt.Key.Key_Return)
    assert project(page, "There").workspace_id == 2


def test_rows_are_as_high_as_was_chosen(page: ProjectsPage) -> None:
    page.use_options(ListOptions(density="compact"))
    compact = page.view.rowHeight(0)
    page.use_options(ListOptions())
    assert page.view.rowHeight(0) > compact


def test_what_it_goes_to_can_be_typed_and_has_to_be_there(page: ProjectsPage) -> None:
    page.view.choose_near(0)
    page.verbs.delete.trigger()
    question = page.verbs.question
    assert question is not None
    question.to.setEditText("nothing like it")
    assert question.move_.isChecked()
    assert not question.accept_button.isEnabled()
    question.to.setEditText("研究")
    assert question.accept_button.isEnabled()
    question.accept_button.click()
    assert {each.project_id for each in entries.everything(page.tracking.db)} == {2, None}


def test_a_client_that_is_not_there_is_not_left_out_silently(page: ProjectsPage) -> None:
    page.open_new()
    page.new.of.setEditText("Nobody")
    page.new.edit.insert("Site")
    press(page.new.edit, Qt.Key.Key_Return)
    assert page.new.of.hasFocus()
    assert listed(page) == ["Acme", "研究"]
    page.new.of.setEditText("zoo")
    page.new.add.click()
    assert project(page, "Site").client_id == 1
