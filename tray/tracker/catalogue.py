"""Making, renaming and archiving what entries refer to: clients, projects, tasks and tags."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from tray.errors import Refused
from tray.language import tr
from tray.model import colours
from tray.model.entities import Client, Project
from tray.model.limits import clean_name
from tray.store import catalogue
from tray.store.catalogue import Kind, Thing
from tray.store.database import Database
from tray.store.undo_log import Step, step
from tray.tracker import thing_fields
from tray.tracker.naming import folded
from tray.tracker.outcome import Outcome, outcome
from tray.tracker.resolve import (
    check_free,
    insert_client,
    inserted,
    own_workspace,
    project_values,
    workspace_of,
)


class ProjectChanges(TypedDict, total=False):
    """What of a project is to be changed; a client's name wins over its id."""

    name: str
    client: str
    """Made if there is none of that name."""
    client_id: int | None
    colour: str
    archived: bool
    billable: bool
    private: bool
    template: bool
    auto_estimates: bool
    estimated_hours: int | None
    rate_cents: int | None
    """An hour, in hundredths of the workspace's currency."""
    fixed_fee_cents: int | None
    start_date: str | None
    """``YYYY-MM-DD``; as `end_date`."""
    end_date: str | None


class ClientChanges(TypedDict, total=False):
    """What of a client is to be changed."""

    name: str
    notes: str | None
    external_reference: str | None
    """What another system calls it."""


class TaskChanges(TypedDict, total=False):
    """What of a task is to be changed."""

    name: str
    estimated_seconds: int | None
    user_id: int | None
    """Whose it is to do, by the server's id."""


def create_client(
    db: Database,
    name: str,
    *,
    now: int,
    changes: ClientChanges | None = None,
    workspace_id: int | None = None,
) -> Outcome:
    """Make a client; `created_id` of the outcome is its id.

    Raises:
        Refused: the name is empty, too long or taken; or a text is too long.
    """
    with step(db, "create client", now=now) as current:
        values = {
            **thing_fields.checked(changes or {}),
            "workspace_id": workspace_id or own_workspace(db),
            "name": clean_name("client", name),
        }
        return _created(current, "client", values)


def create_tag(db: Database, name: str, *, now: int, workspace_id: int | None = None) -> Outcome:
    """Make a tag; `created_id` of the outcome is its id.

    Raises:
        Refused: the name is empty, too long or taken.
    """
    with step(db, "create tag", now=now) as current:
        workspace_id = workspace_id or own_workspace(db)
        values = {"workspace_id": workspace_id, "name": clean_name("tag", name)}
        return _created(current, "tag", values)


def create_project(
    db: Database,
    name: str,
    *,
    now: int,
    changes: ProjectChanges | None = None,
    workspace_id: int | None = None,
    like: int | None = None,
) -> Outcome:
    """Make a project, in a colour of its own unless `changes` gives one; `created_id` is its id.

    Args:
        db: The store.
        name: Of the project.
        now: Epoch seconds.
        changes: What else is known of it.
        workspace_id: Where it belongs; None: where new things go.
        like: The id of the project whose fields and open tasks it gets, too.

    Raises:
        Refused: the name is empty, too long or taken with that client; or no such colour or date.
        NotFound: no such client, or project to be like.
    """
    with step(db, "create project", now=now) as current:
        pattern = None if like is None else catalogue.get(db, "project", like)
        workspace_id = pattern.workspace_id if pattern else workspace_id or own_workspace(db)
        values = project_values(db, name, workspace_id)
        values.update(_pattern_values(pattern) if pattern else {})
        values.update(_checked(current, changes or {}, workspace_id))
        thing_fields.check_order(values)
        made = _created(current, "project", values)
        _copy_tasks(current, like, made.created_id)
        return made


def _pattern_values(pattern: Project) -> dict[str, object]:
    """The columns that a project made after another begins with."""
    alike = pattern._asdict()
    for name in ("id", "name", "archived", "template"):
        del alike[name]
    return {name: value for name, value in alike.items() if value is not None}


def _copy_tasks(current: Step, like: int | None, project_id: int) -> None:
    for task in catalogue.tasks(current.db):
        if task.project_id == like and not task.archived:
            values = {"project_id": project_id, "name": task.name}
            inserted(current, "task", {**values, "estimated_seconds": task.estimated_seconds})


def create_task(
    db: Database, project_id: int, name: str, *, now: int, changes: TaskChanges | None = None
) -> Outcome:
    """Make a task of a project; `created_id` of the outcome is its id.

    Raises:
        Refused: the name is empty, too long or taken in that project; or a negative estimate.
        NotFound: no such project.
    """
    with step(db, "create task", now=now) as current:
        catalogue.get(db, "project", project_id)
        values = {
            **thing_fields.checked(changes or {}),
            "project_id": project_id,
            "name": clean_name("task", name),
        }
        return _created(current, "task", values)


def edit_project(db: Database, project_id: int, changes: ProjectChanges, *, now: int) -> Outcome:
    """Change any field of a project.

    Raises:
        Refused: its name is taken with that client; or no such colour or date.
        NotFound: no such project or client.
    """
    return edit_projects(db, (project_id,), changes, now=now)


