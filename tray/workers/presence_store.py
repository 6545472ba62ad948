"""What one run of the program leaves in the store for the next to go on from."""

from collections.abc import Iterable

from tray.lean_typing import NamedTuple
from tray.model.durations import DAY
from tray.model.formats import iso_utc
from tray.model.presence.effects import (
    AbsenceChanged,
    AbsenceDropped,
    AbsenceRecorded,
    Effect,
    State,
    restored,
)
from tray.model.presence.presence_values import AwayPeriod, RunningTimer
from tray.store import absences, entries, heartbeat, hook_events, undo_log
from tray.store.database import Database
from tray.store.heartbeat import Heartbeat
from tray.store.undo_log import ChangedRow


class Recalled(NamedTuple):
    """Where a new run begins."""

    state: State
    heartbeat: Heartbeat | None
    """The latest of the run before; None if there was none."""
    last_alive: int
    """Since when nothing is known."""


def recall(db: Database, now: int) -> Recalled:
    """Read what the run before has left."""
    beat = heartbeat.read(db)
    stored = absences.unanswered(db)
    state = restored(stored, running(db), next_id=absences.next_id(db))
    if beat is None:
        return Recalled(state, None, now)
    if beat.away is None:
        return Recalled(state, beat, beat.alive_at)
    if beat.away.back is not None:
        return Recalled(state._replace(last_away=beat.away), beat, beat.alive_at)
    if any(each.back is None for each in stored):
        return Recalled(state, beat, beat.alive_at)
    # Nobody was there any more when that run ended, and no question says so.
    return Recalled(state, beat, min(beat.alive_at, beat.away.begin))


def running(db: Database, before: RunningTimer | None = None) -> RunningTimer | None:
    """The running entry, as the model has it; `before` is what it was."""
    found = entries.running(db)
    if found is None:
        return None
    if before is not None and before.entry_id == found.id:
        return before._replace(start=found.start)
    made_at = undo_log.made_at(db, ChangedRow("entry", found.id), after=found.start - DAY)
    return RunningTimer(found.id, found.start, made_at)


def concerns_store(effect: Effect) -> bool:
    """Whether it is one for `remember`."""
    return isinstance(effect, AbsenceRecorded | AbsenceChanged | AbsenceDropped)


def remember(db: Database, effects: Iterable[Effect], beat: Heartbeat) -> None:
    """Store what has become of absences, and a sign of life, together."""
    with db.writing():
        for effect in effects:
            match effect:
                case AbsenceRecorded(absence) | AbsenceChanged(absence):
                    absences.record(db, absence)
                case AbsenceDropped(absence_id):
                    absences.forget(db, absence_id)
                case _:
                    pass
        before = heartbeat.read(db)
        heartbeat.write(db, beat)
        _tell_hooks(db, before and before.away, beat)


def _tell_hooks(db: Database, before: AwayPeriod | None, beat: Heartbeat) -> None:
    """Have hooks know that nobody is there any more, or somebody is again."""
    away = beat.away
    if away is None or away == before:
        return
    lasts = away.back is None
    if lasts and before is not None and before.back is None:
        return
    back = None if away.back is None else iso_utc(away.back)
    absence = {"begin": iso_utc(away.begin), "back": back}
    hook_events.add(db, "idle" if lasts else "return", {"absence": absence}, at=beat.alive_at)
