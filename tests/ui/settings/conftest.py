"""The settings window, with a settings file and a desktop of its own."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tray import settings
from tray.desktop.support import WORKS, Support
from tray.errors import ReadOnly
from tray.settings import DECLARED, Settings
from tray.ui.settings.hotkey_edit import HotkeyEdit
from tray.ui.settings.sections import SettingRow
from tray.ui.settings.settings_pages import page_of
from tray.ui.settings.settings_window import SettingsWindow


class Desktop:
    """Starts at login what it is told to."""

    def __init__(self, support: Support = WORKS) -> None:
        self.support = support
        self.command: list[str] = []
        self.broken = ""

    def enabled(self) -> bool:
        return bool(self.command)

    def matches(self, command: Sequence[str]) -> bool:
        return self.command == list(command)

    def enable(self, command: Sequence[str]) -> None:
        self._check()
        self.command = list(command)

    def disable(self) -> None:
        self._check()
        self.command = []

    def _check(self) -> None:
        if self.broken:
            raise ReadOnly(self.broken)


class Page:
    """The window, with a settings file and a desktop of its own."""

    def __init__(self, file: Path, qtbot: QtBot, desktop: Desktop | None = None) -> None:
        self.file = file
        self.qtbot = qtbot
        self.desktop = desktop or Desktop()
        self.window = SettingsWindow(str(file), self.desktop)
        qtbot.addWidget(self.window)
        self.told: list[object] = []
        self.window.changed.connect(self.told.append)
        self.look_at()

    def look_at(self) -> None:
        """Show the window, and give it the focus."""
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def leave(self) -> None:
        """Go to another window."""
        elsewhere = QWidget()
        self.qtbot.addWidget(elsewhere)
        elsewhere.show()
        elsewhere.activateWindow()
        self.qtbot.waitUntil(elsewhere.isActiveWindow)

    def row(self, key: str) -> SettingRow:
        """The row of a setting, its page shown."""
        self.window.show_page(page_of(DECLARED[key].group).key)
        return self.window.row(key)

    def control(self, key: str) -> QWidget:
        return self.row(key).control

    def message(self, key: str) -> str:
        """What stands below a setting besides its hint."""
        row = self.row(key)
        return row.message.text() if row.message.isVisibleTo(row) else ""

    def saved(self) -> Settings:
        return settings.load(str(self.file)).settings

    def line(self, key: str) -> QLineEdit:
        control = self.control(key)
        line = control.lineEdit() if isinstance(control, QComboBox) else control
        assert isinstance(line, QLineEdit)
        return line

    def spin(self, key: str) -> QSpinBox:
        control = self.control(key)
        assert isinstance(control, QSpinBox)
        return control

    def combo(self, key: str) -> QComboBox:
        control = self.control(key)
        assert isinstance(control, QComboBox)
        return control

    def box(self, key: str) -> QCheckBox:
        control = self.control(key)
        assert isinstance(control, QCheckBox)
        return control

    def keys(self, key: str) -> HotkeyEdit:
        control = self.control(key)
        assert isinstance(control, HotkeyEdit)
        return control

    def login(self) -> SettingRow:
        self.window.show_page("icon")
        login = self.window._login
        assert login is not None
        return login.row


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Iterator[Page]:
    opened = Page(tmp_path / "settings.toml", qtbot)
    yield opened
    opened.window.close()
