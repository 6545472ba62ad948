"""The week as it stands: its total, its goal, its days, and the weeks before it."""

from collections.abc import Iterator
from datetime import UTC, date

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import add, at
from tray import clock
from tray.model.days import Calendar
from tray.model.durations import HOUR
from tray.session.snapshot import Goals
from tray.session.tracking import Tracking
from tray.store.database import Database
from tray.tracker import catalogue
from tray.tracker.resolve import Draft
from tray.ui.week_strip.week_strip import WeekStrip

NOW = at("2026-03-05 12:00")


@pytest.fixture
def strip(
    db: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[WeekStrip, Tracking]]:
    """A Thursday noon, with ten hours on two days of this week and one in the last."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    catalogue.create_project(db, "Acme", now=0)
    add(db, "Old", "2026-02-25 09:00", "2026-02-25 10:00", project="Acme")
    add(db, "Call", "2026-03-02 09:00", "2026-03-02 17:00", project="Acme")
    add(db, "Late", "2026-03-03 23:00", "2026-03-04 01:00")
    tracking = Tracking(db, Calendar(UTC))
    made = WeekStrip(tracking, None)  # type: ignore[arg-type]  # a window of its own here
    made.resize(800, 80)
    made.show()
    qtbot.waitExposed(made)
    yield made, tracking
    tracking.release()
    shiboken6.delete(made)
    shiboken6.delete(tracking)


def captions(strip: WeekStrip) -> list[str]:
    return [bar.caption for bar in strip.bars]


def test_it_shows_the_total_and_each_day(strip: tuple[WeekStrip, Tracking]) -> None:
    shown, _ = strip
    assert (shown.title.text(), shown.total.text()) == ("This week", "10:00")
    assert captions(shown) == ["Mon 8:00", "Tue 1:00", "Wed 1:00", "Thu", "Fri", "Sat", "Sun"]
    assert shown.bars[0].accessibleName() == "Monday 2 March: 8:00:00"


def test_a_bar_has_the_colour_of_its_project(strip: tuple[WeekStrip, Tracking]) -> None:
    shown, tracking = strip
    bar = shown.bars[0]
    drawn = bar.grab().toImage()
    colour = QColor(tracking.snapshot.names.projects[1].colour)
    assert drawn.pixelColor(bar.width() // 2, 30) == colour


def test_the_goal_stands_beside_what_was_done(strip: tuple[WeekStrip, Tracking]) -> None:
    shown, tracking = strip
    assert shown.goal.text() == "Today 0:00"
    tracking.use_calendar(Calendar(UTC), Goals(8 * HOUR, 0))
    assert shown.goal.text() == "Today 0:00 of 8:00"
    tracking.use_calendar(Calendar(UTC), Goals(8 * HOUR, 40 * HOUR))
    assert shown.goal.text() == "goal 40:00  ·  30:00 left"
    tracking.use_calendar(Calendar(UTC), Goals(0, 8 * HOUR))
    assert shown.goal.text() == "goal 8:00  ·  +2:00"


def test_a_click_asks_for_the_day(strip: tuple[WeekStrip, Tracking], qtbot: QtBot) -> None:
    shown, _ = strip
    with qtbot.waitSignal(shown.day_wanted) as asked:
        shown.bars[2].click()
    assert asked.args == [date(2026, 3, 4)]


def test_other_weeks_can_be_seen(strip: tuple[WeekStrip, Tracking]) -> None:
    shown, _ = strip
    assert not shown.later.isEnabled()
    shown.earlier.click()
    assert (shown.title.text(), shown.total.text()) == ("Last week", "1:00")
    assert captions(shown)[2] == "Wed 1:00"
    shown.earlier.click()
    assert (shown.title.text(), shown.total.text()) == ("16 – 22 Feb", "0:00")
    shown.later.click()
    shown.later.click()
    assert shown.title.text() == "This week"


def test_what_runs_is_counted_as_it_goes_on(
    strip: tuple[WeekStrip, Tracking], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown, tracking = strip
    tracking.start(Draft("Now"), at=NOW - HOUR)
    assert captions(shown)[3] == "Thu 1:00"
    assert ticking(shown)
    monkeypatch.setattr(clock, "now", lambda: NOW + HOUR)
    qtbot.waitUntil(lambda: captions(shown)[3] == "Thu 2:00")
    assert shown.total.text() == "12:00"
    shown.hide()
    assert not ticking(shown)


def ticking(strip: WeekStrip) -> bool:
    return any(
        each.objectName() == "week strip elapsed" and each.isActive()
        for each in strip.findChildren(QTimer)
    )
