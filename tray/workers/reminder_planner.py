"""Works out from the store what to remind of when, and what a reminder has to say."""

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import HOUR
from tray.model.entities import TimeEntry
from tray.model.presence import long_run, nothing_running, overnight
from tray.model.presence.due import Due, Facts, ReminderKind, next_due
from tray.model.presence.effects import State
from tray.model.presence.goals import Progress
from tray.model.presence.long_run import LongRun, StopProposal, Traces
from tray.model.presence.nothing_running import Idleness
from tray.model.presence.overnight import OvernightProposal
from tray.model.presence.presence_values import IdleMode
from tray.store import absences, entries, reminders
from tray.store.database import Database
from tray.store.reminders import ReminderState
from tray.workers.presence_settings import PresenceSettings

SIMILAR_ENTRIES: Final = 50
"""How many earlier entries of its kind tell how long the running one should take."""
LONGEST_SNOOZE: Final = 25 * HOUR
"""In seconds: nobody can ask for more than until tomorrow, on a day that may have 25 hours."""
OF_THE_ENTRY: Final = frozenset({ReminderKind.LONG_RUN, ReminderKind.OVERNIGHT, ReminderKind.BREAK})
"""Told once of each entry, while one runs."""


class Reminder(NamedTuple):
    """Something to remind of now, and what can be done about it."""

    kind: ReminderKind
    at: int
    """When that was found, epoch seconds."""
    entry: TimeEntry | None = None
    """The one that runs, or did until it was stopped for a break."""
    last_input: int | None = None
    """The latest input that is known of."""
    answers: tuple[LongRun, ...] = ()
    """With `ReminderKind.LONG_RUN`."""
    forgotten: OvernightProposal | None = None
    """With `ReminderKind.OVERNIGHT`."""
    since: int | None = None
    """With `ReminderKind.NOTHING_RUNNING`: since when an entry could have run."""
    stopped: bool = False
    """With `ReminderKind.BREAK`: whether the entry was stopped."""
    proposed: StopProposal | None = None
    """With `ReminderKind.LONG_RUN`: when the entry may have ended."""


class Situation(NamedTuple):
    """What reminders follow from, at one moment."""

    facts: Facts
    entry: TimeEntry | None
    """The one that runs."""
    kept: dict[str, ReminderState]
    now: int


def situation(
    db: Database,
    state: State,
    settings: PresenceSettings,
    *,
    idle_mode: IdleMode,
    started_at: int,
    now: int,
) -> Situation:
    """Read how things are.

    Args:
        db: The store.
        state: Who is there.
        settings: What the user wants to be reminded of.
        idle_mode: Whether idleness can be seen.
        started_at: When the program was started.
        now: Epoch seconds.
    """
    entry = entries.running(db)
    kept = {kind: _without_future(each, now) for kind, each in reminders.everything(db).items()}
    nothing = kept.get(ReminderKind.NOTHING_RUNNING, ReminderState())
    back = [each for each in (started_at, state.came_back) if each is not None and each <= now]
    away = state.latest_away
    if away is not None and away.back is not None and away.back > now:
        away = None
    facts = Facts(
        state.running,
        _past(db, entry, settings),
        Idleness(
            entries.last_stop(db, now=now),
            max(back, default=None),
            nothing.notified_at,
            nothing.snoozed_until,
        ),
        away,
        idle_mode is not IdleMode.NONE,
        question_open=bool(state.questions),
        last_reminded=_last_reminded(kept, entry),
        day=_progress(db, ReminderKind.DAY_GOAL, settings, kept=kept, now=now),
        week=_progress(db, ReminderKind.WEEK_GOAL, settings, kept=kept, now=now),
    )
    return Situation(facts, entry, kept, now)


def due(found: Situation, settings: PresenceSettings) -> list[Due]:
    """What to remind of next, the earliest first; nothing before its snooze is over."""
    waits = {kind: kept.snoozed_until or 0 for kind, kept in found.kept.items()}
    listed = [
        Due(each.kind, max(each.at, waits.get(each.kind, 0)))
        for each in next_due(found.facts, settings.reminders, now=found.now)
    ]
    return sorted(listed, key=lambda each: each.at)


