from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tray import clock
from tray.session.tracking import Tracking
from tray.tracker.resolve import Draft
from tray.ui.mini import MiniWindow


@pytest.fixture
def mini(tracking: Tracking, qtbot: QtBot) -> Iterator[MiniWindow]:
    menu = QMenu()
    menu.addAction("Quit")
    window = MiniWindow(tracking, menu)
    qtbot.addWidget(window)
    window.show()
    yield window
    menu.deleteLater()


def test_it_shows_what_runs_and_for_how_long(mini: MiniWindow, tracking: Tracking) -> None:
    tracking.start(Draft("Email", "Acme", None, ("writing",)), at=clock.now() - 3725)
    assert mini.what.text() == "Email"
    assert mini.chips.texts == ["Acme", "#writing"]
    assert mini.elapsed.text().startswith("1:02:0")
    assert mini.total.text().startswith("Today ")
    assert mini.toggle.text() == "Stop"
    assert mini.windowTitle() == "Email – Toggl Tray"


def test_stopped_it_says_what_would_be_continued(mini: MiniWindow, tracking: Tracking) -> None:
    assert mini.what.text() == "Nothing is running"
    assert mini.chips.texts == ["Review · Acme"]
    assert mini.elapsed.text() == "0:00:00"
    assert mini.toggle.text() == "Continue"
    QTest.mouseClick(mini.toggle, Qt.MouseButton.LeftButton)
    assert tracking.snapshot.running is not None
    assert mini.what.text() == "Review"
    QTest.mouseClick(mini.toggle, Qt.MouseButton.LeftButton)
    assert tracking.snapshot.running is None


def test_a_newcomer_is_told_how_to_begin(blank: Tracking, qtbot: QtBot) -> None:
    window = MiniWindow(blank, QMenu())
    qtbot.addWidget(window)
    assert window.what.text() == "Quick start begins your first entry"
    assert not window.toggle.isEnabled()
    assert window.chips.texts == []


def test_it_ticks_only_while_something_runs_and_it_is_seen(
    mini: MiniWindow, tracking: Tracking, qtbot: QtBot
) -> None:
    assert not mini._ticker.active
    tracking.start(Draft("Email"), at=clock.now() - 10)
    assert mini._ticker.active
    before = mini.elapsed.text()
    qtbot.waitUntil(lambda: mini.elapsed.text() != before)
    mini.hide()
    assert not mini._ticker.active
    mini.show()
    assert mini._ticker.active
    mini.setWindowState(Qt.WindowState.WindowMinimized)
    assert not mini._ticker.active
    mini.setWindowState(Qt.WindowState.WindowNoState)
    assert mini._ticker.active
    tracking.stop()
    assert not mini._ticker.active


def test_a_second_look_shows_the_time_of_now(mini: MiniWindow, tracking: Tracking) -> None:
    tracking.start(Draft("Email"), at=clock.now() - 10)
    mini.hide()
    mini.elapsed.setText("old")
    mini.show()
    assert mini.elapsed.text().startswith("0:00:1")


def test_long_names_are_shortened_and_do_not_widen_it(
    mini: MiniWindow, tracking: Tracking, qtbot: QtBot
) -> None:
    width, height = mini.width(), mini.height()
    tracking.start(Draft("写算法 very long " * 50, "Acme", None, ("a" * 200, "b" * 200)))
    qtbot.wait(10)
    assert (mini.width(), mini.height()) == (width, height)
    assert mini.what.toolTip() == mini.what.text()


def test_closing_is_told_and_it_can_be_shown_again(mini: MiniWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(mini.closed):
        mini.close()
    assert not mini.isVisible()
    mini.show()
    assert mini.isVisible()


def test_hiding_it_is_not_closing_it(mini: MiniWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(mini.closed):
        mini.hide()


def test_everything_is_reached_by_keyboard(mini: MiniWindow, qtbot: QtBot) -> None:
    mini.activateWindow()
    qtbot.waitUntil(mini.isActiveWindow)
    mini.toggle.setFocus()
    QTest.keyClick(mini.toggle, Qt.Key.Key_Tab)
    assert mini.quick.hasFocus()
    with qtbot.waitSignal(mini.quick_start_wanted):
        QTest.keyClick(mini.quick, Qt.Key.Key_Return)
    QTest.keyClick(mini.quick, Qt.Key.Key_Tab)
    assert mini.more.hasFocus()


def test_enter_is_the_first_button(mini: MiniWindow, tracking: Tracking, qtbot: QtBot) -> None:
    mini.activateWindow()
    qtbot.waitUntil(mini.isActiveWindow)
    qtbot.waitUntil(mini.toggle.hasFocus)
    QTest.keyClick(mini.toggle, Qt.Key.Key_Return)
    assert tracking.snapshot.running is not None


def test_everything_has_a_name(mini: MiniWindow) -> None:
    assert mini.more.accessibleName() == "More"
    assert mini.elapsed.accessibleName() == "Elapsed"
    assert mini.toggle.text()
    assert mini.quick.text()


def test_it_follows_the_palette(mini: MiniWindow, tracking: Tracking, qtbot: QtBot) -> None:
    before = QApplication.palette()
    light = mini.total.palette().windowText().color()
    dark = QApplication.palette()
    for role, colour in ((dark.ColorRole.Window, "#222"), (dark.ColorRole.Base, "#111")):
        dark.setColor(role, colour)
    dark.setColor(dark.ColorRole.WindowText, "#eee")
    try:
        QApplication.setPalette(dark)
        QApplication.sendPostedEvents(None, QEvent.Type.PaletteChange)
        qtbot.waitUntil(lambda: mini.total.palette().windowText().color() != light)
        assert mini.total.palette().windowText().color().lightness() > light.lightness()
    finally:
        QApplication.setPalette(before)
