"""The calendar page under a real X server and window manager, with the real mouse."""

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.rig.desktop import Desktop
from tests.rig.running import Running, started
from tests.rig.screen import Place, Window
from tests.rig.waiting import wait_until

ONE_PANEL: Final = pytest.mark.parametrize("desktop", ["xembed"], indirect=True)
SECONDS: Final = 30
DAY: Final = 86_400
HOUR: Final = 52
"""Pixels of an hour."""
CALENDAR: Final = (60, 120)
"""Where the page has its row in the rail."""
GRID: Final = (236, 176)
"""Where the days begin, from the top left of the window."""
BEHIND: Final = 16


class Spot(NamedTuple):
    """A place of the screen."""

    x: int
    y: int


@pytest.fixture
def tray(desktop: Desktop, tmp_path: Path) -> Running:
    folder = tmp_path / "home"
    folder.mkdir()
    settings = 'start_hidden = false\nweek_start = "monday"\n'
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    return Running(desktop, folder)


def opened(tray: Running) -> Place:
    """The window with the calendar in it."""
    started(tray)
    screen = tray.desktop.screen
    window = screen.wait_for_window("Timer")
    screen.activate(window)
    wait_until(lambda: (now := screen.focused()) and "Timer" in now.title, SECONDS)

    def clicked() -> list[Window]:
        for timer in screen.windows("Timer"):  # wherever the window manager has put it by now
            tray.desktop.click(timer.place.x + CALENDAR[0], timer.place.y + CALENDAR[1])
        return screen.windows("Calendar")

    return wait_until(clicked, SECONDS)[0].place


def drag(
    tray: Running,
    way: Sequence[Spot],
    *,
    hold: str = "",
    press: str = "",
    until: Callable[[], bool] = lambda: True,
) -> None:
    """Along these places, then `until`; with a key held once the button is down, or pressed.

    Keys wait until what was done with the mouse shows: Qt may take them first.
    """
    desktop = tray.desktop
    first, *rest = way
    before = desktop.screen.picture()
    desktop.pointer.hold(*first)
    with desktop.keyboard.held(hold) if hold else nullcontext():
        go(tray, first, rest)
        if press:
            wait_until(lambda: desktop.screen.picture() != before, SECONDS)
            desktop.press(press)
        desktop.pointer.let_go()
        wait_until(until, SECONDS)


def go(tray: Running, at: Spot, rest: Sequence[Spot]) -> None:
    """In small steps, as a hand does."""
    for spot in rest:
        for step in range(1, 9):
            x = at.x + (spot.x - at.x) * step // 8
            y = at.y + (spot.y - at.y) * step // 8
            tray.desktop.pointer.move(x, y)
        at = spot


def spans(tray: Running) -> list[tuple[int, int]]:
    found = tray.rows("SELECT start, stop FROM entry ORDER BY start, id")
    return [(int(str(start)), int(str(stop))) for start, stop in found]


@ONE_PANEL
def test_entries_are_made_moved_and_copied_by_the_mouse(tray: Running) -> None:
    place = opened(tray)
    width = (place.width - GRID[0] - BEHIND) // 7
    column = 0 if time.localtime().tm_wday > 2 else 3  # not where now is
    x, y = place.x + GRID[0] + width * column + width // 2, place.y + GRID[1] + 3 * HOUR

    drag(tray, [Spot(x, y), Spot(x, y + 2 * HOUR)])
    tray.desktop.type("Plan")
    tray.desktop.press("enter")
    wait_until(lambda: spans(tray), SECONDS)
    ((start, stop),) = spans(tray)
    assert stop - start == pytest.approx(7_200, abs=1_800), "whatever the size of the letters"
    assert (start % 900, stop % 900) == (0, 0)

    middle = Spot(x, y + HOUR)
    beside = Spot(x + width, y + HOUR)
    drag(tray, [middle, beside])
    wait_until(lambda: spans(tray) == [(start + DAY, stop + DAY)], SECONDS)

    drag(tray, [beside, middle], press="esc")
    both = [(start, stop), (start + DAY, stop + DAY)]
    drag(tray, [beside, middle], hold="alt", until=lambda: spans(tray) == both)

    tray.desktop.press("ctrl+z")
    wait_until(lambda: spans(tray) == [(start + DAY, stop + DAY)], SECONDS)
