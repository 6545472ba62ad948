"""Every hook is told of everything once, in the order in which it happened, whatever is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.hook_folder import HookFolder
from tray import program
from tray.hooks import hook_nudge, hook_runner
from tray.paths import Paths
from tray.settings import Settings
from tray.store import hook_events, hook_failures, journal
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import catalogue, timer
from tray.tracker.resolve import Draft

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hooks are shell scripts")

NOW = 1_795_000_000


@pytest.fixture
def places(hooks: HookFolder) -> Paths:
    return hooks.places


@pytest.fixture
def store(places: Paths, hooks: HookFolder) -> Iterator[Database]:
    """The store of the home with the hooks."""
    (hooks.home / "settings.toml").write_text("time_zone = 'UTC'\n", encoding="utf-8")
    with open_database(places.database) as db:
        yield db


def tell(store: Database, places: Paths) -> None:
    hook_runner.drain(store, places, os.environ)


def watch(store: Database, places: Paths, settings: Settings | None = None) -> None:
    hook_nudge.watch(store, places, settings or Settings())


def said(store: Database) -> list[str]:
    return [each.text for each in journal.latest(store, 10) if each.kind == "hook"]


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_they_are_told_in_order(store: Database, places: Paths, hooks: HookFolder) -> None:
    for name in ("start-b", "start-a", "stop"):
        hooks.put(name)
    watch(store, places)
    timer.start(store, Draft("one"), now=NOW)
    timer.start(store, Draft("two"), now=NOW + 60)
    timer.stop(store, now=NOW + 120)
    assert hooks.runs == []
    tell(store, places)
    assert hooks.runs == [
        ("start-a", "one"),
        ("start-b", "one"),
        ("stop", "one"),
        ("start-a", "two"),
        ("start-b", "two"),
        ("stop", "two"),
    ]
    tell(store, places)
    assert len(hooks.runs) == 6


def test_what_they_are_told(store: Database, places: Paths, hooks: HookFolder) -> None:
    hooks.put("stop")
    watch(store, places)
    client = catalogue.create_client(store, "Acme", now=NOW).created_id
    catalogue.create_project(store, "Web", now=NOW, changes={"client_id": client})
    timer.start(store, Draft("写代码", "Web", tags=("a",)), now=NOW)
    timer.stop(store, now=NOW + 90)
    tell(store, places)
    ((_, told),) = hooks.told
    entry = {
        "id": 1,
        "description": "写代码",
        "project": "Web",
        "client": "Acme",
        "workspace": "My workspace",
        "task": None,
        "tags": ["a"],
        "billable": False,
        "start": "2026-11-18T11:06:40Z",
    }
    assert told["changes"][0]["after"] == {
        **entry,
        "stop": "2026-11-18T11:08:10Z",
        "duration_seconds": 90,
    }
    assert told["changes"][0]["before"].items() >= {**entry, "stop": None}.items()
    assert (told["v"], told["event"], told["origin"], told["program"]) == (1, "stop", "here", None)
    assert told["status"]["running"] is None
    assert told["status"]["sync"]["state"] == "no account"


def test_what_is_gone_by_then_has_no_name(
    store: Database, places: Paths, hooks: HookFolder
) -> None:
    hooks.put("start")
    watch(store, places)
    catalogue.create_project(store, "Web", now=NOW)
    timer.start(store, Draft("one", "Web", tags=("a",)), now=NOW)
    store.run("UPDATE entry SET project_id = NULL, tag_ids = '[]'")
    for table in ("project", "tag"):
        store.run(f"DELETE FROM {table}")
    tell(store, places)
    ((_, told),) = hooks.told
    assert told["changes"][0]["after"]["project"] is None
    assert told["changes"][0]["after"]["tags"] == []


def test_what_it_writes_is_in_the_journal_and_a_failure_is_named_once(
    store: Database, places: Paths, hooks: HookFolder
) -> None:
    hooks.put("start", "echo hello")
    hooks.put("stop", "exit 3")
    watch(store, places)
    for number in range(2):
        timer.start(store, Draft("one"), now=NOW + 10 * number)
        timer.stop(store, now=NOW + 10 * number + 5)
    tell(store, places)
    failure = "The hook stop failed with exit code 3."
    assert sorted(said(store)) == [*["The hook start says: hello"] * 2, failure]
    assert hook_failures.take_new(store) == [failure]
    assert hook_failures.take_new(store) == []
    assert hook_failures.everything(store) == {"stop": failure}
    hooks.put("stop")
    timer.start(store, Draft("one"), now=NOW + 60)
    timer.stop(store, now=NOW + 65)
    tell(store, places)
    assert hook_failures.everything(store) == {}


def test_one_that_may_not_run_is_named_and_the_others_run(
    store: Database, places: Paths, hooks: HookFolder
) -> None:
    hooks.put("start-a").chmod(0o777)
    hooks.put("start-b")
    watch(store, places)
    timer.start(store, Draft("one"), now=NOW)
    tell(store, places)
    assert hooks.runs == [("start-b", "one")]
    (problem,) = hook_failures.take_new(store)
    assert "start-a" in problem


def test_switched_off_nothing_runs_and_nothing_waits(
    store: Database, places: Paths, hooks: HookFolder
) -> None:
    hooks.put("start")
    watch(store, places)
    timer.start(store, Draft("one"), now=NOW)
    (hooks.home / "settings.toml").write_text("run_hooks = false\n", encoding="utf-8")
    tell(store, places)
    timer.stop(store, now=NOW + 5)
    assert hooks.runs == []
    assert not hook_events.is_waiting(store)


def test_hooks_and_programs_do_not_set_each_other_off_for_ever(
    store: Database, places: Paths, hooks: HookFolder
) -> None:
    toggle = hooks.home / "toggle.py"
    toggle.write_text(
        f"""
