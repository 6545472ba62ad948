"""One running entry in all profiles together, whatever is killed between two databases."""

import os
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.store.test_migrations import SCHEMAS, load
from tray import profile_actions, profiles
from tray.common_settings import CommonSettings
from tray.store import entries, journal, undo_log, undoing
from tray.store.opening import open_database
from tray.tracker import one_timer, timer
from tray.tracker.resolve import Draft

T: int = 1_770_984_000
NAMES = ("default", "Work", "工作")


class World:
    """Some profiles in a folder, and what is done in them, each time by a process of its own."""

    def __init__(self, folder: Path, *, one: bool = True) -> None:
        self.environ = {"TOGGL_TRAY_HOME": str(folder)}
        for name in NAMES[1:]:
            profiles.create(self.environ, name)
        profiles.set_common(self.environ, CommonSettings(one_timer=one))
        self.places = {each.profile: each for each in profiles.everything(self.environ)}
        for each in self.places.values():
            open_database(each.database).close()

    def start(self, name: str, what: str, *, now: int, at: int | None = None) -> None:
        with open_database(self.places[name].database) as db:
            timer.start(db, Draft(what), now=now, at=at)

    def stop(self, name: str, *, now: int) -> None:
        with open_database(self.places[name].database) as db:
            timer.stop(db, now=now)

    def settle(self, *, now: int) -> None:
        assert one_timer.settle(self.environ, now=now) == ()

    def spans(self, name: str) -> list[tuple[str, int, int | None]]:
        with open_database(self.places[name].database) as db:
            found = sorted(entries.everything(db), key=lambda each: each.id)
            return [(each.description, each.start, each.stop) for each in found]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "home")


def test_a_start_ends_what_runs_in_another_at_the_same_second(world: World) -> None:
    world.start("default", "mine", now=T)
    world.settle(now=T)
    world.start("Work", "theirs", now=T + 60)
    world.settle(now=T + 500)
    assert world.spans("default") == [("mine", T, T + 60)]
    assert world.spans("Work") == [("theirs", T + 60, None)]


def test_it_is_a_step_and_a_line_of_the_journal_in_its_own_profile(world: World) -> None:
    world.start("default", "mine", now=T)
    world.start("Work", "theirs", now=T + 60)
    world.settle(now=T + 61)
    with open_database(world.places["default"].database) as db:
        (line,) = journal.latest(db, 1)
        assert line.text == "“mine” was stopped by a start in the profile “Work”."
        undone = undoing.undo(db)
        assert (undone.verb, undone.subject) == ("stop", "mine")
    world.settle(now=T + 80)
    assert world.spans("default") == [("mine", T, None)], "what was undone stays so"
    assert world.spans("Work") == [("theirs", T + 60, None)]


def test_each_runs_for_itself_unless_the_user_wants_one(tmp_path: Path) -> None:
    world = World(tmp_path / "home", one=False)
    world.start("default", "mine", now=T)
    world.start("Work", "theirs", now=T + 60)
    world.settle(now=T + 61)
    assert world.spans("default") == [("mine", T, None)]


def test_an_edit_of_what_runs_ends_nothing(world: World) -> None:
    world.start("default", "mine", now=T)
    world.start("Work", "theirs", now=T + 60)
    world.settle(now=T + 60)
    with open_database(world.places["default"].database) as db:
        undoing.undo(db)
        running = entries.running(db)
        assert running is not None
        with undo_log.step(db, "edit", now=T + 80) as current:
            current.update("entry", running.id, {"description": "ours"})
    world.settle(now=T + 90)
    assert world.spans("Work") == [("theirs", T + 60, None)]


def test_one_that_is_said_to_have_begun_earlier_takes_no_time_from_the_other(world: World) -> None:
    world.start("default", "mine", now=T)
    world.start("Work", "theirs", now=T + 600, at=T + 300)
    world.settle(now=T + 600)
    assert world.spans("default") == [("mine", T, T + 300)]
    world.start("default", "later", now=T + 700)
    world.start("工作", "before that", now=T + 800, at=T + 650)
    world.settle(now=T + 800)
    assert world.spans("default")[1] == ("later", T + 700, T + 800)


def test_of_two_starts_in_one_second_the_later_one_runs(world: World) -> None:
    for order in (("default", "Work"), ("Work", "default"), ("default", "Work")):
        for name in order:
            world.start(name, name, now=T)
        world.settle(now=T)
        running = [name for name in NAMES for _, _, stop in world.spans(name) if stop is None]
        assert running == [order[1]]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_one_of_an_earlier_version_is_looked_at_and_stops_too(
    schema: int, world: World, tmp_path: Path
) -> None:
    older = Path(world.places["default"].database)
    older.unlink()
    load(schema, older)
    (found, *_) = profile_actions.states(world.environ)
    assert found.account == ("Cook" if schema > 1 else "")
    world.start("Work", "report", now=T)
    world.settle(now=T)
    assert all(stop is not None for _, _, stop in world.spans("default"))


