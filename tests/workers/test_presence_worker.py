"""From what a user does to what is stored, asked and stopped: scripts on a clock of their own."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.workers.presence_rig import HOUR, MINUTE, NOON, Computer
from tray.desktop.support import partly
from tray.model.presence.answers import AbsenceAnswer, AbsenceChoice
from tray.model.presence.presence_values import AwayPeriod
from tray.store import absences, heartbeat
from tray.tracker import absences as verbs
from tray.tracker import undo


@pytest.fixture(params=["polled", "signals"])
def computer(tmp_path: Path, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Computer]:
    made = Computer(tmp_path, signals=request.param == "signals")
    yield made
    made.close()


@pytest.fixture
def blind(tmp_path: Path, qtbot: QtBot) -> Iterator[Computer]:
    made = Computer(tmp_path, blind=True)
    yield made
    made.close()


def stretches(computer: Computer) -> list[tuple[object, ...]]:
    return [(cause, state, *json.loads(str(each))) for cause, state, each in computer.rows()]


def is_near(moment: int | None, expected: int) -> bool:
    """Where it has to be asked, the return is known to ten seconds."""
    return moment is not None and expected - 10 <= moment <= expected


def test_who_works_is_never_asked(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.work(2 * HOUR)
    assert computer.rows() == []
    assert computer.asked == []


def test_who_was_away_is_asked_once_since_the_last_input(computer: Computer) -> None:
    computer.start()
    entry_id = computer.run()
    computer.work(10 * MINUTE)
    left = computer.time.at
    computer.wait(25 * MINUTE)
    assert [each.begin for each in computer.asked] == [left]
    computer.touch()
    computer.wait(15)
    (absence,) = absences.unanswered(computer.db)
    assert (absence.entry_id, absence.begin) == (entry_id, left)
    assert is_near(absence.back, left + 25 * MINUTE)
    computer.work(HOUR)
    assert len(computer.asked) == 1


def test_a_short_absence_is_silent(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.wait(9 * MINUTE)
    computer.work(MINUTE)
    computer.lock()
    computer.wait(5 * MINUTE)
    computer.unlock()
    computer.work(MINUTE)
    assert computer.rows() == []
    assert computer.asked == []


def test_a_lock_begins_at_the_last_input_and_ends_after_it(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.wait(2 * MINUTE)
    computer.lock()
    computer.wait(HOUR)
    assert computer.asked == []
    computer.unlock()
    computer.wait(15)
    (absence,) = absences.unanswered(computer.db)
    assert (absence.cause, absence.begin) == ("lock", NOON)
    assert is_near(absence.back, NOON + 2 * MINUTE + HOUR)
    assert len(computer.asked) == 1


def test_a_sleep_is_stored_before_it_begins(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.wait(3 * MINUTE)
    seen: list[object] = []
    computer.power.on_release = lambda: seen.extend(absences.unanswered(computer.db))
    computer.sleep(8 * HOUR)
    assert len(seen) == 1
    assert computer.power.held, "for the next sleep"
    assert ("day", None) in computer.heard
    computer.touch()
    back = computer.time.at
    computer.wait(15)
    (absence,) = absences.unanswered(computer.db)
    assert (absence.cause, absence.begin) == ("sleep", NOON)
    assert is_near(absence.back, back)


def test_a_sleep_of_which_nobody_tells_is_seen_on_the_clocks(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.wait(3 * MINUTE)
    computer.doze(8 * HOUR)
    computer.touch()
    computer.wait(6 * MINUTE)
    (absence,) = absences.unanswered(computer.db)
    assert absence.cause == "sleep"
    assert absence.back is not None
    assert absence.back - absence.begin >= 8 * HOUR - 5 * MINUTE
    assert ("day", None) in computer.heard


@pytest.mark.parametrize("signals", [False, True])
def test_a_stop_on_sleep_is_on_disk_before_it_begins(
    tmp_path: Path, qtbot: QtBot, signals: bool
) -> None:
    computer = Computer(tmp_path, signals=signals)
    computer.start(on_sleep="stop at last input")
    entry_id = computer.run()
    computer.wait(4 * MINUTE)
    seen: list[int | None] = []
    computer.power.on_release = lambda: seen.append(computer.entry(entry_id).stop)
    computer.sleep(HOUR)
    assert seen == [NOON]
    assert computer.rows() == []
    computer.close()


@pytest.mark.parametrize(
    ("policy", "stop"), [("stop now", NOON + 5 * MINUTE), ("stop at last input", NOON)]
)
def test_a_policy_stops_on_lock(computer: Computer, policy: str, stop: int) -> None:
    computer.start(on_lock=policy)
    entry_id = computer.run()
    computer.wait(5 * MINUTE)
    computer.lock()
    expected = stop if not computer.signals else NOON + 5 * MINUTE
    assert computer.entry(entry_id).stop in (stop, expected)
    computer.wait(HOUR)
    computer.unlock()
    computer.work(HOUR)
    assert computer.asked == []


def test_a_policy_stops_on_idle(computer: Computer) -> None:
    computer.start(on_idle="stop at last input")
    entry_id = computer.run()
    computer.work(20 * MINUTE)
    computer.wait(15 * MINUTE)
    assert computer.entry(entry_id).stop == NOON + 20 * MINUTE
    undo.undo(computer.db)
    assert computer.entry(entry_id).running


@pytest.mark.parametrize(
    ("policy", "stop"), [("nothing", None), ("ask", None), ("stop now", NOON + 5 * MINUTE)]
)
def test_a_policy_stops_on_quit(computer: Computer, policy: str, stop: int | None) -> None:
    computer.start(on_quit=policy)
    entry_id = computer.run()
    computer.work(5 * MINUTE)
    computer.quit()
    assert computer.entry(entry_id).stop == stop
    assert heartbeat.read(computer.db) == heartbeat.Heartbeat(NOON + 5 * MINUTE, None)


def test_that_it_runs_is_noted_when_the_icon_counts_a_minute(computer: Computer) -> None:
    computer.start()
    computer.wait(7)
    entry = computer.entry(computer.run())
    computer.work(90)
    assert computer.worker.wakes_at is not None
    assert (computer.worker.wakes_at - entry.start) % MINUTE == 0


def test_that_it_runs_is_noted_before_an_absence_could_count(computer: Computer) -> None:
    computer.start(idle_minutes=1)
    computer.wait(7)
    computer.run()
    computer.work(90)
    noted = heartbeat.read(computer.db)
    assert noted is not None
    assert computer.worker.wakes_at is not None
    assert computer.worker.wakes_at - noted.alive_at <= MINUTE // 2


def test_the_time_without_the_program_is_asked_about_if_that_is_set(computer: Computer) -> None:
    computer.start(on_quit="ask")
    computer.run()
    computer.work(5 * MINUTE)
    computer.quit()
    computer.doze(2 * HOUR)
    computer.start()
    computer.touch()
    computer.wait(15)
    (absence,) = absences.unanswered(computer.db)
    assert (absence.cause, absence.begin) == ("off", NOON + 5 * MINUTE)
    assert is_near(absence.back, NOON + 5 * MINUTE + 2 * HOUR)
    assert len(computer.asked) == 1


def test_a_question_survives_a_kill_and_is_asked_again_once(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.wait(20 * MINUTE)
    computer.touch()
    computer.wait(15)
    before = absences.unanswered(computer.db)
    computer.kill()
    computer.asked.clear()
    computer.wait_off(5)
    computer.start()
    computer.work(5 * MINUTE)
    assert [each.id for each in computer.asked] == [each.id for each in before]
    assert absences.unanswered(computer.db) == before


def test_who_is_killed_while_nobody_is_there_knows_since_when(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.work(5 * MINUTE)
    computer.wait(30 * MINUTE)
    computer.kill()
    computer.doze(HOUR)
    computer.asked.clear()
    computer.start()
    computer.touch()
    computer.wait(15)
    (absence,) = absences.unanswered(computer.db)
    assert absence.begin == NOON + 5 * MINUTE
    assert is_near(absence.back, NOON + 35 * MINUTE + HOUR)
    assert len(computer.asked) == 1


def test_a_crash_costs_less_than_an_absence_that_counts(computer: Computer) -> None:
    computer.start(on_quit="ask")
    computer.run()
    computer.work(59 * MINUTE)
    computer.kill()
    computer.wait_off(30)
    computer.start()
    computer.work(MINUTE)
    assert computer.rows() == []


def test_an_answer_lets_the_next_absence_be_asked_about(computer: Computer) -> None:
    computer.start()
    entry_id = computer.run()
    computer.wait(20 * MINUTE)
    computer.touch()
    computer.wait(15)
    given = AbsenceAnswer(AbsenceChoice.DISCARD_AND_CONTINUE)
    verbs.answer(computer.db, computer.asked[0].id, given, now=computer.time.at)
    computer.changed()
    assert computer.entry(entry_id).stop == NOON
    computer.work(5 * MINUTE)
    computer.wait(20 * MINUTE)
    assert [each.id for each in computer.asked] == [1, 2]
    assert [row[:2] for row in computer.rows()] == [("idle", "answered"), ("idle", "open")]


def test_an_answer_that_was_taken_back_is_not_asked_again(computer: Computer) -> None:
    computer.start()
    entry_id = computer.run()
    computer.wait(20 * MINUTE)
    computer.touch()
    computer.wait(15)
    given = AbsenceAnswer(AbsenceChoice.DISCARD_AND_STOP)
    verbs.answer(computer.db, computer.asked[0].id, given, now=computer.time.at)
    computer.changed()
    undo.undo(computer.db)
    computer.changed()
    assert computer.entry(entry_id).running
    computer.kill()
    computer.start()
    computer.work(20 * MINUTE)
    assert len(computer.asked) == 1
    assert [row[1] for row in computer.rows()] == ["undone"]


def test_leaving_again_before_an_answer_is_the_same_question(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.wait(20 * MINUTE)
    computer.work(5 * MINUTE)
    computer.wait(20 * MINUTE)
    computer.work(MINUTE)
    ((cause, state, first, second),) = stretches(computer)
    assert (cause, state) == ("idle", "open")
    assert first[0] == NOON  # type: ignore[index]
    assert second[0] == NOON + 25 * MINUTE  # type: ignore[index]
    assert len(computer.asked) == 1


def test_a_call_makes_the_threshold_longer_until_it_ends(computer: Computer) -> None:
    from tray.desktop.in_use import InUseKind

    computer.start()
    computer.run()
    computer.finder.signs = (InUseKind.MICROPHONE,)
    computer.wait(40 * MINUTE)
    assert computer.rows() == []
    computer.finder.signs = ()
    computer.wait(25 * MINUTE)
    (absence,) = absences.unanswered(computer.db)
    assert NOON + 40 * MINUTE <= absence.begin <= NOON + 45 * MINUTE


def test_a_sign_that_does_not_count_changes_nothing(computer: Computer) -> None:
    from tray.desktop.in_use import InUseKind

    computer.start(count_calls=False)
    computer.run()
    computer.finder.signs = (InUseKind.MICROPHONE,)
    computer.wait(11 * MINUTE)
    assert [row[0] for row in computer.rows()] == ["idle"]


def test_without_a_source_locks_and_sleeps_are_all(blind: Computer) -> None:
    blind.start()
    blind.run()
    blind.wait(3 * HOUR)
    assert blind.rows() == []
    blind.lock()
    blind.wait(HOUR)
    blind.unlock()
    (absence,) = absences.unanswered(blind.db)
    assert absence.stretches == (AwayPeriod(NOON + 3 * HOUR, NOON + 4 * HOUR),)
    ((_, watched), *_) = blind.heard
    assert "Absences are noticed when the screen is locked" in watched.idle_text  # type: ignore[attr-defined]


def test_a_source_that_fails_ends_what_it_cannot_see_the_end_of(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.wait(20 * MINUTE)
    computer.go_blind()
    (absence,) = absences.unanswered(computer.db)
    assert absence.back == NOON + 20 * MINUTE


def test_a_source_found_late_does_not_take_who_starts_the_program_for_away(
    computer: Computer,
) -> None:
    computer.start(on_quit="ask")
    computer.run()
    computer.quit()
    computer.doze(HOUR)
    computer.signals = False
    computer.start()
    assert computer.asked == []
    computer.idle.signals = True
    computer.idle.become(partly("It was slow."))
    computer.settle()
    (asked,) = computer.asked
    assert asked.back == computer.time.at


def test_a_lock_is_not_forgotten_after_a_failure(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.wait(MINUTE)
    computer.lock()
    computer.worker._db.close()  # type: ignore[union-attr]
    computer.changed()
    computer.wait(HOUR)
    computer.touch()
    computer.wait(HOUR)
    assert computer.asked == []
    computer.unlock()
    computer.wait(15)
    assert len(computer.asked) == 1


def test_a_database_that_is_being_mended_is_left_alone(computer: Computer) -> None:
    computer.start(on_quit="stop now")
    entry_id = computer.run()
    computer.worker.stop(False)
    assert computer.entry(entry_id).running
    computer.wait_off(60)
    computer.start()
    computer.work(MINUTE)
    assert computer.rows() == []


def test_a_source_that_does_not_answer_holds_up_no_sleep(computer: Computer, qtbot: QtBot) -> None:
    computer.start()
    computer.run()
    computer.wait(MINUTE)
    computer.idle.silent = True
    from tray.desktop.power import Happening

    computer.power.set(Happening.SLEEPING, True)
    computer.settle()
    assert computer.power.held
    qtbot.waitUntil(lambda: not computer.power.held)
    assert [row[0] for row in computer.rows()] == ["sleep"]


def test_the_exchange_is_told_whether_anybody_is_there(computer: Computer) -> None:
    computer.start()
    computer.lock()
    computer.sleep(HOUR)
    computer.unlock()
    assert [said for name, said in computer.heard if name == "present"] == [True, False, True]


def test_a_clock_that_is_set_is_no_absence(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.work(5 * MINUTE)
    computer.time.at += 3 * HOUR
    computer.idle.last_input += 3 * HOUR
    computer.work(20 * MINUTE)
    assert computer.rows() == []
    assert ("day", None) in computer.heard


def test_a_bug_is_recorded_and_the_watch_goes_on(computer: Computer) -> None:
    computer.start()
    computer.run()
    computer.worker._db.close()  # type: ignore[union-attr]
    computer.wait(20 * MINUTE)
    assert [name for name, _ in computer.heard if name == "failed"] == ["failed"]
    computer.touch()
    computer.wait(15)
    assert len(absences.unanswered(computer.db)) == 1


@pytest.mark.parametrize(("signals", "most"), [(False, 20), (True, 14)])
def test_who_works_costs_few_wakes(tmp_path: Path, qtbot: QtBot, signals: bool, most: int) -> None:
    computer = Computer(tmp_path, signals=signals)
    computer.start()
    computer.run()
    computer.wait(1)
    wakes, looks = computer.worker.wakes, computer.idle.looks
    computer.work(HOUR, every=20)
    assert computer.worker.wakes - wakes <= most
    assert computer.idle.looks - looks <= (8 if not signals else 0)
    computer.stop_entry()
    wakes = computer.worker.wakes
    computer.work(HOUR, every=20)
    assert computer.worker.wakes - wakes <= 8
    computer.lock()
    computer.wait(1)
    wakes = computer.worker.wakes
    computer.wait(8 * HOUR)
    assert computer.worker.wakes == wakes
    computer.close()


@pytest.mark.parametrize("how", ["lock", "sleep", "idle"])
def test_a_source_that_does_not_count_leaves_no_absence_without_end(
    tmp_path: Path, qtbot: QtBot, how: str
) -> None:
    with closing(Computer(tmp_path)) as computer:
        computer.start()
        computer.run()
        computer.work(6 * MINUTE)
        left = computer.time.at
        if how == "idle":
            computer.wait(HOUR)
        computer.idle.knows = False
        computer.idle.become(partly("It does not count."))
        computer.settle()
        if how == "lock":
            computer.lock()
            computer.wait(HOUR)
            computer.unlock()
        elif how == "sleep":
            computer.sleep(HOUR)
        computer.work(HOUR)
        (absence,) = absences.unanswered(computer.db)
        assert absence.stretches == (AwayPeriod(left, left + HOUR),)
        assert len(computer.asked) == 1