import sys
sys.path.insert(0, {os.getcwd()!r})
from tray.store.opening import open_database
from tray.tracker import timer
with open_database({places.database!r}) as db:
    db.writer = "curl"
    timer.toggle(db, now={NOW + 60})
""",
        encoding="utf-8",
    )
    for name in ("start", "stop"):
        hooks.put(name, f"{sys.executable} {toggle}")
    watch(store, places)
    timer.start(store, Draft("one"), now=NOW)
    tell(store, places)
    assert [name for name, _ in hooks.runs] == ["start", "stop", "start", "stop"]
    (problem,) = hook_failures.take_new(store)
    assert "curl" in problem
    assert not hook_events.is_waiting(store)


def started(places: Paths) -> "subprocess.Popen[bytes]":
    environ = {**os.environ, "TOGGL_TRAY_HOME": places.data}
    return subprocess.Popen(program.hooks_command(), env=environ)


def test_a_killed_process_repeats_no_hook_and_forgets_none(
    store: Database, places: Paths, hooks: HookFolder
) -> None:
    hooks.put("start-1")
    hooks.put("start-2", f'[ -e "{hooks.home}/go" ] || sleep 60')
    hooks.put("start-3")
    watch(store, places)
    timer.start(store, Draft("one"), now=NOW)
    timer.start(store, Draft("two"), now=NOW + 60)
    process = started(places)
    until(lambda: len(hooks.runs) == 2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (hooks.home / "go").touch()
    tell(store, places)
    assert hooks.runs == [
        (f"start-{number}", name) for name in ("one", "two") for number in (1, 2, 3)
    ]


def test_several_processes_at_once_tell_each_hook_once(
    store: Database, places: Paths, hooks: HookFolder
) -> None:
    hooks.put("start")
    watch(store, places)
    processes = []
    for number in range(4):
        timer.start(store, Draft(str(number)), now=NOW + number)
        processes.append(started(places))
    for each in processes:
        assert each.wait(60) == 0
    assert hooks.runs == [("start", str(number)) for number in range(4)]


def test_what_is_told_is_json_of_one_line(
    store: Database, places: Paths, hooks: HookFolder
) -> None:
    path = hooks.put("start")
    raw = hooks.home / "raw"
    path.write_text(f'#!/bin/sh\ncat >"{raw}"\n', encoding="utf-8")
    watch(store, places)
    timer.start(store, Draft("two\nlines"), now=NOW)
    tell(store, places)
    text = Path(raw).read_text(encoding="utf-8")
    assert text.count("\n") == 1
    assert json.loads(text)["changes"][0]["after"]["description"]
