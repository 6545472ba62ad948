"""A whole calendar: its events within a span, and a sentence about what was left out."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from tray.ical.calendar_times import BadEvent
from tray.ical.components import Component, contents_of
from tray.ical.rules import RuleBudget
from tray.ical.series import Event, EventReach, occurrences
from tray.ical.zones import Zones, local_of, viewer_zone
from tray.language import listed
from tray.model.calendar_event import FeedEvent
from tray.model.limits import one_line
from tray.sentences import ntr, together, tr

_BAD: Final = (BadEvent, OverflowError)
"""What is wrong with one event; some times lie beyond all that a clock can show."""
MOST_EVENTS: Final = 50_000
_MOST_NAMES: Final = 3
"""So many zones that are unknown, or events that are left out, are named."""
_LONGEST_NAME: Final = 60


class NoCalendarError(Exception):
    """What was read is no calendar; the sentence says what to do."""


class FeedContent(NamedTuple):
    """What is in a calendar."""

    events: list[FeedEvent]
    """By their start."""
    problem: str = ""
    """What is not shown, or in doubt, in full sentences; empty: nothing."""


def read_calendar(data: bytes, zone: str, span: EventReach) -> FeedContent:
    """The events of a calendar that lie within a span.

    Args:
        data: The file.
        zone: The name of the user's time zone; empty: the computer's.
        span: What lies outside is left out.

    Raises:
        NoCalendarError: it is none.
    """
    contents = contents_of(data)
    if not contents.calendars:
        raise NoCalendarError(tr("That is no calendar. Look at its address or file."))
    events: list[FeedEvent] = []
    left_out, unknown = list[str](), dict[str, None]()
    for calendar in contents.calendars:
        zones, budget = zones_of(calendar, zone, span), RuleBudget()
        for series in by_id(calendar.parts):
            if len(events) > MOST_EVENTS:
                break
            found, bad = series_of(series, zones, budget, span)
            events += found
            left_out += bad
        unknown |= zones.unknown
    events.sort(key=lambda each: (each.start, each.stop, each.title))
    too_many = len(events) > MOST_EVENTS
    sentences = _sentences(left_out, list(unknown), is_cut=contents.is_cut, too_many=too_many)
    return FeedContent(events[:MOST_EVENTS], together(*sentences))


def zones_of(calendar: Component, viewer: str, span: EventReach) -> Zones:
    """The zones that matter in a calendar, for somebody whose own has that name."""
    definitions = [each for each in calendar.parts if each.name == "VTIMEZONE"]
    home = viewer_zone(viewer)
    years = local_of(span.begin, home).year - 2, local_of(span.end, home).year + 2
    zones = Zones(definitions, years, home)
    if name := calendar.first("X-WR-TIMEZONE"):
        zones.use_for_floating(name.text.strip())
    return zones


def by_id(parts: Iterable[Component]) -> Iterable[list[Component]]:
    """The events that belong together; each without an id is alone."""
    found: dict[object, list[Component]] = {}
    for at, part in enumerate(parts):
        if part.name == "VEVENT":
            given = part.first("UID")
            found.setdefault((given.value.strip() if given else "") or at, []).append(part)
    return found.values()


def series_of(
    parts: list[Component], zones: Zones, budget: RuleBudget, span: EventReach
) -> tuple[list[FeedEvent], list[str]]:
    """What happens of a series, and the titles of its parts that could not be used."""
    masters: list[Event] = []
    changes: list[Event] = []
    bad: list[str] = []
    for part in parts:
        try:
            event = Event(part, zones, budget)
        except _BAD:
            bad.append(_title(part))
        else:
            (masters if event.replaces is None else changes).append(event)
    try:
        return list(occurrences(masters, changes, span)), bad
    except _BAD:
        return [], [*bad, _title(parts[0])]


def _title(part: Component) -> str:
    summary = part.first("SUMMARY")
    title = one_line(summary.text) if summary else ""
    return title if len(title) <= _LONGEST_NAME else f"{title[:_LONGEST_NAME].rstrip()}…"


def _named(names: list[str]) -> str:
    """The first that have a name, in quotation marks, and how many others there are."""
    shown = list(dict.fromkeys(filter(None, names)))[:_MOST_NAMES]
    rest = sum(name not in shown for name in names)
    named = listed(tr("“{name}”").format(name=name) for name in shown)
    return tr("{named} and {rest} more").format(named=named, rest=rest) if named and rest else named


def _left_out(titles: list[str]) -> str:
    names = _named(titles)
    if names:
        text = ntr(
            "{count:,} event was left out, as it cannot be read or repeats too often: {names}.",
            "{count:,} events were left out, as they cannot be read or repeat too often: {names}.",
            len(titles),
        )
    else:
        text = ntr(
            "{count:,} event was left out, as it cannot be read or repeats too often.",
            "{count:,} events were left out, as they cannot be read or repeat too often.",
            len(titles),
        )
    return text.format(count=len(titles), names=names)


def _sentences(
    left_out: list[str], unknown: list[str], *, is_cut: bool, too_many: bool
) -> Iterable[str]:
    if is_cut:
        yield tr("It ends in the middle, so its last events may be missing.")
    if left_out:
        yield _left_out(left_out)
    if unknown:
        names = _named(unknown)
        yield tr(
            "It names time zones that are unknown here: {names}; yours is used instead."
        ).format(names=names)
    if too_many:
        yield tr("It has more than {most:,} events around now; some are left out.").format(
            most=MOST_EVENTS
        )
