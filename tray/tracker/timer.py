"""Starting, stopping and continuing: the verbs of the running entry."""

from tray.language import mark, tr, tr_marked
from tray.local_errors import NotFound, Refused
from tray.model import limits
from tray.model.entities import TimeEntry, What
from tray.sentences import capital
from tray.store import catalogue, entries
from tray.store.database import Database
from tray.store.undo_log import Step, step
from tray.tracker.outcome import Outcome, outcome
from tray.tracker.resolve import Draft, TaggedWhat, resolve

_NOTHING_RUNS = mark("Nothing is running.")
_NOTHING_TO_CONTINUE = mark("There is no entry to continue yet. Start one first.")
_BREAK = "Break"
"""The description of a break that is kept."""
_WAITING_SECONDS = 60
"""Who waits for another process's start has read the clock before; no clock was set back then."""


def start(
    db: Database,
    what: Draft | What | TaggedWhat,
    *,
    now: int,
    at: int | None = None,
    trim: bool = False,
    beside: bool = False,
) -> Outcome:
    """Start an entry; the one that runs stops at the same second.

    Args:
        db: The store.
        what: What is done.
        now: Epoch seconds.
        at: When it began, if that was before now.
        trim: Whether finished entries that reach beyond `at` are shortened.
        beside: Whether one that runs since after `at` is stopped now, as Toggl's server does it,
            in place of a refusal.

    Raises:
        Refused: `at` is in the future or before the running entry began; or against a limit.
        NotFound: the draft names a project or task that does not exist.
    """
    with step(db, "start", now=now) as current:
        return _start(current, resolve(current, what), now=now, at=at, trim=trim, beside=beside)


def _start(
    current: Step,
    what: What,
    *,
    now: int,
    at: int | None = None,
    trim: bool = False,
    beside: bool = False,
) -> Outcome:
    begin = now if at is None else at
    limits.check_times(begin, None)
    if begin > now:
        raise Refused(
            tr("An entry cannot be started in the future. Give a moment that has passed.")
        )
    what, remarks = _in_use(current, what)
    running = entries.running(current.db)
    end = now if beside and running is not None and begin < running.start else begin
    stopped, more_remarks = _stop_running(current, end, given=at is not None)
    over: tuple[TimeEntry, ...] = ()
    if trim or at is not None:
        from tray.tracker import room  # which what starts now has

        if trim:
            but = () if stopped is None else (stopped.id,)
            room.trim_overlapped(current, begin, None, now=now, but=but)
        over = () if at is None else room.overlapped(current.db, begin, None, now=now)
    values = {**entries.values_of(what), "start": begin, "stop": None}
    started = entries.get(current.db, current.insert("entry", values))
    current.subject = started.description
    return outcome(
        "start",
        current,
        started,
        stopped=stopped,
        remarks=remarks + more_remarks,
        overlapped=over,
    )


def _in_use(current: Step, what: What) -> tuple[What, tuple[str, ...]]:
    """`what` without a project that is archived: Toggl refuses new entries of such."""
    if what.project_id is None:
        return what, ()
    project = catalogue.get(current.db, "project", what.project_id)
    if not project.archived:
        return what, ()
    remark = tr("The project “{name}” is archived, so this was started without a project.").format(
        name=project.name
    )
    return what._replace(project_id=None, task_id=None), (remark,)


def _stop_running(
    current: Step, moment: int, *, given: bool
) -> tuple[TimeEntry | None, tuple[str, ...]]:
    """Stop what runs at `moment`, for another entry to begin there."""
    running = entries.running(current.db)
    if running is None:
        return None, ()
    if given and moment < running.start:
        raise Refused(
            tr(
                "{name} was started after that moment. Stop or delete it first, or start at a "
                "later moment."
            ).format(name=capital(_named(running))),
            field="start",
        )
    return write_stop(current, running, moment)


def _named(running: TimeEntry) -> str:
    if not running.description:
        return tr("the running entry")
    return tr("“{name}”").format(name=running.description)