def edit_projects(
    db: Database, project_ids: Sequence[int], changes: ProjectChanges, *, now: int
) -> Outcome:
    """Change the same fields of one or several projects.

    Raises:
        Refused: a name is taken with that client; or no such colour or date.
        NotFound: no such project or client; then none is changed.
    """
    with step(db, "edit project", now=now) as current:
        outcomes = []
        for project_id in dict.fromkeys(project_ids):
            project = catalogue.get(db, "project", project_id)
            values = _checked(current, changes, project.workspace_id)
            thing_fields.check_order({**project._asdict(), **values})
            outcomes.append(_edited(current, "project", project, values))
        return outcomes[-1]


def edit_client(db: Database, client_id: int, changes: ClientChanges, *, now: int) -> Outcome:
    """Change any field of a client.

    Raises:
        Refused: its name is taken; or a text is too long.
        NotFound: no such client.
    """
    with step(db, "edit client", now=now) as current:
        client = catalogue.get(db, "client", client_id)
        return _edited(current, "client", client, thing_fields.checked(changes))


def edit_tasks(db: Database, task_ids: Sequence[int], changes: TaskChanges, *, now: int) -> Outcome:
    """Change the same fields of one or several tasks.

    Raises:
        Refused: the name is taken in that project; or a negative estimate.
        NotFound: no such task; then none is changed.
    """
    with step(db, "edit task", now=now) as current:
        values = thing_fields.checked(changes)
        outcomes = [
            _edited(current, "task", catalogue.get(db, "task", each), values)
            for each in dict.fromkeys(task_ids)
        ]
        return outcomes[-1]


def _edited(current: Step, kind: Kind, thing: Thing, values: dict[str, object]) -> Outcome:
    """Set those of these columns that differ."""
    if "name" in values:
        values["name"] = clean_name(kind, str(values["name"]))
    old = thing._asdict()
    check_free(current.db, kind, {**old, **values}, but=thing.id)
    different = {name: value for name, value in values.items() if value != old[name]}
    current.subject = thing.name
    current.update(kind, thing.id, different)
    return _outcome(f"edit {kind}", current, kind, thing.id, different)


def rename(db: Database, kind: Kind, thing_id: int, name: str, *, now: int) -> Outcome:
    """Give a client, project, task or tag another name; its entries follow.

    Raises:
        Refused: the name is empty, too long or taken.
        NotFound: no such thing.
    """
    with step(db, f"rename {kind}", now=now) as current:
        thing: Thing = catalogue.get(db, kind, thing_id)
        clean = clean_name(kind, name)
        check_free(db, kind, {**thing._asdict(), "name": clean}, but=thing_id)
        current.subject = thing.name
        if clean != thing.name:
            current.update(kind, thing_id, {"name": clean})
        return outcome(f"rename {kind}", current, created_id=thing_id)


def archive(db: Database, kind: Kind, *thing_ids: int, now: int, archived: bool = True) -> Outcome:
    """Take clients, projects, tasks or tags out of use, or back into it; their entries stay.

    Raises:
        NotFound: no such thing; then all stay as they are.
    """
    verb = f"archive {kind}" if archived else f"restore {kind}"
    with step(db, verb, now=now) as current:
        for thing_id in dict.fromkeys(thing_ids):
            thing: Thing = catalogue.get(db, kind, thing_id)
            current.subject = current.subject or thing.name
            if thing.archived != archived:
                current.update(kind, thing_id, {"archived": archived})
        return _outcome(verb, current, kind, thing_ids[-1], {"archived": True})


def _created(current: Step, kind: Kind, values: dict[str, object]) -> Outcome:
    current.subject = str(values["name"])
    created_id = inserted(current, kind, values)
    return _outcome(f"create {kind}", current, kind, created_id, values)


def _outcome(
    verb: str, current: Step, kind: Kind, thing_id: int, values: Mapping[str, object]
) -> Outcome:
    """With a remark on what of these columns stays here."""
    workspace = workspace_of(current.db, kind, thing_id)
    remarks = thing_fields.remarks(current.db, kind, workspace, values) if current.changed else ()
    return outcome(verb, current, created_id=thing_id, remarks=remarks)


def _checked(current: Step, changes: ProjectChanges, workspace_id: int) -> dict[str, object]:
    """The columns for `changes` of a project of a workspace, which have been looked over."""
    given = {name: value for name, value in changes.items() if not name.startswith("client")}
    values = thing_fields.checked(given)
    if "client" in changes:
        values["client_id"] = _client_named(current, changes["client"], workspace_id)
    elif "client_id" in changes:
        values["client_id"] = changes["client_id"]
        if changes["client_id"] is not None:
            _check_workspace(
                catalogue.get(current.db, "client", changes["client_id"]), workspace_id
            )
    if "colour" in changes:
        values["colour"] = colours.check(changes["colour"])
    return values


def _check_workspace(client: Client, workspace_id: int) -> None:
    if client.workspace_id != workspace_id:
        raise Refused(
            tr(
                "The client “{name}” belongs to another workspace. Take one of the project's."
            ).format(name=client.name),
            field="client",
        )


def _client_named(current: Step, name: str, workspace_id: int) -> int:
    """The id of the workspace's client of that name, made if there is none."""
    for client in catalogue.clients(current.db):
        if client.workspace_id == workspace_id and folded(client.name) == folded(name):
            return client.id
    return insert_client(current, name, workspace_id)
