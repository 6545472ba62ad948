"""The tray on GNOME Shell, with its extension for icons."""

from pathlib import Path

import pytest

from tests.rig.gnome import Gnome
from tests.rig.process import Process
from tests.rig.running import RunningOn
from tests.rig.waiting import wait_until


@pytest.fixture
def tray(gnome: Gnome, tmp_path: Path) -> RunningOn[Process]:
    """Running, with its icon in the panel."""
    running = RunningOn(gnome, tmp_path / "data")
    running.start()
    gnome.wait_for_icon()
    wait_until(running.answers)
    return running


def test_what_a_double_click_did_can_be_undone_where_it_is_told(
    gnome: Gnome, tray: RunningOn[Process]
) -> None:
    tray.command("start", "Writing")
    gnome.click(*gnome.wait_for_icon().centre, times=2)
    assert gnome.wait_for_banner("Writing").buttons == ("Undo",)
    assert tray.running() is None
    gnome.choose("Undo")
    tray.wait_for_running("Writing")
