"""What to remind of next: every kind of reminder, with what holds it back."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from tray.lean_typing import Final, NamedTuple
from tray.model.days import Calendar
from tray.model.presence import goals, long_run, nothing_running, overnight, pomodoro
from tray.model.presence.goals import Progress
from tray.model.presence.hours import Hours
from tray.model.presence.nothing_running import Idleness, Pauses
from tray.model.presence.pomodoro import Pomodoro
from tray.model.presence.presence_values import AwayPeriod, RunningTimer


class ReminderKind(StrEnum):
    """What can be reminded of."""

    LONG_RUN = "long run"
    OVERNIGHT = "overnight"
    NOTHING_RUNNING = "nothing running"
    BREAK = "break"
    """Time for one."""
    WORK = "work"
    """The break is over."""
    DAY_GOAL = "day goal"
    WEEK_GOAL = "week goal"


_TRIES: Final = 20
"""How many windows of working hours are tried that may lie within quiet hours."""


class Reminders(NamedTuple):
    """What the user set."""

    calendar: Calendar
    kinds: frozenset[ReminderKind] = frozenset({ReminderKind.LONG_RUN, ReminderKind.OVERNIGHT})
    """Those that are switched on."""
    working_hours: Hours = Hours()
    """When something should be running."""
    quiet_hours: Hours = Hours()
    """When nothing is said; what falls into them is said after."""
    long_run_hours: int = 8
    """0: only what entries usually take is gone by."""
    end_hour: int = 22
    """When a day usually ends, 0 to 23."""
    pomodoro: Pomodoro = Pomodoro()
    pauses: Pauses = Pauses()
    """Before, and between, reminders that nothing runs."""


class Facts(NamedTuple):
    """How things are."""

    running: RunningTimer | None
    past: Sequence[int] = ()
    """The lengths in seconds of entries like the running one."""
    idleness: Idleness = Idleness()
    away: AwayPeriod | None = None
    """The latest absence, which may last: `State.latest_away`."""
    measured: bool = True
    """Whether idleness can be seen here."""
    question_open: bool = False
    """Whether a question about an absence is, which says all about the running entry."""
    last_reminded: Mapping[ReminderKind, int] = {}
    """When it was told last: of the running entry its long run, night and break, else work."""
    day: Progress | None = None
    week: Progress | None = None


class Due(NamedTuple):
    """Something to remind of."""

    kind: ReminderKind
    at: int
    """Never before now: what should have been told earlier is told now, once."""


def next_due(facts: Facts, reminders: Reminders, *, now: int) -> list[Due]:
    """Return what to remind of, the earliest first, if nothing changes until then.

    While nobody is there, things wait. It is a pure function of
    the time: ask again whenever a fact, a setting, the clock or the zone has changed.
    """
    absent = facts.away is not None and facts.away.back is None
    found: list[Due] = []
    for kind in ReminderKind:
        if kind in reminders.kinds and (not absent or kind is ReminderKind.OVERNIGHT):
            at = _unless_quiet(kind, _due_at(kind, facts, reminders, now=now), reminders, now=now)
            if at is not None:
                found.append(Due(kind, at))
    if Due(ReminderKind.OVERNIGHT, now) in found:  # it says the same, and more
        found = [due for due in found if due.kind is not ReminderKind.LONG_RUN]
    return sorted(found, key=lambda due: due.at)


def _due_at(kind: ReminderKind, facts: Facts, reminders: Reminders, *, now: int) -> int | None:
    if kind in (ReminderKind.DAY_GOAL, ReminderKind.WEEK_GOAL):
        progress = facts.day if kind is ReminderKind.DAY_GOAL else facts.week
        running = facts.running is not None
        return progress and goals.reached_at(progress, running=running, now=now)
    if facts.running is None:
        return _due_without(kind, facts, reminders, now=now)
    return _due_with(kind, facts, facts.running.start, reminders)


def _due_with(kind: ReminderKind, facts: Facts, start: int, reminders: Reminders) -> int | None:
    """When to remind of something about an entry that runs since `start`."""
    last_reminded = facts.last_reminded.get(kind)
    if kind is ReminderKind.BREAK:  # from which who was away has just come
        back = facts.away.back if facts.away else None
        return pomodoro.break_at(
            max(start, back or 0), reminders.pomodoro, reminded_at=last_reminded
        )
    if facts.question_open:
        return None
    if kind is ReminderKind.LONG_RUN:
        most = long_run.limit(facts.past, hours=reminders.long_run_hours)
        return long_run.alert_at(start, most, prompted_at=last_reminded)
    if kind is ReminderKind.OVERNIGHT:
        return overnight.due_at(
            start,
            facts.away,
            prompted_at=last_reminded,
            measured=facts.measured,
            end_hour=reminders.end_hour,
            zone=reminders.calendar.zone,
        )
    return None


def _due_without(kind: ReminderKind, facts: Facts, reminders: Reminders, *, now: int) -> int | None:
    """When to remind of something while no entry runs."""
    if kind is ReminderKind.NOTHING_RUNNING:
        zone = reminders.calendar.zone
        hours, pauses = reminders.working_hours, reminders.pauses
        return nothing_running.due_at(facts.idleness, hours, pauses, now=now, zone=zone)
    if kind is ReminderKind.WORK:
        return pomodoro.work_at(
            facts.idleness.stopped_at,
            reminders.pomodoro,
            break_reminded_at=facts.last_reminded.get(ReminderKind.BREAK),
            reminded_at=facts.last_reminded.get(ReminderKind.WORK),
        )
    return None


def _unless_quiet(
    kind: ReminderKind, at: int | None, reminders: Reminders, *, now: int
) -> int | None:
    """`at`, or the first moment after it that is not quiet, nor outside hours that matter."""
    zone = reminders.calendar.zone
    for _ in range(_TRIES):
        if at is None:
            return None
        loud = reminders.quiet_hours.next_out(max(at, now), zone)
        if loud is None or kind is not ReminderKind.NOTHING_RUNNING:
            return loud
        at = reminders.working_hours.next_in(loud, zone)
        if at == loud:
            return at
    return None
