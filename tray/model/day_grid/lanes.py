"""Which of several things that are at the same time stands where beside the others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

_MOST_WIDENED: Final = 60
"""Things at the same time beyond which each keeps to its lane: the time grows with the square."""


class Lane(NamedTuple):
    """Where across a day something stands."""

    left: float
    """From 0 to 1."""
    width: float


WHOLE: Final = Lane(0.0, 1.0)


def lanes(spans: Sequence[Sequence[Any]]) -> list[Lane]:
    """The lane of each span, so that none lies over another; each as wide as there is room for.

    Args:
        spans: From when to when each is, and what else is said of it, in order of their begin. The
            end is not in them, but one without length takes a second.
    """
    found: list[Lane] = []
    group: list[tuple[int, int]] = []
    reached = 0
    for begin, end, *_ in spans:
        last = end if end > begin else begin + 1
        if begin >= reached:
            found += _side_by_side(group)
            group = []
            reached = last
        elif last > reached:
            reached = last
        group.append((begin, last))
    return [*found, *_side_by_side(group)]


def _side_by_side(group: Sequence[tuple[int, int]]) -> Iterable[Lane]:
    """The lanes of what overlaps, each with another of the group."""
    return (WHOLE,) if len(group) == 1 else _shared(group)


def _shared(group: Sequence[tuple[int, int]]) -> Iterator[Lane]:
    ends: list[int] = []
    """When each lane is free again."""
    taken: list[int] = []
    for begin, end in group:
        lane = next((at for at, until in enumerate(ends) if until <= begin), len(ends))
        ends[lane : lane + 1] = [end]
        taken.append(lane)
    number = len(ends)
    for at, lane in enumerate(taken):
        until = number if lane + 1 == number else _free_until(at, group, taken, number)
        yield Lane(lane / number, (until - lane) / number)


def _free_until(
    at: int, group: Sequence[tuple[int, int]], taken: Sequence[int], number: int
) -> int:
    """The first lane to the right in which something is at the same time."""
    if len(group) > _MOST_WIDENED:
        return taken[at] + 1
    begin, end = group[at]
    return min(
        (
            lane
            for (other_begin, other_end), lane in zip(group, taken, strict=True)
            if lane > taken[at] and other_begin < end and begin < other_end
        ),
        default=number,
    )


def counted_twice(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches that more than one of the spans covers, given in order of their begin."""
    found: list[tuple[int, int]] = []
    reached = 0
    for begin, end in spans:
        if begin < min(reached, end):
            until = min(reached, end)
            if found and begin <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], until))
            else:
                found.append((begin, until))
        reached = max(reached, end)
    return found
