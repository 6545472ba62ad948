"""Which buttons of a notification stand beside each other on Plasma."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF, QGuiApplication

from tray.desktop.linux.notification_buttons import MOST, fitting
from tray.desktop.notifier import Action

KDE: Final = ("actions", "body", "x-kde-origin-name")
OPEN: Final = Action("default", "Open")
QUESTION: Final = (
    OPEN,
    Action("keep", "Keep 0:30"),
    Action("stop", "Stop at 12:30"),
    Action("go on", "Remove 0:30, go on", "Remove 0:30"),
    Action("more", "More…"),
)
LINE_PIXELS: Final = 324
"""Of Plasma at 100 %, with a font of 10 points at 96 dots per inch."""
PADDING_PIXELS: Final = 13
GAP_PIXELS: Final = 4

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
buttons = st.lists(
    st.builds(Action, st.uuids().map(str), texts, st.just("") | texts), max_size=6
).map(tuple)


def pixels(actions: tuple[Action, ...]) -> float:
    """What they take on the screen, where the font has 10 points at 96 dots per inch."""
    font = QGuiApplication.font()
    font.setPixelSize(1_000)
    metrics = QFontMetricsF(font)
    each = [metrics.horizontalAdvance(a.label) * 13.33 / 1_000 + PADDING_PIXELS for a in actions]
    return sum(each) + GAP_PIXELS * max(0, len(each) - 1)


def test_the_three_most_useful_stand_beside_each_other(qapp: object) -> None:
    shown = fitting(QUESTION, KDE)
    assert [each.key for each in shown] == ["default", "keep", "stop", "go on"]
    assert pixels(shown[1:]) <= LINE_PIXELS


def test_a_service_that_does_not_break_lines_gets_all(qapp: object) -> None:
    assert fitting(QUESTION, ("actions", "body")) == QUESTION


@pytest.mark.parametrize(("what", "label"), [("Tea", "Start Tea"), ("a" * 60, "Start")])
def test_a_short_name_stands_in_only_where_it_has_to(qapp: object, what: str, label: str) -> None:
    (shown,) = fitting((Action("start", f"Start {what}", "Start"),), KDE)
    assert shown.label == label


@given(buttons)
def test_whatever_they_say_they_are_on_one_line(qapp: object, actions: tuple[Action, ...]) -> None:
    shown = fitting((OPEN, *actions), KDE)
    assert shown[0] == OPEN
    assert [each.key for each in shown[1:]] == [each.key for each in actions[: len(shown) - 1]]
    assert min(1, len(actions)) <= len(shown) - 1 <= MOST
    assert pixels(shown[1:]) <= LINE_PIXELS + 1
