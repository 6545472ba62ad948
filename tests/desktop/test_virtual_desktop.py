"""packaging/virtual-desktop.sh shows the tray where there is no desktop."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.rig import environ, tray_program
from tests.rig.process import Process
from tests.rig.waiting import wait_until

SCRIPT: Final = ("sh", str(Path(__file__).parents[2] / "packaging/virtual-desktop.sh"))
RIG: Final = (sys.executable, "-m", "tests.rig")
PROGRAM: Final = (sys.executable, tray_program.__file__)


def nowhere(home: Path) -> dict[str, str]:
    """The environment of a user without a desktop."""
    return environ.inherited(own_home=True) | environ.of_home(home)


def run(argv: Sequence[str], folder: Path, **variables: str) -> tuple[int, str]:
    """Exit code and output of a command without a terminal."""
    process = Process(argv, nowhere(folder) | variables, log=folder / "log")
    try:
        return process.wait(60), process.output
    finally:
        process.kill()


def test_without_a_desktop_it_makes_one_and_leaves_a_picture(tmp_path: Path) -> None:
    code, said = run([*SCRIPT, *PROGRAM], tmp_path)
    assert code == 0
    assert "there is no desktop session here" in said
    picture = said.strip().rpartition("with its menu open: ")[2]
    assert Path(picture).read_bytes().startswith(b"\x89PNG")


def test_on_a_desktop_it_only_runs_the_command(tmp_path: Path) -> None:
    argv = [*SCRIPT, "echo", "two words"]
    assert run(argv, tmp_path, WAYLAND_DISPLAY="wayland-0") == (0, "two words\n")


def test_a_program_that_fails_is_heard(tmp_path: Path) -> None:
    program = (sys.executable, "-c", "raise SystemExit('no luck')")
    code, said = run([*RIG, "--once", *program], tmp_path)
    assert code == 1
    assert "exit code 1; it said:\nno luck\n" in said


def test_what_is_not_installed_is_named(tmp_path: Path) -> None:
    code, said = run([*RIG, *PROGRAM], tmp_path, PATH=str(tmp_path))
    assert code == 1
    assert said.startswith("toggl-tray: the virtual desktop could not be brought up: ")
    assert said.endswith(" is not installed.\n")


def test_with_a_terminal_it_runs_until_ctrl_c(tmp_path: Path) -> None:
    picture = tmp_path / "desktop.png"
    argv = [*RIG, "--picture", str(picture), *PROGRAM]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        argv, env=nowhere(tmp_path), stdin=theirs, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stderr
        assert str(picture) in started.stderr.readline()
        assert "until Ctrl+C" in started.stderr.readline()
        picture.unlink()
        os.write(ours, b"\n")
        wait_until(picture.exists)
        started.send_signal(signal.SIGINT)
        assert started.wait() == 0
    os.close(ours)
    os.close(theirs)
