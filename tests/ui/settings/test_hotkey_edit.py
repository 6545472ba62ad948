from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tray.chosen_language import set_language
from tray.language import LANGUAGES
from tray.ui.settings.hotkey_edit import HotkeyEdit
from tray.ui.settings.sections import CONTROL_WIDTH
from tray.ui.theme import text_scale

KEY = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, META = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.MetaModifier


@pytest.fixture
def english_again() -> Iterator[None]:
    yield
    set_language("en")


class Page:
    """A field between two others, and what it reports."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.before = QLineEdit(self.window)
        self.edit = HotkeyEdit(self.window)
        self.after = QLineEdit(self.window)
        layout = QVBoxLayout(self.window)
        for widget in (self.before, self.edit, self.after):
            layout.addWidget(widget)
        self.edit.setAccessibleName("Quick start")
        self.edit.show_hotkey("ctrl+alt+space")
        self.chosen: list[object] = []
        self.refused: list[object] = []
        self.edit.chosen.connect(self.chosen.append)
        self.edit.refused.connect(self.refused.append)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.edit.setFocus()

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        for each in held:
            modifiers |= each
        QTest.keyClick(self.edit.field, key, modifiers)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


@pytest.mark.parametrize(
    ("key", "held", "written"),
    [
        (KEY.Key_T, (CONTROL, ALT), "ctrl+alt+t"),
        (KEY.Key_F9, (), "f9"),
        (KEY.Key_Space, (META,), "meta+space"),
        (KEY.Key_Return, (CONTROL,), "ctrl+enter"),
        (KEY.Key_Tab, (CONTROL, ALT), "ctrl+alt+tab"),
        (KEY.Key_Escape, (CONTROL, SHIFT), "ctrl+shift+escape"),
    ],
)
def test_what_is_pressed_is_recorded(
    page: Page, key: Qt.Key, held: tuple[Qt.KeyboardModifier, ...], written: str
) -> None:
    page.press(key, *held)
    assert page.chosen == [written]
    assert page.refused == []


@pytest.mark.parametrize(
    ("key", "held", "words"),
    [
        (KEY.Key_T, (), "T is needed for typing. Add Ctrl, Alt or Meta."),
        (KEY.Key_T, (SHIFT,), "Shift+T is needed for typing"),
        (KEY.Key_Return, (), "Enter is needed for typing"),
        (KEY.Key_Dead_Acute, (CONTROL,), "That key cannot be a hotkey."),
    ],
)
def test_what_cannot_be_a_hotkey_is_refused_with_its_sentence(
    page: Page, key: Qt.Key, held: tuple[Qt.KeyboardModifier, ...], words: str
) -> None:
    page.press(key, *held)
    assert page.chosen == []
    (sentence,) = page.refused
    assert str(sentence).startswith(words)
    assert page.edit.field.text() == "Ctrl+Alt+Space"


@pytest.mark.parametrize("key", [KEY.Key_Control, KEY.Key_Shift, KEY.Key_Alt, KEY.Key_Meta])
def test_modifiers_on_the_way_say_nothing(page: Page, key: Qt.Key) -> None:
    page.press(key)
    assert page.chosen == page.refused == []


def test_a_key_that_repeats_is_recorded_once(page: Page) -> None:
    for repeats in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, KEY.Key_F9, Qt.KeyboardModifier(0), "", repeats)
        QApplication.sendEvent(page.edit.field, event)
    assert page.chosen == ["f9"]


def test_tab_leaves_the_field_and_its_button_in_both_directions(page: Page) -> None:
    assert page.edit.field.hasFocus()
    page.press(KEY.Key_Tab)
    assert page.edit.clear.hasFocus()
    QTest.keyClick(page.edit.clear, KEY.Key_Tab)
    assert page.after.hasFocus()
    page.edit.field.setFocus()
    page.press(KEY.Key_Backtab, SHIFT)
    assert page.before.hasFocus()
    assert page.chosen == page.refused == []


def test_escape_ends_the_recording(page: Page) -> None:
    page.press(KEY.Key_Escape)
    assert not page.edit.field.hasFocus()
    assert page.window.isVisible()


def test_the_shortcuts_of_the_window_are_recorded_not_done(page: Page) -> None:
    override = QKeyEvent(QEvent.Type.ShortcutOverride, KEY.Key_Q, CONTROL)
    override.ignore()
    QApplication.sendEvent(page.edit.field, override)
    assert override.isAccepted()


def test_the_button_takes_the_hotkey_away(page: Page) -> None:
    QTest.mouseClick(page.edit.clear, Qt.MouseButton.LeftButton)
    assert page.chosen == [""]
    page.edit.show_hotkey("")
    assert page.edit.field.text() == ""
    assert not page.edit.clear.isEnabled()


def test_it_says_what_it_waits_for(page: Page) -> None:
    page.edit.show_hotkey("")
    assert page.edit.field.placeholderText() == "Press the keys…"
    page.after.setFocus()
    assert page.edit.field.placeholderText() == "None"


def test_what_stands_in_the_file_and_cannot_be_read_is_shown_as_it_is(page: Page) -> None:
    page.edit.show_hotkey("hyper+banana")
    assert page.edit.field.text() == "hyper+banana"
    assert page.edit.clear.isEnabled()


def test_field_and_button_have_names(page: Page) -> None:
    assert page.edit.field.accessibleName() == "Quick start"
    assert page.edit.clear.accessibleName() == "No hotkey for Quick start"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_longest_keys_fit_into_the_column_of_the_settings(
    qtbot: QtBot, code: str, english_again: None
) -> None:
    del english_again
    set_language(code)
    window = QWidget()
    qtbot.addWidget(window)
    edit = HotkeyEdit(window)
    edit.setFixedWidth(round(CONTROL_WIDTH * text_scale(window.font())))
    for keys in ("ctrl+alt+shift+space", "ctrl+alt+space", "f9"):
        edit.show_hotkey(keys)
        window.adjustSize()
        window.show()
        field = edit.field
        inside = QStyle.SubElement.SE_LineEditContents
        option = QStyleOptionFrame()
        field.initStyleOption(option)
        room = field.style().subElementRect(inside, option, field).width() - 4
        assert field.fontMetrics().horizontalAdvance(field.text()) <= room
