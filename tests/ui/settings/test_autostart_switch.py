import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from tests.ui.settings.conftest import Desktop, Page
from tray.desktop.linux.autostart import XdgAutostart
from tray.desktop.support import partly
from tray.program import tray_command
from tray.ui.settings.settings_window import SettingsWindow


def test_the_switch_has_the_program_started_at_login(page: Page) -> None:
    box = page.login().control
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert page.desktop.command == tray_command(os.environ)
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert page.desktop.command == []
    assert page.told == [], "it is no line of the file"


def test_the_command_for_login_is_absolute() -> None:
    command = tray_command(os.environ)
    assert os.path.isabs(command[0])
    assert os.access(command[0], os.X_OK)


def test_where_login_works_in_part_it_says_why(tmp_path: Path, qtbot: QtBot) -> None:
    desktop = Desktop(partly("Add it to the start-up file."))
    page = Page(tmp_path / "settings.toml", qtbot, desktop)
    assert page.login().message.text() == "Add it to the start-up file."


def test_another_copy_at_login_is_named(page: Page) -> None:
    page.leave()
    page.desktop.command = ["/elsewhere/toggl-tray"]
    page.look_at()
    box = page.login().control
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    assert "Another copy" in page.login().message.text()


def test_a_login_that_cannot_be_set_is_a_sentence_and_the_switch_stays(page: Page) -> None:
    page.desktop.broken = "The folder cannot be written. Make it writable."
    box = page.login().control
    assert isinstance(box, QCheckBox)
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    assert page.login().message.text() == page.desktop.broken


def test_a_home_of_its_own_is_the_one_at_login_too(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_TRAY_HOME", str(tmp_path))
    page = Page(tmp_path / "settings.toml", qtbot)
    QTest.keyClick(page.login().control, Qt.Key.Key_Space)
    assert page.desktop.command[-2:] == ["--home", str(tmp_path)]


def test_it_works_with_the_autostart_of_a_real_desktop(tmp_path: Path, qtbot: QtBot) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "none")}
    window = SettingsWindow(str(tmp_path / "settings.toml"), XdgAutostart(environ))
    qtbot.addWidget(window)
    window.show()
    window.show_page("icon")
    login = window._login
    assert login is not None
    box = login.row.control
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert (tmp_path / "autostart" / "toggl-tray.desktop").exists()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert not (tmp_path / "autostart" / "toggl-tray.desktop").exists()
