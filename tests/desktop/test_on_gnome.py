"""The tray on GNOME Shell, with its extension for icons."""

import time
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests.fakes.qt import eventually
from tests.rig.absence import QUESTION, leave_a_question
from tests.rig.gnome import Gnome
from tests.rig.process import Process
from tests.rig.running import TRAY, RunningOn
from tests.rig.screen import Place
from tests.rig.status_item import status_items
from tests.rig.waiting import wait_until
from tray.desktop.app_identity import Identity
from tray.desktop.chord import parse
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.gnome_keybindings import GnomeKeybindings, Keybinding
from tray.desktop.linux.notifications import BusNotifier
from tray.desktop.notifier import Action, Notification
from tray.ui.theme import DARK, LIGHT, Theme

MIDDLE: Final = Place(600, 500, 40, 40)
"""Where there is nothing but the ground of a window."""

MOST_BUTTONS: Final = 3
"""That GNOME shows of a notification."""

PRESS_SECONDS: Final = 1.5
"""For what a key calls to be done, before it is pressed again."""


@pytest.fixture
def tray(gnome: Gnome, tmp_path: Path) -> RunningOn[Process]:
    """Running, with its icon in the panel."""
    running = RunningOn(gnome, tmp_path / "data")
    running.start()
    gnome.wait_for_icon()
    wait_until(running.answers)
    return running


def test_an_open_window_becomes_dark_and_light_with_the_desktop(
    gnome: Gnome, tray: RunningOn[Process]
) -> None:
    status_items(gnome.bus)[0].choose("Settings…")

    def shows(look: Theme) -> bool:
        colour = (look.window.red(), look.window.green(), look.window.blue())
        return gnome.picture(MIDDLE).share(colour) > 0.9

    wait_until(lambda: shows(LIGHT))
    gnome.look("dark")
    wait_until(lambda: shows(DARK))
    gnome.look("light")
    wait_until(lambda: shows(LIGHT))


def test_by_its_menu_entry_windows_have_the_programs_name(
    gnome: Gnome, tray: RunningOn[Process]
) -> None:
    assert tray.command("install").returncode == 0
    try:
        wait_until(lambda: gnome.knows("toggl-tray.desktop"))  # or the window gets a name made up
        tray.start()  # again: that opens quick start

        def known() -> bool:
            window = gnome.wait_for_window("Quick start")
            return (window.app_id, window.app_name) == ("toggl-tray.desktop", "Toggl Tray")

        wait_until(known)
    finally:
        tray.command("uninstall")


def test_what_a_double_click_did_can_be_undone_where_it_is_told(
    gnome: Gnome, tray: RunningOn[Process]
) -> None:
    tray.command("start", "Writing")
    gnome.click(*gnome.wait_for_icon().centre, times=2)
    assert gnome.wait_for_banner("Writing").buttons == ("Undo",)
    assert tray.running() is None
    gnome.choose("Undo")
    tray.wait_for_running("Writing")


def test_a_question_that_replaces_a_shown_one_has_its_buttons(gnome: Gnome, qapp: object) -> None:
    identity = Identity("Toggl Tray", "toggl-tray", "", {})
    notifier = BusNotifier(Bus(gnome.address), identity, environ={})
    question = Notification("a", "Away", "", (Action("keep", "Keep"), Action("stop", "Stop")))
    for title in ("Away for 0:10", "Away for 0:20"):
        notifier.show(question._replace(title=title))
        eventually(partial(is_shown, gnome, title))
    banner = gnome.wait_for_banner(title)
    notifier.stop()
    assert banner.buttons == ("Keep", "Stop")


def is_shown(gnome: Gnome, title: str) -> bool:
    banner = gnome.banner()
    return banner is not None and banner.title == title


def test_once_one_may_be_disturbed_the_question_is_put_again(gnome: Gnome, tmp_path: Path) -> None:
    tray = RunningOn(gnome, tmp_path / "data")
    leave_a_question(tray)
    gnome.quiet(True)
    tray.start()
    held_back = gnome.notifications.wait_for(QUESTION)
    assert gnome.banner() is None
    gnome.quiet(False)
    assert len(gnome.wait_for_banner(QUESTION).buttons) == MOST_BUTTONS
    assert held_back.id not in [each.id for each in gnome.notifications.shown()]


def test_gnomes_own_shortcuts_call_a_command_until_it_is_taken_back(
    gnome: Gnome, tray: RunningOn[Process], qapp: object
) -> None:
    kept = ("org.gnome.settings-daemon.plugins.media-keys", "custom-keybindings")
    before = gnome.setting(*kept)
    command = (*TRAY, "--home", str(tray.folder), "toggle")
    keybindings = GnomeKeybindings(gnome.variables)
    keybindings.put({"toggle": Keybinding("Start and stop", parse("ctrl+alt+y"), command)})
    eventually(lambda: keybindings.names == {"toggle"})
    tray.command("start", "Writing")

    def stopped() -> bool:
        if tray.running() is not None:
            gnome.press("ctrl+alt+y")  # GNOME takes a moment to know it
            time.sleep(PRESS_SECONDS)
        return tray.running() is None

    wait_until(stopped)
    keybindings.take_away()
    eventually(lambda: not keybindings.names)
    keybindings.stop()
    assert gnome.setting(*kept) == before
