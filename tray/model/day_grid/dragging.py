"""What times something gets that is dragged from one place to another."""

from enum import Enum
from typing import Final, NamedTuple

from tray.model.day_grid.snapping import Snap
from tray.model.durations import MINUTE

_LEAST: Final = MINUTE
"""As short as something can be made by an edge, unless it is shorter already."""


class Grip(Enum):
    """What of it is held."""

    NEW = "new"
    """Nothing yet: the pointer went down where there is nothing."""
    WHOLE = "whole"
    START = "start"
    STOP = "stop"


class Held(NamedTuple):
    """What was taken hold of."""

    grip: Grip
    start: int
    """Epoch seconds; of what is new, where the pointer went down."""
    stop: int | None
    """None while it runs."""
    at: int
    """Where it was taken hold of."""


def dragged(held: Held, to: int, snap: Snap, *, now: int) -> tuple[int, int | None]:
    """Start and stop once the pointer is at `to`."""
    match held.grip:
        case Grip.NEW:
            return _new(held.at, to, snap)
        case Grip.START:
            return _with_start(held, snap.to(held.start + to - held.at), now=now)
        case Grip.STOP:
            return _with_stop(held, to, snap)
        case Grip.WHOLE:
            return _moved(held, to - held.at, snap, now=now)


def _new(one: int, other: int, snap: Snap) -> tuple[int, int]:
    begin, end = sorted((snap.to(one), snap.to(other)))
    if begin == end and other < one:
        return snap.next_on_grid(end, -1), end
    return begin, end if end > begin else snap.next_on_grid(begin, 1)


def _with_start(held: Held, start: int, *, now: int) -> tuple[int, int | None]:
    if held.stop is None:
        return min(start, now), None
    return min(start, max(held.start, held.stop - _LEAST)), held.stop


def _with_stop(held: Held, to: int, snap: Snap) -> tuple[int, int | None]:
    if held.stop is None:
        return held.start, None
    stop = snap.to(held.stop + to - held.at)
    return held.start, max(stop, min(held.stop, held.start + _LEAST))


def _moved(held: Held, by: int, snap: Snap, *, now: int) -> tuple[int, int | None]:
    start = held.start + by
    if held.stop is None:
        return min(snap.to(start), now), None
    length = held.stop - held.start
    first, last = snap.edge_near(start), snap.edge_near(start + length)
    if last is not None and (
        first is None or abs(last - start - length) < abs(first - start)
    ):  # its end is nearer to something than its start
        return last - length, last
    begin = snap.to(start)
    return begin, begin + length
