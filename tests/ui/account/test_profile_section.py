"""The profile is changed on the server, from a section that knows it without asking."""

from collections.abc import Iterator

import pytest
import shiboken6
from keyring.errors import KeyringLocked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
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
from tray.store.account import ErrorState, SyncErrorKind
from tray.sync.sign_in import linking
from tray.sync.sign_in.account_access import Access
from tray.ui.account.profile_section import ProfileSection
from tray.ui.settings.sections import SettingRow
from tray.ui.theme import UNIT
from tray.workers.background import KeyringThread

PATIENCE_MS = 30_000


class Profile:
    """The section in a window, and the server behind it."""

    def __init__(self, tracking: Tracking, server: Server, qtbot: QtBot) -> None:
        self.tracking, self.server, self.qtbot = tracking, server, qtbot
        self.account = server.account
        self.keyring = FakeKeyring()
        self.store = SecretStore(lambda: self.keyring)
        self.store.save(server.url, server.account.token)
        self.environ: dict[str, str] = {}
        self.online = OnlineActions(
            tracking.db.path,
            KeyringThread(lambda: self.store),
            tracking,
            crash_log=f"{tracking.db.path}.crash",
            environ=self.environ,
        )
        self.window = QWidget()
        self.section = ProfileSection(tracking, self.online, self.window)
        QVBoxLayout(self.window).addWidget(self.section)
        self.window.resize(70 * UNIT, 80 * UNIT)

    def sign_in(self) -> None:
        address = read_address(self.server.url)
        token = token_secret(self.account.token, address.auth)
        access = Access(address, token, "", Settings())
        linking.sign_in(self.tracking.db, access.me(), access.location, now=clock.now())
        account.update(self.tracking.db, date_format="YYYY-MM-DD", time_format="H:mm")
        self.server.log.clear()
        self.tracking.refresh()

    def line(self, name: str) -> QLineEdit:
        found = [each for each in self.window.findChildren(QLineEdit) if _is(each, name)]
        return found[0]

    def box(self, name: str) -> QComboBox:
        found = [each for each in self.window.findChildren(QComboBox) if _is(each, name)]
        return found[0]

    def save(self) -> None:
        QTest.mouseClick(self.section.save, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: not self.section.task.is_busy, timeout=PATIENCE_MS)

    def said(self) -> str:
        return self.section.save_row.message.text()

    def make_token(self) -> str:
        """Press the button to the end; what is said then."""
        for _ in range(3):
            self.section.token.button.click()
        self.qtbot.waitUntil(lambda: not self.section.token.task.is_busy, timeout=PATIENCE_MS)
        return self.section.token.row.message.text()

    def sent(self) -> list[str]:
        return [f"{each.method} {each.path.removeprefix('/api/v9')}" for each in self.server.log]


def _is(widget: QWidget, name: str) -> bool:
    return widget.accessibleName() == name


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(Account(lambda: float(clock.now()))) as serving:
        yield serving


@pytest.fixture
def profile(blank: Tracking, server: Server, qtbot: QtBot) -> Iterator[Profile]:
    made = Profile(blank, server, qtbot)
    made.sign_in()
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    made.window.close()
    shiboken6.delete(made.window)


def test_it_is_known_without_a_request(profile: Profile) -> None:
    assert profile.line("Full name").text() == "Test User"
    assert profile.line("E-mail").text() == "user@example.org"
    assert profile.line("Time zone of the account").text() == "Europe/Berlin"
    assert profile.box("Week of the account starts on").currentText() == "Monday"
    assert profile.box("Dates on Toggl's pages").currentText() == "2026-11-30"
    assert profile.box("Times on Toggl's pages").currentText() == "14:30"
    assert not profile.section.save.isEnabled()
    assert profile.sent() == []


def test_what_is_changed_is_in_the_account_and_here(profile: Profile) -> None:
    profile.line("Full name").setText("Ann 小明")
    profile.line("Time zone of the account").setText("Asia/Tokyo")
    profile.box("Week of the account starts on").setCurrentIndex(0)
    profile.box("Dates on Toggl's pages").setCurrentIndex(1)
    profile.box("Times on Toggl's pages").setCurrentIndex(1)
    profile.save()
    assert profile.said() == "Saved."
    assert profile.sent() == ["PUT /me", "POST /me/preferences"]
    there = profile.account
    assert (there.fullname, there.time_zone, there.beginning_of_week) == (
        "Ann 小明",
        "Asia/Tokyo",
        0,
    )
    assert there.preferences["date_format"] == "DD.MM.YYYY"
    found = account.read(profile.tracking.db)
    assert found is not None
    assert (found.name, found.beginning_of_week, found.time_format) == ("Ann 小明", 0, "h:mm A")
    assert not profile.section.save.isEnabled()


