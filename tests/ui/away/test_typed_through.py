"""Somebody types or clicks elsewhere when a question comes up in front, and has the keyboard."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.away.conftest import Asked
from tray.model.presence.answers import AbsenceChoice
from tray.model.presence.presence_values import AbsenceState, AwayPeriod
from tray.ui.input_guard import QUIET_MS
from tray.ui.mini import MiniWindow

Key = Qt.Key
Modifier = Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton
A_LITTLE_MS = QUIET_MS // 5


def typed(asked: Asked, key: Key, modifier: Modifier = Modifier.NoModifier) -> None:
    """As the keyboard does it: to whatever has the focus in the window in front."""
    handle = asked.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, modifier)


def clicked(asked: Asked, choice: AbsenceChoice) -> None:
    """As the mouse does it."""
    button, handle = asked.window.buttons[choice], asked.window.windowHandle()
    assert handle is not None
    QTest.mouseClick(
        handle, LEFT, Modifier.NoModifier, button.mapTo(asked.window, button.rect().center())
    )


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        *((key, Modifier.NoModifier) for key in (Key.Key_1, Key.Key_2, Key.Key_6)),
        *((key, Modifier.NoModifier) for key in (Key.Key_Return, Key.Key_Space, Key.Key_Escape)),
        (Key.Key_2, Modifier.AltModifier),
        (Key.Key_D, Modifier.AltModifier),
    ],
)
def test_what_is_typed_through_answers_nothing(asked: Asked, key: Key, modifier: Modifier) -> None:
    before = asked.spans
    window = asked.open(by_user=False)
    for _ in range(2 * QUIET_MS // A_LITTLE_MS):
        typed(asked, key, modifier)
        typed(asked, Key.Key_Down)
        QTest.qWait(A_LITTLE_MS)
    assert asked.state() is AbsenceState.OPEN
    assert asked.spans == before
    assert window.isVisible()
    assert not window.give.isVisible()


def test_once_nothing_was_typed_for_a_moment_keys_answer(asked: Asked) -> None:
    window = asked.open(by_user=False)
    typed(asked, Key.Key_2)
    asked.qtbot.waitUntil(window.buttons[AbsenceChoice.KEEP].hasFocus)
    typed(asked, Key.Key_3)
    asked.qtbot.waitUntil(lambda: asked.state() is AbsenceState.ANSWERED)


def test_time_in_which_the_program_could_hear_no_key_is_no_quiet(asked: Asked) -> None:
    window = asked.open(by_user=False)
    QTest.qWait(A_LITTLE_MS)
    time.sleep(QUIET_MS / 1_000)
    QTest.qWait(A_LITTLE_MS)
    typed(asked, Key.Key_2)
    assert asked.state() is AbsenceState.OPEN
    assert window.isVisible()


def test_once_it_was_clicked_keys_answer(asked: Asked) -> None:
    window = asked.open(by_user=False)
    QTest.qWait(QUIET_MS // 3)
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, LEFT, Modifier.NoModifier, QPoint(3, 3))
    typed(asked, Key.Key_3)
    asked.qtbot.waitUntil(lambda: asked.state() is AbsenceState.ANSWERED)


def test_a_click_for_another_program_answers_nothing(asked: Asked) -> None:
    asked.open(by_user=False)
    clicked(asked, AbsenceChoice.DISCARD_AND_STOP)
    assert asked.state() is AbsenceState.OPEN
    typed(asked, Key.Key_2)
    QTest.qWait(A_LITTLE_MS)
    assert asked.state() is AbsenceState.OPEN


@pytest.mark.parametrize("way", [clicked, None], ids=["clicks", "keys"])
def test_the_next_question_is_not_answered_with_the_one_before(
    asked: Asked, way: Callable[[Asked, AbsenceChoice], None] | None
) -> None:
    asked.record(AwayPeriod(asked.now - 300, asked.now - 100), absence_id=2)
    asked.open()
    for _ in range(2):
        if way is not None:
            way(asked, AbsenceChoice.KEEP)
        else:
            typed(asked, Key.Key_1)
            QTest.qWait(150)
    assert [each.id for each in asked.unanswered] == [2]


def leave(asked: Asked) -> None:
    """Go to another window, and come back when that is gone."""
    window, other = asked.window, QWidget()
    asked.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    asked.qtbot.waitUntil(other.isActiveWindow)
    other.hide()
    window.activateWindow()
    asked.qtbot.waitUntil(window.isActiveWindow)


def test_a_window_that_was_left_waits_anew(asked: Asked) -> None:
    asked.open()
    leave(asked)
    typed(asked, Key.Key_2)
    QTest.qWait(A_LITTLE_MS)
    assert asked.state() is AbsenceState.OPEN


def test_a_line_that_is_being_typed_is_gone_on_with(asked: Asked) -> None:
    window = asked.open()
    window.open_give()
    leave(asked)
    typed(asked, Key.Key_2)
    assert window.give.line.edit.text() == "2"


def test_the_small_window_takes_no_keys_for_another_program(asked: Asked, qtbot: QtBot) -> None:
    small = MiniWindow(asked.tracking, QMenu())
    qtbot.addWidget(small)
    small.show()
    small.activateWindow()
    qtbot.waitUntil(small.isActiveWindow)
    handle = small.windowHandle()
    assert handle is not None
    for key in (Key.Key_Space, Key.Key_Return):
        QTest.keyClick(handle, key)
    assert asked.stored().running
    qtbot.waitUntil(small.toggle.hasFocus)
    QTest.keyClick(handle, Key.Key_Space)
    assert not asked.stored().running
