"""The verbs of entries other than starting and stopping: add, edit, split, merge and the like."""

from collections.abc import Callable, Sequence
from typing import Final, TypedDict

from tray.errors import Refused
from tray.language import mark, tr, tr_marked
from tray.model import edits, limits
from tray.model.entities import TimeEntry, What
from tray.store import catalogue, entries
from tray.store.database import Database
from tray.store.undo_log import Step, step
from tray.tracker.outcome import Outcome, outcome
from tray.tracker.resolve import (
    TASK_ALONE,
    Draft,
    TaggedWhat,
    checked,
    clean_description,
    project_named,
    resolve,
    tags_named,
    task_named,
)
from tray.tracker.room import overlapped, trim_overlapped
from tray.tracker.workspaces import move_to_workspace

_NONE_NAMED: Final = mark("No entry was named. Name at least one.")


class Changes(TypedDict, total=False):
    """What of an entry is to be changed; what is not given stays. Names win over ids."""

    description: str
    project: str | None
    project_id: int | None
    task: str | None
    task_id: int | None
    tags: Sequence[str]
    tag_ids: Sequence[int]
    billable: bool
    start: int
    stop: int
    create_missing: bool
    """Whether a project or task that does not exist is made."""


def add(
    db: Database,
    what: Draft | What | TaggedWhat,
    *,
    start: int,
    stop: int,
    now: int,
    trim: bool = False,
    sure: bool = True,
) -> Outcome:
    """Add a finished entry.

    Args:
        db: The store.
        what: What was done.
        start: Epoch seconds.
        stop: Epoch seconds.
        now: Epoch seconds.
        trim: Whether neighbours that it overlaps are shortened.
        sure: Whether the user means these times, however unlikely they are.

    Raises:
        NotConfirmed: the times look like a slip, and the user is not `sure`.
        Refused: against a limit; or `trim` would remove an entry.
        NotFound: the draft names a project or task that does not exist.
    """
    with step(db, "add", now=now) as current:
        limits.check_times(start, stop)
        if not sure:
            limits.check_likely(start, stop, now=now)
        resolved = resolve(current, what)
        if trim:
            trim_overlapped(current, start, stop, now=now)
        over = overlapped(db, start, stop, now=now)
        values = {**entries.values_of(resolved), "start": start, "stop": stop}
        added = entries.get(db, current.insert("entry", values))
        current.subject = added.description
        return outcome("add", current, added, overlapped=over)


def edit(
    db: Database,
    entry_ids: Sequence[int],
    changes: Changes | Callable[[TimeEntry], Changes],
    *,
    now: int,
    trim: bool = False,
    sure: bool = True,
    may_stop: bool = False,
) -> Outcome:
    """Change some fields of one entry or of several at once.

    A changed project takes its task along: the old task goes unless a new one is given.

    Args:
        db: The store.
        entry_ids: Which entries.
        changes: What is changed, or what works that out for each entry as it is.
        now: Epoch seconds.
        trim: Whether neighbours that they overlap now are shortened.
        sure: Whether the user means these times, however unlikely they are.
        may_stop: Whether a running entry can be given its stop along with the rest.

    Raises:
        NotConfirmed: new times look like a slip, and the user is not `sure`.
        Refused: no entry is named; against a limit; a task of another project; or a running entry
            would start in the future or get a stop.
        NotFound: no such entry, project, task or tag.
    """
    if not entry_ids:
        raise Refused(tr_marked(_NONE_NAMED))
    over: dict[int, TimeEntry] = {}
    with step(db, "edit", now=now) as current:
        for entry_id in entry_ids:
            entry = entries.get(db, entry_id)
            wanted = changes(entry) if callable(changes) else changes
            if entry.running and "stop" in wanted and not may_stop:
                raise Refused("The entry is running. Stop it to give it an end.", field="stop")
            start, stop = _edited_times(entry, wanted, now=now, sure=sure)
            if trim:
                trim_overlapped(current, start, stop, now=now, but=entry_ids)
            over.update(_overlapped_anew(db, entry, start, stop, now=now, but=entry_ids))
            what = _changed(current, entry.what, wanted)
            new = {**entries.values_of(what), "start": start, "stop": stop}
            if what.workspace_id != entry.workspace_id:
                entry = move_to_workspace(current, entry, new)
            else:
                _update(current, entry, new)
        edited = entries.get(db, entry.id)
        current.subject = edited.description
        return outcome("edit", current, edited, overlapped=tuple(over.values()))


def _overlapped_anew(
    db: Database,
    entry: TimeEntry,
    start: int,
    stop: int | None,
    *,
    now: int,
    but: Sequence[int],
) -> dict[int, TimeEntry]:
    """What an entry lies over with new times, and did not with those it has."""
    if (start, stop) == (entry.start, entry.stop):
        return {}
    before = {each.id for each in overlapped(db, entry.start, entry.stop, now=now, but=but)}
    return {
        each.id: each
        for each in overlapped(db, start, stop, now=now, but=but)
        if each.id not in before
    }


def _edited_times(
    entry: TimeEntry, changes: Changes, *, now: int, sure: bool
) -> tuple[int, int | None]:
    start, stop = changes.get("start", entry.start), changes.get("stop", entry.stop)
    if (start, stop) != (entry.start, entry.stop):
        limits.check_times(start, stop)
        if stop is None and start > now:
            raise Refused(tr("A running entry cannot start in the future."), field="start")
        if not sure and entry.stop is not None:
            limits.check_likely(start, stop, now=now, before=(entry.start, entry.stop))
    return start, stop


