"""A calendar as a log of time: its events with what they belong to, as other trackers write it."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from tray.ical.components import Component, contents_of
from tray.ical.feed_reader import NoCalendarError, by_id, series_of, zones_of
from tray.ical.rules import RuleBudget
from tray.ical.series import EventReach
from tray.sentences import tr

_MOST: Final = 500_000
_DEEPEST: Final = 20
"""Tasks within tasks."""


class LoggedEvent(NamedTuple):
    """One event."""

    title: str
    start: int
    """Epoch seconds."""
    stop: int
    categories: list[str]
    comment: str
    above: list[str]
    """The names of the tasks that it belongs to, the topmost first."""
    own: str
    """What our own export says of it."""


class TimeLog(NamedTuple):
    """What was read."""

    entries: list[LoggedEvent]
    """By their start."""
    all_day: int
    """How many last whole days, which is no time that somebody spent on them."""
    bad: list[str]
    """The titles of those that cannot be read."""


def read_log(data: bytes, zone: str, span: EventReach) -> TimeLog:
    """The events of a file that lie within a span.

    Args:
        data: The file.
        zone: The name of the zone of times without one; empty: the computer's.
        span: What lies outside is left out.

    Raises:
        NoCalendarError: it is no calendar.
    """
    contents = contents_of(data)
    if not contents.calendars:
        raise NoCalendarError(tr("That is no calendar. Look whether it is the right file."))
    entries: list[LoggedEvent] = []
    bad: list[str] = []
    all_day = 0
    for calendar in contents.calendars:
        zones, budget = zones_of(calendar, zone, span), RuleBudget()
        tasks = _tasks(calendar.parts)
        for parts in by_id(calendar.parts):
            found, unreadable = series_of(parts, zones, budget, span)
            bad += unreadable
            all_day += sum(each.all_day for each in found)
            context, titles = _context(parts[0], tasks), _titles(parts)
            entries += [
                LoggedEvent(titles.get(each.title, ""), each.start, each.stop, *context)
                for each in found[: _MOST - len(entries)]
                if not each.all_day
            ]
    entries.sort(key=lambda each: (each.start, each.stop, each.title))
    return TimeLog(entries, all_day, bad)


def _tasks(parts: Iterable[Component]) -> dict[str, tuple[str, str]]:
    """The name of each task, and the id of that which it is a part of, by its id."""
    return {
        _text(part, "UID"): (_text(part, "SUMMARY"), _text(part, "RELATED-TO"))
        for part in parts
        if part.name == "VTODO"
    }


def _titles(parts: Iterable[Component]) -> dict[str, str]:
    """What events are called, with joiners and all, by what a calendar shows of it."""
    found = (part.first("SUMMARY") for part in parts)
    return {each.text: each.raw for each in found if each is not None}


def _context(
    event: Component, tasks: dict[str, tuple[str, str]]
) -> tuple[list[str], str, list[str], str]:
    categories = [text for each in event.all("CATEGORIES") for text in each.texts]
    comments = event.all("COMMENT")
    above: list[str] = []
    at = _text(event, "RELATED-TO")
    while at in tasks and len(above) < _DEEPEST:
        name, at = tasks[at]
        above.insert(0, name)
    own = event.first("X-TOGGL-TRAY")
    return categories, comments[-1].raw if comments else "", above, own.raw if own else ""


def _text(component: Component, name: str) -> str:
    found = component.first(name)
    return found.text.strip() if found else ""
