"""The rules of a workspace are read when they are wanted, and changed by its administrators."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl.account import Account
from tests.fakes.toggl.server import Server, serve
from tests.ui.test_accessible import check
from tray import clock
from tray.api.address import read_address
from tray.api.secret import token_secret
from tray.credentials import SecretStore
from tray.session.online_actions import OnlineActions
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import account, quota_rows
from tray.sync.sign_in import linking
from tray.sync.sign_in.account_access import Access
from tray.ui.account.workspace_section import WorkspaceSection
from tray.ui.settings.sections import SettingRow
from tray.ui.theme import UNIT
from tray.workers.background import KeyringThread

PATIENCE_MS = 30_000


class Rules:
    """The section in a window, and the server behind it."""

    def __init__(self, tracking: Tracking, server: Server, qtbot: QtBot) -> None:
        self.tracking, self.server, self.qtbot = tracking, server, qtbot
        self.place = server.account.workspace
        store = SecretStore(FakeKeyring)
        store.save(server.url, server.account.token)
        self.online = OnlineActions(
            tracking.db.path,
            KeyringThread(lambda: store),
            tracking,
            crash_log=f"{tracking.db.path}.crash",
            environ={},
        )
        self.exchange()
        self.window = QWidget()
        self.section = WorkspaceSection(tracking, self.online, self.window)
        QVBoxLayout(self.window).addWidget(self.section)
        self.window.resize(70 * UNIT, 60 * UNIT)
        self.window.show()
        qtbot.waitExposed(self.window)

    def exchange(self) -> None:
        """Have the catalogue be as the server has it."""
        address = read_address(self.server.url)
        token = token_secret(self.server.account.token, address.auth)
        access = Access(address, token, "", Settings())
        account.clear(self.tracking.db)
        linking.sign_in(self.tracking.db, access.me(), access.location, now=clock.now())
        self.server.log.clear()
        self.tracking.refresh()

    def press(self, button: QPushButton) -> None:
        """Press it, and wait for what the server says."""
        button.click()
        tasks = (self.section.reading, self.section.saving)
        self.qtbot.waitUntil(lambda: not any(each.is_busy for each in tasks), timeout=PATIENCE_MS)

    def field(self, label: str) -> QLineEdit | QComboBox:
        rows = self.window.findChildren(SettingRow)
        (control,) = [row.control for row in rows if row.name.text() == label and row.isVisible()]
        assert isinstance(control, QLineEdit | QComboBox)
        return control

    def choose(self, label: str, word: str) -> None:
        box = self.field(label)
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findText(word))

    def sent(self) -> list[str]:
        return [each.method for each in self.server.log]


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(Account(lambda: float(clock.now()), premium=True)) as serving:
        yield serving


@pytest.fixture
def rules(blank: Tracking, server: Server, qtbot: QtBot) -> Iterator[Rules]:
    made = Rules(blank, server, qtbot)
    yield made
    made.window.close()
    shiboken6.delete(made.window)


def test_nothing_is_asked_before_somebody_wants_to_know(rules: Rules) -> None:
    assert rules.section.head.name.text() == rules.place.name
    assert not rules.section.save.isVisible()
    assert rules.sent() == []


def test_the_rules_are_read_and_changed(rules: Rules) -> None:
    rules.press(rules.section.ask)
    name = rules.field("Name of the workspace")
    assert isinstance(name, QLineEdit)
    assert name.text() == rules.place.name
    assert not rules.section.save.isEnabled()
    name.setText("Atelier 工作室")
    rules.choose("Rounding in reports", "Up")
    rules.choose("Rounded to", "15 min")
    rules.choose("Who may create projects", "Administrators")
    rules.choose("Who sees rates", "Administrators")
    rules.choose("Who sees what the team does", "Administrators")
    for label, text in (("Currency", "CHF"), ("Rate an hour", "80,5")):
        line = rules.field(label)
        assert isinstance(line, QLineEdit)
        line.setText(text)
    with rules.qtbot.waitSignal(rules.section.saved, timeout=PATIENCE_MS):
        rules.press(rules.section.save)
    assert rules.section.save_row.message.text() == "Saved."
    assert rules.sent() == ["GET", "PUT"]
    assert rules.place.name == "Atelier 工作室"
    assert rules.place.rules == {
        "rounding": 1,
        "rounding_minutes": 15,
        "only_admins_may_create_projects": True,
        "only_admins_see_billable_rates": True,
        "only_admins_see_team_dashboard": True,
        "default_currency": "CHF",
        "default_hourly_rate": 80.5,
    }
    found = account.read(rules.tracking.db)
    assert found is not None
    assert found.pull.catalogue_read_at is None


def test_who_is_no_administrator_can_read_them(rules: Rules) -> None:
    rules.place.admin = False
    rules.exchange()
    rules.section.refresh()
    assert rules.section.head.hint.text() == "Only its administrators may change it"
    rules.press(rules.section.ask)
    assert rules.field("Who may create projects").isVisible()
    assert not rules.field("Who may create projects").isEnabled()
    assert not rules.section.save.isVisible()


def test_what_takes_a_plan_is_not_offered_without(rules: Rules) -> None:
    db = rules.tracking.db
    db.run("UPDATE remote SET base = json_set(base, '$.premium', 0) WHERE of_table = 'workspace'")
    rules.section.refresh()
    rules.press(rules.section.ask)
    assert not rules.field("Rounding in reports").isEnabled()
    assert rules.field("Name of the workspace").isEnabled()


def test_a_nameless_one_is_not_sent(rules: Rules) -> None:
    rules.press(rules.section.ask)
    name = rules.field("Name of the workspace")
    assert isinstance(name, QLineEdit)
    name.setText(" ")
    rules.press(rules.section.save)
    said = [row.message.text() for row in rules.window.findChildren(SettingRow)]
    assert "The name is empty. Write what the workspace is called." in said
    assert rules.sent() == ["GET"]


@pytest.mark.parametrize(
    ("label", "text", "sentence"),
    [
        ("Currency", "francs", "“francs” is no currency. Write its three letters, such as EUR."),
        ("Rate an hour", "much", "“much” is not an amount. Write it like 75.50."),
    ],
)
def test_what_is_wrong_is_not_sent(rules: Rules, label: str, text: str, sentence: str) -> None:
    rules.press(rules.section.ask)
    line = rules.field(label)
    assert isinstance(line, QLineEdit)
    line.setText(text)
    rules.press(rules.section.save)
    assert sentence in [row.message.text() for row in rules.window.findChildren(SettingRow)]
    assert rules.sent() == ["GET"]


def test_a_rate_is_taken_away(rules: Rules) -> None:
    rules.place.rules["default_hourly_rate"] = 50
    rules.press(rules.section.ask)
    rate = rules.field("Rate an hour")
    assert isinstance(rate, QLineEdit)
    assert rate.text() == "50.00"
    rate.clear()
    rules.press(rules.section.save)
    assert rules.place.rules["default_hourly_rate"] == 0


def test_what_the_server_refuses_is_said(rules: Rules) -> None:
    rules.press(rules.section.ask)
    rules.place.admin = False
    rules.choose("Who may create projects", "Administrators")
    rules.press(rules.section.save)
    assert rules.section.save_row.message.text() not in ("", "Saved.")
    assert rules.section.save.isEnabled()


def test_it_can_be_cancelled(rules: Rules) -> None:
    rules.section.ask.click()
    assert rules.section.ask.text() == "Cancel"
    rules.section.ask.click()
    assert rules.section.ask.text() == "Show rules"
    assert not rules.section.save.isVisible()


def test_a_short_hour_is_said_before(rules: Rules) -> None:
    organization = f"organization {rules.place.organization_id}"
    with rules.tracking.db.writing():
        row = (organization, 30, 2, clock.now() + 600)
        quota_rows.write(rules.tracking.db, organization, row)
    rules.section.refresh()
    assert rules.section.head.hint.text() == "Requests it takes: 1. Left in this hour: 2."


def test_signed_out_there_is_none(rules: Rules) -> None:
    linking.sign_out(rules.tracking.db, "keep", now=clock.now())
    rules.section.refresh()
    assert not rules.section.isVisible()


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(rules: Rules) -> None:
    rules.press(rules.section.ask)
    check(rules.window, rules.qtbot)
