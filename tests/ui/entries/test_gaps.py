"""The time between the entries of a day: shown as rows, and filled."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import NO, add, entry_named, press, save, shown, shown_times
from tray.store.database import Database
from tray.ui.entries import captions
from tray.ui.entries.timeline import RowKind
from tray.ui.entries.timer_page import TimerPage
from tray.ui.list_options import ListOptions

Key = Qt.Key


@pytest.fixture
def window(db: Database, qtbot: QtBot) -> Iterator[TimerPage]:
    """A day with one gap, which is shown."""
    add(db, "Stand-up", "2026-03-04 09:00", "2026-03-04 09:15")
    add(db, "Report", "2026-03-04 09:45", "2026-03-04 11:00")
    with shown(db, qtbot) as page:
        page.use_options(ListOptions(gaps=True))
        yield page


def kinds(window: TimerPage) -> list[RowKind | None]:
    return [window.model.kind(row) for row in range(window.model.rowCount())]


def press_choice(window: TimerPage, choice: int) -> None:
    """Click on what the gap is to be filled with."""
    area = window.view.visualRect(window.model.index(2, 0))
    place: QPoint = window.view.delegate.gap_places(2, area).choices[choice].center()
    QTest.mouseMove(window.view.viewport(), place)
    assert window.view.delegate.hover.choice == choice
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, NO, place)


def test_a_gap_is_a_row_that_says_when_and_how_long(window: TimerPage) -> None:
    assert kinds(window) == [RowKind.HEADING, RowKind.ENTRY, RowKind.GAP, RowKind.ENTRY]
    role = Qt.ItemDataRole.AccessibleTextRole
    assert window.model.index(2, 0).data(role) == "Nothing tracked, 09:15 – 09:45, 0:30"
    window.use_options(ListOptions())
    assert RowKind.GAP not in kinds(window)


def test_what_was_before_goes_on(window: TimerPage, db: Database) -> None:
    press_choice(window, 0)
    assert shown_times(entry_named(db, "Stand-up")) == "09:00 – 09:45"
    assert RowKind.GAP not in kinds(window)
    window.notice.undo.click()
    assert shown_times(entry_named(db, "Stand-up")) == "09:00 – 09:15"
    assert RowKind.GAP in kinds(window)


def test_what_came_after_began_earlier(window: TimerPage, db: Database) -> None:
    press_choice(window, 1)
    assert shown_times(entry_named(db, "Report")) == "09:15 – 11:00"


def test_something_else_is_added_in_it(window: TimerPage, db: Database) -> None:
    press_choice(window, 2)
    editor = window.adding
    assert editor is not None
    assert (editor.times.start.value, editor.times.stop.value) == ("09:15", "09:45")
    assert editor.doubt.text == ""
    editor.description.touch("Coffee")
    save(editor.description)
    assert shown_times(entry_named(db, "Coffee")) == "09:15 – 09:45"
    assert RowKind.GAP not in kinds(window)


def test_the_keys_come_to_a_gap_and_fill_it(window: TimerPage, db: Database) -> None:
    press(window.view, Key.Key_Home)
    press(window.view, Key.Key_Down)
    assert window.view.currentIndex().row() == 2
    assert not window.verbs.delete.isEnabled()
    press(window.view, Key.Key_Return)
    (menu,) = window.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert [action.text() for action in menu.actions()] == list(captions.gap_choices())
    menu.actions()[0].trigger()
    menu.close()
    assert shown_times(entry_named(db, "Stand-up")) == "09:00 – 09:45"


def test_while_something_is_looked_for_there_are_no_gaps(window: TimerPage, qtbot: QtBot) -> None:
    window.toolbar.search.setText("r")
    qtbot.waitUntil(lambda: window.model.complete)
    assert RowKind.GAP not in kinds(window)


def test_a_gap_in_a_narrow_window_keeps_its_choices(window: TimerPage) -> None:
    area = window.view.visualRect(window.model.index(2, 0))
    area.setWidth(560)
    places = window.view.delegate.gap_places(2, area)
    assert places.label.width() == 0
    assert all(choice.width() > 0 for choice in places.choices)
    assert places.choices[-1].right() < places.times.left()


def test_large_letters_leave_every_choice_its_place(window: TimerPage) -> None:
    font = window.view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    window.view.setFont(font)
    area = window.view.visualRect(window.model.index(2, 0))
    area.setWidth(700)
    places = window.view.delegate.gap_places(2, area)
    assert min(choice.width() for choice in places.choices) > 40
    assert places.choices[-1].right() < places.times.left()
