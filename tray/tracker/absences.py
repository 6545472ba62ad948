"""The verbs about time in which nobody was there: answer the question, stop what was forgotten."""

from typing import Final

from tray.errors import Refused
from tray.language import mark, tr, tr_marked
from tray.model import limits
from tray.model.entities import TimeEntry, What
from tray.model.presence import answers, nothing_running
from tray.model.presence.answers import AbsenceAnswer, AbsenceChoice, Plan, Remark, SetStop
from tray.model.presence.nothing_running import Idleness
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod
from tray.store import absences, entries, heartbeat
from tray.store.database import Database
from tray.store.undo_log import Step, step
from tray.tracker.outcome import Outcome, outcome
from tray.tracker.resolve import Draft, resolve

REMARKS: Final = {
    Remark.DELETED: mark("The entry was deleted meanwhile, so there is nothing to change."),
    Remark.STOPPED_BEFORE: mark(
        "The entry was stopped before that, so there is nothing to change."
    ),
    Remark.STOPPED: mark("The entry was stopped meanwhile."),
    Remark.STARTED_LATER: mark("The start of the entry was changed; what lies before it stays."),
    Remark.OTHER_RUNS: mark("Another entry runs meanwhile, so this one was not started again."),
}
"""What the user should know if the entry is not as it was when the question arose."""


def planned(
    db: Database, absence: Absence, answer: AbsenceAnswer, *, now: int
) -> tuple[TimeEntry | None, Plan]:
    """The entry an absence is about, and what an answer would make of it as things are now."""
    found = {each.id: each for each in entries.overlapping(db, absence.begin, now)}
    found.update((each.id, each) for each in entries.by_ids(db, [absence.entry_id]))
    running = entries.running(db)
    if running is not None:  # even one that starts in the future, after the clock was set back
        found[running.id] = running
    entry = found.pop(absence.entry_id, None)
    return entry, answers.plan(answer, absence, entry, others=tuple(found.values()), now=now)


def answer(
    db: Database, absence_id: int, given: AbsenceAnswer, *, now: int, to: Draft | What | None = None
) -> Outcome:
    """Answer the question about an absence; when that is undone, it is not asked again.

    Args:
        db: The store.
        absence_id: Which.
        given: What the user chose; its `what` may be left to `to`.
        now: Epoch seconds.
        to: What the time is given to, with `AbsenceChoice.GIVE`.

    Raises:
        NotFound: there is no such absence, or no such project, task or tag.
        Refused: it was answered before; or an entry would be against a limit.
    """
    with step(db, "answer", now=now) as current:
        absence = absences.get(db, absence_id)
        if absence.state not in (AbsenceState.OPEN, AbsenceState.WAITING):
            raise Refused(
                tr("That question was answered already. Undo, or edit the entry instead.")
            )
        if to is not None:
            given = given._replace(what=resolve(current, to))
        if given.choice is AbsenceChoice.GIVE and given.what is None:
            raise Refused(tr("Say what that time was used for."), field="description")
        entry, plan = planned(db, absence, given, now=now)
        made = _carry_out(current, plan)
        current.subject = entry.description if entry else ""
        absences.mark_undone(db, absence_id)
        current.update("absence", absence_id, {"state": AbsenceState.ANSWERED})
        remarks = (tr_marked(REMARKS[plan.changed]),) if plan.changed else ()
        return outcome("answer", current, made or entry, remarks=remarks)


def _carry_out(current: Step, plan: Plan) -> TimeEntry | None:
    """Make the edits, each of them valid by itself; return the last entry that was touched."""
    touched: TimeEntry | None = None
    for edit in plan.edits:
        if isinstance(edit, SetStop):
            before = entries.get(current.db, edit.entry_id)
            limits.check_times(before.start, edit.stop)
            if before.stop != edit.stop:
                current.update("entry", edit.entry_id, {"stop": edit.stop})
            touched = before._replace(stop=edit.stop)
        else:
            limits.check_times(edit.start, edit.stop)
            times = {"start": edit.start, "stop": edit.stop}
            values = {**entries.values_of(edit.what), **times}
            touched = entries.get(current.db, current.insert("entry", values))
    return touched


def stop_at(
    db: Database, entry_id: int, moment: int, *, now: int, automatic: bool = False
) -> Outcome:
    """Stop the entry at a moment, or as near to it as is possible, if it still runs.

    Args:
        db: The store.
        entry_id: Which.
        moment: When it ended.
        now: Epoch seconds.
        automatic: Whether a rule has decided so, and not the user.

    Raises:
        NotFound: no such entry.
        Refused: it does not run any more.
    """
    with step(db, "automatic stop" if automatic else "stop", now=now) as current:
        entry = entries.get(db, entry_id)
        if not entry.running:
            raise Refused(tr("That entry was stopped meanwhile. Edit it to correct its end."))
        stop = max(entry.start, min(moment, now, entry.start + limits.MAX_SECONDS))
        current.subject = entry.description
        current.update("entry", entry_id, {"stop": stop})
        stopped = entry._replace(stop=stop)
        return outcome("stop", current, stopped, stopped=stopped)


def came_back(db: Database, *, now: int) -> int | None:
    """Since when an entry could have run: the return from the latest absence.

    None if something runs, something was stopped since, or it was too short or too long ago.
    """
    away = _latest(db)
    if away is None or entries.running(db):
        return None
    idleness = Idleness(entries.last_stop(db, now=now), away.back)
    return nothing_running.start_since(idleness, now=now)


def left_at(db: Database, entry: TimeEntry) -> int | None:
    """When the user left while the entry ran on; None if that was not so, or lasts.

    Neither if the question about it was answered: to keep it, say.
    """
    away = _latest(db)
    if away is None or away.back is None or not entry.running or away.begin < entry.start:
        return None
    answered = absences.latest_answered(db)
    if answered is not None and away.begin <= answered.stretches[-1].begin:
        return None
    return away.begin


def _latest(db: Database) -> AwayPeriod | None:
    """The latest absence that counts, whatever ran."""
    sign = heartbeat.read(db)
    return sign and sign.away
