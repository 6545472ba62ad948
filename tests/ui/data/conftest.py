"""The page for files and backups, over a database with a few entries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tray import paths
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.ui.account.account_controller import AccountController
from tray.ui.data.backup_section import BackupSection
from tray.ui.data.export_section import ExportSection
from tray.ui.data.import_section import ImportSection
from tray.ui.data.journal_section import JournalSection
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.settings_controller import SettingsController
from tray.workers.background import of_computer


class Page:
    """The sections in a window of their own, and whether the exchange pauses for a restore."""

    def __init__(self, tracking: Tracking, folder: Path, qtbot: QtBot) -> None:
        self.tracking, self.folder, self.qtbot = tracking, folder, qtbot
        self.paused = False
        self.window = QWidget()
        qtbot.addWidget(self.window)
        places = paths.find({"TOGGL_TRAY_HOME": str(folder)})
        self.account = AccountController(places, tracking, self.window, keyring=of_computer(places))
        self.controller = SettingsController(
            places, tracking, self.account, Settings(), self.window
        )
        qtbot.addWidget(self.controller.window)
        column = QVBoxLayout(self.window)
        for section in self.controller.data_page(self.window):
            column.addWidget(section)
        actions = self.controller._data
        assert actions is not None
        self.data = actions
        actions.restoring.connect(self._on_restoring)
        with qtbot.waitSignal(actions.listed):
            self.window.show()

    @property
    def importing(self) -> ImportSection:
        return self.window.findChild(ImportSection)  # type: ignore[return-value]  # there is one

    @property
    def exporting(self) -> ExportSection:
        return self.window.findChild(ExportSection)  # type: ignore[return-value]  # there is one

    @property
    def backups(self) -> BackupSection:
        return self.window.findChild(BackupSection)  # type: ignore[return-value]  # there is one

    @property
    def journal(self) -> JournalSection:
        return self.window.findChild(JournalSection)  # type: ignore[return-value]  # there is one

    def _on_restoring(self) -> None:
        self.paused = self.account.syncing.is_paused

    def texts(self, section: Section) -> list[str]:
        """All that the rows of a section say."""
        rows = [row for row in section.findChildren(SettingRow) if row.isVisible()]
        said = [(row.name, row.hint, row.message) for row in rows]
        return [each.text() for labels in said for each in labels if each.text()]

    def wait_for(self, words: str, section: Section) -> None:
        self.qtbot.waitUntil(lambda: words in " ".join(self.texts(section)))

    def press(self, button: QPushButton) -> None:
        self.qtbot.waitUntil(button.isVisible)
        assert button.isEnabled()
        button.click()


@pytest.fixture
def page(tracking: Tracking, tmp_path: Path, qtbot: QtBot) -> Iterator[Page]:
    opened = Page(tracking, tmp_path, qtbot)
    yield opened
    opened.window.close()