def reminder(
    kind: ReminderKind,
    found: Situation,
    state: State,
    settings: PresenceSettings,
    *,
    last_seen: int | None,
) -> Reminder:
    """What a reminder has to say; `last_seen` is when the program last ran before this run."""
    entry, facts, now = found.entry, found.facts, found.now
    last_input = state.away.begin if state.away else state.last_input
    result = Reminder(kind, now, entry, last_input)
    match kind:
        case ReminderKind.LONG_RUN if entry is not None:
            proposed = long_run.proposal(
                entry.start,
                Traces(last_input, last_seen, facts.past),
                settings.reminders.working_hours,
                now=now,
                zone=settings.reminders.calendar.zone,
            )
            answers = long_run.answers(entry.start, last_input=last_input)
            return result._replace(answers=answers, proposed=proposed)
        case ReminderKind.OVERNIGHT if entry is not None:
            forgotten = overnight.proposal(
                entry.id,
                entry.start,
                facts.away,
                end_hour=settings.reminders.end_hour,
                zone=settings.reminders.calendar.zone,
            )
            return result._replace(forgotten=forgotten)
        case ReminderKind.NOTHING_RUNNING:
            back = facts.idleness._replace(came_back=state.came_back)
            return result._replace(since=nothing_running.start_since(back, now=now))
        case _:
            return result


def _without_future(kept: ReminderState, now: int) -> ReminderState:
    """Without what was noted by a clock that was wrong then, and lies in the future."""
    last_reminded, snoozed = kept.notified_at, kept.snoozed_until
    return kept._replace(
        notified_at=None if last_reminded is None or last_reminded > now else last_reminded,
        snoozed_until=None if snoozed is None or snoozed > now + LONGEST_SNOOZE else snoozed,
    )


def _past(db: Database, entry: TimeEntry | None, settings: PresenceSettings) -> list[int]:
    if entry is None or ReminderKind.LONG_RUN not in settings.reminders.kinds:
        return []
    return entries.lengths_of(db, entry.what, SIMILAR_ENTRIES)


def _last_reminded(
    kept: dict[str, ReminderState], entry: TimeEntry | None
) -> dict[ReminderKind, int]:
    """When each kind was told last; what was told of another entry than this does not count."""
    found: dict[ReminderKind, int] = {}
    for kind in ReminderKind:
        each = kept.get(kind, ReminderState())
        other = entry is not None and kind in OF_THE_ENTRY and each.entry_id != entry.id
        if each.notified_at is not None and not other:
            found[kind] = each.notified_at
    return found


def _progress(
    db: Database,
    kind: ReminderKind,
    settings: PresenceSettings,
    *,
    kept: dict[str, ReminderState],
    now: int,
) -> Progress | None:
    goal = (
        settings.day_goal_seconds if kind is ReminderKind.DAY_GOAL else settings.week_goal_seconds
    )
    if not goal or kind not in settings.reminders.kinds:
        return None
    calendar = settings.reminders.calendar
    day = calendar.day_of(now)
    begin, end = calendar.day(day) if kind is ReminderKind.DAY_GOAL else calendar.week(day)
    done = entries.seconds_between(db, begin, end, now=now)
    done -= _unanswered_seconds(db, begin, end, now=now)
    return Progress(goal, done, begin, end, kept.get(kind, ReminderState()).notified_at)


def _unanswered_seconds(db: Database, begin: int, end: int, *, now: int) -> int:
    """How much of the entries between two moments may be no work: nobody has said so yet."""
    unanswered = absences.unanswered(db)
    about = {each.id: each for each in entries.by_ids(db, {each.entry_id for each in unanswered})}
    seconds = 0
    for absence in unanswered:
        entry = about.get(absence.entry_id)
        if entry is None:
            continue
        first, last = max(begin, entry.start), min(end, entry.start + entry.seconds(now))
        for stretch in absence.stretches:
            back = now if stretch.back is None else stretch.back
            seconds += max(0, min(last, back) - max(first, stretch.begin))
    return seconds