def write_stop(current: Step, running: TimeEntry, moment: int) -> tuple[TimeEntry, tuple[str, ...]]:
    """Write the stop; a clock that was set back behind the start cannot make the entry negative."""
    remarks: tuple[str, ...] = ()
    if moment < running.start - _WAITING_SECONDS:
        remarks = (
            tr(
                "The computer's clock stands before the start of {name}, so it was stopped with "
                "no time on it. Check the clock, then correct the entry."
            ).format(name=_named(running)),
        )
    stop_at = max(moment, running.start)
    if stop_at - running.start > limits.MAX_SECONDS:
        stop_at = running.start + limits.MAX_SECONDS
        remarks = (
            tr(
                "{name} ran for more than {hours} hours, the longest an entry can be, and was "
                "stopped there."
            ).format(name=capital(_named(running)), hours=limits.MAX_HOURS),
        )
    current.update("entry", running.id, {"stop": stop_at})
    return running._replace(stop=stop_at), remarks


def stop(db: Database, *, now: int, at: int | None = None) -> Outcome:
    """Stop the running entry, now or at an earlier moment.

    Raises:
        NotFound: nothing is running.
        Refused: `at` is in the future or before the entry's start.
    """
    with step(db, "stop", now=now) as current:
        running = entries.running(db)
        if running is None:
            raise NotFound(tr_marked(_NOTHING_RUNS))
        if at is not None and not running.start <= at <= now:
            raise Refused(
                tr("The running entry can only be stopped between its start and now."), field="stop"
            )
        return _stop(current, running, now if at is None else at)


def _stop(current: Step, running: TimeEntry, moment: int) -> Outcome:
    current.subject = running.description
    stopped, remarks = write_stop(current, running, moment)
    return outcome("stop", current, stopped, stopped=stopped, remarks=remarks)


def resume(
    db: Database, entry_id: int | None = None, *, now: int, at: int | None = None
) -> Outcome:
    """Start what an earlier entry was about again, in a new entry.

    If none is named, it is the running one, else the latest that has begun, else (the clock may
    have been set back) the latest.

    Raises:
        NotFound: no such entry, or none at all yet.
        Refused: it is the running one; or as `start`.
    """
    with step(db, "continue", now=now) as current:
        if entry_id is None:
            earlier = entries.running(db) or _latest(db, now)
        else:
            earlier = entries.get(db, entry_id)
        if earlier.running:
            raise Refused(
                tr("“{name}” is running already.").format(
                    name=earlier.description or tr("That entry")
                )
            )
        return _start(current, earlier.what, now=now, at=at)._replace(verb="continue")


def _latest(db: Database, now: int) -> TimeEntry:
    latest = entries.latest(db, until=now) or entries.latest(db)
    if latest is None:
        raise NotFound(tr_marked(_NOTHING_TO_CONTINUE))
    return latest


def end_break(db: Database, *, now: int) -> Outcome:
    """Keep the time since the last stop as a break, and continue what was stopped for it.

    Raises:
        NotFound: there is nothing to continue.
        Refused: something runs.
    """
    with step(db, "continue", now=now) as current:
        latest = entries.latest(db, until=now)
        if latest is None:
            raise NotFound(tr_marked(_NOTHING_TO_CONTINUE))
        if latest.stop is None:
            raise Refused(tr("Something runs already, so there is no break to keep."))
        if latest.stop < now:
            limits.check_times(latest.stop, now)
            kept = entries.values_of(What(latest.workspace_id, _BREAK))
            current.insert("entry", {**kept, "start": latest.stop, "stop": now})
        return _start(current, latest.what, now=now)._replace(verb="continue")


def toggle(db: Database, *, now: int) -> Outcome:
    """Stop what runs; if nothing does, continue the latest entry.

    Raises:
        NotFound: nothing runs and there is no entry to continue.
    """
    try:
        return stop(db, now=now)
    except NotFound:
        return resume(db, now=now)


def switch(db: Database, on: bool, *, now: int) -> Outcome | None:
    """Continue the latest entry, or stop what runs; None if that is so already.

    Raises:
        NotFound: there is no entry to continue.
    """
    with step(db, "continue" if on else "stop", now=now) as current:
        running = entries.running(db)
        if on == (running is not None):
            return None
        if running is not None:
            return _stop(current, running, now)
        return _start(current, _latest(db, now).what, now=now)._replace(verb="continue")
