"""An appointment of a calendar that is not ours, as far as it is shown beside entries."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class ExternalEvent(NamedTuple):
    """What stands in somebody's calendar; it is not tracked unless an entry is made of it."""

    calendar_name: str
    title: str
    start: int
    """Epoch seconds; of what lasts all day, when the user's first day of it begins."""
    end: int
    """Epoch seconds; of what lasts all day, when the user's last day of it is over."""
    all_day: bool = False


EventSource = Callable[[int, int], Sequence[ExternalEvent]]
"""The events of which any part lies between two moments, at once and in order of their start."""


def no_events(_begin: int, _end: int) -> Sequence[ExternalEvent]:
    """There is no calendar to take events from."""
    return ()


def untracked(
    events: Iterable[ExternalEvent], tracked: Iterable[tuple[str, int, int]]
) -> list[ExternalEvent]:
    """The events that no entry of their title shares any time with.

    Args:
        events: Which.
        tracked: The description of each entry, its start and its stop.
    """
    by_title: dict[str, list[tuple[int, int]]] = {}
    for description, start, stop in tracked:
        by_title.setdefault(_bare(description), []).append((start, stop))
    return [
        each
        for each in events
        if not any(
            start < each.end and stop > each.start
            for start, stop in by_title.get(_bare(each.title), ())
        )
    ]


def _bare(title: str) -> str:
    return " ".join(title.casefold().split())
