"""Whoever sees nothing and has no mouse reaches every control, and hears what it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK
from tests.ui.main_window.no_account import no_account
from tests.ui.settings.conftest import Desktop
from tray import clock
from tray.app.window_pages import pages
from tray.session.tracking import Tracking
from tray.tracker.resolve import Draft
from tray.ui.keys_window import KeysWindow
from tray.ui.main_window.main_window import MainWindow
from tray.ui.settings.settings_pages import PAGES
from tray.ui.settings.settings_window import SettingsWindow
from tray.ui.timesheet.timer_faces import SHEET, TimerFaces
from tray.ui.welcome_window import WelcomeWindow

OWN_PAGES = [page.key for page in PAGES if page.groups]
"""The pages that are made of the settings themselves."""
_TAB = Qt.FocusPolicy.TabFocus


def stops(window: QWidget) -> list[QWidget]:
    """What the Tab key has to reach."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.window() is window
        and each.focusPolicy() & _TAB
        and each.focusProxy() is None
    ]


def reached(window: QWidget) -> list[QWidget]:
    """What it does reach, from where the focus is until it comes there again."""
    found: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and focused not in found:
        found.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return found


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


def check(window: QWidget, qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.processEvents()
    mute = []
    for each in stops(window):
        spoken = QAccessible.queryAccessibleInterface(each)
        name = spoken.text(QAccessible.Text.Name).strip()
        if not name or spoken.role() is QAccessible.Role.NoRole:
            mute.append(f"{described(each)}: “{name}”, {spoken.role().name}")
    assert not mute, mute
    assert QApplication.focusWidget() is not None
    seen = reached(window)
    assert [described(each) for each in stops(window) if each not in seen] == []


@pytest.fixture
def main_window(tracking: Tracking, qtbot: QtBot) -> Iterator[MainWindow]:
    del qtbot
    window = MainWindow(tracking, CLOCK)
    window.set_pages(pages(window, no_account))
    yield window
    window.bar.stop()
    window.close()
    shiboken6.delete(window)


@pytest.mark.parametrize("running", [True, False], ids=["running", "idle"])
def test_every_page(
    running: bool, main_window: MainWindow, tracking: Tracking, qtbot: QtBot
) -> None:
    if running:
        tracking.start(Draft("Plan the week", "Acme"), at=clock.now() - 1200)
    main_window.show()
    for page in pages(main_window, no_account):
        if not page.needs_account:
            main_window.open_page(page.key)
            check(main_window, qtbot)


def test_the_timesheet(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.show()
    faces = main_window.open_page("timer")
    assert isinstance(faces, TimerFaces)
    faces.show_face(SHEET)
    check(main_window, qtbot)


@pytest.mark.parametrize("key", OWN_PAGES)
def test_every_page_of_the_settings(key: str, tmp_path: Path, qtbot: QtBot) -> None:
    window = SettingsWindow(str(tmp_path / "settings.toml"), Desktop())
    qtbot.addWidget(window)
    window.show()
    window.show_page(key)
    check(window, qtbot)


@pytest.mark.parametrize("step", range(3))
def test_every_step_of_the_welcome(step: int, tmp_path: Path, qtbot: QtBot) -> None:
    window = WelcomeWindow(str(tmp_path / "settings.toml"), Desktop())
    qtbot.addWidget(window)
    window.show()
    for _ in range(step):
        window.forward.click()
    check(window, qtbot)


def test_the_list_of_keys(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    check(KeysWindow(parent), qtbot)
