"""The tray on KDE Plasma, on Wayland and on an X server."""

import time
from pathlib import Path
from typing import Final

import pytest

from tests.rig.absence import QUESTION, leave_a_question
from tests.rig.plasma import Plasma
from tests.rig.process import Process
from tests.rig.running import RunningOn
from tests.rig.screen import Place
from tests.rig.waiting import wait_until
from tray.desktop.do_not_disturb import AGAIN_MS
from tray.ui.theme import DARK, LIGHT, Theme

BLUE: Final = (23, 104, 122)
"""The ground of the program's own icon."""
TASKS: Final = Place(60, 757, 400, 43)
"""Where the panel has the windows that are open."""
QUIET_SECONDS: Final = 10.0
"""After which at the latest a question is put that was held back."""
MIDDLE: Final = Place(620, 500, 40, 40)
"""Where there is nothing but the ground of a window."""

on_x: Final = pytest.mark.parametrize("worker_plasma", ["x11"], indirect=True)
on_wayland: Final = pytest.mark.parametrize("worker_plasma", ["wayland"], indirect=True)
on_both: Final = pytest.mark.parametrize("worker_plasma", ["x11", "wayland"], indirect=True)


def started(plasma: Plasma, folder: Path) -> RunningOn[Process]:
    """The tray, with its icon in the panel."""
    running = RunningOn(plasma, folder / "data")
    running.start()
    plasma.wait_for_icon()
    wait_until(running.answers)
    return running


@on_both
def test_a_click_on_the_icon_is_told(plasma: Plasma, tmp_path: Path) -> None:
    tray = started(plasma, tmp_path)
    tray.command("start", "Writing")
    plasma.wait_for_icon().click()
    told = wait_until(
        lambda: next((e for e in plasma.notifications.shown() if e.title == "Writing"), None)
    )
    assert list(told.actions.values())[-1:] == ["Undo"]
    tray.wait_for_running(None)


@on_x
def test_the_buttons_of_a_question_stand_on_one_line(plasma: Plasma, tmp_path: Path) -> None:
    tray = RunningOn(plasma, tmp_path / "data")
    leave_a_question(tray)
    tray.start()
    question = plasma.notifications.wait_for(QUESTION)
    assert list(question.actions) == ["default", "keep", "discard and stop", "discard and continue"]
    wait_until(plasma.popups)
    plasma.notify(question.title, question.body, {"keep": "Keep"})

    def are_alike() -> bool:
        heights = [each.height for each in plasma.popups()]
        return len(heights) == 2 and heights[0] == heights[1]

    wait_until(are_alike)


@on_both
def test_once_one_may_be_disturbed_the_question_is_put_again(
    plasma: Plasma, tmp_path: Path
) -> None:
    tray = RunningOn(plasma, tmp_path / "data")
    leave_a_question(tray)
    plasma.toggle_quiet()
    tray.start()
    held_back = plasma.notifications.wait_for(QUESTION)
    wait_until(tray.answers)
    plasma.toggle_quiet()

    def is_put_again() -> bool:
        return any(each.id != held_back.id for each in plasma.notifications.shown())

    wait_until(is_put_again, QUIET_SECONDS)
    if plasma.on == "x11":
        assert plasma.screen.wait_for_window("Away – Toggl Tray")


@on_x
def test_a_question_does_not_cover_a_wallet_that_asks(plasma: Plasma, tmp_path: Path) -> None:
    tray = RunningOn(plasma, tmp_path / "data")
    leave_a_question(tray)
    with plasma.wallet_that_asks():
        tray.start()
        plasma.notifications.wait_for(QUESTION)
        time.sleep(2 * AGAIN_MS / 1_000)  # nothing tells of a window that does not come
        assert not plasma.screen.windows("Away – Toggl Tray")
    plasma.screen.wait_for_window("Away – Toggl Tray")


@on_x
def test_windows_have_the_programs_icon_on_x(plasma: Plasma, tmp_path: Path) -> None:
    tray = started(plasma, tmp_path)
    tray.start()  # again: that opens the window
    wait_until(lambda: plasma.screen.picture(TASKS).share(BLUE) > 0.01)


@on_wayland
def test_windows_have_the_programs_icon_on_wayland(plasma: Plasma, tmp_path: Path) -> None:
    """By the file for the menus, which the program brings along and can put there itself."""
    tray = started(plasma, tmp_path)

    assert tray.command("install").returncode == 0
    try:
        tray.start()  # again: that opens the window
        wait_until(lambda: plasma.screen.picture(TASKS).share(BLUE) > 0.01)
    finally:
        tray.command("uninstall")


@on_wayland
def test_hotkeys_work_on_wayland_and_no_settings_come_up(plasma: Plasma, tmp_path: Path) -> None:
    tray = started(plasma, tmp_path)
    tray.command("start", "Writing")
    wait_until(lambda: "Space work" in tray.command("doctor").stdout)
    plasma.keyboard.press("ctrl+alt+shift+space")
    tray.wait_for_running(None)
    assert plasma.notifications.wait_for("Stopped after").title == "Writing"
    assert len(plasma.notifications.sent()) == 1, "nothing is told of the hotkeys"
    assert "/component/Toggl_Tray" in plasma.hotkey_components()
    assert not any("kcmshell" in each for each in plasma.bus.names())


@on_wayland
def test_an_open_window_becomes_dark_and_light_with_the_desktop(
    plasma: Plasma, tmp_path: Path
) -> None:
    started(plasma, tmp_path)
    icon = plasma.wait_for_icon()
    # until then rows are made anew, and a click on one that has gone does nothing
    wait_until(lambda: any(row.shortcut for row in icon.menu()))
    icon.choose("Settings…")

    def shows(look: Theme) -> bool:
        colour = (look.window.red(), look.window.green(), look.window.blue())
        return plasma.screen.picture(MIDDLE).share(colour) > 0.9

    wait_until(lambda: shows(LIGHT))
    plasma.look("dark")
    wait_until(lambda: shows(DARK))
    plasma.look("light")
    wait_until(lambda: shows(LIGHT))


@on_x
def test_without_compositing_there_is_no_black_frame(plasma: Plasma, tmp_path: Path) -> None:
    started(plasma, tmp_path)
    plasma.keyboard.press("ctrl+alt+space")
    window = plasma.screen.wait_for_window("Quick start")
    x, y, width, height = window.place
    edges = (Place(x, y, 12, height), Place(x + width - 12, y, 12, height))

    def black() -> float:
        return max(plasma.screen.picture(each).share((0, 0, 0)) for each in edges)

    with plasma.without_compositing():
        wait_until(lambda: black() < 0.1)
