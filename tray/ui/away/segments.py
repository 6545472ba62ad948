"""An entry and what an answer makes of it, as pieces of a time line, one after the other."""

from itertools import pairwise

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry, What
from tray.model.presence.answers import CreateEntry, Plan, SetStop
from tray.model.presence.presence_values import Absence

_LEAST_AROUND: Final = 30 * MINUTE
"""How much is seen before and after the absence, where there is more."""


class Segment(NamedTuple):
    """A time that belongs to one entry, or to none."""

    begin: int
    end: int
    what: What | None
    """None: it is no entry's."""
    runs: bool = False
    """Whether it goes on."""


def pieces(entry: TimeEntry, plan: Plan, *, now: int) -> list[Segment]:
    """All from the entry's start to its end, or to the end of what is made after it."""
    stop, runs = entry.stop, entry.running
    made: list[Segment] = []
    for edit in plan.edits:
        match edit:
            case SetStop():
                stop, runs = edit.stop, False
            case CreateEntry(what, start, end):
                made.append(_piece(what, start, end, now=now))
    whole = [_piece(entry.what, entry.start, None if runs else stop, now=now), *made]
    kept = sorted((each for each in whole if each.begin < each.end or each.runs), key=_by_begin)
    last = max([_end(entry, now=now), *(each.end for each in kept)])
    return _with_gaps(kept, entry.start, last)


def span(absence: Absence, entry: TimeEntry, *, now: int) -> tuple[int, int]:
    """From when to when the time line is to reach: the absence with some time around it."""
    back = now if absence.back is None else absence.back
    around = max(_LEAST_AROUND, (back - absence.begin) // 2)
    first = max(entry.start, absence.begin - around)
    last = min(max(back, _end(entry, now=now)), back + around)
    return min(first, absence.begin), last


def _end(entry: TimeEntry, *, now: int) -> int:
    return now if entry.stop is None else entry.stop


def _piece(what: What, start: int, stop: int | None, *, now: int) -> Segment:
    end = max(start, now) if stop is None else stop
    return Segment(start, end, what, runs=stop is None)


def _by_begin(piece: Segment) -> tuple[int, int]:
    return piece.begin, piece.end


def _with_gaps(kept: list[Segment], first: int, last: int) -> list[Segment]:
    """The same, with what lies between, before and after them."""
    edges = [Segment(first, first, None), *kept, Segment(last, last, None)]
    found: list[Segment] = []
    for one, other in pairwise(edges):
        if one.end < other.begin:
            found.append(Segment(one.end, other.begin, None))
        if other is not edges[-1]:
            found.append(other)
    return found
