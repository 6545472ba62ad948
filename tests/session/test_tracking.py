import subprocess
import sys
import time
from datetime import timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.store import damage
from tray import clock
from tray.model.days import Calendar
from tray.model.durations import MINUTE, SECOND
from tray.session.tracking import PAUSE_MS, Tracking
from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import timer
from tray.tracker.resolve import Draft
from tray.ui.menu import TrayMenu
from tray.ui.ticker import Ticker, milliseconds_to_next


def test_a_verb_is_on_disk_and_on_screen_when_it_returns(tracking: Tracking, qtbot: QtBot) -> None:
    with qtbot.waitSignals([tracking.changed, tracking.done]):
        outcome = tracking.start(Draft("Email"))
    assert outcome is not None
    assert tracking.snapshot.running == outcome.entry
    with open_database(tracking.db.path) as other:
        assert other.row("SELECT description FROM entry WHERE stop IS NULL") == ("Email",)


def test_a_refusal_is_a_sentence_and_changes_nothing(tracking: Tracking, qtbot: QtBot) -> None:
    before = tracking.snapshot
    with qtbot.waitSignal(tracking.failed) as signal:
        assert tracking.stop() is None
    assert signal.args == ["Nothing is running."]
    assert tracking.snapshot == before


def test_toggle_undo_and_redo(tracking: Tracking) -> None:
    tracking.toggle()
    running = tracking.snapshot.running
    assert running is not None
    assert running.description == "Review"
    tracking.undo()
    assert tracking.snapshot.running is None
    tracking.redo()
    assert tracking.snapshot.running == running
    tracking.toggle()
    assert tracking.snapshot.running is None


def test_totals_count_the_running_entry_up_to_the_moment(tracking: Tracking) -> None:
    before = tracking.snapshot.week_seconds(clock.now())
    start = clock.now()
    tracking.start(Draft("Email"), at=start)
    assert tracking.snapshot.week_seconds(start + 90) == before + 90


def test_another_connection_is_noticed_at_once(tracking: Tracking, qtbot: QtBot) -> None:
    with open_database(tracking.db.path) as other, qtbot.waitSignal(tracking.changed):
        timer.start(other, Draft("From a terminal"), now=clock.now())
    assert tracking.snapshot.running is not None
    assert tracking.snapshot.running.description == "From a terminal"


def test_another_process_is_noticed(blank: Tracking, qtbot: QtBot, tmp_path: Path) -> None:
    environment = {"TOGGL_TRAY_HOME": str(tmp_path), "PATH": "/usr/bin"}
    for words in (["start", "From a terminal"], ["stop"], ["continue"]):
        command = [sys.executable, "-m", "tray", *words]
        with (
            qtbot.waitSignal(blank.changed),
            subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2]),
        ):
            pass
        running = blank.snapshot.running
        assert (running is None) == (words == ["stop"])


def test_other_days_give_other_totals(tracking: Tracking, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tracking.changed):
        tracking.use_calendar(Calendar(None, 3, 6))
    assert tracking.calendar == Calendar(None, 3, 6)


def midnight_in(seconds: int) -> Calendar:
    """Days of which one ends in so many seconds."""
    return Calendar(timezone(timedelta(seconds=-(clock.now() + seconds) % 86_400)))


def test_a_day_that_ends_is_noticed_by_itself(tracking: Tracking, qtbot: QtBot) -> None:
    tracking.use_calendar(midnight_in(2))
    before = tracking.snapshot
    assert before.today_seconds(clock.now()) == 4 * 3600
    with qtbot.waitSignal(tracking.changed):
        pass
    assert tracking.snapshot.day[0] == before.day[1]
    assert tracking.snapshot.today_seconds(clock.now()) == 0


def test_a_day_that_ended_while_the_computer_slept_is_noticed_when_the_menu_opens(
    tracking: Tracking, qtbot: QtBot
) -> None:
    tracking.use_calendar(midnight_in(1))
    menu = TrayMenu(tracking)
    tracking._day_end.stop()  # as if it had slept
    qtbot.wait(1_100)
    assert tracking.snapshot.today_seconds(clock.now()) > 0
    menu.menu.aboutToShow.emit()
    assert tracking.snapshot.today_seconds(clock.now()) == 0


