"""However the server hangs, quitting takes less than two seconds and ends with 0, not an abort."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.rig.waiting import BUSY
from tray.ipc import lock

ROOT: Final = Path(__file__).parents[2]
PATIENCE_SECONDS: Final = 30
LEFT_SECONDS: Final = 2.0
NAME_SERVER_HANGS: Final = """
import pathlib, socket, sys, time
def hang(*_, **__):
    pathlib.Path(sys.argv[1]).touch()
    time.sleep(60)
socket.getaddrinfo = hang
"""
WITHOUT_CHILDREN: Final = """
from tray import program
program.command = lambda *_: ["/nowhere/python"]
"""
"""So that the tray itself sends requests and asks the keyring."""
SENDER_HANGS: Final = f"""
import sys
from tray import program
code = {NAME_SERVER_HANGS + "from tray.api.request_sender import main; main()"!r}
program.command = lambda *_: [sys.executable, "-c", code, sys.argv[1]]
"""
KEYRING_HANGS: Final = """
import pathlib, sys, time
from tray.credentials import SecretStore
def hang(*_):
    pathlib.Path(sys.argv[1]).touch()
    time.sleep(60)
SecretStore.read = hang
"""
ASKER_HANGS: Final = f"""
import sys
from tray import program
code = {KEYRING_HANGS + "from tray.keyring_process import main; main()"!r}
program.command = lambda *_: [sys.executable, "-c", code, sys.argv[1]]
"""
WITHOUT_CONSOLE: Final = """
import tray.__main__
sys.stdin = sys.stdout = sys.stderr = None
tray.__main__.have_streams()
"""
RUN: Final = """
from tray.__main__ import run_tray
sys.exit(run_tray())
"""


@contextmanager
def hanging(code: str, home: Path, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    """A tray in which something hangs already."""
    mark = home / "it hangs"
    variables = {
        **os.environ,
        "TOGGL_TRAY_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "DISPLAY": "none",
        "WAYLAND_DISPLAY": "",
        "DBUS_SESSION_BUS_ADDRESS": "",
        **environ,
    }
    program = [sys.executable, "-c", code + RUN, str(mark)]
    with subprocess.Popen(program, env=variables, cwd=ROOT, stderr=subprocess.PIPE) as running:
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not mark.exists() and running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
            assert mark.exists()
            yield running
        finally:
            running.kill()


def check_leaves(running: subprocess.Popen[bytes], home: Path) -> None:
    begun = time.monotonic()
    running.terminate()
    _, said = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 0, said.decode()
    assert time.monotonic() - begun < LEFT_SECONDS * BUSY
    assert b"Traceback" not in said
    assert lock.holder(str(home / "tray.lock")) is None


@pytest.mark.parametrize("code", [SENDER_HANGS, WITHOUT_CHILDREN + NAME_SERVER_HANGS])
def test_while_a_name_is_looked_up(tmp_path: Path, code: str) -> None:
    token = {"TOGGL_API_TOKEN": "0" * 32, "TOGGL_API_URL": "https://toggl.example/api/v9"}
    with hanging(code, tmp_path, **token) as running:
        check_leaves(running, tmp_path)


@pytest.mark.parametrize("code", [SENDER_HANGS, WITHOUT_CHILDREN + NAME_SERVER_HANGS])
def test_while_a_name_is_looked_up_by_a_program_without_a_console(
    tmp_path: Path, code: str
) -> None:
    token = {"TOGGL_API_TOKEN": "0" * 32, "TOGGL_API_URL": "https://toggl.example/api/v9"}
    with hanging(code + WITHOUT_CONSOLE, tmp_path, **token) as running:
        check_leaves(running, tmp_path)


@pytest.mark.parametrize("code", [ASKER_HANGS, WITHOUT_CHILDREN + KEYRING_HANGS])
def test_while_the_keyring_waits_for_the_user(tmp_path: Path, code: str) -> None:
    from tray.store import account
    from tray.store.account import LinkedAccount
    from tray.store.opening import open_database

    with open_database(str(tmp_path / "toggl-tray.db")) as db:
        account.write(db, LinkedAccount("http://127.0.0.1:9/api/v9", "basic", "", 1, "Test User"))
    with hanging(code, tmp_path) as running:
        check_leaves(running, tmp_path)
