from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from tray.ui.popover.placement import place

SIZE = QSize(360, 500)
BELOW_A_PANEL = QRect(0, 28, 1280, 772)
FULL = QRect(0, 0, 1280, 800)


def test_below_the_icon_of_a_panel_along_the_top() -> None:
    found = place(SIZE, BELOW_A_PANEL, QRect(700, 0, 28, 28), QPoint(0, 0))
    assert found == QPoint(713 - 180, 28)


def test_above_the_icon_of_a_panel_along_the_bottom() -> None:
    found = place(SIZE, QRect(0, 0, 1280, 772), QRect(700, 772, 28, 28), QPoint(0, 0))
    assert found == QPoint(713 - 180, 772 - 500)


def test_beside_the_icon_of_a_panel_that_stands_upright() -> None:
    left = place(SIZE, QRect(40, 0, 1240, 800), QRect(4, 600, 32, 32), QPoint(0, 0))
    assert left == QPoint(40, 800 - 500)
    right = place(SIZE, QRect(0, 0, 1240, 800), QRect(1244, 400, 32, 32), QPoint(0, 0))
    assert right == QPoint(1240 - 360, 415 - 250)


def test_without_the_icon_it_goes_to_the_pointer() -> None:
    assert place(SIZE, BELOW_A_PANEL, None, QPoint(1270, 10)) == QPoint(1280 - 360, 28)


@given(
    st.integers(-2000, 4000),
    st.integers(-2000, 4000),
    st.booleans(),
    st.integers(0, 200),
)
def test_it_is_on_the_screen_wherever_the_icon_is(x: int, y: int, known: bool, panel: int) -> None:
    room = FULL.adjusted(0, panel, 0, 0)
    at = QPoint(x, y)
    corner = place(SIZE, room, QRect(at, QSize(22, 22)) if known else None, at)
    assert room.contains(QRect(corner, SIZE))


def test_on_a_screen_that_is_too_small_its_top_is_seen() -> None:
    assert place(SIZE, QRect(0, 0, 320, 240), None, QPoint(300, 230)) == QPoint(0, 0)
