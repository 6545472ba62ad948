"""Which of two running entries goes on, when one was started here and one elsewhere."""

from typing import NamedTuple


class Running(NamedTuple):
    """An entry without an end."""

    id: int
    start: int


class Stopped(NamedTuple):
    """The end an entry is to get."""

    id: int
    stop: int


def one_stops(ours: Running, theirs: Running) -> Stopped:
    """The entry that was started earlier (ours, if in the same second) ends where the other begins.

    Both ids are ours; the results of several pairs leave exactly one entry running.
    """
    earlier, later = (theirs, ours) if theirs.start < ours.start else (ours, theirs)
    return Stopped(earlier.id, later.start)
