"""A running entry with an absence in it, and somebody who is asked about it."""

from collections.abc import Iterator
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tray import clock
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.presence.answers import AbsenceChoice
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.session.tracking import Tracking
from tray.store import absences, entries
from tray.tracker import timer
from tray.tracker.resolve import Draft
from tray.ui.away.absence_window import AbsenceWindow

BEGAN: Final = 3_600
LEFT: Final = 2_400
BACK: Final = 600
"""Seconds before now: the entry's start, the last input, the return."""


class Asked:
    """The window, and what is stored."""

    def __init__(self, tracking: Tracking, qtbot: QtBot) -> None:
        self.tracking = tracking
        self.qtbot = qtbot
        self.now = clock.now()
        started = timer.start(
            tracking.db, Draft("Email", "Acme"), now=self.now, at=self.now - BEGAN
        )
        assert started.entry is not None
        self.entry = started.entry
        self.left, self.back = self.now - LEFT, self.now - BACK
        self.record(AwayPeriod(self.left, self.back))
        self.window = AbsenceWindow(tracking, TimeFormat())
        qtbot.addWidget(self.window)

    def record(self, *stretches: AwayPeriod, absence_id: int = 1) -> None:
        state = AbsenceState.OPEN if absence_id == 1 else AbsenceState.WAITING
        absences.record(
            self.tracking.db, Absence(absence_id, self.entry.id, Cause.IDLE, state, stretches)
        )

    def open(self, *, by_user: bool = True) -> AbsenceWindow:
        assert self.window.open(by_user=by_user)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        return self.window

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.window.focusWidget() or self.window, key)

    def choose(self, choice: AbsenceChoice) -> None:
        self.window.buttons[choice].click()

    @property
    def unanswered(self) -> list[Absence]:
        return absences.unanswered(self.tracking.db)

    def state(self) -> AbsenceState:
        return absences.get(self.tracking.db, 1).state

    @property
    def spans(self) -> list[tuple[str, int, int | None]]:
        """What is stored from the entry's start on: description, and times relative to now."""
        found = entries.starting_between(self.tracking.db, self.entry.start, self.now + 60)
        return sorted(
            (each.description, each.start - self.now, each.stop and each.stop - self.now)
            for each in found
        )

    def stored(self) -> TimeEntry:
        return entries.get(self.tracking.db, self.entry.id)


@pytest.fixture
def asked(tracking: Tracking, qtbot: QtBot) -> Iterator[Asked]:
    found = Asked(tracking, qtbot)
    yield found
    found.window.stop()
