"""What starts this copy again, however it was installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tray import program

HOME = "TOGGL_TRAY_HOME"


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a program that was frozen."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "toggl-tray"))
    for name in ("toggl-tray", "toggl-trayw.exe"):
        (tmp_path / name).touch()
    return tmp_path


def test_a_checkout_or_wheel_starts_its_own_launcher() -> None:
    command = program.tray_command({})
    assert os.path.isabs(command[0])
    assert os.access(command[0], os.X_OK)
    assert program.probe_command() == [sys.executable, "-m", "tray", "--probe"]


def test_without_a_launcher_python_runs_the_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert program.tray_command({}) == [str(tmp_path / "python"), "-m", "tray"]


def test_a_frozen_program_knows_no_python(frozen: Path) -> None:
    assert program.tray_command({}) == [str(frozen / "toggl-tray")]
    assert program.probe_command() == [str(frozen / "toggl-tray"), "--probe"]


def test_on_windows_the_one_without_a_console_is_started(
    frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert program.tray_command({}) == [str(frozen / "toggl-trayw.exe")]


def test_an_appimage_is_started_as_the_file_it_is(frozen: Path) -> None:
    del frozen
    assert program.tray_command({"APPIMAGE": "/opt/Toggl Tray.AppImage"}) == [
        "/opt/Toggl Tray.AppImage"
    ]


def test_a_folder_for_everything_is_named_and_used(tmp_path: Path) -> None:
    environ = {**os.environ, HOME: str(tmp_path / "时间")}
    command = [*program.tray_command(environ), "status", "--json"]
    del environ[HOME]
    environ |= {"HOME": str(tmp_path / "none"), "DISPLAY": ""}
    subprocess.run(command, env=environ, check=True, capture_output=True)
    assert (tmp_path / "时间" / "toggl-tray.db").exists()


def test_without_streams_a_command_ends_as_it_should(tmp_path: Path) -> None:
    code = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None; sys.argv[1:] = ['stop'];"
        "from tray.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, HOME: str(tmp_path)})
    assert done.returncode == 1
