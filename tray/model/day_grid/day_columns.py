"""What stands in each day of the grid: entries, events, the gaps between, and how long in all."""

from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from tray.model.calendar_event import CalendarEvent
from tray.model.day_grid.lanes import Lane, counted_twice, lanes
from tray.model.day_grid.time_axis import TimeAxis
from tray.model.durations import HOUR, MINUTE
from tray.model.entities import TimeEntry

SHORTEST_GAP: Final = 5 * MINUTE
"""A shorter one is not offered to be filled."""
LONGEST_GAP: Final = 6 * HOUR
"""A longer one is a night more often than something forgotten."""


class Block(NamedTuple):
    """What of an entry or event stands in one day."""

    column: int
    begin: int
    """Epoch seconds."""
    end: int
    begins: bool
    """Whether it begins here, and not in a day before."""
    ends: bool
    """Whether it ends here; what runs does not."""
    of: TimeEntry | CalendarEvent
    lane: Lane
    overlaps: bool
    """Whether some of its time is in another entry too."""
    fits: bool
    """Whether it is an entry that is among what is looked for."""

    @property
    def entry(self) -> TimeEntry | None:
        """The entry, if it is one."""
        return self.of if isinstance(self.of, TimeEntry) else None

    @property
    def key(self) -> tuple[int, int, str]:
        """Tells it from every other, also in a later version of the same day."""
        if isinstance(self.of, TimeEntry):
            return self.column, self.of.id, ""
        return self.column, -self.of.start, self.of.title


class DayGap(NamedTuple):
    """A time between entries of one day in which nothing was done."""

    column: int
    begin: int
    end: int


class DayColumn(NamedTuple):
    """One day."""

    blocks: tuple[Block, ...]
    """In order of their begin."""
    gaps: tuple[DayGap, ...]
    doubled: tuple[tuple[int, int], ...]
    """From when to when more than one entry counts."""
    seconds: int
    """How long the entries are that are looked for, in this day."""
    all_day: tuple[CalendarEvent, ...] = ()


def day_columns(
    axis: TimeAxis,
    entries: Sequence[TimeEntry],
    events: Sequence[CalendarEvent] = (),
    *,
    fitting: Collection[int] | None = None,
    now: int,
) -> tuple[DayColumn, ...]:
    """What stands in the days of an axis.

    Args:
        axis: The days.
        entries: In order of their start.
        events: In order of their start; those of which an entry was made are left out.
        fitting: The ids of the entries that are looked for; None: all are.
        now: Up to when what runs is shown.
    """
    spans = [axis.span(column) for column in range(len(axis.columns))]
    parts = _tracked(spans, entries, now=now)
    shown = _untracked(events, entries, now=now) if events else ()
    for event in shown:
        if not event.all_day:
            _share_out(parts, spans, (event.start, event.stop, event, False, False))
    return tuple(
        _column(column, span, each, shown, fitting)
        for column, (span, each) in enumerate(zip(spans, parts, strict=True))
    )


def _untracked(
    events: Sequence[CalendarEvent], entries: Sequence[TimeEntry], *, now: int
) -> Sequence[CalendarEvent]:
    """The events that no entry of their title shares any time with."""
    by_title: dict[str, list[tuple[int, int]]] = {}
    for entry in entries:
        spans = by_title.setdefault(_bare(entry.description), [])
        spans.append((entry.start, entry.start + entry.seconds(now)))
    return [
        each
        for each in events
        if not any(
            start < each.stop and stop > each.start
            for start, stop in by_title.get(_bare(each.title), ())
        )
    ]


def _bare(title: str) -> str:
    return " ".join(title.casefold().split())


_Part = tuple[int, int, TimeEntry | CalendarEvent, bool, bool]
"""What of something stands in a day: from when to when, of what, whether it goes on on the next
day, and whether it had begun before."""


def _tracked(
    spans: Sequence[tuple[int, int]], entries: Sequence[TimeEntry], *, now: int
) -> list[list[_Part]]:
    """The parts of entries in each day."""
    parts: list[list[_Part]] = [[] for _ in spans]
    rest = iter([(*span, into) for span, into in zip(spans, parts, strict=True)])
    begin, end, into = next(rest, (0, 0, []))
    for entry in entries:
        start, stop = entry[-2:]
        runs = stop is None
        last = max(start, now) if stop is None else stop
        while start >= end and (following := next(rest, None)) is not None:
            begin, end, into = following
        if begin <= start < end and last <= end:  # nearly all
            into.append((start, last, entry, runs, False))
        else:
            _share_out(parts, spans, (start, last, entry, runs, False))
    return parts


def _share_out(
    parts: Sequence[list[_Part]], spans: Sequence[tuple[int, int]], whole: _Part
) -> None:
    """Put it into each day that it touches."""
    start, stop, of, runs, _ = whole
    for into, (begin, end) in zip(parts, spans, strict=True):
        if start < end and (stop > begin or start == stop == begin):
            part = (max(start, begin), min(stop, end), of, runs or stop > end, start < begin)
            into.append(part)


def _column(
    column: int,
    span: tuple[int, int],
    parts: list[_Part],
    events: Sequence[CalendarEvent],
    fitting: Collection[int] | None,
) -> DayColumn:
    parts.sort(key=_TIMES)
    tracked = [(each[0], each[1]) for each in parts if isinstance(each[2], TimeEntry)]
    doubled = counted_twice(tracked)
    blocks: list[Block] = []
    seconds = 0
    for (begin, end, of, goes_on, begun), lane in zip(parts, lanes(parts), strict=True):
        overlaps = fits = False
        if isinstance(of, TimeEntry):
            if doubled:
                overlaps = any(one < end and other > begin for one, other in doubled)
            if fitting is None or of.id in fitting:
                fits = True
                seconds += end - begin
        blocks.append(Block(column, begin, end, not begun, not goes_on, of, lane, overlaps, fits))
    return DayColumn(
        tuple(blocks),
        tuple(DayGap(column, *each) for each in _gaps(tracked)),
        tuple(doubled),
        seconds,
        tuple(each for each in events if each.all_day and each.start <= span[0] < each.stop),
    )


_TIMES: Final = itemgetter(0, 1)


def _gaps(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    reached: int | None = None
    for begin, end in spans:
        if reached is not None and SHORTEST_GAP <= begin - reached <= LONGEST_GAP:
            yield reached, begin
        reached = max(end, reached or end)
