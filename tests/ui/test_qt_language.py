"""Qt's own texts and the direction of windows follow the language of the program."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from tray.chosen_language import set_language
from tray.desktop.chord import _SHOWN, TYPING
from tray.language import LANGUAGES
from tray.ui import qt_language
from tray.ui.key_text import key_text
from tray.ui.qt_language import QtLanguage


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Callable[[str], None]]:
    """Has the program, and then Qt, speak another language."""
    del qtbot
    followed = QtLanguage()

    def speak(code: str) -> None:
        monkeypatch.setattr(qt_language, "language", lambda: code)
        followed.follow()

    speak("en")  # whatever a test before has left
    yield speak
    speak("en")


def cancel() -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")


def test_buttons_of_dialogs_follow_there_and_back(speak: Callable[[str], None]) -> None:
    said = []
    for code in ("en", "zh_CN", "de", "tlh", "en"):
        speak(code)
        said.append(cancel())
    assert said == ["Cancel", "取消", "Abbrechen", "Cancel", "Cancel"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_menus_call_keys_as_all_else_does(speak: Callable[[str], None], code: str) -> None:
    keys = {f"Ctrl+{_SHOWN[key]}" for key in (*TYPING, "print", "menu") if key != "plus"}
    native = QKeySequence.SequenceFormat.NativeText
    set_language(code)
    speak(code)
    try:
        menus = {each: QKeySequence(each).toString(native) for each in keys}
        assert menus == {each: key_text(each) for each in keys}
    finally:
        set_language("en")


def test_english_loads_nothing(
    speak: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[str] = []
    monkeypatch.setattr(qt_language, "_loaded", loads.append)
    speak("en")
    assert loads == []


def test_a_language_that_is_written_from_the_right_turns_windows(
    speak: Callable[[str], None],
) -> None:
    found = []
    for code in ("ar", "zh_CN"):
        speak(code)
        found.append(QApplication.layoutDirection())
    assert found == [Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight]
