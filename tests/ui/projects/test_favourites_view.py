"""Favourites in the projects page: their order, and what is done with one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.projects.test_projects_page import shown
from tray import clock
from tray.session.tracking import Tracking
from tray.store import entries
from tray.tracker import favourites
from tray.tracker.resolve import Draft
from tray.ui.menu import HotkeyLabels, MenuAction, rows
from tray.ui.projects.favourites_view import FavouritesView
from tray.ui.projects.projects_page import ProjectsPage

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(tracking: Tracking, qtbot: QtBot) -> Iterator[ProjectsPage]:
    for draft in (Draft("one", "Acme"), Draft("two"), Draft("", "研究")):
        favourites.pin(tracking.db, draft, now=clock.now())
    tracking.refresh()
    for page in shown(tracking, qtbot):
        page.segments.buttons["favourite"].click()
        page.favourites.setFocus()
        yield page


def listed(view: FavouritesView) -> list[str]:
    return [view.item(at).text() for at in range(view.count())]


def drop(view: FavouritesView, row: int, on: int, *, below: bool) -> None:
    view.setCurrentRow(row)
    cell = view.visualItemRect(view.item(on))
    y = cell.bottom() - 2 if below else cell.top() + 2
    event = QDropEvent(
        QPointF(cell.center().x(), y),
        Qt.DropAction.MoveAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view.dropEvent(event)


def test_they_stand_as_in_the_menu(page: ProjectsPage) -> None:
    view = page.favourites
    assert listed(view) == ["one · Acme", "two", "研究"]
    drop(view, 2, 0, below=False)
    assert listed(view) == ["研究", "one · Acme", "two"]
    drop(view, 0, 1, below=True)
    assert listed(view) == ["one · Acme", "研究", "two"]
    menu = rows(page.tracking.snapshot, HotkeyLabels(), now=clock.now())
    started = [row.text for row in menu if row.do is MenuAction.START and row.key]
    assert started == listed(view)


def test_a_drop_where_it_was_changes_nothing(page: ProjectsPage) -> None:
    drop(page.favourites, 1, 1, below=False)
    drop(page.favourites, 1, 0, below=True)
    assert listed(page.favourites) == ["one · Acme", "two", "研究"]
    assert page.notice.text == ""


def test_keys_move_one_and_undo_takes_it_back(page: ProjectsPage) -> None:
    view = page.favourites
    view.setCurrentRow(0)
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    assert listed(view) == ["two", "研究", "one · Acme"]
    assert view.currentRow() == 2
    page.notice.undo.click()
    assert listed(view) == ["two", "one · Acme", "研究"]


def test_one_is_unpinned(page: ProjectsPage) -> None:
    view = page.favourites
    view.setCurrentRow(1)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert listed(view) == ["one · Acme", "研究"]
    assert page.notice.text == "Unpinned “two”."
    for _ in range(2):
        view.setCurrentRow(0)
        view.unpin.trigger()
    assert page.empty.title.text() == "No favourites yet"


def test_one_is_started(page: ProjectsPage) -> None:
    page.favourites.setCurrentRow(1)
    page.favourites.start.trigger()
    running = entries.running(page.tracking.db)
    assert running is not None
    assert running.description == "two"


def test_what_goes_with_projects_goes_away_and_comes_back(page: ProjectsPage) -> None:
    assert not page.search.isVisible()
    page.open_new()
    assert not page.new.isVisible()
    page.segments.buttons["project"].click()
    assert page.search.isVisible()
    assert page.view.isVisible()


def test_the_page_fits_into_the_smallest_window(page: ProjectsPage) -> None:
    page.segments.buttons["project"].click()
    assert page.minimumSizeHint().width() <= 664
