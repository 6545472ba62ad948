from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.plain import HOSTILE, assert_plain
from tray import clock
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.session.snapshot import Goals
from tray.session.tracking import Tracking
from tray.sync.status import Status
from tray.tracker import favourites
from tray.tracker.resolve import Draft
from tray.ui.popover.popover import PopOver
from tray.ui.popover.start_list import starts


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[[Tracking], PopOver]]:
    """Opens one; all are gone at once when the test is over."""
    made: list[PopOver] = []

    def make(tracking: Tracking) -> PopOver:
        made.append(PopOver(tracking, TimeFormat()))
        made[-1].open(None, "Ctrl+Alt+Space")
        qtbot.waitUntil(made[-1].isActiveWindow)
        return made[-1]

    yield make
    for each in made:
        each.stop()
        each.close()
        shiboken6.delete(each)


@pytest.fixture
def panel(tracking: Tracking, make: Callable[[Tracking], PopOver]) -> PopOver:
    return make(tracking)


def pin(tracking: Tracking, *drafts: Draft) -> None:
    for draft in drafts:
        favourites.pin(tracking.db, draft, now=clock.now())
    tracking.refresh()


def texts(panel: PopOver) -> list[str]:
    return [row.accessibleName() for row in panel.starts.rows]


def test_it_shows_what_runs_and_a_click_stops_it(panel: PopOver, tracking: Tracking) -> None:
    tracking.start(Draft("Email", "Acme"), at=clock.now() - 3725)
    assert panel.head.what.text() == "Email"
    assert panel.head.project.text == "Acme"
    assert panel.head.elapsed.text().startswith("1:02:0")
    assert panel.head.since.text().startswith("since ")
    assert panel.head.button.accessibleName() == "Stop"
    panel.head.button.click()
    assert tracking.snapshot.running is None
    assert panel.head.what.text() == "Nothing is running"
    assert panel.head.button.accessibleName() == "Continue Email · Acme"
    panel.head.button.click()
    assert tracking.snapshot.running is not None


def test_the_totals_stand_beside_their_goals(panel: PopOver, tracking: Tracking) -> None:
    tracking.use_calendar(Calendar(), Goals(8 * 3600, 0))
    tracking.snapshot = tracking.snapshot._replace(
        today_finished_seconds=13_140, week_finished_seconds=36_000
    )
    tracking.changed.emit(tracking.snapshot)
    assert panel.today.text() == "Today 3:39 of 8:00"
    assert panel.week.text() == "Week 10:00"


def test_the_start_is_changed_where_it_stands(panel: PopOver, tracking: Tracking) -> None:
    begun = clock.now() - 600
    tracking.start(Draft("Email"), at=begun)
    panel.head.since.click()
    assert panel.head.start.hasFocus()
    panel.head.start.setText("25:99")
    QTest.keyClick(panel.head.start, Qt.Key.Key_Return)
    assert "25:99" in panel.head.problem.text()
    assert panel.head.is_editing
    panel.head.start.setText("-30m")
    QTest.keyClick(panel.head.start, Qt.Key.Key_Return)
    running = tracking.snapshot.running
    assert running is not None
    assert clock.now() - running.start in range(1800, 1860)
    assert not panel.head.is_editing


def test_a_digit_starts_a_favourite_and_it_goes(
    panel: PopOver, tracking: Tracking, qtbot: QtBot
) -> None:
    pin(tracking, Draft("Stand-up"), Draft("Email", "Acme"))
    assert texts(panel)[:2] == ["Stand-up", "Email · Acme"]
    QTest.keyClick(panel, Qt.Key.Key_2)
    running = tracking.snapshot.running
    assert running is not None
    assert running.description == "Email"
    assert not panel.isVisible()


def test_recent_things_follow_and_none_is_offered_twice(tracking: Tracking) -> None:
    pin(tracking, Draft("Review", "Acme"))
    offered = starts(tracking.snapshot)
    assert [each.name for each in offered].count("Review") == 1
    assert [each.digit for each in offered] == ["1", "", "", ""]


