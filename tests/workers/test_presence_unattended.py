"""Entries that are started here without a key or the mouse: by a script, or from a terminal."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from tests.workers.presence_rig import HOUR, MINUTE, Computer
from tray.model.presence.answers import AbsenceAnswer, AbsenceChoice
from tray.store import absences, entries
from tray.tracker import absences as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft


@pytest.fixture(params=["polled", "signals"])
def computer(tmp_path: Path, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Computer]:
    made = Computer(tmp_path, signals=request.param == "signals")
    yield made
    made.close()


def begins(computer: Computer) -> list[int]:
    return [json.loads(str(stretches))[0][0] for _, _, stretches in computer.rows()]


def test_a_hundred_first_absences_are_all_seen(computer: Computer) -> None:
    """However long nobody had been there at the start, on a computer that was just started."""
    chance = Random(17)
    for number in range(100):
        computer.left_at = computer.time.at - chance.randrange(1_000)
        computer.start(idle_minutes=1 + number % 3, on_quit="nothing")
        computer.wait(chance.randrange(400))
        computer.run(by_hand=False)
        begin = computer.time.at
        computer.wait(5 * MINUTE)
        assert begins(computer)[-1] == begin, f"round {number}"
        assert len(computer.rows()) == number + 1
        computer.touch()
        computer.wait(15)
        computer.stop_entry()
        computer.quit()


def test_an_entry_that_came_from_another_computer_is_left_alone(computer: Computer) -> None:
    computer.start(on_quit="stop now")
    computer.wait(20 * MINUTE)
    entry_id = computer.run_elsewhere()
    computer.wait(HOUR)
    assert computer.rows() == []
    computer.quit()
    assert computer.entry(entry_id).running


@pytest.mark.parametrize("lead", [0, 5 * MINUTE, HOUR])
@pytest.mark.parametrize("before", [False, True], ids=["seen", "before the program"])
def test_the_end_of_the_program_stops_the_entry(
    computer: Computer, lead: int, before: bool
) -> None:
    computer.left_at = computer.time.at - lead
    if before:
        timer.start(computer.db, Draft("Writing"), now=computer.time.at)
    computer.start(on_quit="stop now")
    if not before:
        computer.wait(lead)
        computer.run(by_hand=False)
    computer.wait(11 * MINUTE)
    quit_at = computer.time.at
    computer.quit()
    entry = entries.latest(computer.db)
    assert entry is not None
    assert entry.stop == quit_at
    undo.undo(computer.db)
    assert entries.running(computer.db) is not None


@pytest.mark.parametrize("policy", ["stop now", "stop at last input"])
def test_the_end_of_the_program_stops_what_was_kept_just_before(
    computer: Computer, policy: str
) -> None:
    """Where the return was not yet seen, since a source that has to be asked tells it late."""
    computer.start(on_quit=policy)
    entry_id = computer.run(by_hand=False)
    computer.wait(11 * MINUTE)
    (absence,) = absences.unanswered(computer.db)
    keep = AbsenceAnswer(AbsenceChoice.KEEP)
    verbs.answer(computer.db, absence.id, keep, now=computer.time.at)
    computer.changed()
    quit_at = computer.time.at
    computer.quit()
    assert computer.entry(entry_id).stop == quit_at


def test_an_answer_of_the_idle_source_that_comes_late_counts(tmp_path: Path, qtbot: QtBot) -> None:
    """A computer too busy to answer within a second is not one with somebody before it."""
    computer = Computer(tmp_path)
    computer.start()
    computer.run()
    computer.idle.silent = True
    computer.wait(10 * MINUTE)
    qtbot.waitUntil(lambda: not computer.worker._sensors._pending)
    assert computer.rows() == []
    computer.idle.silent = False
    computer.idle._ask()
    computer.settle()
    assert len(computer.rows()) == 1
    computer.close()
