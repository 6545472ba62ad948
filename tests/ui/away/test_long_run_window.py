"""The window that asks whether an entry still runs."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.away.conftest import Asked
from tray.model.formats import TimeFormat
from tray.model.presence.due import ReminderKind
from tray.model.presence.long_run import LongRun, StopProposal, StopReason
from tray.model.presence.overnight import OvernightProposal
from tray.tracker import timer
from tray.ui.away.long_run_window import LongRunWindow
from tray.workers.reminder_planner import Reminder


@pytest.fixture
def late(asked: Asked, qtbot: QtBot) -> Iterator[LongRunWindow]:
    asked.tracking.refresh()
    window = LongRunWindow(asked.tracking, TimeFormat())
    qtbot.addWidget(window)
    forgotten = OvernightProposal(asked.entry.id, asked.entry.start, asked.left, asked.left)
    kind = ReminderKind.OVERNIGHT
    assert window.ask(Reminder(kind, asked.now, asked.entry, asked.left, (), forgotten))
    window.show()
    yield window
    window.close()


def test_it_proposes_the_last_input(late: LongRunWindow, asked: Asked) -> None:
    assert late.cut.strip.scene.cut == asked.left
    assert "last input" in late.when.text()
    late.buttons[LongRun.STOP_AT].click()
    assert asked.stored().stop == asked.left
    assert not late.isVisible()


def test_it_stops_at_the_moment_that_is_typed(late: LongRunWindow, asked: Asked) -> None:
    moment = asked.left - asked.left % 60 + 300
    late.cut.line.start_over()
    QTest.keyClicks(late.cut.line, TimeFormat().time_of_day(moment))
    late.buttons[LongRun.STOP_AT].click()
    assert asked.stored().stop == moment


def test_another_window_takes_its_place_with_what_was_typed(
    late: LongRunWindow, asked: Asked, qtbot: QtBot
) -> None:
    moment = asked.left - asked.left % 60 + 300
    late.cut.line.start_over()
    QTest.keyClicks(late.cut.line, TimeFormat().time_of_day(moment))
    other = LongRunWindow(asked.tracking, TimeFormat())
    qtbot.addWidget(other)
    other.take_place_of(late)
    assert other.isVisible()
    assert other.cut.strip.scene.cut == moment
    with qtbot.waitSignal(other.still_working) as told:
        other.buttons[LongRun.STILL_WORKING].click()
    assert told.args == [ReminderKind.OVERNIGHT]


def test_it_stops_now(late: LongRunWindow, asked: Asked) -> None:
    late.buttons[LongRun.STOP_NOW].click()
    stop = asked.stored().stop
    assert stop is not None
    assert abs(stop - asked.now) < 30


def test_still_working_is_told_on(late: LongRunWindow, asked: Asked, qtbot: QtBot) -> None:
    with qtbot.waitSignal(late.still_working) as told:
        late.buttons[LongRun.STILL_WORKING].click()
    assert told.args == [ReminderKind.OVERNIGHT]
    assert asked.stored().running
    assert not late.isVisible()


def test_it_goes_when_the_entry_was_stopped_elsewhere(late: LongRunWindow, asked: Asked) -> None:
    timer.stop(asked.tracking.db, now=asked.now)
    asked.tracking.refresh()
    assert not late.isVisible()


def test_it_does_not_ask_about_what_is_over(late: LongRunWindow, asked: Asked) -> None:
    entry = asked.entry
    asked.tracking.stop()
    assert not late.ask(Reminder(ReminderKind.LONG_RUN, asked.now, entry))


def test_esc_leaves_it_running(late: LongRunWindow, asked: Asked) -> None:
    QTest.keyClick(late, Qt.Key.Key_Escape)
    assert not late.isVisible()
    assert asked.stored().running


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (StopReason.LAST_SEEN, "when Toggl Tray last ran before"),
        (StopReason.WORK_ENDED, "the end of your working hours"),
        (StopReason.USUAL_LENGTH, "as long as such entries usually take"),
    ],
)
def test_it_proposes_what_tells_of_the_end(
    late: LongRunWindow, asked: Asked, why: StopReason, said: str
) -> None:
    found = StopProposal(asked.left - 60, why)
    reminder = Reminder(ReminderKind.LONG_RUN, asked.now, asked.entry, proposed=found)
    assert late.ask(reminder)
    assert said in late.when.text()
    late.buttons[LongRun.STOP_AT].click()
    assert asked.stored().stop == asked.left - 60
