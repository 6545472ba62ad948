"""The page of the team, over a server on the loopback interface with three people in it."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl.account import Account
from tests.fakes.toggl.server import Server, serve
from tray import clock
from tray.api.address import read_address
from tray.api.secret import token_secret
from tray.credentials import SecretStore
from tray.model.formats import TimeFormat
from tray.session.online_actions import OnlineActions
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.sync.sign_in import linking
from tray.sync.sign_in.account_access import Access
from tray.ui.team.team_page import TeamPage
from tray.ui.theme import UNIT
from tray.workers.background import KeyringThread

PATIENCE_MS = 30_000
HOUR = 3600


class Team:
    """The page and the server behind it."""

    def __init__(self, tracking: Tracking, server: Server, qtbot: QtBot) -> None:
        self.tracking, self.server, self.qtbot = tracking, server, qtbot
        self.account = server.account
        self.keyring = FakeKeyring()
        self.secret_store = SecretStore(lambda: self.keyring)
        self.secret_store.save(server.url, server.account.token)
        address = read_address(server.url)
        access = Access(address, token_secret(server.account.token, address.auth), "", Settings())
        linking.sign_in(tracking.db, access.me(), access.location, now=clock.now())
        tracking.refresh()
        server.log.clear()
        self.online = OnlineActions(
            tracking.db.path,
            KeyringThread(lambda: self.secret_store),
            tracking,
            crash_log=f"{tracking.db.path}.crash",
            environ={},
        )
        self.page = TeamPage(tracking, self.online, TimeFormat())
        self.page.resize(108 * UNIT, 70 * UNIT)

    def open(self) -> None:
        """Show the page, and wait for what it asks."""
        self.page.show()
        self.qtbot.waitExposed(self.page)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is asked any more."""
        self.qtbot.waitUntil(lambda: not self.page._request, timeout=PATIENCE_MS)

    def show(self, view: str) -> None:
        self.page.segments.buttons[view].click()

    def titles(self) -> list[str]:
        return [row.title for row in self.page.model.rows]

    def choose(self, title: str, *path: str) -> None:
        """Choose an action from the menu of a row."""
        row = next(row for row in self.page.model.rows if row.title == title)
        from tray.ui.team.team_menus import row_menu

        assert self.page.team is not None
        menu: QMenu | None = row_menu(self.page, self.page.team, row, self.page.do)
        for word in path:
            assert menu is not None
            action = next(each for each in menu.actions() if each.text() == word)
            menu = action.menu()  # type: ignore[assignment]  # None where it has none
            if menu is None:
                action.trigger()
        self.settle()


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(Account(lambda: float(clock.now()), premium=True)) as serving:
        yield serving


@pytest.fixture
def team(blank: Tracking, server: Server, qtbot: QtBot) -> Iterator[Team]:
    account, now = server.account, int(server.account.now)
    ann = account.add_member("ann@example.org", "Ann Smith")
    bob = account.add_member("bob@example.org", "王小明")
    account.add_member("carl@example.org", joined=False)
    project = account.add_project("Website")
    account.other_tracks(ann, "Draw the new icon", now - 25 * 60, None, project_id=project)
    account.other_tracks(ann, "Sort the mail", now - 9 * HOUR, now - 6 * HOUR)
    account.other_tracks(bob, "写报告", now - 5 * HOUR, now - 3 * HOUR, project_id=project)
    account.add_to_project(project, ann, manager=True)
    made = Team(blank, server, qtbot)
    yield made
    made.page.close()
    shiboken6.delete(made.page)
