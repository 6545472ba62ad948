"""How large an hour is shown, and to which step of time things are put."""

from typing import Final, NamedTuple


class Zoom(NamedTuple):
    """One of the sizes there are."""

    step_minutes: int
    hour_pixels: int
    """How high an hour is at 100 %."""


ZOOMS: Final = (Zoom(60, 24), Zoom(30, 36), Zoom(15, 52), Zoom(10, 84), Zoom(5, 160))
"""From far away to near by."""
USUAL: Final = 2


def zoomed(level: int, steps: int) -> int:
    """The level so many steps nearer, as far as there are any."""
    return min(len(ZOOMS) - 1, max(0, level + steps))
