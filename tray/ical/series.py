"""One series: an event with all its repetitions, exceptions and changes, between two moments."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Final, NamedTuple

from tray.ical.calendar_times import (
    BadEvent,
    CalendarTime,
    End,
    Length,
    plus_days,
    read_length,
    read_periods,
    read_when,
    read_whens,
)
from tray.ical.components import Component
from tray.ical.rules import Rule, RuleBudget, read_rule, starts
from tray.ical.zones import Zones, seconds_of
from tray.model.calendar_event import FeedEvent
from tray.model.durations import DAY
from tray.sentences import tr

_MARGIN: Final = timedelta(days=2)
"""Clocks differ by less, wherever they hang."""
_LONGEST: Final = timedelta(days=40)
"""So long before a stretch a repetition may begin that reaches into it."""
_MOST: Final = 5_000
"""Occurrences of one series."""
_MOST_LISTED: Final = 10_000
"""Days of one series that are listed, to be in it or not."""


class EventReach(NamedTuple):
    """A stretch of time, epoch seconds."""

    begin: int
    end: int


class Event:
    """One event as it is written, or one change of a series."""

    def __init__(self, component: Component, zones: Zones, budget: RuleBudget) -> None:
        """Read what is needed.

        Raises:
            BadEvent: it cannot be read.
        """
        given = component.all("DTSTART")
        if len(given) != 1 or component.has("X-MOZ-FAKED-MASTER"):
            raise BadEvent(tr("no start"))
        self.start = read_when(given[0], zones)
        self.rules: list[Rule] = [read_rule(each, zones, budget) for each in component.all("RRULE")]
        summary = component.first("SUMMARY")
        self.title = summary.text if summary else ""
        status = component.first("STATUS")
        self.is_cancelled = bool(status and status.text.strip().upper() == "CANCELLED")
        excluded = (when for each in component.all("EXDATE") for when in read_whens(each, zones))
        self.excluded = list(islice(excluded, _MOST_LISTED))
        more = (found for each in component.all("RDATE") for found in read_periods(each, zones))
        self.more = list(islice(more, _MOST_LISTED))
        recurrence = component.first("RECURRENCE-ID")
        self.replaces = read_when(recurrence, zones) if recurrence else None
        self.and_later = bool(
            recurrence and recurrence.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
        )
        self.rank = (_sequence(component), _stamp(component))
        self._read_end(component, zones)
        self.end_of(self.start.local)

    def _read_end(self, component: Component, zones: Zones) -> None:
        end, length = component.first("DTEND"), component.first("DURATION")
        self._length = read_length(length.value) if length else None
        self._end = read_when(end, zones) if end else None
        if self._end is None:
            return
        if self.start.is_day or self._end.is_day:
            behind = self._end.seen_in(self.start.zone) < self.start.local
        else:
            behind = self._end.moment < self.start.moment
        if behind:
            raise BadEvent(tr("ends before it starts"))

    def at(self, local: datetime, end: End = None) -> FeedEvent:
        """The occurrence that begins when clocks show `local`, perhaps with an end of its own."""
        if self.start.is_day:
            start = _utc(local)
            return FeedEvent(self.title, start, max(self._end_day(local), start + DAY), True)
        start = seconds_of(local, self.start.zone)
        if isinstance(end, CalendarTime):
            stop = end.moment
        elif isinstance(end, Length):
            stop = _after(local, end, self.start.zone)
        else:
            stop = self.end_of(local)
        return FeedEvent(self.title, start, max(start, stop))

    def end_of(self, local: datetime) -> int:
        """The moment at which an occurrence ends; of one with days its day."""
        if self.start.is_day:
            return self._end_day(local)
        if self._length is not None:
            return _after(local, self._length, self.start.zone)
        if self._end is None:
            return seconds_of(local, self.start.zone)
        if local == self.start.local:
            return self._end.moment
        # as its clock shows it, whatever night lies between
        return seconds_of(
            local + (self._end.seen_in(self.start.zone) - self.start.local), self.start.zone
        )

    def _end_day(self, local: datetime) -> int:
        if self._length is not None:
            days = self._length.days + -(-self._length.seconds // DAY)
            return _utc(plus_days(local, days))
        if self._end is None:
            return _utc(local) + DAY
        days = (self._end.seen_in(self.start.zone) - self.start.local).days
        return _utc(local) + days * DAY


def _after(local: datetime, length: Length, zone: tzinfo) -> int:
    """Days as the calendar counts them, hours exactly."""
    return seconds_of(plus_days(local, length.days), zone) + length.seconds


def _utc(local: datetime) -> int:
    return int((local - datetime(1970, 1, 1)).total_seconds()) // DAY * DAY


def _sequence(component: Component) -> int:
    given = component.first("SEQUENCE")
    text = given.value.strip() if given else ""
    return int(text[:9]) if text.isdecimal() else 0


def _stamp(component: Component) -> str:
    given = component.first("DTSTAMP")
    return given.value.strip() if given else ""


def occurrences(
    masters: Iterable[Event], changes: Iterable[Event], span: EventReach
) -> Iterator[FeedEvent]:
    """What happens of one series within a span.

    Args:
        masters: What was written under its id; of several only the latest counts, unless they are
            as late and begin at other times, which is not allowed, but happens.
        changes: Of single occurrences.
        span: Of what begins later or is over before, nothing is known.

    Raises:
        BadEvent: it happens too often.
    """
    latest = _latest(masters)
    replaced = _latest_changes(changes)
    for master in latest:
        if not master.is_cancelled:
            yield from _of_master(master, replaced, span)
    if not latest or not all(each.is_cancelled for each in latest):
        shown = (each for each in replaced if not each.is_cancelled)
        yield from _within(span, (each.at(each.start.local) for each in shown))


def _latest(masters: Iterable[Event]) -> list[Event]:
    found = list(masters)
    best = max((each.rank for each in found), default=(0, ""))
    return list({each.start.moment: each for each in found if each.rank == best}.values())


def _latest_changes(changes: Iterable[Event]) -> list[Event]:
    found: dict[object, Event] = {}
    for each in changes:
        key = each.replaces and (each.replaces.is_day, each.replaces.moment)
        if key not in found or found[key].rank <= each.rank:
            found[key] = each
    return list(found.values())


def _of_master(master: Event, changes: list[Event], span: EventReach) -> Iterator[FeedEvent]:
    excluded = _Excluded(master, [*master.excluded, *(c.replaces for c in changes if c.replaces)])
    later = sorted(
        (each for each in changes if each.and_later and each.replaces),
        key=lambda each: each.replaces.moment if each.replaces else 0,
    )
    count = 0
    for local, end in _starts(master, span):
        if local in excluded:
            continue
        count += 1
        if count > _MOST:
            raise BadEvent(tr("too often"))
        yield from _within(span, _changed(master, later, local, end))


def _changed(master: Event, later: list[Event], local: datetime, end: End) -> Iterator[FeedEvent]:
    """An occurrence as the last change of all later ones leaves it, if it does."""
    for change in reversed(later):
        begins = change.replaces.seen_in(master.start.zone) if change.replaces else local
        if local >= begins:
            if not change.is_cancelled:
                yield change.at(local + (change.start.seen_in(master.start.zone) - begins))
            return
    yield master.at(local, end)


class _Excluded:
    """The occurrences that do not happen as the master says."""

    def __init__(self, master: Event, excluded: list[CalendarTime]) -> None:
        self._zone = master.start.zone
        zone, all_day = self._zone, master.start.is_day
        self._days = {each.seen_in(zone).date() for each in excluded if each.is_day or all_day}
        self._moments = {each.moment for each in excluded if not each.is_day and not all_day}

    def __contains__(self, local: datetime) -> bool:
        if local.date() in self._days:
            return True
        return bool(self._moments) and seconds_of(local, self._zone) in self._moments


def _starts(master: Event, span: EventReach) -> Iterator[tuple[datetime, End]]:
    """When a master happens, as the clocks of its zone show it, and what else it is given there."""
    begin = _clock(span.begin) - _MARGIN - _LONGEST
    end = _clock(span.end) + _MARGIN
    seen = {master.start.local}
    if not master.rules:
        yield master.start.local, None
    for rule in master.rules:
        for local in starts(rule, master.start, begin, end):
            yield local, None
            seen.add(local)
    for when, own_end in master.more:
        local = when.seen_in(master.start.zone)
        if local not in seen:
            seen.add(local)
            yield local, own_end


def _clock(moment: int) -> datetime:
    return datetime(1970, 1, 1) + timedelta(seconds=moment)


def _within(span: EventReach, events: Iterable[FeedEvent]) -> Iterator[FeedEvent]:
    for each in events:
        if each.start < span.end and (each.stop > span.begin or each.start >= span.begin):
            yield each