def test_what_is_typed_goes_into_the_line_and_enter_starts_it(
    panel: PopOver, tracking: Tracking, qtbot: QtBot
) -> None:
    QTest.keyClick(panel, Qt.Key.Key_P)
    assert panel.box.line.edit.text() == "p"
    assert panel.box.line.edit.hasFocus()
    QTest.keyClicks(panel.box.line.edit, "lan 2")
    assert panel.starts.isHidden() or not panel.starts.isVisible()
    QTest.keyClick(panel.box.line.edit, Qt.Key.Key_Return)
    running = tracking.snapshot.running
    assert running is not None
    assert running.description == "plan 2"
    assert not panel.isVisible()


def test_what_was_typed_is_still_there_when_it_comes_again(panel: PopOver, qtbot: QtBot) -> None:
    QTest.keyClicks(panel.box.line.edit, "half")
    panel.close()
    panel.open(None)
    assert panel.box.line.edit.text() == "half"


def test_escape_and_the_loss_of_the_focus_close_it(panel: PopOver, qtbot: QtBot) -> None:
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    panel.open(None)
    qtbot.waitUntil(panel.isActiveWindow)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_a_click_on_the_icon_closes_it(panel: PopOver, qtbot: QtBot) -> None:
    panel.toggle(None, "")
    assert not panel.isVisible()
    panel.toggle(None, "")
    assert panel.isVisible()


def test_the_click_that_took_its_focus_does_not_bring_it_back(
    panel: PopOver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "isActiveWindow", lambda: False)
    QApplication.sendEvent(panel, QEvent(QEvent.Type.ActivationChange))
    assert not panel.isVisible()
    monkeypatch.setattr(QElapsedTimer, "elapsed", lambda _: 50)
    panel.toggle(None, "")
    assert not panel.isVisible()
    panel.toggle(None, "")
    assert panel.isVisible()


def test_hidden_it_has_no_timer(panel: PopOver, tracking: Tracking, qtbot: QtBot) -> None:
    tracking.start(Draft("Email"))
    assert panel._ticker.active
    panel.close()
    ours = [each for each in panel.findChildren(QTimer) if each.isActive()]
    assert ours == []
    tracking.stop()
    tracking.start(Draft("Other"))
    assert [each for each in panel.findChildren(QTimer) if each.isActive()] == []


def test_it_is_on_the_screen_and_no_larger(panel: PopOver, qtbot: QtBot) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    inside = panel.geometry().adjusted(panel.margin, panel.margin, -panel.margin, -panel.margin)
    assert room.contains(inside)
    panel.close()
    panel.open(QRect(room.right() - 10, room.bottom() - 10, 22, 22))
    inside = panel.geometry().adjusted(panel.margin, panel.margin, -panel.margin, -panel.margin)
    assert room.contains(inside)


def test_the_foot_leads_to_the_windows(panel: PopOver, tracking: Tracking, qtbot: QtBot) -> None:
    for button, wanted in (
        (panel.foot.open, panel.window_wanted),
        (panel.foot.settings, panel.settings_wanted),
    ):
        panel.open(None)
        with qtbot.waitSignal(wanted):
            button.click()
        assert not panel.isVisible()
    assert not panel.foot.sync.isEnabled()
    tracking.snapshot = tracking.snapshot._replace(sync=Status("offline", "Ann", pending=3))
    panel.open(None)
    assert panel.foot.sync.text() == "3 changes waiting"
    with qtbot.waitSignal(panel.sync_wanted):
        panel.foot.sync.click()


def test_everything_is_reached_by_keyboard_and_has_a_name(panel: PopOver, qtbot: QtBot) -> None:
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_Down)
    assert panel.starts.rows[0].hasFocus()
    seen: set[QWidget] = set()
    while (now := panel.focusWidget()) not in seen:
        seen.add(now)
        assert now.accessibleName() or getattr(now, "text", str)(), now
        QTest.keyClick(now, Qt.Key.Key_Backtab)
    assert {panel.head.button, panel.box.line.edit, panel.foot.open, panel.foot.settings} <= seen


def test_a_newcomer_is_led_to_the_line(
    blank: Tracking, make: Callable[[Tracking], PopOver]
) -> None:
    made = make(blank)
    assert made.none.text() == "What you track shows up here."
    made.head.button.click()
    assert made.box.line.edit.hasFocus()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_users_wrote_is_plain_text(
    blank: Tracking, make: Callable[[Tracking], PopOver], text: str
) -> None:
    blank.start(Draft(text))
    blank.stop()
    pin(blank, Draft(text))
    blank.start(Draft(text))
    made = make(blank)
    assert made.head.what.text() == text.strip()
    assert_plain(made)
