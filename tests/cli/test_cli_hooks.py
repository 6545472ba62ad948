"""Hooks from the terminal: a command that changes something has them told, and waits for none."""

import json
import sys
import time
from collections.abc import Callable

import pytest

from tests.cli.conftest import Cli, Program
from tests.fakes.hook_folder import HookFolder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hooks are shell scripts")


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_command_has_hooks_told_and_says_what_failed(program: Program, hooks: HookFolder) -> None:
    hooks.put("start")
    hooks.put("stop", "exit 1")
    program("start", "one")
    until(lambda: hooks.runs == [("start", "one")])
    program("stop")
    until(lambda: len(hooks.runs) == 2)
    until(lambda: "exit code 1" in program("hooks").stdout)
    program("start", "two")
    until(lambda: len(hooks.runs) == 3)


def test_the_user_can_do_without_hooks(program: Program, hooks: HookFolder) -> None:
    hooks.put("start")
    hooks.put("stop")
    program("--no-hooks", "start", "one")
    program("stop", "--no-hooks")
    program("start", "two", environ={"TOGGL_TRAY_NO_HOOKS": "1"})
    program("stop")
    until(lambda: hooks.runs == [("stop", "two")])


def test_a_hook_that_stops_is_known_and_tells_no_hook(program: Program, hooks: HookFolder) -> None:
    command = " ".join(program.command)
    hooks.put("start", f"PYTHONPATH={program.environ['PYTHONPATH']} {command} stop")
    hooks.put("stop")
    program("start", "one")
    until(lambda: "Hook start: stop “one”" in program("journal").stdout)
    program("start", "--no-hooks", "two")
    program("stop")
    until(lambda: len(hooks.runs) > 1)
    assert hooks.runs == [("start", "one"), ("stop", "two")]


def test_they_are_listed_with_what_is_wrong(cli: Cli, hooks: HookFolder) -> None:
    said = cli("hooks")
    assert str(hooks.folder) in said
    assert "sync-problem" in said
    hooks.put("start-quiet")
    hooks.put("stop").chmod(0o777)
    said = cli("hooks")
    assert "start-quiet" in said
    assert "chmod go-w" in said
    listed = cli.json("hooks", "--json")
    assert (listed["folder"], listed["on"]) == (str(hooks.folder), True)
    assert [(each["name"], bool(each["refused"])) for each in listed["hooks"]] == [
        ("start-quiet", False),
        ("stop", True),
    ]
    cli.settings("run_hooks = false")
    assert cli("hooks").splitlines()[-1] == "The settings say that none is run."


def test_one_is_tried_with_a_sample(cli: Cli, hooks: HookFolder) -> None:
    assert cli.json("hooks", "run", "stop", "--show")["sample"] is True
    assert "no such hook" in cli.fails(1, "hooks", "run", "stop")
    hooks.put("stop-1", "echo fine")
    hooks.put("stop-2")
    assert "fine" in cli("hooks", "run", "stop")
    assert [name for name, _ in hooks.told] == ["stop-1", "stop-2"]
    cli("hooks", "run", "stop", "stop-2")
    assert [name for name, _ in hooks.told][2:] == ["stop-2"]
    hooks.put("idle", "exit 4")
    assert "exit code 4" in cli.fails(1, "hooks", "run", "idle")


@pytest.mark.parametrize("event", ["start", "stop", "change", "idle", "return", "sync-problem"])
def test_a_sample_looks_like_the_real_thing(event: str, cli: Cli, hooks: HookFolder) -> None:
    hooks.put(event)
    for line in ("", "one @Web #a --new"):
        if line:
            cli("start", *line.split())
        told = cli.json("hooks", "run", event, "--show")
        assert told["event"] == event
        assert ("changes" in told) is (event in ("start", "stop", "change"))
        assert told["status"]["v"] == 1


def test_doctor_names_the_folder(cli: Cli, hooks: HookFolder) -> None:
    def found() -> tuple[object, str]:
        (row,) = (
            each
            for each in json.loads(cli.with_remarks("doctor", "--json")[0])["findings"]
            if each["topic"] == "hooks"
        )
        return row["works"], row["detail"]

    assert str(hooks.folder) in found()[1]
    hooks.put("start")
    assert found()[0] is True
    hooks.put("start").chmod(0o777)
    assert found()[0] is False