def test_only_what_was_changed_is_sent(profile: Profile) -> None:
    profile.box("Times on Toggl's pages").setCurrentIndex(1)
    QTest.keyClick(profile.line("Full name"), Qt.Key.Key_Return)
    profile.qtbot.waitUntil(lambda: profile.said() == "Saved.", timeout=PATIENCE_MS)
    assert profile.sent() == ["POST /me/preferences"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("Full name", " ", "The name is empty. Write how others are to see you."),
        ("E-mail", "nobody", "“nobody” is no e-mail address."),
        (
            "Time zone of the account",
            "Nowhere",
            "“Nowhere” is no time zone. Write it as Europe/Berlin.",
        ),
    ],
)
def test_what_cannot_be_is_said_and_not_sent(
    profile: Profile, name: str, text: str, sentence: str
) -> None:
    profile.line(name).setText(text)
    profile.save()
    messages = [row.message.text() for row in profile.window.findChildren(SettingRow)]
    assert [each for each in messages if each] == [sentence]
    assert profile.sent() == []


def test_what_the_server_refuses_is_said_and_kept_to_be_corrected(profile: Profile) -> None:
    profile.account.not_offered = frozenset({"/me/preferences"})
    profile.box("Times on Toggl's pages").setCurrentIndex(1)
    profile.save()
    assert profile.said() != "Saved."
    assert profile.said().endswith(".")
    assert profile.box("Times on Toggl's pages").currentIndex() == 1
    assert profile.section.save.isEnabled()


def test_it_can_be_cancelled(profile: Profile) -> None:
    profile.line("Full name").setText("Ann")
    profile.section.save.click()
    assert profile.said() == "Changing your profile…"
    assert profile.section.save.text() == "Cancel"
    assert not profile.line("Full name").isEnabled()
    profile.section.save.click()
    assert profile.said().startswith("Cancelled.")
    assert profile.section.save.text() == "Save"
    assert profile.line("Full name").isEnabled()


def test_a_short_hour_is_said_before(profile: Profile) -> None:
    with profile.tracking.db.writing():
        quota_rows.write(profile.tracking.db, "user", ("user", 30, 2, clock.now() + 600))
    profile.line("Full name").setText("Ann")
    assert profile.section.save_row.hint.text() == "Requests it takes: 1. Left in this hour: 2."


def test_what_comes_from_elsewhere_shows_but_where_something_was_typed(profile: Profile) -> None:
    profile.line("Full name").setText("Ann")
    account.update(profile.tracking.db, name="Test", email="new@example.org", date_format="D/M")
    profile.tracking.refresh()
    profile.section.refresh()
    assert profile.line("Full name").text() == "Ann"
    assert profile.line("E-mail").text() == "new@example.org"
    assert profile.box("Dates on Toggl's pages").currentText() == "D/M"


def test_a_format_that_is_not_known_is_not_made_up(profile: Profile) -> None:
    account.update(profile.tracking.db, time_format=None)
    profile.section.refresh()
    assert profile.box("Times on Toggl's pages").currentIndex() == -1
    assert not profile.section.save.isEnabled()


def test_without_an_account_there_is_none(profile: Profile) -> None:
    linking.sign_out(profile.tracking.db, "keep", now=clock.now())
    profile.section.refresh()
    assert not profile.section.isVisible()
    assert not profile.section.match((), "Account")


def test_a_new_token_is_asked_for_twice_and_in_the_keyring(profile: Profile) -> None:
    before, token = profile.account.token, profile.section.token
    token.button.click()
    assert "Every other computer, phone and script" in token.row.message.text()
    token.button.click()
    assert token.row.message.text().endswith("Are you sure?")
    token.keep.click()
    assert token.row.message.text() == ""
    assert profile.sent() == []
    with profile.qtbot.waitSignal(profile.online.token_made, timeout=PATIENCE_MS):
        said = profile.make_token()
    assert said.startswith("There is a new token, and this computer has it.")
    assert [*profile.keyring.secrets.values()] == [profile.account.token] != [before]


def test_the_exchange_goes_on_that_has_met_the_token_before(profile: Profile) -> None:
    later = clock.now() + 3_600
    kind = SyncErrorKind.SIGN_IN_REFUSED
    account.update(profile.tracking.db, error_kind=kind, next_request_at=later)
    profile.make_token()
    found = account.read(profile.tracking.db)
    assert found is not None
    assert found.errors == ErrorState()


def test_no_token_is_made_while_the_keyring_is_locked(profile: Profile) -> None:
    before = profile.account.token
    profile.keyring.fails = KeyringLocked("locked")
    assert "the keyring is locked" in profile.make_token()
    assert profile.account.token == before


def test_a_new_token_that_the_keyring_does_not_take_is_kept_for_this_run(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile.keyring, "set_password", lambda *_: None)
    assert "did not do as it was told" in profile.make_token()
    assert profile.store.read(profile.server.url) == profile.account.token


def test_a_token_of_the_environment_is_not_made_worthless(profile: Profile) -> None:
    profile.environ |= {
        "TOGGL_API_TOKEN": profile.account.token,
        "TOGGL_API_URL": profile.server.url,
    }
    before = profile.account.token
    assert profile.make_token() != ""
    assert profile.account.token == before


def test_a_gateways_key_is_no_token(profile: Profile) -> None:
    account.update(profile.tracking.db, auth="bearer")
    profile.section.refresh()
    assert not profile.section.token.row.isVisible()


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(profile: Profile) -> None:
    check(profile.window, profile.qtbot)
