"""The text of a row as Xfce draws it, whose menus mark the keys to press by underscores."""

from itertools import groupby
from pathlib import Path
from typing import Final

from tests.rig.desktop import Desktop
from tests.rig.picture import ALIKE, Picture
from tests.rig.pointer import RIGHT
from tests.rig.running import Running, started
from tests.rig.waiting import wait_until

PANEL: Final = 40
"""Pixels from the top, where the icon has the colour of its project too."""
LETTERS: Final = 6
"""Pixels from the middle of a row to below letters that do not reach down, as an ``n``."""
BELOW: Final = 6
INK: Final = 140
"""Darker than that is text."""


def test_underscores_and_ampersands_stand_in_the_menu_as_they_were_typed(
    desktop: Desktop, tmp_path: Path
) -> None:
    tray = Running(desktop, tmp_path / "data")
    tray.command("start", "nn__nn & n_n @nn", "--new")
    ((colour,),) = tray.rows("SELECT colour FROM project")
    started(tray).wait_for_icon().click(RIGHT)
    twice, once = wait_until(lambda: lines_below(desktop.screen.picture(), str(colour)))
    desktop.press("esc")
    assert abs(twice - 2 * once) <= 1


def lines_below(screen: Picture, colour: str) -> list[int]:
    """How long the lines are below the letters of the row with a dot in this colour."""
    wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
    dots = [
        (x, y)
        for y in range(PANEL, screen.height)
        for x in range(screen.width // 2, screen.width)
        if all(abs(a - b) <= ALIKE for a, b in zip(screen.colour(x, y), wanted, strict=True))
    ]
    if not dots:
        return []
    first = min(y for _, y in dots)
    of_row = [(x, y) for x, y in dots if y < first + 2 * LETTERS]
    middle = (first + max(y for _, y in of_row)) // 2
    left = max(x for x, _ in of_row) + 1
    rows = range(middle + LETTERS, middle + LETTERS + BELOW)
    inked = [
        any(sum(screen.colour(x, y)) < 3 * INK for y in rows) for x in range(left, screen.width - 8)
    ]
    return [len(list(run)) for is_ink, run in groupby(inked) if is_ink]
