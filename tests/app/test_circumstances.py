import pytest
from pytestqt.qtbot import QtBot

from tray.app.circumstances import Circumstances
from tray.desktop.power import Happening, PowerWatcher


class Told:
    """What is told of a desktop that locks and sleeps as the test wants it."""

    def __init__(self) -> None:
        self.power = PowerWatcher()
        self.heard: list[object] = []
        self.circumstances = Circumstances(self.power)
        self.circumstances.present.connect(self.heard.append)
        self.circumstances.line_is_back.connect(self._back)

    def _back(self) -> None:
        self.heard.append("back")

    def happen(self, happening: Happening, lasts: bool) -> None:
        self.power._set(happening, lasts)


@pytest.fixture
def told(qtbot: QtBot) -> Told:
    del qtbot
    return Told()


def test_who_locks_the_screen_is_away_until_it_is_unlocked(told: Told) -> None:
    told.happen(Happening.LOCKED, True)
    told.happen(Happening.LOCKED, False)
    assert told.heard == [False, True]


def test_one_who_wakes_the_computer_is_there_when_it_is_unlocked(told: Told) -> None:
    told.happen(Happening.LOCKED, True)
    told.happen(Happening.SLEEPING, True)
    told.happen(Happening.SLEEPING, False)
    assert told.heard == [False, "back"]
    told.happen(Happening.LOCKED, False)
    assert told.heard == [False, "back", True]


def test_the_end_of_the_session_is_no_absence(told: Told) -> None:
    told.happen(Happening.ENDING, True)
    assert told.heard == []


def test_nothing_is_told_once_it_is_stopped(told: Told) -> None:
    told.circumstances.stop()
    told.happen(Happening.LOCKED, True)
    assert told.heard == []
