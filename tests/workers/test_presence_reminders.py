"""What is said to whom when, and what survives a restart: scripts on a clock of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from tests.workers.presence_rig import HOUR, MINUTE, NOON, Computer
from tray.desktop import in_use
from tray.model.presence.answers import AbsenceAnswer, AbsenceChoice
from tray.model.presence.due import ReminderKind
from tray.model.presence.long_run import LongRun, StopReason
from tray.settings import Settings
from tray.store import entries as stored
from tray.store import heartbeat, reminders
from tray.store.opening import open_database
from tray.store.reminders import ReminderState
from tray.tracker import absences as verbs
from tray.tracker import entries, timer, undo
from tray.tracker.resolve import Draft
from tray.workers.presence_sensors import read_clocks
from tray.workers.presence_settings import presence_settings_of
from tray.workers.presence_worker import (
    AutomaticStop,
    PresenceCommands,
    PresencePaths,
    PresenceWorker,
    Snoozed,
)

SILENT = {"remind_overnight": False, "remind_long_run": False}


@pytest.fixture(params=["polled", "signals"])
def computer(tmp_path: Path, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Computer]:
    made = Computer(tmp_path, signals=request.param == "signals")
    yield made
    made.close()


def said(computer: Computer) -> list[tuple[ReminderKind, int]]:
    """What was reminded of, and after how many minutes."""
    return [(each.kind, (each.at - NOON) // MINUTE) for each in computer.reminded]


def test_a_long_run_is_asked_about_and_again_an_hour_after_each_answer(computer: Computer) -> None:
    computer.start(long_run_hours=2)
    entry_id = computer.run()
    computer.work(2 * HOUR + MINUTE)
    assert said(computer) == [(ReminderKind.LONG_RUN, 120)]
    (first,) = computer.reminded
    assert first.entry is not None
    assert first.entry.id == entry_id
    assert first.answers == tuple(LongRun)
    computer.work(19 * MINUTE)
    computer.worker.dismissed(ReminderKind.LONG_RUN)
    computer.work(HOUR + MINUTE)
    assert said(computer)[1:] == [(ReminderKind.LONG_RUN, 200)]


def test_what_such_entries_usually_take_is_learned(computer: Computer) -> None:
    for number in range(6):
        start = NOON - (number + 1) * 10 * HOUR
        end = start + 20 * MINUTE
        entries.add(computer.db, Draft("Stand-up"), start=start, stop=end, now=NOON)
    computer.start(long_run_hours=0)
    computer.run("Writing")
    computer.work(2 * HOUR)
    assert said(computer) == []
    computer.run("Stand-up")
    computer.work(61 * MINUTE)
    assert said(computer) == [(ReminderKind.LONG_RUN, 180)]


def test_what_was_told_is_not_repeated_after_a_restart(computer: Computer) -> None:
    computer.start(long_run_hours=1)
    computer.run()
    computer.work(61 * MINUTE)
    assert len(computer.reminded) == 1
    computer.kill()
    computer.start()
    computer.work(30 * MINUTE)
    assert len(computer.reminded) == 1


def test_what_is_due_is_stored(computer: Computer) -> None:
    computer.start(long_run_hours=2)
    computer.run()
    computer.settle()
    assert reminders.everything(computer.db) == {"long run": ReminderState(due_at=NOON + 2 * HOUR)}
    computer.stop_entry()
    assert reminders.everything(computer.db) == {"long run": ReminderState()}


def test_an_entry_forgotten_in_the_evening_is_asked_about_in_the_morning(
    computer: Computer,
) -> None:
    computer.start(on_idle="nothing", on_sleep="nothing", on_lock="nothing")
    entry_id = computer.run()
    computer.work(6 * HOUR)
    left = computer.time.at
    computer.wait(2 * MINUTE)
    assert computer.reminded == []
    computer.sleep(14 * HOUR)
    computer.touch()
    computer.work(HOUR // 2)
    (asked,) = computer.reminded
    assert asked.kind is ReminderKind.OVERNIGHT
    assert asked.forgotten is not None
    assert asked.forgotten[:] == (entry_id, NOON, left, left)
    stopped = verbs.stop_at(
        computer.db, entry_id, asked.forgotten.stop_at, now=computer.time.at
    ).stopped
    assert stopped is not None
    assert stopped.stop == left


def test_the_same_is_asked_if_the_program_did_not_run_at_night(computer: Computer) -> None:
    computer.start()
    entry_id = computer.run()
    computer.work(6 * HOUR)
    left = computer.time.at
    computer.quit()
    computer.doze(14 * HOUR)
    computer.start()
    computer.work(HOUR // 2)
    assert [each.forgotten and each.forgotten[:] for each in computer.reminded] == [
        (entry_id, NOON, left, left)
    ]


def test_nothing_running_is_said_in_working_hours(computer: Computer) -> None:
    computer.start(working_hours="tue 9:00-13:00 14:00-18:00")
    computer.work(9 * MINUTE)
    assert said(computer) == []
    computer.work(2 * HOUR)
    assert said(computer) == [
        (ReminderKind.NOTHING_RUNNING, 10),
        (ReminderKind.NOTHING_RUNNING, 40),
        (ReminderKind.NOTHING_RUNNING, 120),
    ]


def test_a_snooze_is_kept_over_a_restart(computer: Computer) -> None:
    computer.start(working_hours="tue 9:00-18:00")
    computer.work(11 * MINUTE)
    until = computer.time.at + 2 * HOUR
    computer.worker.snoozed(Snoozed(ReminderKind.NOTHING_RUNNING, until))
    computer.kill()
    computer.start()
    computer.work(2 * HOUR + MINUTE)
    assert [each.at for each in computer.reminded][1:] == [until]


def test_nothing_is_said_right_after_a_stop(computer: Computer) -> None:
    computer.start(working_hours="tue 9:00-18:00")
    computer.run()
    computer.work(HOUR)
    computer.stop_entry()
    computer.work(9 * MINUTE)
    assert said(computer) == []
    computer.work(2 * MINUTE)
    assert said(computer) == [(ReminderKind.NOTHING_RUNNING, 70)]


def test_nothing_is_said_while_away_nor_in_a_burst_after(computer: Computer) -> None:
    computer.start(working_hours="mon-sun 0:00-24:00", remind_breaks=True)
    computer.work(MINUTE)
    computer.wait(5 * MINUTE)
    computer.sleep(3 * HOUR)
    computer.wait(HOUR)
    assert computer.reminded == []
    back = computer.time.at
    computer.work(9 * MINUTE)
    assert computer.reminded == []
    computer.work(2 * MINUTE)
    (only,) = computer.reminded
    assert only.kind is ReminderKind.NOTHING_RUNNING
    assert only.since is not None
    assert back - 10 <= only.since <= back
    assert verbs.came_back(computer.db, now=computer.time.at) == only.since


@pytest.mark.parametrize(
    ("kind", "most", "within_seconds"),
    [(in_use.InUseKind.QUIET, 16, MINUTE), (in_use.InUseKind.FULL_SCREEN, 4, 6 * MINUTE)],
)
def test_nothing_is_said_while_it_would_disturb_and_soon_after(
    computer: Computer, kind: in_use.InUseKind, most: int, within_seconds: int
) -> None:
    computer.start(working_hours="tue 9:00-18:00")
    computer.finder.signs = (kind,)
    computer.work(20 * MINUTE)
    assert computer.reminded == []
    assert computer.finder.asked <= most, "but it is looked only now and then"
    computer.finder.signs = ()
    computer.work(within_seconds)
    assert len(computer.reminded) == 1


def test_quiet_hours_are_waited_for(computer: Computer) -> None:
    computer.start(working_hours="tue 9:00-18:00", quiet_hours="tue 12:00-13:00")
    computer.work(HOUR + MINUTE)
    assert said(computer) == [(ReminderKind.NOTHING_RUNNING, 60)]


def test_breaks_are_reminded_of_and_their_end(computer: Computer) -> None:
    computer.start(remind_breaks=True, **SILENT)
    computer.run()
    computer.work(26 * MINUTE)
    computer.stop_entry()
    computer.work(6 * MINUTE)
    assert said(computer) == [(ReminderKind.BREAK, 25), (ReminderKind.WORK, 31)]
    assert not computer.reminded[0].stopped


def test_breaks_can_stop_the_entry(computer: Computer) -> None:
    computer.start(remind_breaks=True, breaks_stop=True, **SILENT)
    entry_id = computer.run()
    computer.work(26 * MINUTE)
    assert computer.entry(entry_id).stop == NOON + 25 * MINUTE
    assert [each.stopped for each in computer.reminded] == [True]
    computer.work(10 * MINUTE)
    assert said(computer) == [(ReminderKind.BREAK, 25), (ReminderKind.WORK, 30)]


def test_the_end_of_a_break_is_said_however_slow_the_desktop_was(computer: Computer) -> None:
    computer.start(remind_breaks=True, breaks_stop=True, **SILENT)
    computer.run()
    computer.idle.takes_seconds = 1
    computer.work(40 * MINUTE)
    assert [each.kind for each in computer.reminded] == [ReminderKind.BREAK, ReminderKind.WORK]


@pytest.mark.parametrize("asleep", [False, True])
def test_who_comes_back_from_a_break_is_not_sent_into_one(
    computer: Computer, *, asleep: bool
) -> None:
    computer.start(remind_breaks=True, breaks_stop=True, **SILENT)
    entry_id = computer.run()
    computer.work(10 * MINUTE)
    (computer.sleep if asleep else computer.wait)(HOUR)
    computer.work(20 * MINUTE)
    assert computer.reminded == []
    computer.work(6 * MINUTE)
    assert [each.kind for each in computer.reminded] == [ReminderKind.BREAK]
    assert not computer.entry(entry_id).running


def test_a_clock_that_was_years_ahead_silences_nothing(computer: Computer) -> None:
    ahead = 3 * 365 * 24 * HOUR
    computer.time.at += ahead
    computer.start(working_hours="mon-sun 0:00-24:00", long_run_hours=1, remind_overnight=False)
    computer.work(11 * MINUTE)
    until = computer.time.at + 24 * HOUR
    computer.worker.snoozed(Snoozed(ReminderKind.NOTHING_RUNNING, until))
    computer.wait(HOUR)
    computer.touch()
    computer.reminded.clear()
    computer.time.at -= ahead
    computer.changed()
    computer.work(11 * MINUTE)
    assert [each.kind for each in computer.reminded] == [ReminderKind.NOTHING_RUNNING]


def test_what_has_to_wait_is_not_written_again_and_again(computer: Computer) -> None:
    computer.start(working_hours="tue 9:00-18:00")
    computer.finder.signs = (in_use.InUseKind.QUIET,)
    computer.work(20 * MINUTE)
    before = computer.db.row("PRAGMA data_version")
    for _ in range(5):
        computer.wait(1)
        computer.changed()
    assert computer.db.row("PRAGMA data_version") == before
    assert (
        reminders.everything(computer.db)[ReminderKind.NOTHING_RUNNING].due_at == NOON + 10 * MINUTE
    )


def test_goals_are_said_once_each(computer: Computer) -> None:
    computer.start(day_goal_minutes=30, week_goal_minutes=60, **SILENT)
    computer.run()
    computer.work(2 * HOUR)
    assert said(computer) == [(ReminderKind.DAY_GOAL, 30), (ReminderKind.WEEK_GOAL, 60)]


def test_what_is_switched_off_is_never_said(computer: Computer) -> None:
    off = dict.fromkeys(["remind_day_goal", "remind_week_goal", "remind_nothing_running"], False)
    computer.start(
        day_goal_minutes=10,
        week_goal_minutes=10,
        working_hours="mon-sun 0:00-24:00",
        long_run_hours=1,
        **off,
        **SILENT,
    )
    computer.run()
    computer.work(2 * HOUR)
    computer.stop_entry()
    computer.work(HOUR)
    assert computer.reminded == []


def test_a_setting_counts_at_once(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.work(HOUR)
    chosen = computer.settings._replace(long_run_hours=1, idle_minutes=3)
    computer.worker.use(chosen)
    computer.work(MINUTE)
    assert said(computer) == [(ReminderKind.LONG_RUN, 60)]
    computer.wait(4 * MINUTE)
    assert len(computer.asked) == 1


def test_every_setting_of_presence_counts() -> None:
    usual = presence_settings_of(Settings())
    others = Settings(
        on_idle="nothing",
        on_lock="stop now",
        on_sleep="stop at last input",
        on_quit="ask",
        idle_minutes=5,
        lengthened_minutes=90,
        count_calls=False,
        remind_breaks=True,
        nothing_first_minutes=3,
        nothing_again_minutes=45,
        quiet_hours="mon 20:00-8:00",
    )
    rules = presence_settings_of(others).rules
    assert rules[:6] == ("nothing", "stop now", "stop at last input", "ask", 5, 90)
    assert usual.counted - presence_settings_of(others).counted == {
        in_use.InUseKind.MICROPHONE,
        in_use.InUseKind.CAMERA,
    }
    assert presence_settings_of(others).reminders.pauses == (3, 45)
    assert presence_settings_of(others).reminders.kinds >= {ReminderKind.BREAK, ReminderKind.WORK}
    assert usual.counted == in_use.BUSY


def test_the_clocks_agree_with_each_other() -> None:
    first, second = read_clocks(), read_clocks()
    assert 0 <= second.at - first.at <= 2
    assert 0 <= second.mono - first.mono <= 2
    assert first.slept is None or abs((first.slept or 0) - (second.slept or 0)) <= 1


class Listener(QObject):
    """Lives on the main thread."""

    heard = Signal(object)


def test_it_works_on_a_thread_of_its_own_and_ends_when_told(tmp_path: Path, qtbot: QtBot) -> None:
    path = str(tmp_path / "toggl-tray.db")
    computer = Computer(tmp_path)
    entry_id = timer.start(computer.db, Draft("Writing"), now=NOON).entry
    assert entry_id is not None
    places = PresencePaths(path, str(tmp_path / "crash.log"), computer._sources, computer.time.read)
    worker = PresenceWorker(places, Settings(on_quit="stop now", long_run_hours=1))
    thread = QThread()
    thread.setObjectName("presence")
    listener = Listener()
    commands = PresenceCommands(worker, listener)
    worker.moveToThread(thread)
    worker.reminded.connect(listener.heard)
    worker.ended.connect(thread.quit)
    thread.started.connect(worker.start)
    computer.time.pass_to(NOON + 2 * HOUR)
    with qtbot.waitSignal(listener.heard) as caught:
        thread.start()
    assert caught.args is not None
    assert caught.args[0].kind is ReminderKind.LONG_RUN
    with qtbot.waitSignal(worker.ended):
        commands.stop.emit(True)
    qtbot.waitUntil(thread.isFinished)
    with open_database(path) as db:
        assert stored.get(db, entry_id.id).stop == NOON + 2 * HOUR
        assert heartbeat.read(db) == heartbeat.Heartbeat(NOON + 2 * HOUR, None)
    computer.db.close()


def test_a_goal_is_not_reached_by_what_may_be_no_work(computer: Computer) -> None:
    computer.start(day_goal_minutes=60, **SILENT)
    computer.run()
    computer.work(20 * MINUTE)
    computer.wait(3 * HOUR)
    computer.touch()
    (asked,) = computer.asked[-1:]
    computer.work(20 * MINUTE)
    assert said(computer) == [], "three hours wait for an answer"
    answer = AbsenceAnswer(AbsenceChoice.DISCARD_AND_CONTINUE)
    verbs.answer(computer.db, asked.id, answer, now=computer.time.at)
    computer.changed()
    computer.work(HOUR)
    assert [each.kind for each in computer.reminded] == [ReminderKind.DAY_GOAL]
    assert said(computer)[0][1] == pytest.approx(240, abs=2), "an hour without the three away"


def stops(computer: Computer) -> list[object]:
    return [carried for name, carried in computer.heard if name == "stopped"]


@pytest.mark.parametrize("policy", ["stop now", "stop at last input"])
def test_who_comes_back_hears_that_the_entry_was_stopped(computer: Computer, policy: str) -> None:
    computer.start(on_idle=policy)
    entry_id = computer.run()
    computer.wait(HOUR)
    assert stops(computer) == [], "nobody is there to hear it"
    assert stored.running(computer.db) is None
    computer.work(5 * MINUTE)
    (stopped,) = stops(computer)
    assert isinstance(stopped, AutomaticStop)
    assert stopped.entry == stored.get(computer.db, entry_id)
    computer.work(HOUR)
    assert len(stops(computer)) == 1
    undo.undo(computer.db, stopped.step_id)
    assert stored.running(computer.db) is not None


def test_after_a_restart_the_last_sign_of_life_is_proposed(computer: Computer) -> None:
    computer.start(remind_overnight=False, on_quit="nothing")
    computer.run()
    computer.work(HOUR)
    seen_at = computer.time.at
    computer.kill()
    computer.db.run("DELETE FROM absence")
    computer.wait_off(20 * HOUR)
    computer.start()
    computer.db.run("DELETE FROM absence")
    computer.changed()
    computer.work(HOUR)
    told = next(each for each in computer.reminded if each.kind is ReminderKind.LONG_RUN)
    assert told.proposed is not None
    assert told.proposed.reason is StopReason.LAST_SEEN
    assert told.proposed.moment == pytest.approx(seen_at, abs=5 * MINUTE)
