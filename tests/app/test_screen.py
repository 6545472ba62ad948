"""Without a screen the tray says so in a sentence, and does not abort."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tray.app import screen
from tray.errors import Refused


@pytest.mark.skipif(sys.platform != "linux", reason="others have no DISPLAY")
def test_a_display_of_no_server_is_said_in_one_sentence(tmp_path: Path) -> None:
    environ = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    environ |= {"DISPLAY": ":4711", "TOGGL_TRAY_HOME": str(tmp_path)}
    environ.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(
        [sys.executable, "-m", "tray"], env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "There is no screen at DISPLAY=:4711" in done.stderr


def test_a_compositor_that_is_there_is_enough(tmp_path: Path) -> None:
    (tmp_path / "wayland-0").touch()
    named = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}
    screen.check(named | {"DISPLAY": ":4711"})
    screen.check({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":4711"})
    screen.check({})
    with pytest.raises(Refused, match="WAYLAND_DISPLAY=wayland-1"):
        screen.check(named | {"WAYLAND_DISPLAY": "wayland-1"})
