"""What runs is stopped at an earlier moment: never before its start, and undo takes it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK
from tray import clock
from tray.session.tracking import Tracking
from tray.tracker.resolve import Draft
from tray.ui.popover.running_head import RunningHead
from tray.ui.stop_at.stop_window import StopWindow
from tray.ui.timer_bar.timer_bar import TimerBar


@pytest.fixture
def running(tracking: Tracking) -> int:
    """Since when something runs: twenty minutes ago."""
    start = clock.now() - 1200
    tracking.start(Draft("Email", "Acme"), at=start)
    return start


@pytest.fixture
def window(tracking: Tracking, running: int, qtbot: QtBot) -> StopWindow:
    del running
    made = StopWindow(tracking, CLOCK)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    return made


def stopped(tracking: Tracking) -> int:
    """How long ago the latest entry ended."""
    assert tracking.snapshot.running is None
    stop = tracking.snapshot.recent[0].stop
    assert stop is not None
    return clock.now() - stop


def enter(window: StopWindow, text: str) -> None:
    window.box.edit.setText(text)
    QTest.keyClick(window.box.edit, Qt.Key.Key_Return)


def test_a_likely_moment_is_one_click_and_undo_brings_it_back(
    window: StopWindow, tracking: Tracking
) -> None:
    assert window.what.text() == "Email · Acme"
    assert [each.text().split(",")[0] for each in window.box.choices] == [
        "5 minutes ago",
        "10 minutes ago",
        "15 minutes ago",
    ]
    window.box.choices[1].click()
    assert 600 <= stopped(tracking) < 630
    assert not window.isVisible()
    tracking.undo()
    assert tracking.snapshot.running is not None


def test_a_time_is_typed_as_anywhere_else(window: StopWindow, tracking: Tracking) -> None:
    enter(window, "-7m")
    assert 420 <= stopped(tracking) < 480


@pytest.mark.parametrize("text", ["-40m", "nonsense", "+10m", ""])
def test_what_cannot_be_is_said_there_and_nothing_is_stopped(
    window: StopWindow, tracking: Tracking, text: str
) -> None:
    enter(window, text)
    assert window.isVisible()
    assert window.box.note.isVisible()
    assert window.box.note.text()
    assert tracking.snapshot.running is not None


def test_it_goes_with_what_it_is_about(window: StopWindow, tracking: Tracking) -> None:
    tracking.stop()
    assert not window.isVisible()
    window.open()
    assert not window.isVisible(), "there is nothing to ask"


def test_beside_the_button_of_the_panel(tracking: Tracking, running: int, qtbot: QtBot) -> None:
    del running
    head = RunningHead(tracking, CLOCK, None)  # type: ignore[arg-type]  # it is a window here
    qtbot.addWidget(head)
    head.show_state(tracking.snapshot)
    head.show()
    assert head.earlier.isVisible()
    head.earlier.click()
    assert head.earlier.popup is not None
    head.earlier.popup.box.choices[0].click()
    assert head.earlier.popup is None
    assert 300 <= stopped(tracking) < 330
    head.show_state(tracking.snapshot)
    assert not head.earlier.isVisible()


def test_beside_the_button_of_the_bar(tracking: Tracking, running: int, qtbot: QtBot) -> None:
    del running
    bar = TimerBar(tracking, CLOCK, None)  # type: ignore[arg-type]
    qtbot.addWidget(bar)
    bar.show()
    assert bar.earlier.isVisible()
    bar.earlier.click()
    assert bar.earlier.popup is not None
    bar.earlier.popup.box.choices[0].click()
    assert 300 <= stopped(tracking) < 330
    assert not bar.earlier.isVisible()
    bar.stop()
