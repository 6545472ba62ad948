"""The watch over who is there, from the main thread: its start, its end, and a repair between."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.store import damage
from tray import clock, paths
from tray.desktop.support import Level
from tray.model.days import Calendar
from tray.model.presence.due import ReminderKind
from tray.session.presence_thread import PresenceThread
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import entries, heartbeat, reminders
from tray.store.opening import open_database
from tray.tracker import favourites
from tray.tracker.resolve import Draft
from tray.workers.presence_worker import Snoozed


class Main:
    """What there is on the main thread, on a desktop that tells nothing."""

    def __init__(self, environ: dict[str, str]) -> None:
        places = paths.find(environ)
        self.db = open_database(places.database)
        self.owner = QObject()
        self.tracking = Tracking(self.db, Calendar(), self.owner)
        self.watching = PresenceThread(places, self.tracking, self.owner)
        self.failed: list[object] = []
        self.watching.failed.connect(self.failed.append)

    def runs(self) -> bool:
        found = entries.running(self.db)
        return found is not None


@pytest.fixture
def main(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Main]:
    nowhere = f"unix:path={tmp_path}/nowhere"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", nowhere)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", nowhere)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    made = Main({"TOGGL_TRAY_HOME": str(tmp_path)})
    yield made
    assert made.watching.stop()
    made.tracking.release()
    made.db.close()
    assert made.failed == []


def test_nothing_runs_before_it_is_started(main: Main) -> None:
    main.watching.use(Settings(on_quit="stop now"))
    main.tracking.start(Draft("Writing"))
    assert main.watching.stop()
    assert main.runs()


def test_it_says_what_can_be_noticed_here(main: Main, qtbot: QtBot) -> None:
    with qtbot.waitSignal(
        main.watching.support, check_params_cb=lambda said: said.idle.level is Level.MISSING
    ):
        main.watching.start()


def test_the_end_of_the_program_stops_the_entry_if_that_is_set(main: Main, qtbot: QtBot) -> None:
    main.watching.use(Settings(on_quit="stop now"))
    main.tracking.start(Draft("Writing"))
    with qtbot.waitSignal(main.watching.support):
        main.watching.start()
    assert main.watching.stop()
    assert not main.runs()
    assert heartbeat.read(main.db) is not None


def test_a_repair_of_the_database_is_no_end_of_the_program(main: Main, qtbot: QtBot) -> None:
    main.watching.use(Settings(on_quit="stop now"))
    main.tracking.start(Draft("Writing"))
    with qtbot.waitSignal(main.watching.support):
        main.watching.start()
    main.tracking.mending.emit()
    assert main.runs()
    with qtbot.waitSignal(main.watching.support):
        main.tracking.refresh()
    assert main.watching.stop()
    assert not main.runs()


def test_a_damaged_database_is_repaired_while_it_is_watched(main: Main, qtbot: QtBot) -> None:
    main.tracking.start(Draft("Writing"))
    favourites.pin(main.db, Draft("Writing"), now=clock.now())
    path = Path(main.db.path)
    main.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    with qtbot.waitSignal(main.watching.present):
        main.watching.start()
    damage.destroy(path, damage.root_of(path, "favourite"))  # which the worker does not read
    said: list[str] = []
    main.tracking.failed.connect(said.append)
    main.tracking.db.close()
    main.tracking.db = open_database(str(path))
    with qtbot.waitSignal(main.watching.present):  # by a new worker
        main.tracking.refresh()
    main.db = main.tracking.db
    assert "has been rebuilt" in str(said)
    assert damage.set_aside(path)


def test_a_wake_up_has_another_day_noticed(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    main.tracking.changed.connect(told.append)
    main.watching.day_may_have_changed.emit()
    assert told == []
    end = main.tracking.snapshot.day[1]
    monkeypatch.setattr(time, "time", lambda: end + 1)
    main.watching.day_may_have_changed.emit()
    assert len(told) == 1


def test_what_the_user_says_of_a_reminder_is_stored(main: Main, qtbot: QtBot) -> None:
    main.watching.dismissed(ReminderKind.LONG_RUN)
    main.watching.snoozed(Snoozed(ReminderKind.WORK, 5))
    with qtbot.waitSignal(main.watching.support):
        main.watching.start()
    main.watching.snoozed(Snoozed(ReminderKind.WORK, 10))
    main.watching.dismissed(ReminderKind.LONG_RUN)
    qtbot.waitUntil(lambda: ReminderKind.LONG_RUN in reminders.everything(main.db))
    assert reminders.everything(main.db)[ReminderKind.WORK].snoozed_until == 10
