"""Who looks after the database while the tray runs: checks, copies, and a copy gone back to."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.store import damage
from tray import clock
from tray.model.days import Calendar
from tray.session.database_care import DatabaseCare
from tray.session.tracking import Tracking
from tray.store import backup, backup_paths
from tray.store.opening import open_database
from tray.store.recovery.restore import restore
from tray.tracker import timer
from tray.tracker.resolve import Draft

Look = Callable[[DatabaseCare], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return damage.make(tmp_path / "data")


def wait_for_threads(qtbot: QtBot, tracking: Tracking, look: Look) -> list[str]:
    """What is told once that has been looked at."""
    sentences: list[str] = []
    tracking.failed.connect(sentences.append)
    care = DatabaseCare(tracking, tracking)
    care.failed.connect(sentences.append)
    look(care)
    qtbot.waitUntil(lambda: bool(sentences))
    tracking.release()
    return sentences


def test_rows_that_a_wrong_bit_hides_come_back_while_the_tray_runs(
    qtbot: QtBot, path: Path
) -> None:
    before = damage.everything(path)
    page = damage.root_of(path, "tag") - 1
    with path.open("r+b") as file:
        file.seek(page * damage.PAGE + 4)
        cells = file.read(1)[0]
        file.seek(page * damage.PAGE + 4)
        file.write(bytes([cells ^ 1]))
    with open_database(str(path)) as db:
        tracking = Tracking(db, Calendar(None))
        (told, *_) = wait_for_threads(qtbot, tracking, DatabaseCare.look)
        assert "has been rebuilt" in told
        tracking.db.close()
    assert damage.everything(path) == before


def test_a_tray_that_runs_for_days_makes_a_copy_a_day(qtbot: QtBot, path: Path) -> None:
    with open_database(str(path)) as db:
        timer.start(db, Draft("today"), now=clock.now())
        tracking = Tracking(db, Calendar(None))
        care = DatabaseCare(tracking, tracking)
        care.look()
        today = Path(backup_paths.path_of_day(db.path, clock.now()))
        qtbot.waitUntil(today.exists)
        made = today.stat().st_mtime_ns
        care.look()
        time.sleep(0.3)
        assert today.stat().st_mtime_ns == made
        tracking.release()


def test_a_copy_gone_back_to_is_shown_at_once(qtbot: QtBot, path: Path) -> None:
    with open_database(str(path)) as db, open_database(str(path)) as other:
        copy = backup.on_demand(other, damage.NOW)
        timer.start(other, Draft("since"), now=damage.NOW + 8_000)
        tracking = Tracking(db, Calendar(None))
        assert tracking.snapshot.running is not None
        with qtbot.waitSignal(tracking.changed):
            restore(other, copy)
        assert tracking.snapshot.running is None or (
            tracking.snapshot.running.description != "since"
        )
        assert tracking.start(Draft("next")) is not None
        tracking.release()
