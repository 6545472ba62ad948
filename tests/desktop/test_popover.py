"""The pop-over on a real X server: where it comes up, and what the keyboard does with it."""

import time
from pathlib import Path
from typing import Final

import pytest

from tests.rig.desktop import Desktop
from tests.rig.pointer import MIDDLE
from tests.rig.running import Running, started
from tests.rig.screen import Window
from tests.rig.waiting import wait_until

PANELS: Final = pytest.mark.parametrize("desktop", ["xembed", "xfce"], indirect=True)
ONE_PANEL: Final = pytest.mark.parametrize("desktop", ["xembed"], indirect=True)
SECONDS: Final = 30
HIGH: Final = 300
LONGER_THAN_A_DOUBLE_CLICK: Final = 0.6


@pytest.fixture
def tray(desktop: Desktop, tmp_path: Path) -> Running:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "settings.toml").write_text('left_click = "panel"\n', encoding="utf-8")
    return Running(desktop, folder)


def shown(tray: Running) -> bool:
    """Whether it is on the screen; the icon has the program's name, too."""
    windows = tray.desktop.windows("Toggl Tray")
    return any(each.title == "Toggl Tray" and each.place.height > HIGH for each in windows)


def opened(tray: Running) -> Window:
    """The pop-over, when it has the keyboard."""

    def has_keys() -> Window | None:
        found = tray.desktop.screen.focused()
        return found if found and found.title == "Toggl Tray" else None

    return wait_until(has_keys, SECONDS)


@PANELS
def test_a_click_opens_it_beside_the_icon_and_the_next_closes_it(tray: Running) -> None:
    icon = started(tray).wait_for_icon()
    icon.click()
    place = opened(tray).place
    assert icon.place
    screen = tray.desktop.screen.size
    assert place.within(screen) == place, "all of it is on the screen"
    assert abs(place.centre[0] - icon.place.centre[0]) <= place.width
    assert place.y <= icon.place.y + icon.place.height + 32
    time.sleep(LONGER_THAN_A_DOUBLE_CLICK)
    icon.click()
    wait_until(lambda: not shown(tray), SECONDS)


@ONE_PANEL
def test_a_digit_starts_a_favourite_and_escape_closes_it(tray: Running) -> None:
    tray.command("favourites", "pin", "Email")
    icon = started(tray).wait_for_icon()
    icon.click()
    opened(tray)
    tray.desktop.press("1")
    tray.wait_for_running("Email")
    wait_until(lambda: not shown(tray), SECONDS)
    time.sleep(LONGER_THAN_A_DOUBLE_CLICK)
    icon.click()
    opened(tray)
    tray.desktop.press("esc")
    wait_until(lambda: not shown(tray), SECONDS)


@ONE_PANEL
def test_it_goes_when_another_window_gets_the_keyboard(tray: Running) -> None:
    icon = started(tray).wait_for_icon()
    icon.click()
    opened(tray)
    tray.command("quick")
    tray.wait_for_dialog()
    wait_until(lambda: not shown(tray), SECONDS)


@ONE_PANEL
def test_the_middle_button_goes_on_opening_quick_start(tray: Running) -> None:
    started(tray).wait_for_icon().click(MIDDLE)
    tray.wait_for_dialog()
