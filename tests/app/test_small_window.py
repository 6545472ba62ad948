"""The small window where the desktop gives every new window the keyboard."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray.app import small_window
from tray.app.small_window import AGAIN_MS, SmallWindow


class FakeIcon(QObject):
    appeared = Signal()
    homeless = Signal()
    placed = False


class Watched(SmallWindow):
    """Counts instead of making a window."""

    opened = 0

    def _open(self) -> None:
        self.opened += 1


@pytest.fixture
def icon() -> FakeIcon:
    return FakeIcon()


@pytest.fixture
def small(icon: FakeIcon, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(small_window, "gives_keyboard_to_new_windows", lambda: True)
    nothing = cast("Any", SimpleNamespace())
    return Watched(nothing, nothing, cast("Any", icon), icon)


def focused(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_it_waits_until_no_window_of_ours_has_the_keyboard(
    small: Watched, icon: FakeIcon, qtbot: QtBot
) -> None:
    window = focused(qtbot)
    icon.homeless.emit()
    assert small.opened == 0
    window.close()
    qtbot.waitUntil(lambda: small.opened == 1)


def test_an_icon_that_found_its_place_meanwhile_needs_none(
    small: Watched, icon: FakeIcon, qtbot: QtBot
) -> None:
    window = focused(qtbot)
    icon.homeless.emit()
    icon.placed = True
    window.close()
    qtbot.wait(2 * AGAIN_MS)
    assert small.opened == 0


def test_with_no_window_of_ours_it_comes_at_once(small: Watched, icon: FakeIcon) -> None:
    icon.homeless.emit()
    assert small.opened == 1
