import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tray.ui.settings.length_spin import LengthSpin


@pytest.fixture
def spin(qtbot: QtBot) -> LengthSpin:
    made = LengthSpin(None, 0, 1440)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(made)
    made.setSpecialValueText("No goal")
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("8:00", 480), ("480", 480), ("8h", 480), ("1.5h", 90), ("0:05", 5), ("7h30m", 450)],
)
def test_a_length_is_taken_as_it_is_typed(spin: LengthSpin, typed: str, minutes: int) -> None:
    told: list[int] = []
    spin.valueChanged.connect(told.append)
    spin.selectAll()
    QTest.keyClicks(spin, typed)
    assert told == [], "it is not complete before Enter"
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert spin.value() == minutes
    assert told == [minutes]


@pytest.mark.parametrize("typed", ["25:00", "soon", ""])
def test_what_is_no_length_or_too_long_leaves_it_as_it_was(spin: LengthSpin, typed: str) -> None:
    spin.setValue(480)
    spin.selectAll()
    QTest.keyClick(spin, Qt.Key.Key_Delete)
    QTest.keyClicks(spin, typed)
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert spin.value() == 480
    assert spin.text() == "8:00"


def test_it_shows_hours_and_minutes_and_words_for_nought(spin: LengthSpin) -> None:
    spin.setValue(90)
    assert spin.text() == "1:30"
    spin.setValue(0)
    assert spin.text() == "No goal"


def test_the_arrows_step(spin: LengthSpin) -> None:
    spin.setValue(480)
    QTest.keyClick(spin, Qt.Key.Key_Up)
    assert spin.value() == 510
