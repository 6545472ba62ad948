"""Which files are hooks, and which of them may not run."""

import os
import sys
from pathlib import Path

import pytest

from tests.fakes.hook_folder import HookFolder
from tray.hooks import hook_files

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")


def problems(hooks: HookFolder) -> list[str]:
    return [each.problem for each in hook_files.find(str(hooks.folder))]


def test_a_name_says_what_a_hook_is_for() -> None:
    named = {
        "start": "start",
        "start.py": "start",
        "start-10-quiet": "start",
        "stop_chat": "stop",
        "sync-problem.sh": "sync-problem",
        "startle": "",
        "start~": "",
        "stop.sample": "",
        "change.sh.bak": "",
        "README.md": "",
    }
    assert {name: hook_files.event_of(name) for name in named} == named


def test_they_run_in_the_order_of_their_names(hooks: HookFolder) -> None:
    for name in ("start-2", "start-1", "idle"):
        hooks.put(name)
    (hooks.folder / "start-folder").mkdir()
    assert [each.name for each in hook_files.find(str(hooks.folder))] == [
        "idle",
        "start-1",
        "start-2",
    ]
    assert problems(hooks) == [""] * 3


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert hook_files.find(str(tmp_path / "none")) == []


@on_unix
@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_one_that_others_can_write_is_not_run(hooks: HookFolder, mode: int) -> None:
    hooks.put("start").chmod(mode)
    (problem,) = problems(hooks)
    assert "chmod go-w" in problem


@on_unix
def test_one_that_may_not_be_executed_is_not_run(hooks: HookFolder) -> None:
    hooks.put("start").chmod(0o600)
    (problem,) = problems(hooks)
    assert "chmod +x" in problem


@on_unix
def test_what_a_link_leads_to_counts(hooks: HookFolder, tmp_path: Path) -> None:
    target = tmp_path / "script"
    target.write_text("#!/bin/sh\n", encoding="utf-8")
    target.chmod(0o722)
    (hooks.folder / "start").symlink_to(target)
    (hooks.folder / "stop").symlink_to(tmp_path / "nothing")
    others, nothing = problems(hooks)
    assert "chmod go-w" in others
    assert "leads to nothing" in nothing
    target.chmod(0o700)
    assert problems(hooks)[0] == ""


@on_unix
def test_no_hook_runs_from_a_folder_that_others_can_write(hooks: HookFolder) -> None:
    hooks.put("start")
    hooks.folder.chmod(0o777)
    assert str(hooks.folder) in problems(hooks)[0]
    hooks.folder.chmod(0o700)
    hooks.home.chmod(0o777)
    assert str(hooks.home) in problems(hooks)[0]
    hooks.home.chmod(0o1777)
    assert problems(hooks) == [""], "as in /tmp, where nobody can move what is not his"


@on_unix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="takes root")
def test_one_of_another_user_is_not_run(hooks: HookFolder) -> None:
    os.chown(hooks.put("start"), 65534, 65534)
    assert "not your own" in problems(hooks)[0]
    os.chown(hooks.folder, 65534, 65534)
    assert "not yours" in problems(hooks)[0]
