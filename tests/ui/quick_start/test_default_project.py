"""The default project in the line: shown as a chip, taken away by a click or by @-."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.quick_start.user import User
from tray import clock
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.tracker import catalogue
from tray.ui.quick_start.dialog import QuickStartDialog

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


@pytest.fixture
def user(tracking: Tracking, qtbot: QtBot) -> Iterator[User]:
    tracking.default_wanted = "Acme"
    dialog = QuickStartDialog(tracking, TimeFormat())
    qtbot.addWidget(dialog)
    somebody = User(dialog, qtbot, tracking)
    somebody.open()
    qtbot.waitUntil(lambda: dialog.line._history is not None)
    yield somebody
    dialog.stop()


def project(user: User) -> str:
    """Of what was started."""
    names = user.tracking.snapshot.names
    found = names.projects.get(user.started().project_id or 0)
    return found.name if found else ""


def test_it_is_shown_from_the_start_and_taken(user: User) -> None:
    assert user.dialog.line.chips.texts == ["Acme"]
    user.type("Think")
    assert user.dialog.line.chips.texts == ["Acme"]
    user.press(ENTER)
    assert project(user) == "Acme"


def test_a_click_on_its_chip_takes_it_away_in_the_line(user: User) -> None:
    user.type("Think")
    chips = user.dialog.line.chips
    QTest.mouseClick(chips, Qt.MouseButton.LeftButton, pos=QPoint(10, chips.height() // 2))
    assert user.dialog.line.edit.text() == "Think @-"
    assert chips.texts == ["No project"]
    user.press(ENTER)
    assert project(user) == ""


def test_a_named_project_goes_before_it(user: User) -> None:
    user.type("Think @研究")
    assert user.dialog.line.chips.texts == ["研究"]
    user.press(ENTER)
    assert project(user) == "研究"


def test_what_was_done_before_without_a_project_stays_so(user: User) -> None:
    user.type("figures")
    user.press(DOWN)
    assert user.dialog.line.chips.texts == []
    user.press(ENTER)
    assert user.started().description == "Call about the figures"
    assert project(user) == ""


def test_one_that_is_archived_is_said_and_left_out(user: User, tracking: Tracking) -> None:
    acme = next(each for each in tracking.snapshot.names.projects.values() if each.name == "Acme")
    catalogue.archive(tracking.db, "project", acme.id, now=clock.now(), archived=True)
    tracking.refresh()
    user.type("Think")
    assert "Acme" in user.foot
    user.press(ENTER)
    assert project(user) == ""
