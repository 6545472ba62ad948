"""What GNOME shows while its menu entry launches the program: no pointer that turns for nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.test_icon_on_gnome import WAITING
from tests.rig.gnome import Gnome
from tests.rig.process import Process
from tests.rig.running import RunningOn
from tests.rig.waiting import wait_until

ENTRY = "toggl-tray.desktop"
APP = f"imports.gi.Shell.AppSystem.get_default().lookup_app({json.dumps(ENTRY)})"


@pytest.fixture
def tray(gnome: Gnome, tmp_path: Path) -> Iterator[RunningOn[Process]]:
    """Installed, but not running."""
    folder = tmp_path / "data"
    folder.mkdir()
    running = RunningOn(gnome, folder)
    running.command("start", "Writing")  # so that no window welcomes
    assert running.command("install").returncode == 0
    wait_until(lambda: gnome.knows(ENTRY))
    yield running
    running.command("quit")
    running.command("uninstall")


def launch(gnome: Gnome) -> None:
    """Open it, as the overview does, and see that the shell waits for it."""
    seen = len(gnome.evaluate(WAITING))
    gnome.evaluate(f"{APP}.open_new_window(-1)")
    wait_until(lambda: len(gnome.evaluate(WAITING)) > seen)


def test_no_launch_leaves_the_pointer_waiting(gnome: Gnome, tray: RunningOn[Process]) -> None:
    before = set(gnome.evaluate(WAITING))

    def is_over() -> bool:
        return set(gnome.evaluate(WAITING)) <= before

    launch(gnome)
    gnome.wait_for_icon()
    wait_until(is_over, 10)
    gnome.evaluate(f"{APP}.launch_action('toggle', 0, -1)")
    tray.wait_for_running(None)
    wait_until(is_over, 10)
    launch(gnome)
    wait_until(lambda: gnome.wait_for_window("Quick start").focused)
    wait_until(is_over, 10)
    gnome.press("esc")
