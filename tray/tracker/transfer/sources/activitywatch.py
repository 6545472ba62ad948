"""ActivityWatch: when somebody was there and in which program, as entries that are only proposed.

Of each stretch at the computer one entry is proposed, named by the program that was used longest
in it; what entries cover already is left out by whoever shows the proposals.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any, Final, NamedTuple

from tray.errors import Refused
from tray.language import tr
from tray.tracker.transfer.content import Content, EntryLabel, storable
from tray.tracker.transfer.sources.collecting import (
    collect,
    iso_moment,
    number_of,
    parts_of,
    row_of,
    text_of,
    things_of,
)
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import NO, SURE, ReadOptions, not_of

TITLE: Final = "ActivityWatch"
_GAP_SECONDS: Final = 300
"""A shorter absence does not end a stretch."""
_SHORTEST_SECONDS: Final = 60
"""A stretch that is shorter is not worth an entry."""
_AFK, _WINDOW = "afkstatus", "currentwindow"
"""The types of buckets that are read."""
_MOST_SECONDS: Final = 2 * 86_400
"""No event lasts longer."""


class WatchedEvent(NamedTuple):
    """One event: from when to when something was so."""

    start: int
    stop: int
    what: str
    """The program, or empty."""


def _buckets(given: GivenFile) -> list[dict[str, Any]]:
    """The buckets of a file, which may hold several or one."""
    parts = parts_of(given.json)
    return things_of(parts["buckets"]) if "buckets" in parts else things_of([parts])


def recognise(given: GivenFile) -> int:
    """By the types of its buckets."""
    types = {text_of(bucket.get("type")) for bucket in _buckets(given) if "events" in bucket}
    return SURE if types & {_AFK, _WINDOW} else NO


def read(given: GivenFile, options: ReadOptions) -> Content:
    """What is proposed, as rows that are taken only if the user says so."""
    buckets = _buckets(given)
    here = [bucket for bucket in buckets if bucket.get("type") == _AFK]
    windows = [bucket for bucket in buckets if bucket.get("type") == _WINDOW]
    if not here and not windows:
        raise not_of(TITLE, given)
    used = sorted(chain.from_iterable(map(_used, windows)))
    there = sorted(chain.from_iterable(map(_present, here))) if here else used
    programs = _Programs(used)
    stretches = [
        (tr("Stretch {number}").format(number=number), stretch)
        for number, stretch in enumerate(_joined(there), start=1)
        if stretch[1] - stretch[0] >= _SHORTEST_SECONDS
    ]
    content = collect(
        stretches,
        lambda each: row_of(programs.longest(*each), EntryLabel(), *each),
        options.tell,
    )
    return content._replace(proposed=True)


def _present(bucket: dict[str, Any]) -> Iterable[WatchedEvent]:
    return _watched(
        event
        for event in things_of(bucket.get("events"))
        if parts_of(event.get("data")).get("status") == "not-afk"
    )


def _used(bucket: dict[str, Any]) -> Iterable[WatchedEvent]:
    return _watched(things_of(bucket.get("events")))


def _watched(events: Iterable[dict[str, Any]]) -> Iterable[WatchedEvent]:
    """Events with their moments; what has none is no event."""
    for event in events:
        seconds = number_of(event.get("duration")) or 0
        try:
            start = iso_moment(event.get("timestamp"))
        except Refused:
            continue
        if 0 <= seconds <= _MOST_SECONDS:
            program = text_of(parts_of(event.get("data")).get("app"))
            yield WatchedEvent(start, start + int(seconds), storable(program))


def _joined(events: Iterable[WatchedEvent]) -> list[tuple[int, int]]:
    """Stretches of events, without short gaps."""
    found: list[tuple[int, int]] = []
    for event in events:
        if found and event.start <= found[-1][1] + _GAP_SECONDS:
            found[-1] = (found[-1][0], max(found[-1][1], event.stop))
        else:
            found.append((event.start, event.stop))
    return found


class _Programs:
    """Which program was used longest in a stretch."""

    def __init__(self, events: list[WatchedEvent]) -> None:
        self._events = events
        self._starts = [event.start for event in events]
        self._longest = max((event.stop - event.start for event in events), default=0)

    def longest(self, start: int, stop: int) -> str:
        """Its name without the ending that Windows gives it; empty if none is known."""
        first = bisect_left(self._starts, start - self._longest)
        seconds: Counter[str] = Counter()
        for event in self._events[first : bisect_right(self._starts, stop)]:
            seconds[event.what] += max(0, min(stop, event.stop) - max(start, event.start))
        seconds.pop("", None)
        name = max(seconds, key=lambda each: seconds[each], default="")
        return name.removesuffix(".exe")