def _update(current: Step, entry: TimeEntry, new: dict[str, object]) -> None:
    """Write the columns in which `new` differs."""
    old = _columns(entry)
    current.update(
        "entry", entry.id, {name: value for name, value in new.items() if value != old[name]}
    )


def _columns(entry: TimeEntry) -> dict[str, object]:
    return {**entries.values_of(entry.what), "start": entry.start, "stop": entry.stop}


def _changed(current: Step, what: What, changes: Changes) -> What:
    """`what` after `changes`, with names looked up."""
    if "description" in changes:
        what = what._replace(description=clean_description(changes["description"]))
    project_id = _changed_project(current, what, changes)
    if "tags" in changes:
        workspace_id = what.workspace_id
        if project_id is not None:
            workspace_id = catalogue.get(current.db, "project", project_id).workspace_id
        what = what._replace(tag_ids=tags_named(current, changes["tags"], workspace_id))
    elif "tag_ids" in changes:
        what = what._replace(tag_ids=tuple(changes["tag_ids"]))
    task_id = what.task_id if project_id == what.project_id else None
    if "task" in changes:
        task_id = _changed_task(current, project_id, changes)
    elif "task_id" in changes:
        task_id = changes["task_id"]
    return checked(
        current,
        what._replace(
            project_id=project_id,
            task_id=task_id,
            billable=changes.get("billable", what.billable),
        ),
    )


def _changed_project(current: Step, what: What, changes: Changes) -> int | None:
    if "project" not in changes:
        return changes.get("project_id", what.project_id)
    name = changes["project"]
    return (
        None
        if name is None
        else project_named(current, name, changes.get("create_missing", False)).id
    )


def _changed_task(current: Step, project_id: int | None, changes: Changes) -> int | None:
    name = changes["task"]
    if name is None:
        return None
    if project_id is None:
        raise Refused(TASK_ALONE, field="task")
    project = catalogue.get(current.db, "project", project_id)
    return task_named(current, project, name, create_missing=changes.get("create_missing", False))


def split(db: Database, entry_id: int, moment: int, *, now: int) -> Outcome:
    """Split an entry in two at `moment`; the first keeps its id, the outcome holds the second.

    Raises:
        Refused: the moment is not inside the entry.
        NotFound: no such entry.
    """
    with step(db, "split", now=now) as current:
        first, second = edits.split_at(entries.get(db, entry_id), moment, now=now)
        current.subject = first.description
        current.update("entry", entry_id, {"stop": first.stop})
        second_id = current.insert("entry", _columns(second))
        return outcome("split", current, entries.get(db, second_id))


def merge(db: Database, entry_ids: Sequence[int], *, now: int) -> Outcome:
    """Make one entry of several neighbours; the time between them is part of it.

    Raises:
        Refused: fewer than two, fields that contradict each other, other entries in between, or
            too long.
        NotFound: no such entry.
    """
    with step(db, "merge", now=now) as current:
        parts = sorted(
            (entries.get(db, entry_id) for entry_id in set(entry_ids)),
            key=lambda entry: (entry.start, entry.id),
        )
        whole = edits.merged(parts, _between(db, parts, now=now))
        limits.check_times(whole.start, whole.stop)
        limits.check_tags(len(whole.tag_ids))
        for part in parts[1:]:
            current.delete("entry", part.id)
        _update(current, parts[0], _columns(whole))
        current.subject = whole.description
        return outcome("merge", current, whole, remarks=_gaps(parts, now=now))


def _between(db: Database, parts: Sequence[TimeEntry], *, now: int) -> list[TimeEntry]:
    """The entries that overlap the gaps between `parts`."""
    ids = {part.id for part in parts}
    found: list[TimeEntry] = []
    for begin, end in edits.gaps(parts, now=now):
        found += [each for each in entries.overlapping(db, begin, end) if each.id not in ids]
    return found


def _gaps(parts: Sequence[TimeEntry], *, now: int) -> tuple[str, ...]:
    seconds = sum(end - begin for begin, end in edits.gaps(parts, now=now))
    if not seconds:
        return ()
    minutes = max(1, round(seconds / 60))
    return (tr("It includes {minutes} min that lay between them.").format(minutes=minutes),)


def duplicate(db: Database, *entry_ids: int, now: int) -> Outcome:
    """Make copies of finished entries, with the same times; the outcome holds the last copy.

    Raises:
        Refused: no entry is named, or one is running.
        NotFound: no such entry; then none is copied.
    """
    if not entry_ids:
        raise Refused(tr_marked(_NONE_NAMED))
    with step(db, "duplicate", now=now) as current:
        for entry_id in entry_ids:
            original = entries.get(db, entry_id)
            if original.running:
                raise Refused(
                    tr("A running entry cannot be duplicated, as only one can run. Stop it.")
                )
            current.subject = current.subject or original.description
            copy_id = current.insert("entry", _columns(original))
        return outcome("duplicate", current, entries.get(db, copy_id))


def delete(db: Database, entry_ids: Sequence[int], *, now: int) -> Outcome:
    """Delete entries; `undo` brings them back.

    Raises:
        Refused: no entry is named.
        NotFound: no such entry; then none is deleted.
    """
    if not entry_ids:
        raise Refused(tr_marked(_NONE_NAMED))
    with step(db, "delete", now=now) as current:
        for entry_id in dict.fromkeys(entry_ids):
            entry = entries.get(db, entry_id)
            current.subject = current.subject or entry.description
            current.delete("entry", entry_id)
        return outcome("delete", current)
