"""The keys: every one is listed, and the list is a key away."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.settings.conftest import Desktop
from tray import __version__
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.ui.about_section import AboutSection, news
from tray.ui.entries.timer_page import TimerPage
from tray.ui.key_list import KEYS
from tray.ui.keys_window import KeysWindow, offer_keys
from tray.ui.projects.projects_page import ProjectsPage
from tray.ui.settings.sections import SettingRow
from tray.ui.settings.settings_window import SettingsWindow
from tray.ui.timesheet.timesheet_page import TimesheetPage


def keys_of(window: QWidget) -> set[str]:
    """What is pressed in a window for something to be done, one key for each act."""
    shortcuts = [each.key().toString() for each in window.findChildren(QShortcut)]
    firsts = [each.shortcuts()[:1] for each in window.findChildren(QAction)]
    return {*shortcuts, *(key.toString() for found in firsts for key in found)} - {"", "?"}


MAKE: Final[dict[str, Callable[[Tracking], QWidget]]] = {
    "Timer": lambda tracking: TimerPage(tracking, TimeFormat()),
    "Timesheet": lambda tracking: TimesheetPage(tracking, TimeFormat()),
    "Projects": ProjectsPage,
}


@pytest.mark.parametrize("place", MAKE)
def test_every_key_of_a_page_is_listed(place: str, tracking: Tracking, qtbot: QtBot) -> None:
    page = MAKE[place](tracking)
    qtbot.addWidget(page)
    listed = [*KEYS[place], *KEYS["In every window"]]
    known = {QKeySequence(key).toString() for key, _ in listed}
    own = {key for key in keys_of(page) if len(key) > 1}  # but the digits of favourites
    assert own - known == set()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    opened = QWidget()
    qtbot.addWidget(opened)
    offer_keys(opened)
    opened.show()
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    return opened


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_keys_are_shown_by_a_key_and_left_by_escape(window: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(window, key)
    shown = window.findChild(KeysWindow)
    assert shown is not None
    assert shown.isVisible()
    rows = shown.findChildren(SettingRow)
    assert len(rows) == sum(map(len, KEYS.values()))
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    QTest.keyClick(window, key)
    assert window.findChildren(KeysWindow) == [shown], "the same again"


def test_a_question_mark_can_still_be_typed(window: QWidget) -> None:
    line = QLineEdit(window)
    line.show()
    line.setFocus()
    QTest.keyClicks(line, "why?")
    assert line.text() == "why?"
    assert window.findChild(KeysWindow) is None


def test_the_settings_offer_the_keys(tmp_path: Path, qtbot: QtBot) -> None:
    opened = SettingsWindow(
        str(tmp_path / "settings.toml"),
        Desktop(),
        extra={"about": lambda page: [AboutSection(page)]},
    )
    qtbot.addWidget(opened)
    opened.show()
    opened.show_page("about")
    about = opened.findChild(AboutSection)
    assert about is not None
    QTest.mouseClick(about.keys, Qt.MouseButton.LeftButton)
    shown = opened.findChild(KeysWindow)
    assert shown is not None
    assert shown.isVisible()


def test_about_says_what_it_is_and_what_is_new(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    about = AboutSection(page)
    texts = [row.name.text() + row.hint.text() for row in about.findChildren(SettingRow)]
    assert __version__ in texts[0]
    assert "MIT" in texts[0]
    assert "Not affiliated with Toggl" in texts[0]
    assert news(__version__) in texts[1]


def test_this_version_says_what_is_new() -> None:
    assert news(__version__).startswith("• ")
    assert news("0.0.1") == ""
