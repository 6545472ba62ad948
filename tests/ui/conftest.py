"""What the tests of windows start from: an offscreen screen, and a tracker with a few entries."""

import gc
import os
import time
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import fill, shown
from tray import clock
from tray.model.days import Calendar
from tray.model.durations import HOUR
from tray.model.entities import TimeEntry
from tray.session.tracking import Tracking
from tray.store.database import Database
from tray.tracker import catalogue, entries
from tray.tracker.resolve import Draft
from tray.ui.entries.timer_page import TimerPage

DONE = (
    Draft("Write report", "Acme", None, ("writing",)),
    Draft("写算法", "研究"),
    Draft("Call about the figures"),
    Draft("Review", "Acme"),
)


@pytest.fixture(autouse=True)
def cleared() -> Iterator[None]:
    """Collects what a test leaves here: a QObject collected in another thread ends the process.

    What is left is not looked through again, which took longer than many a test.
    """
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is between noon and one, so that what a test dates hours back is of the same day."""
    really = clock.now
    shift = (12 - time.localtime().tm_hour) * HOUR
    monkeypatch.setattr(clock, "now", lambda: really() + shift)


@pytest.fixture
def tracking(db: Database, qtbot: QtBot) -> Iterator[Tracking]:
    """A tracker with four finished entries, an hour each, the last of them an hour ago."""
    del qtbot
    now = clock.now()
    for name in ("Acme", "研究"):
        catalogue.create_project(db, name, now=now)
    for number, draft in enumerate(DONE):
        start = now - (len(DONE) - number + 1) * 3600
        entries.add(db, draft, start=start, stop=start + 3600, now=now)
    tracked = Tracking(db, Calendar())
    yield tracked
    tracked.release()


@pytest.fixture
def blank(db: Database, qtbot: QtBot) -> Iterator[Tracking]:
    """A tracker that nothing was ever tracked with."""
    del qtbot
    tracked = Tracking(db, Calendar())
    yield tracked
    tracked.release()


@pytest.fixture
def rows(db: Database) -> list[TimeEntry]:
    """Five entries, the newest first."""
    return fill(db)


@pytest.fixture
def window(db: Database, rows: list[TimeEntry], qtbot: QtBot) -> Iterator[TimerPage]:
    """The window over them, open."""
    del rows
    with shown(db, qtbot) as opened:
        yield opened
