"""A window comes up where it was left, but never where no screen shows it."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray.ui import window_place

SMALL = QSize(320, 160)
LEFT = QRect(0, 0, 1920, 1040)
RIGHT = QRect(1920, 0, 1280, 984)


def test_it_stays_where_it_is_seen_whole() -> None:
    place = QPoint(2000, 300)
    assert window_place.within(QRect(place, SMALL), [LEFT, RIGHT]) == place


def test_it_moves_onto_the_screen_that_shows_most_of_it() -> None:
    assert window_place.within(QRect(QPoint(1900, 900), SMALL), [LEFT, RIGHT]) == QPoint(1920, 824)
    assert window_place.within(QRect(QPoint(-40, -40), SMALL), [LEFT, RIGHT]) == QPoint(0, 0)


def test_on_a_screen_that_is_gone_it_is_left_to_the_desktop() -> None:
    assert window_place.within(QRect(QPoint(2000, 300), SMALL), [LEFT]) is None
    assert window_place.within(QRect(QPoint(0, 0), SMALL), []) is None


@given(st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(1, 3000))
def test_wherever_it_goes_it_can_be_taken_hold_of(left: int, top: int, wide: int) -> None:
    wanted = QRect(left, top, wide, 160)
    found = window_place.within(wanted, [LEFT, RIGHT])
    if found is not None:
        assert any(screen.contains(QRect(found, QSize(1, 1))) for screen in (LEFT, RIGHT))


def test_the_place_is_kept_in_a_file_and_nonsense_there_does_no_harm(
    tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "small-window"
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(SMALL)
    window.move(120, 80)
    window_place.keep(window, str(file))
    other = QWidget()
    qtbot.addWidget(other)
    window_place.put_back(other, str(file))
    assert other.pos() == QPoint(120, 80)
    for text in ("", "x,y", "1", "1,2,3", "9" * 40 + ",1", "1" * 100):
        file.write_text(text)
        window_place.put_back(other, str(file))
        assert other.pos() == QPoint(120, 80)
    window_place.keep(window, str(tmp_path / "small-window" / "below-a-file"))
