"""Deleting a client, project, task or tag: what named it goes without, or to another."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from tray.errors import Refused
from tray.language import tr
from tray.model.field_words import kind_word
from tray.store import catalogue, entries, favourites, references
from tray.store.catalogue import Kind
from tray.store.database import Database
from tray.store.undo_log import DELETE_WITH_ENTRIES, Step, step
from tray.tracker.naming import folded
from tray.tracker.outcome import Outcome, outcome
from tray.tracker.resolve import check_free, insert_task, workspace_of

_DOERS: Final = ("entry", "favourite")
"""The tables that say what is done, and name projects, tasks and tags for that."""


def delete(
    db: Database, kind: Kind, *thing_ids: int, now: int, move_to: int | None = None
) -> Outcome:
    """Delete clients, projects, tasks or tags.

    Args:
        db: The store.
        kind: Of the things.
        thing_ids: Which.
        now: Epoch seconds.
        move_to: To which other thing of the kind everything of them goes; None: it goes without.

    Raises:
        NotFound: no such thing.
        Refused: it would go to the same, or to another workspace; or projects that would have one
            client then have the same name.
    """
    return _removed(db, f"delete {kind}", kind, thing_ids, move_to, now=now)


def delete_with_entries(db: Database, *project_ids: int, now: int) -> Outcome:
    """Delete projects together with all that was tracked for them.

    Raises:
        NotFound: no such project; then none is deleted.
    """
    with step(db, DELETE_WITH_ENTRIES, now=now) as current:
        for project_id in dict.fromkeys(project_ids):
            current.subject = current.subject or catalogue.get(db, "project", project_id).name
            current.delete_many("entry", references.naming(db, "entry", "project", project_id))
            _remove_project(current, project_id, None)
            current.delete("project", project_id)
        return outcome(DELETE_WITH_ENTRIES, current)


def merge(db: Database, kind: Kind, thing_id: int, into_id: int, *, now: int) -> Outcome:
    """Make one of two: everything of the first goes to the second, and the first is deleted.

    Raises:
        NotFound: no such thing.
        Refused: they are the same, or of two workspaces; or projects that would have one client
            then have the same name.
    """
    return _removed(db, f"merge {kind}", kind, (thing_id,), into_id, now=now)


def _removed(
    db: Database, verb: str, kind: Kind, ids: Sequence[int], into_id: int | None, *, now: int
) -> Outcome:
    with step(db, verb, now=now) as current:
        for thing_id in dict.fromkeys(ids):
            current.subject = current.subject or catalogue.get(db, kind, thing_id).name
            if into_id is not None:
                _check_pair(db, kind, thing_id, into_id)
            _REMOVE[kind](current, thing_id, into_id)
            current.delete(kind, thing_id)
        return outcome(verb, current, created_id=into_id or 0)


def _check_pair(db: Database, kind: Kind, thing_id: int, into_id: int) -> None:
    if thing_id == into_id:
        raise Refused(
            tr("That is the same {kind}. Choose another.").format(kind=kind_word(kind)), field=kind
        )
    if workspace_of(db, kind, thing_id) != workspace_of(db, kind, into_id):
        raise Refused(
            tr("That {kind} belongs to another workspace. Choose one of this.").format(
                kind=kind_word(kind)
            ),
            field=kind,
        )


def _remove_project(current: Step, project_id: int, into_id: int | None) -> None:
    tasks = [each for each in catalogue.tasks(current.db) if each.project_id == project_id]
    for task in tasks:
        used = into_id is not None and any(
            references.naming(current.db, table, "task", task.id) for table in _DOERS
        )
        counterpart = _task_called(current, into_id or 0, task.name) if used else None
        _rename_in(current, "task", task.id, {"project_id": into_id, "task_id": counterpart})
    _rename_in(current, "project", project_id, {"project_id": into_id})
    for task in tasks:
        current.delete("task", task.id)


def _task_called(current: Step, project_id: int, name: str) -> int:
    """The task of that name of a project, made if it has none."""
    for task in catalogue.tasks(current.db):
        if task.project_id == project_id and folded(task.name) == folded(name):
            return task.id
    return insert_task(current, project_id, name)


def _remove_task(current: Step, task_id: int, into_id: int | None) -> None:
    values: dict[str, object] = {"task_id": into_id}
    if into_id is not None:
        values["project_id"] = catalogue.get(current.db, "task", into_id).project_id
    _rename_in(current, "task", task_id, values)


def _remove_tag(current: Step, tag_id: int, into_id: int | None) -> None:
    for table in _DOERS:
        by_tags: dict[str, list[int]] = defaultdict(list)
        ids = references.naming(current.db, table, "tag", tag_id)
        for row_id, tag_ids in references.tags_of(current.db, table, ids):
            by_tags[tag_ids].append(row_id)
        for tag_ids, row_ids in by_tags.items():
            left = {*entries.ids_from(tag_ids)} - {tag_id}
            tags = entries.ids_to(left if into_id is None else {*left, into_id})
            current.update_many(table, row_ids, {"tag_ids": tags})
    _drop_useless_favourites(current)


def _remove_client(current: Step, client_id: int, into_id: int | None) -> None:
    ids = references.naming(current.db, "project", "client", client_id)
    for project_id in ids:
        project = catalogue.get(current.db, "project", project_id)
        check_free(current.db, "project", {**project._asdict(), "client_id": into_id})
    current.update_many("project", ids, {"client_id": into_id})


def _rename_in(current: Step, kind: Kind, thing_id: int, values: dict[str, object]) -> None:
    """Set these columns of all that names a thing."""
    for table in _DOERS:
        current.update_many(table, references.naming(current.db, table, kind, thing_id), values)
    _drop_useless_favourites(current)


def _drop_useless_favourites(current: Step) -> None:
    """Remove what is pinned twice now, or says nothing any more."""
    seen = set()
    for favourite in favourites.everything(current.db):
        says_nothing = not favourite.what.description and favourite.what.project_id is None
        if says_nothing or favourite.what in seen:
            current.delete("favourite", favourite.id)
        seen.add(favourite.what)


_REMOVE: Final = {
    "project": _remove_project,
    "task": _remove_task,
    "tag": _remove_tag,
    "client": _remove_client,
}
