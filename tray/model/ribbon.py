"""A day as a ribbon: which part of its width was spent on what."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from tray.model.durations import HOUR

_FROM: Final = 7 * HOUR
_UP_TO: Final = 20 * HOUR
"""What every ribbon shows, after the begin of the day at midnight; more where there is more."""


class Stretch(NamedTuple):
    """A time in which one thing was done; epoch seconds."""

    begin: int
    end: int
    colour: str


class RibbonPart(NamedTuple):
    """A part of the ribbon, from 0 (its begin) to 1 (its end)."""

    left: float
    right: float
    colour: str


def ribbon_parts(stretches: Iterable[Stretch], midnight: int) -> tuple[RibbonPart, ...]:
    """The parts of a day's ribbon, in order of time, what touches and looks alike as one.

    Args:
        stretches: What was done in the day.
        midnight: The begin of its date, epoch seconds.
    """
    found = _joined(sorted(stretches))
    if not found:
        return ()
    begin = min(midnight + _FROM, found[0].begin)
    length = max(midnight + _UP_TO, *(each.end for each in found)) - begin
    return tuple(
        RibbonPart((each.begin - begin) / length, (each.end - begin) / length, each.colour)
        for each in found
    )


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for each in stretches:
        if found and found[-1].colour == each.colour and each.begin <= found[-1].end:
            found[-1] = found[-1]._replace(end=max(found[-1].end, each.end))
        else:
            found.append(each)
    return found
