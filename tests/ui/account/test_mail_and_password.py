"""The e-mails that Toggl sends, and the password, in the settings of the account."""

import json
from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
import shiboken6
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.toggl.account import Account
from tests.fakes.toggl.server import Server, serve
from tests.ui.account.test_profile_section import PATIENCE_MS, Profile
from tests.ui.test_accessible import check
from tray import clock
from tray.session.tracking import Tracking
from tray.store import account
from tray.ui.account.mail_section import MailSection
from tray.ui.account.password_section import PasswordSection

S = TypeVar("S", bound=QWidget)


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(Account(lambda: float(clock.now()))) as serving:
        yield serving


@pytest.fixture
def there(blank: Tracking, server: Server, qtbot: QtBot) -> Iterator[Profile]:
    made = Profile(blank, server, qtbot)
    made.sign_in()
    yield made
    made.window.close()
    shiboken6.delete(made.window)


@pytest.fixture
def mail(there: Profile) -> MailSection:
    return shown(there, MailSection(there.tracking, there.online, there.window))


@pytest.fixture
def password(there: Profile) -> PasswordSection:
    return shown(there, PasswordSection(there.tracking, there.online, there.window))


def shown(there: Profile, section: S) -> S:
    layout = there.window.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(section)
    there.window.show()
    there.qtbot.waitExposed(there.window)
    return section


def wait(there: Profile, task: Any) -> None:
    there.qtbot.waitUntil(lambda: not task.is_busy, timeout=PATIENCE_MS)


def test_letters_are_asked_for_and_changed(there: Profile, mail: MailSection) -> None:
    assert there.server.log == []
    assert not mail.save_row.isVisible()
    mail.ask.click()
    wait(there, mail.reading)
    weekly = there.box("A report each week")
    assert weekly.isVisible()
    before = weekly.currentData()
    weekly.setCurrentIndex(weekly.findData(not before))
    mail.save.click()
    wait(there, mail.saving)
    assert mail.save_row.message.text() == "Saved."
    assert not mail.save.isEnabled()
    (sent,) = [each for each in there.server.log if each.method != "GET"]
    assert json.loads(sent.request.body) == {"send_weekly_report": not before}


def test_letters_can_be_reached_by_the_keyboard(there: Profile, mail: MailSection) -> None:
    mail.ask.click()
    wait(there, mail.reading)
    assert there.window.findChildren(QComboBox)
    check(there.window, there.qtbot)


def fill(section: PasswordSection, present: str, new: str, again: str = "") -> None:
    for edit, text in zip(
        (section.present, section.new, section.again), (present, new, again or new), strict=True
    ):
        edit.setText(text)


def test_the_password_is_changed_with_the_present_one(
    there: Profile, password: PasswordSection
) -> None:
    assert password.present.echoMode() is QLineEdit.EchoMode.Password
    assert not password.change.isEnabled()
    fill(password, there.account.password, "newer secret")
    password.change.click()
    wait(there, password.task)
    assert there.account.password == "newer secret"
    assert password.change_row.message.text() == "The password was changed."
    assert password.present.text() == password.new.text() == password.again.text() == ""


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        ("short", "short", "at least 6 characters"),
        ("long enough", "long enuogh", "Type the new password twice"),
    ],
)
def test_what_is_wrong_is_said_before_a_request(
    there: Profile, password: PasswordSection, new: str, again: str, sentence: str
) -> None:
    fill(password, "x", new, again)
    password.change.click()
    said = " ".join(row.message.text() for row in password._rows.values())
    assert sentence in said
    assert there.server.log == []


def test_a_wrong_present_password_is_said(there: Profile, password: PasswordSection) -> None:
    fill(password, "not it", "newer secret")
    password.change.click()
    wait(there, password.task)
    assert "Current password is not valid" in password.change_row.message.text()
    assert password.new.text() == "newer secret"


def test_nothing_of_it_is_shown_once_signed_out(there: Profile, password: PasswordSection) -> None:
    fill(password, "x", "newer secret")
    account.update(there.tracking.db, signed_in=False)
    there.tracking.refresh()
    assert not password.isVisible()
    assert password.present.text() == ""
