"""What a hook is given, what it knows, and when it is ended."""

import json
import os
import sys
import time

import pytest

from tests.fakes.hook_folder import HookFolder
from tray.hooks import hook_files, hook_process
from tray.hooks.hook_process import HookResult

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hooks are shell scripts")


def run(hooks: HookFolder, message: bytes = b"{}", *, seconds: float = 30) -> HookResult:
    (hook,) = hook_files.find(str(hooks.folder))
    return hook_process.run(hook, message, os.environ, seconds=seconds)


def test_it_reads_the_message_and_what_it_writes_is_kept(hooks: HookFolder) -> None:
    hooks.put("start", 'echo "one\ttwo"; echo three >&2')
    message = json.dumps({"é": "中"}, ensure_ascii=False).encode()
    assert run(hooks, message) == HookResult("one two three", "")
    assert hooks.told == [("start", {"é": "中"})]


def test_one_that_reads_nothing_breaks_nothing(hooks: HookFolder) -> None:
    path = hooks.put("start")
    path.write_text("#!/bin/sh\necho done\n", encoding="utf-8")
    assert run(hooks, b"x" * 1_000_000).output == "done"


def test_no_secret_is_in_its_environment(
    hooks: HookFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TOGGL_API_TOKEN", "TOGGL_TRAY_API_TOKEN", "AWS_SECRET", "https_proxy", "OTHER"):
        monkeypatch.setenv(name, "secret-7d1f")
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "secret-7d1f")
    monkeypatch.setenv("LC_TIME", "kept")
    hooks.put("start", f'env >"{hooks.home}/environ"; pwd')
    assert run(hooks).output == str(hooks.folder)
    text = (hooks.home / "environ").read_text(encoding="utf-8")
    assert "7d1f" not in text
    for line in ("LC_TIME=kept", "TOGGL_TRAY_HOOK=start", f"PATH={os.environ['PATH']}"):
        assert line in text.splitlines()


def test_what_it_fails_with_is_said(hooks: HookFolder) -> None:
    path = hooks.put("start", "echo no network; exit 7")
    assert run(hooks).failure == "The hook start failed with exit code 7: no network"
    hooks.put("start", "exit 7")
    assert run(hooks).failure == "The hook start failed with exit code 7."
    path.write_text("no program", encoding="utf-8")
    assert "cannot be started" in run(hooks).failure


def test_one_that_takes_too_long_is_ended_with_what_it_has_started(hooks: HookFolder) -> None:
    hooks.put("start", f'sleep 60 & echo $! >"{hooks.home}/child"; wait')
    result = run(hooks, seconds=1)
    assert "took more than 1 seconds" in result.failure
    child = int((hooks.home / "child").read_text(encoding="utf-8"))
    deadline = time.monotonic() + 30
    while _is_alive(child):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _is_alive(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_it_leaves_running_keeps_nobody_waiting(hooks: HookFolder) -> None:
    hooks.put("start", f'sleep 20 & echo $! >"{hooks.home}/child"')
    began = time.monotonic()
    assert run(hooks).failure == ""
    assert time.monotonic() - began < 15
    os.kill(int((hooks.home / "child").read_text(encoding="utf-8")), 9)
