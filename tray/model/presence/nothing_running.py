"""When to say that nothing is running, and since when an entry could have been."""

from datetime import tzinfo
from enum import StrEnum

from tray.lean_typing import Final, NamedTuple
from tray.model.days import Calendar
from tray.model.durations import HOUR, MINUTE
from tray.model.presence.hours import Hours

LEAST_SECONDS: Final = 2 * MINUTE
"""A start that short ago is not worth a proposal."""
LONGEST_SECONDS: Final = 12 * HOUR
"""Nor is it believed that someone has worked for longer than that without a timer."""


class Pauses(NamedTuple):
    """How long nothing is said."""

    first_minutes: int = 10
    """After a stop, or a return."""
    again_minutes: int = 30
    """After a reminder."""


class Idleness(NamedTuple):
    """How it came that nothing runs."""

    stopped_at: int | None = None
    """The end of the latest entry; None if there is none yet."""
    came_back: int | None = None
    """The end of the latest absence, lock or sleep, or the start of the program."""
    reminded_at: int | None = None
    snoozed_until: int | None = None


class Snooze(StrEnum):
    """For how long not to be reminded."""

    QUARTER = "15 minutes"
    HOUR = "60 minutes"
    TOMORROW = "until tomorrow"


def snoozed_until(choice: Snooze, *, now: int, calendar: Calendar) -> int:
    """Return when reminders may come again."""
    if choice is Snooze.TOMORROW:
        return calendar.day(calendar.day_of(now))[1]
    return now + (15 * MINUTE if choice is Snooze.QUARTER else HOUR)


def due_at(
    idleness: Idleness, hours: Hours, pauses: Pauses, *, now: int, zone: tzinfo | None
) -> int | None:
    """Return when to remind, `now` if it is time; None: never, there are no working hours.

    Not to be asked while an entry runs, or nobody is there to be reminded.
    """
    reminded, snoozed = idleness.reminded_at, idleness.snoozed_until
    if reminded is not None and snoozed is not None and snoozed > reminded:
        reminded = None  # what was chosen in answer to it counts
    first, again = (minutes * MINUTE for minutes in pauses)
    waits = (
        (idleness.stopped_at, first),
        (idleness.came_back, first),
        (reminded, again),
        (snoozed, 0),
    )
    earliest = [now, *(moment + wait for moment, wait in waits if moment is not None)]
    return hours.next_in(max(earliest), zone)


def start_since(idleness: Idleness, *, now: int) -> int | None:
    """Return the return at which an entry could have been started, if none was since."""
    back = idleness.came_back
    if back is None or not LEAST_SECONDS <= now - back <= LONGEST_SECONDS:
        return None
    if idleness.stopped_at is not None and idleness.stopped_at > back:
        return None
    return back
