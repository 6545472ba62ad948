"""The icon in the panel of GNOME Shell: its clicks, its wheel, its text, its menu, its end."""

from pathlib import Path
from typing import Final

import pytest

from tests.rig.gnome import EXTENSION, Gnome
from tests.rig.process import Process
from tests.rig.running import RunningOn
from tests.rig.shells import SIZE
from tests.rig.waiting import wait_until

ICON: Final = """Object.entries(Main.panel.statusArea).find(
    ([name, icon]) => name.startsWith('appindicator') && icon && icon.visible)[1]"""
LABEL: Final = f"({ICON}._label || {{}}).text || ''"
ROWS: Final = f"{ICON}.menu._getMenuItems().filter(each => each.label).map(each => each.label.text)"
BOTTOM: Final = f"{ICON}.menu.actor.get_transformed_position()[1] + {ICON}.menu.actor.height"
WAITING: Final = """
imports.gi.Shell.WindowTracker.get_default().get_startup_sequences()
    .filter(each => !each.get_completed()).map(each => each.get_id())
"""
"""What the shell shows a turning pointer for."""


@pytest.fixture
def tray(gnome: Gnome, tmp_path: Path) -> RunningOn[Process]:
    """Running, with its icon in the panel."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings = 'icon_label = "time and entry"\nscroll_toggles = true\n'
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    running = RunningOn(gnome, folder)
    running.start()
    gnome.wait_for_icon()
    wait_until(running.answers)
    return running


def test_no_click_leaves_the_pointer_waiting(gnome: Gnome, tray: RunningOn[Process]) -> None:
    before = gnome.evaluate(WAITING)  # of a test whose tray has ended
    tray.command("start", "Writing")
    gnome.click(*gnome.wait_for_icon().centre, times=2)
    tray.wait_for_running(None)
    wait_until(lambda: set(gnome.evaluate(WAITING)) <= set(before), 8)


def test_a_window_that_a_click_opens_has_the_keyboard(
    gnome: Gnome, tray: RunningOn[Process]
) -> None:
    before = gnome.evaluate(WAITING)
    gnome.click(*gnome.wait_for_icon().centre, button=2)
    wait_until(lambda: gnome.wait_for_window("Quick start").focused)
    wait_until(lambda: set(gnome.evaluate(WAITING)) <= set(before), 8)
    gnome.press("esc")


def test_the_time_stands_beside_the_icon_and_the_menu_fits(
    gnome: Gnome, tray: RunningOn[Process]
) -> None:
    for number in range(9):
        tray.command("add", f"Task_{number} & more @Acme{number} -30m", "--new")
    tray.command("start", "clock_skew & one_two")
    wait_until(lambda: gnome.evaluate(LABEL).endswith("clock_skew & one_two"))
    gnome.click(*gnome.wait_for_icon().centre, button=3)
    wait_until(lambda: gnome.evaluate(f"{ICON}.menu.isOpen"))
    rows = wait_until(lambda: gnome.evaluate(ROWS))
    assert rows[0] == "Stop"
    assert rows[1].endswith("clock_skew & one_two")
    assert "More…" in rows
    bottom = wait_until(lambda: gnome.evaluate(BOTTOM))  # nothing before it has its place
    assert bottom <= SIZE[1]
    gnome.press("down")
    gnome.press("enter")
    tray.wait_for_running(None)


def test_the_wheel_starts_and_stops(gnome: Gnome, tray: RunningOn[Process]) -> None:
    tray.command("start", "Writing")
    wait_until(lambda: gnome.evaluate(LABEL).endswith("Writing"))
    at = gnome.wait_for_icon().centre
    gnome.scroll(*at, "down")
    tray.wait_for_running(None)
    gnome.scroll(*at, "up")
    tray.wait_for_running("Writing")


def test_without_its_extension_a_small_window_is_offered_and_goes_with_it(
    gnome: Gnome, tray: RunningOn[Process]
) -> None:
    """GNOME would give it the keyboard, whoever types."""
    gnome.set("org.gnome.shell", "enabled-extensions", "[]")
    try:
        banner = wait_until(gnome.banner, 25)
        assert "no place for tray icons" in banner.body
        assert not any(each.title == "Toggl Tray" for each in gnome.windows())
        gnome.choose(*banner.buttons)
        wait_until(lambda: gnome.wait_for_window("Toggl Tray").focused)
    finally:
        gnome.set("org.gnome.shell", "enabled-extensions", f"['{EXTENSION}']")
    gnome.wait_for_icon()
    wait_until(lambda: not any(each.title == "Toggl Tray" for each in gnome.windows()))
