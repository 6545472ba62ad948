"""The window as a whole: its pages and its rail, and how both fit its width."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK
from tests.ui.main_window.no_account import no_account
from tray.app.window_pages import pages
from tray.session.tracking import Tracking
from tray.sync.status import Status
from tray.tracker.resolve import Draft
from tray.ui.entries.timer_page import TimerPage
from tray.ui.main_window.main_window import MainWindow
from tray.ui.main_window.page import WindowPage
from tray.ui.timesheet.timer_faces import SHEET, TimerFaces
from tray.ui.week_strip.week_strip import WeekStrip


def days_of(window: MainWindow) -> TimerPage:
    """The list of the Timer page, which that opens with."""
    faces = window.open_page("timer")
    assert isinstance(faces, TimerFaces)
    assert isinstance(faces.days, TimerPage)
    return faces.days


def test_it_opens_on_the_list_of_the_timer_page(main_window: MainWindow) -> None:
    shown = main_window.stack.currentWidget()
    assert isinstance(shown, TimerFaces)
    assert shown.stack.currentWidget() is shown.days
    assert main_window.windowTitle() == "Timer – Toggl Tray"


def test_a_page_is_made_when_it_is_first_shown_and_kept(tracking: Tracking, qtbot: QtBot) -> None:
    made: list[str] = []

    def page(key: str) -> WindowPage:
        def make() -> QWidget:
            made.append(key)
            return QLabel(key)

        return WindowPage(key, key.title(), "plus", make)

    window = MainWindow(tracking, CLOCK)
    qtbot.addWidget(window)
    window.set_pages((page("one"), page("two")))
    assert made == ["one"]
    second = window.rail.findChildren(QAbstractButton)[-1]
    assert second.text() == "Two"
    second.click()
    first = window.stack.currentWidget()
    assert made == ["one", "two"]
    assert window.windowTitle() == "Two – Toggl Tray"
    window.open_page("one")
    assert window.open_page("two") is first
    assert made == ["one", "two"]


def test_an_entry_to_correct_is_shown_with_its_editor(main_window: MainWindow) -> None:
    page = days_of(main_window)
    entry = main_window.tracking.snapshot.recent[0]
    main_window.edit(entry.id)
    assert page.view.panel is not None
    assert page.view.selected_ids() == [entry.id]


def test_an_entry_to_correct_is_shown_in_the_list_from_the_timesheet_too(
    main_window: MainWindow, qtbot: QtBot
) -> None:
    faces = main_window.open_page("timer")
    assert isinstance(faces, TimerFaces)
    faces.show_face(SHEET)
    assert faces.sheet is not None
    main_window.activateWindow()
    qtbot.waitUntil(faces.sheet.view.hasFocus, timeout=30_000)
    main_window.edit(main_window.tracking.snapshot.recent[0].id)
    page = days_of(main_window)
    assert (page.isVisible(), page.view.panel is not None) == (True, True)


def test_without_room_the_rail_shows_icons_that_say_their_names(main_window: MainWindow) -> None:
    rail = main_window.rail
    assert rail.width() == 176
    assert rail.settings.toolTip() == ""
    main_window.resize(main_window.minimumSize())
    assert (main_window.width(), main_window.height()) == (720, 480)
    assert rail.width() == 56
    assert "Settings" in rail.settings.toolTip()


def test_the_rail_can_be_used_with_the_keys(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.rail.settings.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(main_window.settings_wanted):
        QTest.keyClick(main_window.rail.settings, Qt.Key.Key_Space)
    with qtbot.waitSignal(main_window.sync_wanted):
        QTest.keyClick(main_window.rail.sync, Qt.Key.Key_Space)


def test_the_state_of_the_sync_stands_in_the_rail(main_window: MainWindow) -> None:
    assert main_window.rail.sync.accessibleName() == "No account"


def test_a_click_on_a_day_of_the_week_goes_there_in_the_list(main_window: MainWindow) -> None:
    page = days_of(main_window)
    (strip,) = page.findChildren(WeekStrip)
    latest = main_window.tracking.snapshot.recent[0]
    day = main_window.tracking.calendar.day_of(latest.start)
    page.toolbar.search.setText("nothing like it")
    strip.day_wanted.emit(day)
    assert page.view.selected_ids() == [latest.id]
    assert page.toolbar.search.text() == ""


def test_with_nothing_tracked_yet_one_can_type_at_once(blank: Tracking, qtbot: QtBot) -> None:
    window = MainWindow(blank, CLOCK)
    window.set_pages(pages(window, no_account))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.bar.line.edit.hasFocus)
    assert window.bar.line.chips.isVisible()
    window.bar.stop()
    window.close()
    shiboken6.delete(window)


def test_the_keys_are_in_the_list_when_it_opens(main_window: MainWindow, qtbot: QtBot) -> None:
    page = days_of(main_window)
    main_window.activateWindow()
    qtbot.waitUntil(page.view.hasFocus)


def test_tab_goes_from_the_rail_over_the_bar_and_the_week_to_the_list(
    main_window: MainWindow,
) -> None:
    main_window.tracking.start(Draft("Now"))
    page = days_of(main_window)
    (week,) = page.findChildren(WeekStrip)
    parts, rail = main_window.bar.parts, main_window.rail
    expected = [
        *(each for each in rail.findChildren(QAbstractButton)[2:] if each.isVisible()),
        *(rail.settings, rail.sync, parts.description, parts.project, parts.tags),
        *(parts.billable, parts.clock, main_window.bar.button, *week.stops, page.toolbar.search),
    ]
    assert [each for each in tab_stops(main_window) if each in expected] == expected


def test_ctrl_t_goes_to_the_bar_from_any_page(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.tracking.start(Draft("Now"))
    main_window.activateWindow()
    page = main_window.open_page("projects")
    qtbot.waitUntil(main_window.isActiveWindow)
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert main_window.bar.parts.description.hasFocus()


def tab_stops(window: QWidget) -> list[QWidget]:
    found, each = [], window.nextInFocusChain()
    while each is not None and each is not window:
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(each)
        each = each.nextInFocusChain()
    return found


def test_the_team_is_offered_only_with_an_account(main_window: MainWindow) -> None:
    button = main_window.rail._buttons["team"]
    assert not button.isVisible()
    snapshot = main_window.tracking.snapshot
    main_window.tracking.changed.emit(snapshot._replace(sync=Status("in step", "Test User")))
    assert button.isVisible()
    main_window.tracking.changed.emit(snapshot)
    assert not button.isVisible()
