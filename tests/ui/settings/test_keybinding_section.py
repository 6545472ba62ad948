"""The settings show what GNOME would call, have it do so, and take that back."""

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray.desktop.chord import parse
from tray.desktop.linux.gnome_keybindings import Keybinding
from tray.ui.settings.keybinding_section import KeybindingSection


class Desktop(QObject):
    """GNOME without a portal for hotkeys."""

    hotkeys_changed = Signal(object)
    keybinding_failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.keybindings = {
            "quick": Keybinding("Quick start", parse("ctrl+alt+space"), ("/opt/my tray", "quick"))
        }
        self.called_by_desktop = False

    def add_keybindings(self) -> None:
        self.called_by_desktop = True
        self.hotkeys_changed.emit({})

    def remove_keybindings(self) -> None:
        self.called_by_desktop = False
        self.hotkeys_changed.emit({})


@pytest.fixture
def calls(qtbot: QtBot) -> Desktop:
    del qtbot
    return Desktop()


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_command_is_shown_added_and_taken_back(calls: Desktop, page: QWidget) -> None:
    section = KeybindingSection(calls, page)
    assert section.row.hint.text() == "Ctrl+Alt+Space calls: '/opt/my tray' quick"
    assert section.button.text() == "Add"
    section.button.click()
    assert calls.called_by_desktop
    assert section.button.text() == "Take back"
    section.button.click()
    assert not calls.called_by_desktop


def test_why_it_could_not_be_added_is_said(calls: Desktop, page: QWidget) -> None:
    section = KeybindingSection(calls, page)
    calls.keybinding_failed.emit("It is locked.")
    assert section.row.message.text() == "It is locked."


def test_where_hotkeys_work_there_is_nothing_to_see_or_find(calls: Desktop, page: QWidget) -> None:
    calls.keybindings = {}
    section = KeybindingSection(calls, page)
    assert section.isHidden()
    assert not section.match(["gnome"], "")
    calls.called_by_desktop = True  # since before GNOME gave hotkeys
    calls.hotkeys_changed.emit({})
    assert section.match(["gnome"], "")
    assert section.button.text() == "Take back"
