"""The main window on a real X server: where the keyboard is, and what it can do from there."""

from pathlib import Path
from typing import Final

import pytest

from tests.rig.desktop import Desktop
from tests.rig.running import Running, started
from tests.rig.screen import Window
from tests.rig.waiting import wait_until

ONE_PANEL: Final = pytest.mark.parametrize("desktop", ["xembed"], indirect=True)
TITLE: Final = "Timer"
SECONDS: Final = 30


@pytest.fixture
def tray(desktop: Desktop, tmp_path: Path) -> Running:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "settings.toml").write_text("start_hidden = false\n", encoding="utf-8")
    return Running(desktop, folder)


def opened(tray: Running) -> Window:
    """The window, when it has the keyboard."""
    started(tray)
    window = tray.desktop.screen.wait_for_window(TITLE)
    tray.desktop.screen.activate(window)

    def has_keys() -> Window | None:
        found = tray.desktop.screen.focused()
        return found if found and TITLE in found.title else None

    return wait_until(has_keys, SECONDS)


@ONE_PANEL
def test_a_newcomer_types_at_once_and_what_runs_is_changed_by_the_keys(tray: Running) -> None:
    place = opened(tray).place
    assert place.within(tray.desktop.screen.size) == place, "all of it is on the screen"
    tray.desktop.type("Plan the week")
    tray.desktop.press("enter")
    tray.wait_for_running("Plan the week")
    tray.desktop.press("ctrl+t")
    tray.desktop.type("Email")
    tray.desktop.press("tab")
    tray.wait_for_running("Email")
    tray.desktop.press("space")
    tray.desktop.type("Umbrella")
    tray.desktop.press("enter")
    named = "SELECT p.name FROM entry e JOIN project p ON p.id = e.project_id WHERE stop IS NULL"
    wait_until(lambda: tray.rows(named) == [("Umbrella",)], SECONDS)
    tray.desktop.press("ctrl+z")
    wait_until(lambda: tray.rows(named) == [], SECONDS)
