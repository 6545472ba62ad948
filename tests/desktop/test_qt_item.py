"""The icon that Qt puts on a panel: when it is made and taken away, and what its clicks are."""

import sys

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tests.fakes.qt import settle
from tray.desktop.panel_watch import PanelWatch
from tray.desktop.qt_item import LOOK_FOR_HOST_MS, SOON_MS, QtItem


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found = [True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: found[0]))
    return found


class Placed:
    """An item, and how often it was on a panel or was not."""

    def __init__(self, watch: PanelWatch | None) -> None:
        self.told: list[bool] = []
        self.menu = QMenu()
        self.item = QtItem(self.menu)
        self.item.changed.connect(lambda: self.told.append(self.item.placed))
        self.item.start()
        if watch is not None:
            self.item.follow(watch)

    def wait(self, most_ms: int) -> int:
        """How long it looked for the panel, at most so long: nothing is looked for in real time."""
        waited_ms = 0
        while self.item._looking.isActive() and waited_ms < most_ms:
            waited_ms += self.item._looking.interval()
            self.item._on_look()
        return waited_ms


def test_a_panel_that_dies_is_told_of_and_nothing_is_looked_at_before_and_after(
    qtbot: QtBot, there: list[bool]
) -> None:
    watch = PanelWatch()
    placed = Placed(watch)
    assert placed.told == [True]
    assert placed.wait(60_000) == 0
    there[0] = False
    watch.changed.emit()
    assert placed.told == [True, False]
    assert placed.wait(60_000) <= SOON_MS + LOOK_FOR_HOST_MS
    there[0] = True
    watch.changed.emit()
    assert placed.told == [True, False, True]
    assert placed.wait(60_000) == 0


def test_where_nothing_tells_of_a_panel_it_is_looked_for(qtbot: QtBot, there: list[bool]) -> None:
    placed = Placed(PanelWatch(look_ms=5_000, search_ms=5_000))
    assert placed.wait(60_000) == 60_000
    there[0] = False
    assert placed.wait(20_000) == 20_000
    assert placed.told == [True, False]
    there[0] = True
    placed.wait(5_000)
    assert placed.item.placed


def test_clicks_are_told_apart(qtbot: QtBot, there: list[bool]) -> None:
    assert clicks_of(Placed(None)) == ["left", "middle", "double"]


def test_on_macos_a_left_click_only_opens_the_menu(
    qtbot: QtBot, there: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    placed = Placed(None)
    assert clicks_of(placed) == ["middle"]
    assert placed.item.panel.left_opens_menu


def clicks_of(placed: Placed) -> list[str]:
    told: list[str] = []
    item = placed.item
    item.left.connect(lambda: told.append("left"))
    item.middle.connect(lambda: told.append("middle"))
    item.double.connect(lambda: told.append("double"))
    reason = QSystemTrayIcon.ActivationReason
    for each in (reason.Trigger, reason.MiddleClick, reason.Context, reason.DoubleClick):
        item._on_activated(each)
    return told


def test_the_wheel_is_told_of_while_that_is_wanted(qtbot: QtBot, there: list[bool]) -> None:
    placed = Placed(None)
    turned: list[int] = []
    placed.item.scrolled.connect(turned.append)
    for wanted, angle in ((False, 120), (True, 120), (True, -120), (False, 15)):
        placed.item.watch_wheel(wanted)
        assert placed.item._icon is not None
        QApplication.sendEvent(placed.item._icon, wheel(angle))
        settle()
    assert turned == [120, -120]


def test_on_the_next_panel_the_wheel_is_told_of_too(qtbot: QtBot, there: list[bool]) -> None:
    placed = Placed(PanelWatch(look_ms=5_000, search_ms=5_000))
    placed.item.watch_wheel(True)
    turned: list[int] = []
    placed.item.scrolled.connect(turned.append)
    for is_there in (False, True):
        there[0] = is_there
        placed.wait(60_000)
    assert placed.told == [True, False, True]
    assert placed.item._icon is not None
    QApplication.sendEvent(placed.item._icon, wheel(15))
    assert turned == [15]


def wheel(angle: int) -> QWheelEvent:
    return QWheelEvent(
        QPointF(),
        QPointF(),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def test_texts_and_messages_go_to_the_icon(
    qtbot: QtBot, there: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(QSystemTrayIcon, "setToolTip", lambda _, text: shown.append(text))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, *told: shown.extend(told[:2]))
    item = Placed(None).item
    item.set_texts("Email", ["Running for 1:02", "Today 3:00"], "")
    item.message("Stopped", "After 1:02", 1_000)
    assert shown[-3:] == ["Email\nRunning for 1:02\nToday 3:00", "Stopped", "After 1:02"]
