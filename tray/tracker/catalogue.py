"""Making, renaming and archiving what entries refer to: clients, projects, tasks and tags."""

from typing import TypedDict

from tray.errors import Refused
from tray.model import colours
from tray.model.entities import Client
from tray.model.limits import clean_name
from tray.store import catalogue
from tray.store.catalogue import Kind, Thing
from tray.store.database import Database
from tray.store.undo_log import Step, step
from tray.tracker.naming import folded
from tray.tracker.outcome import Outcome, outcome
from tray.tracker.resolve import check_free, insert_client, inserted, own_workspace, project_values


class ProjectChanges(TypedDict, total=False):
    """What of a project is to be changed; a name wins over an id."""

    client: str
    """Made if there is none of that name."""
    client_id: int | None
    colour: str
    billable: bool


def create_client(db: Database, name: str, *, now: int, workspace_id: int | None = None) -> Outcome:
    """Make a client; `created_id` of the outcome is its id.

    Raises:
        Refused: the name is empty, too long or taken.
    """
    with step(db, "create client", now=now) as current:
        workspace_id = workspace_id or own_workspace(db)
        values = {"workspace_id": workspace_id, "name": clean_name("client", name)}
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
) -> Outcome:
    """Make a project, in a colour of its own unless `changes` gives one; `created_id` is its id.

    Raises:
        Refused: the name is empty, too long or taken with that client; or no such colour.
        NotFound: no such client.
    """
    with step(db, "create project", now=now) as current:
        workspace_id = workspace_id or own_workspace(db)
        values = project_values(db, name, workspace_id)
        values.update(_checked(current, changes or {}, workspace_id))
        return _created(current, "project", values)


def create_task(db: Database, project_id: int, name: str, *, now: int) -> Outcome:
    """Make a task of a project; `created_id` of the outcome is its id.

    Raises:
        Refused: the name is empty, too long or taken in that project.
        NotFound: no such project.
    """
    with step(db, "create task", now=now) as current:
        catalogue.get(db, "project", project_id)
        values = {"project_id": project_id, "name": clean_name("task", name)}
        return _created(current, "task", values)


def edit_project(db: Database, project_id: int, changes: ProjectChanges, *, now: int) -> Outcome:
    """Change a project's client, colour or billable default.

    Raises:
        Refused: its name is taken with that client; or no such colour.
        NotFound: no such project or client.
    """
    with step(db, "edit project", now=now) as current:
        project = catalogue.get(db, "project", project_id)
        values = _checked(current, changes, project.workspace_id)
        check_free(db, "project", {**project._asdict(), **values}, but=project_id)
        current.subject = project.name
        old = project._asdict()
        different = {name: value for name, value in values.items() if value != old[name]}
        current.update("project", project_id, different)
        return outcome("edit project", current, created_id=project_id)


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


def archive(db: Database, kind: Kind, thing_id: int, *, now: int, archived: bool = True) -> Outcome:
    """Take a client, project, task or tag out of use, or back into it; its entries stay.

    Raises:
        NotFound: no such thing.
    """
    verb = f"archive {kind}" if archived else f"restore {kind}"
    with step(db, verb, now=now) as current:
        thing: Thing = catalogue.get(db, kind, thing_id)
        current.subject = thing.name
        if thing.archived != archived:
            current.update(kind, thing_id, {"archived": archived})
        return outcome(verb, current, created_id=thing_id)


def _created(current: Step, kind: Kind, values: dict[str, object]) -> Outcome:
    current.subject = str(values["name"])
    created_id = inserted(current, kind, values)
    return outcome(f"create {kind}", current, created_id=created_id)


def _checked(current: Step, changes: ProjectChanges, workspace_id: int) -> dict[str, object]:
    """The columns for `changes` of a project of a workspace, which have been looked over."""
    values: dict[str, object] = {}
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
    if "billable" in changes:
        values["billable"] = changes["billable"]
    return values


def _check_workspace(client: Client, workspace_id: int) -> None:
    if client.workspace_id != workspace_id:
        raise Refused(
            f"The client “{client.name}” belongs to another workspace. Take one of the project's.",
            field="client",
        )


def _client_named(current: Step, name: str, workspace_id: int) -> int:
    """The id of the workspace's client of that name, made if there is none."""
    for client in catalogue.clients(current.db):
        if client.workspace_id == workspace_id and folded(client.name) == folded(name):
            return client.id
    return insert_client(current, name, workspace_id)
