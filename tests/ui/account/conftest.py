"""The section of the settings and what it needs, with a server on the loopback interface."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl.account import Account
from tests.fakes.toggl.server import Server, serve
from tray.credentials import SecretStore
from tray.model.formats import TimeFormat
from tray.session.account_actions import AccountActions
from tray.session.tracking import Tracking
from tray.ui.account.section import AccountSection
from tray.ui.account.sign_in import SignInServer
from tray.ui.settings.sections import SettingRow
from tray.workers.background import KeyringThread


class Page:
    """The section in a window of its own."""

    def __init__(self, tracking: Tracking, server: Server, qtbot: QtBot) -> None:
        self.tracking = tracking
        self.server = server
        self.qtbot = qtbot
        self.keyring = FakeKeyring()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        thread = KeyringThread(lambda: SecretStore(lambda: self.keyring))
        self.desk = AccountActions(
            tracking.db.path, thread, self.window, crash_log=f"{tracking.db.path}.crash"
        )
        self.desk.joined.connect(self.refresh)
        self.desk.parted.connect(self.refresh)
        self.desk.changed.connect(tracking.refresh)
        self.section = AccountSection(tracking, self.desk, TimeFormat(), self.window)
        QVBoxLayout(self.window).addWidget(self.section)
        self.window.show()
        qtbot.waitExposed(self.window)

    def refresh(self, _: object) -> None:
        self.tracking.refresh()

    def rows(self) -> list[SettingRow]:
        """Those that can be seen, from the top."""
        return [row for row in self.section.findChildren(SettingRow) if row.isVisible()]

    def texts(self) -> list[str]:
        """What the rows are called, and what is said below them."""
        said = [
            (row.name.text(), row.message.text() if row.message.isVisible() else "")
            for row in self.rows()
        ]
        return [text for both in said for text in both if text]

    def press(self, button: QPushButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def fill(self, token: str) -> None:
        form = self.section.sign_in
        form.server.setCurrentIndex(form.server.findData(SignInServer.OWN))
        form.address.setText(self.server.url)
        form.token.clear()
        QTest.keyClicks(form.token, token)

    def sign_in(self) -> None:
        form = self.section.sign_in
        self.fill(self.server.account.token)
        self.press(form.accept)
        self.qtbot.waitUntil(form.choice.isVisible)
        with self.qtbot.waitSignal(self.desk.joined):
            self.press(form.accept)
        self.qtbot.waitUntil(self.section.signed_in.sync.isVisible)


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(Account()) as serving:
        yield serving


@pytest.fixture
def page(tracking: Tracking, server: Server, qtbot: QtBot) -> Iterator[Page]:
    opened = Page(tracking, server, qtbot)
    yield opened
    opened.window.close()