def test_one_that_cannot_be_opened_is_named_and_tried_again(world: World) -> None:
    world.start("Work", "theirs", now=T)
    world.start("default", "mine", now=T + 60)
    database = Path(world.places["Work"].database)
    with open_database(str(database)) as db:
        newer = db.row("PRAGMA user_version")[0]
        db.run("PRAGMA user_version = 18000")
        db.run("CREATE TABLE of_a_later_version (id)")
    (problem,) = one_timer.settle(world.environ, now=T + 61)
    assert problem.startswith("What runs in the profile “Work” could not be stopped: ")
    with open_database(world.places["default"].database) as db:
        assert db.row("SELECT count(*) FROM owed_stop WHERE NOT done") == (1,)
    import sqlite3

    with sqlite3.connect(database) as connection:
        connection.execute("DROP TABLE of_a_later_version")
        connection.execute(f"PRAGMA user_version = {newer}")
    connection.close()
    world.settle(now=T + 400)
    assert world.spans("Work") == [("theirs", T, T + 60)]


def _in_child(work: Any) -> int:
    """Do `work` in a process of its own; how it ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _killed_at(line: int) -> Any:
    """A tracer that ends the process without a word at the nth line of what is between the two."""
    left = line
    watched = ("one_timer.py", "owed_stops.py", "undo_log.py", "database.py", "timer.py")

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if not frame.f_code.co_filename.endswith(watched):
            return None
        if event == "line":
            left -= 1
            if left < 0:
                os._exit(9)
        return trace

    return trace


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed at a line of it")
def test_a_kill_at_any_moment_loses_and_doubles_nothing(world: World) -> None:
    line, outcomes = 0, set()
    while (0, True) not in outcomes:
        now = T + 1_000 * line
        world.start("Work", "theirs", now=now)
        world.settle(now=now)
        before = len(world.spans("default"))

        def work(line: int = line, now: int = now) -> None:
            sys.settrace(_killed_at(line))
            world.start("default", "mine", now=now + 60)
            world.settle(now=now + 60)

        code = _in_child(work)
        world.settle(now=now + 500)
        mine, (theirs,) = world.spans("default")[before:], world.spans("Work")[-1:]
        if mine:
            assert mine == [("mine", now + 60, None)], line
            assert theirs == ("theirs", now, now + 60), line
            world.stop("default", now=now + 900)
        else:
            assert theirs == ("theirs", now, None), line
            world.stop("Work", now=now + 900)
        with open_database(world.places["Work"].database) as db:
            assert db.row("SELECT count(*) FROM settled_stop") == (len(world.spans("default")),)
        outcomes.add((code, bool(mine)))
        line += 11
    assert outcomes == {(9, False), (9, True), (0, True)}


class Switching(RuleBasedStateMachine):
    """Starts and stops in three profiles, where what a start owes is settled at once, or later."""

    world: World
    now = T
    """Goes on from one example to the next, in the same databases."""

    @initialize()
    def begin(self) -> None:
        self.count = 0
        self.before = {name: len(self.world.spans(name)) for name in NAMES}
        self.expected: dict[str, list[tuple[str, int, int | None]]] = {name: [] for name in NAMES}

    @rule(name=st.sampled_from(NAMES), seconds=st.integers(0, 90), settles=st.booleans())
    def start(self, name: str, seconds: int, settles: bool) -> None:
        self.pass_time(seconds)
        self.count += 1
        self.world.start(name, f"{self.count}", now=self.now)
        for spans in self.expected.values():
            spans[:] = [(what, at, self.now if stop is None else stop) for what, at, stop in spans]
        self.expected[name].append((f"{self.count}", self.now, None))
        if settles:
            self.settle()

    @precondition(lambda self: self.running())
    @rule(seconds=st.integers(0, 90))
    def stop(self, seconds: int) -> None:
        self.pass_time(seconds)
        (name,) = self.running()
        self.world.stop(name, now=self.now)
        what, at, _ = self.expected[name].pop()
        self.expected[name].append((what, at, self.now))

    @rule()
    def settle(self) -> None:
        self.world.settle(now=self.now)

    def running(self) -> list[str]:
        return [name for name, spans in self.expected.items() if spans and spans[-1][2] is None]

    def pass_time(self, seconds: int) -> None:
        type(self).now += seconds

    def teardown(self) -> None:
        self.settle()
        done = {name: self.world.spans(name)[self.before[name] :] for name in NAMES}
        for name in self.running():
            self.pass_time(1)
            self.world.stop(name, now=self.now)
        self.pass_time(1_000)
        assert done == self.expected


def test_whatever_is_done_when_the_time_is_one_line(world: World) -> None:
    Switching.world = world
    few = hypothesis_settings(max_examples=25, stateful_step_count=12)
    run_state_machine_as_test(Switching, settings=few)