def test_the_end_of_the_day_is_awaited_anew_after_each_change(tracking: Tracking) -> None:
    tracking.use_calendar(midnight_in(1_000))
    assert 990_000 < tracking._day_end.remainingTime() <= 1_000_000
    tracking.start(Draft("Email"))
    assert 990_000 < tracking._day_end.remainingTime() <= 1_000_000


@given(
    st.integers(0, 4_000_000_000_000).map(lambda each: each / 1000),
    st.integers(0, 4_000_000_000),
    st.sampled_from([SECOND, MINUTE]),
)
def test_the_next_tick_is_when_the_text_changes(now: float, start: int, step: int) -> None:
    due = milliseconds_to_next(now, start, step)
    assert 0 < due <= step * 1000 + 5
    assert (now + due / 1000 - start) % step < 0.02


def test_a_ticker_ticks_while_it_follows(qtbot: QtBot, tracking: Tracking) -> None:
    ticks: list[int] = []
    ticker = Ticker(SECOND, lambda: ticks.append(1), tracking, name="test")
    assert not ticker.active
    ticker.follow(clock.now())
    qtbot.waitUntil(lambda: len(ticks) == 2)
    ticker.follow(None)
    assert not ticker.active


def test_a_minute_is_not_over_before_its_end(tracking: Tracking) -> None:
    ticker = Ticker(MINUTE, tracking.refresh, tracking, name="test")
    assert ticker._timer.timerType() is Qt.TimerType.PreciseTimer, "else it wakes up twice"


def test_a_damaged_database_is_repaired_and_the_tray_goes_on(
    tracking: Tracking, qtbot: QtBot, tmp_path: Path
) -> None:
    path = Path(tracking.db.path)
    tracking.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    damage.destroy(path, damage.root_of(path, "entry"))
    with qtbot.waitSignal(tracking.failed) as told:
        tracking.db.close()
        tracking.db = open_database(str(path))
        tracking.resume()
    assert told.args is not None
    assert "has been rebuilt" in told.args[0]
    assert damage.set_aside(path)
    assert tracking.start(Draft("Afterwards")) is not None


def test_what_was_opened_in_place_of_a_damaged_one_is_closed_at_the_end(db: Database) -> None:
    tracking = Tracking(db, Calendar())
    tracking.mend()
    assert tracking.start(Draft("Afterwards")) is not None
    log = Path(f"{db.path}-wal")
    assert log.exists()
    tracking.release()
    assert not log.exists()


def test_many_commits_of_another_connection_are_read_a_few_times_a_second(
    tracking: Tracking, qtbot: QtBot
) -> None:
    told: list[object] = []
    tracking.changed.connect(told.append)
    begun = time.monotonic()
    with open_database(tracking.db.path) as other:
        for number in range(60):
            timer.start(other, Draft(f"Entry {number}"), now=clock.now())
            qtbot.wait(15)
    seconds = time.monotonic() - begun
    qtbot.waitUntil(lambda: shown(tracking) == "Entry 59")
    assert len(told) <= 2 + 1000 * seconds / PAUSE_MS


def test_a_verb_of_ours_does_not_wait_behind_others(tracking: Tracking, qtbot: QtBot) -> None:
    with open_database(tracking.db.path) as other:
        timer.start(other, Draft("Elsewhere"), now=clock.now())
        qtbot.waitUntil(lambda: shown(tracking) == "Elsewhere")
    tracking.start(Draft("Here"))
    assert shown(tracking) == "Here"


def test_without_an_account_the_exchange_is_not_even_looked_at(tracking: Tracking) -> None:
    assert tracking.snapshot.sync is None


def test_with_an_account_it_shows_how_the_exchange_stands(tracking: Tracking) -> None:
    account.write(
        tracking.db, LinkedAccount("http://127.0.0.1/api/v9", "basic", "", 1, "Test User")
    )
    tracking.start(Draft("Email"))
    assert tracking.snapshot.sync is not None
    assert tracking.snapshot.sync.pending == 1
    assert tracking.snapshot.sync.account == "Test User"


def test_why_the_environment_could_not_sign_in_is_shown_until_it_could(tracking: Tracking) -> None:
    tracking.note_sign_in("The token is wrong.")
    assert tracking.snapshot.sync is not None
    assert (tracking.snapshot.sync.state, tracking.snapshot.sync.error_text) == (
        "trouble",
        "The token is wrong.",
    )
    tracking.note_sign_in("")
    assert tracking.snapshot.sync is None


def shown(tracking: Tracking) -> str:
    running = tracking.snapshot.running
    return running.description if running else ""
