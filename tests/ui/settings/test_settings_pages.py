"""The rail of the settings, its pages, and the search through all of them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.settings.conftest import Desktop
from tray.settings import DECLARED
from tray.ui.settings.sections import SettingRow
from tray.ui.settings.settings_pages import PAGES
from tray.ui.settings.settings_window import SettingsWindow


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[SettingsWindow]:
    opened = SettingsWindow(str(tmp_path / "settings.toml"), Desktop())
    qtbot.addWidget(opened)
    opened.show()
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    opened.close()


def titles(window: SettingsWindow) -> list[str]:
    """The pages that can be seen."""
    return [page.heading.text() for page in window._pages.values() if page.isVisible()]


def names(window: SettingsWindow) -> list[str]:
    """The rows that can be seen."""
    rows = window.findChildren(SettingRow)
    return [row.name.text() for row in rows if row.isVisible()]


def test_every_setting_stands_on_one_page() -> None:
    groups = Counter(group for page in PAGES for group in page.groups)
    assert set(groups) == {declared.group for declared in DECLARED.values()}
    assert set(groups.values()) == {1}


def test_pages_with_nothing_on_them_are_not_offered(window: SettingsWindow) -> None:
    assert list(window.rail.buttons) == [page.key for page in PAGES if page.groups]


def test_a_page_is_made_when_it_is_first_shown(window: SettingsWindow) -> None:
    assert list(window._pages) == ["time"]
    QTest.mouseClick(window.rail.buttons["away"], Qt.MouseButton.LeftButton)
    assert list(window._pages) == ["time", "away"]
    assert titles(window) == ["Away"]
    assert window.rail.buttons["away"].isChecked()


def test_the_arrow_keys_go_through_the_rail(window: SettingsWindow) -> None:
    button = window.rail.buttons["time"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Down)
    assert window.rail.buttons["icon"].hasFocus()
    assert titles(window) == ["Icon and keys"]


def test_tab_goes_from_the_search_over_the_rail_to_the_page(window: SettingsWindow) -> None:
    window.rail.search.setFocus()
    QTest.keyClick(window.rail.search, Qt.Key.Key_Tab)
    assert window.rail.buttons["time"].hasFocus()
    QTest.keyClick(window.rail.buttons["time"], Qt.Key.Key_Tab)
    assert window.row("day_goal_minutes").control.hasFocus()


def test_the_search_shows_the_rows_of_all_pages(window: SettingsWindow) -> None:
    QTest.keyClicks(window.rail.search, "goal")
    assert titles(window) == ["Time", "Reminders"]
    found = ["Goal for a day", "Goal for a week", "Goal of the day", "Goal of the week"]
    assert names(window) == found
    assert not any(button.isChecked() for button in window.rail.buttons.values())


def test_every_word_that_is_looked_for_must_be_there(window: SettingsWindow) -> None:
    QTest.keyClicks(window.rail.search, "WEEK goal")
    assert names(window) == ["Goal for a week", "Goal of the week"]


def test_a_page_is_found_by_its_name(window: SettingsWindow) -> None:
    QTest.keyClicks(window.rail.search, "appearance")
    assert titles(window) == ["Appearance"]
    assert {"Colours", "Rows"} <= set(names(window))


def test_what_is_nowhere_is_said(window: SettingsWindow) -> None:
    QTest.keyClicks(window.rail.search, "bicycle")
    assert names(window) == []
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "Nothing here has “bicycle” in it." in shown


def test_escape_ends_the_search_before_the_window(window: SettingsWindow) -> None:
    window.show_page("away")
    QTest.keyClicks(window.rail.search, "goal")
    QTest.keyClick(window.rail.search, Qt.Key.Key_Escape)
    assert titles(window) == ["Away"]
    assert window.rail.search.text() == ""
    QTest.keyClick(window.rail.search, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_page_chosen_while_searching_ends_the_search(window: SettingsWindow) -> None:
    QTest.keyClicks(window.rail.search, "goal")
    QTest.mouseClick(window.rail.buttons["time"], Qt.MouseButton.LeftButton)
    assert titles(window) == ["Time"]
    assert "Time zone" in names(window)


def test_a_row_hidden_for_its_own_reasons_is_not_found(window: SettingsWindow) -> None:
    window.show_page("advanced")
    assert "What can be noticed here" not in names(window)
    QTest.keyClicks(window.rail.search, "noticed")
    assert names(window) == []
    window.show_support("Idle time is measured by a clock.")
    window.show_page("advanced")
    assert "What can be noticed here" in names(window)


def test_a_narrow_window_shows_the_icons_of_its_pages_only(window: SettingsWindow) -> None:
    wide = window.rail.width()
    window.resize(600, 500)
    assert window.rail.width() < wide / 2
    assert window.rail.buttons["away"].toolTip() == "Away"
    window.resize(900, 500)
    assert window.rail.width() == wide


def test_ctrl_f_goes_to_the_search(window: SettingsWindow) -> None:
    window.row("day_goal_minutes").control.setFocus()
    held = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window.row("day_goal_minutes").control, Qt.Key.Key_F, held)
    assert window.rail.search.hasFocus()


def test_mechanics_stand_under_advanced_only(window: SettingsWindow) -> None:
    window.show_support("Idle time is measured by org.example.Idle.")
    for key in window.rail.buttons:
        window.show_page(key)
        shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
        has_mechanics = any(".toml" in text or "org.example" in text for text in shown)
        assert has_mechanics is (key == "advanced")


def test_what_cannot_be_noticed_is_said_where_it_counts(window: SettingsWindow) -> None:
    window.show_support(
        "Idle time cannot be measured: org.example.Idle.", "Only locks are noticed."
    )
    window.show_page("away")
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "Only locks are noticed." in shown
    window.show_support("Idle time is measured by org.example.Idle.")
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "Only locks are noticed." not in shown


def test_every_control_has_a_name_to_be_heard(window: SettingsWindow) -> None:
    window.row("working_hours")
    window._choose("working_hours", "mon-fri 9:00-17:00")
    for key in window.rail.buttons:
        window.show_page(key)
        for kind in (QLineEdit, QComboBox, QSpinBox, QAbstractButton):
            for control in window.findChildren(kind):
                own = not control.objectName().startswith("qt_")
                within = isinstance(control.parentWidget(), QSpinBox | QComboBox | QLineEdit)
                if own and not within and control.isVisible():
                    heard = QAccessible.queryAccessibleInterface(control)
                    assert heard.text(QAccessible.Text.Name), control


@pytest.mark.parametrize("points", [14, 18])
def test_large_fonts_cut_nothing(points: int, tmp_path: Path, qtbot: QtBot) -> None:
    before = QApplication.font()
    large = QFont(before)
    large.setPointSize(points)
    QApplication.setFont(large)
    try:
        window = SettingsWindow(str(tmp_path / "settings.toml"), Desktop())
        qtbot.addWidget(window)
        window.show()
        for key in window.rail.buttons:
            window.show_page(key)
            QApplication.processEvents()
            for row in window.findChildren(SettingRow):
                if row.isVisible():
                    assert_whole(row.name)
                    assert_whole(row.control)
    finally:
        QApplication.setFont(before)


def assert_whole(widget: QWidget) -> None:
    if isinstance(widget, QLabel | QComboBox | QSpinBox):
        assert widget.height() >= widget.fontMetrics().height(), widget
    if isinstance(widget, QLabel):
        assert widget.width() >= min(widget.sizeHint().width(), widget.minimumSizeHint().width())
