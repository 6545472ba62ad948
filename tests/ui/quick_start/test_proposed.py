"""What a link proposes: seen before anything starts, and never started by keys meant for others."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.rig.waiting import PATIENCE_SECONDS
from tests.ui.quick_start.user import User
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.ui.quick_start.dialog import QuickStartDialog

ENTER = Qt.Key.Key_Return
LINE = "Review @Acme #writing"


@pytest.fixture
def user(tracking: Tracking, qtbot: QtBot) -> Iterator[User]:
    dialog = QuickStartDialog(tracking, TimeFormat())
    qtbot.addWidget(dialog)
    somebody = User(dialog, qtbot, tracking)
    somebody.open()
    yield somebody
    dialog.stop()


def test_enter_is_for_another_program_until_the_proposal_was_seen(user: User) -> None:
    user.dialog.propose(LINE)
    assert user.dialog.line.edit.text() == LINE
    assert user.foot == "A link proposes this. Enter does it, Esc leaves it."
    assert not user.dialog.line.edit.hasFocus()
    QTest.keyClick(user.dialog, ENTER)
    assert user.running is None
    user.qtbot.waitUntil(user.dialog.line.edit.hasFocus, timeout=round(PATIENCE_SECONDS * 1000))
    QTest.keyClick(user.dialog.line.edit, ENTER)
    assert user.started().description == "Review"


def test_what_is_being_typed_is_not_replaced(user: User) -> None:
    user.type("Mine")
    user.dialog.propose(LINE)
    assert user.dialog.line.edit.text() == "Mine"
    assert LINE in user.foot
    assert user.dialog.line.edit.hasFocus()


def test_the_hotkey_after_a_link_lets_the_user_type_at_once(user: User) -> None:
    user.dialog.propose(LINE)
    user.dialog.close()
    user.open()
    assert user.dialog.line.is_empty
    user.qtbot.waitUntil(user.dialog.line.edit.hasFocus, timeout=round(PATIENCE_SECONDS * 1000))
    user.type("Mine")
    assert user.dialog.line.edit.text() == "Mine"
