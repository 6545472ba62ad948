"""Making, changing and deleting clients, projects, tasks and tags, and what entries feel of it."""

import re
from collections.abc import Iterable
from typing import Any, Final

from tests.fakes.toggl.exchange import Refusal
from tests.fakes.toggl.rows import Client, Entry, Project, Tag, Task
from tests.fakes.toggl.state import State, live, of_workspace

PALETTE: Final = (
    "#0b83d9",
    "#9e5bd9",
    "#d94182",
    "#e36a00",
    "#bf7000",
    "#2da608",
    "#06a893",
    "#c9806b",
    "#465bb3",
    "#990099",
    "#c7af14",
    "#566614",
    "#991102",
    "#d92b2b",
    "#525266",
)
"""The colours of the free plan; v8 names them by their place."""
TAKEN: Final = "Name has already been taken"
NO_TAG_RIGHTS: Final = (
    "Only organization or workspace administrators may manage tags in this workspace."
)
PREMIUM: Final = "Workspace needs to have this feature enabled"


PAID_FIELDS: Final = ("template", "auto_estimates", "estimated_hours", "rate", "fixed_fee")
"""Of a project."""


def make_client(
    state: State,
    workspace_id: int,
    name: str,
    notes: str | None = None,
    reference: str | None = None,
) -> Client:
    """Make a client."""
    state.workspace_of(workspace_id)
    if not name.strip():
        raise Refusal(400, "Client name cannot be empty")
    _check_free(name, of_workspace(live(state.clients), workspace_id))
    client = Client(state.next_id(), workspace_id, name, state.stamp(), notes=notes)
    client.external_reference = reference
    state.clients[client.id] = client
    return client


def change_client(state: State, client: Client, given: dict[str, Any]) -> None:
    """Rename a client, or change its notes."""
    name = given.get("name")
    if name is not None:
        if not name.strip():
            raise Refusal(400, "Client name cannot be empty")
        others = of_workspace(live(state.clients), client.workspace_id)
        _check_free(name, (each for each in others if each is not client))
        client.name = name
    client.notes = given.get("notes", client.notes)
    client.external_reference = given.get("external_reference", client.external_reference)
    client.at = state.stamp()


def delete_client(state: State, client: Client) -> None:
    """Delete a client; its projects stay, without one."""
    for project in live(state.projects):
        if project.client_id == client.id:
            project.client_id = None
            project.at = state.stamp()
    client.at = client.deleted_at = state.stamp()


def archive_client(state: State, client: Client, *, archived: bool) -> list[int]:
    """Archive a client with its projects, or restore it with them; the projects' ids."""
    projects = [
        project
        for project in live(state.projects)
        if project.client_id == client.id and project.active == archived
    ]
    for project in projects:
        project.active = not archived
        project.at = state.stamp()
    client.archived = archived
    client.at = state.stamp()
    return [project.id for project in projects]


def make_project(state: State, workspace_id: int, given: dict[str, Any]) -> Project:
    """Make a project: an inactive one unless `given` says that it is active."""
    state.workspace_of(workspace_id)
    name = given.get("name") or ""
    now = state.stamp()
    project = Project(0, workspace_id, name, now, now, active=bool(given.get("active", False)))
    change_project(state, project, {**given, "name": name})
    project.id = state.next_id()
    state.projects[project.id] = project
    return project


def change_project(state: State, project: Project, given: dict[str, Any]) -> None:
    """Change what `given` names; nothing if any of it is refused."""
    name = given.get("name", project.name)
    client_id = given.get("client_id", given.get("cid", project.client_id)) or None
    if client_id is None and given.get("client_name"):
        client_id = make_client(state, project.workspace_id, given["client_name"]).id
    _check_project(state, project, name=name, client_id=client_id)
    colour = _colour(state, project, given.get("color"))
    if given.get("billable") and not state.workspaces[project.workspace_id].premium:
        raise Refusal(state.billable_refusal, "Billable is a premium feature")
    _set_plain_fields(state, project, given)
    project.name, project.client_id, project.colour = name, client_id, colour
    project.active = _chosen(given.get("active"), project.active)
    project.billable = _chosen(given.get("billable"), project.billable)
    project.is_private = _chosen(given.get("is_private"), project.is_private)
    project.at = state.stamp()


def _set_plain_fields(state: State, project: Project, given: dict[str, Any]) -> None:
    premium = state.workspaces[project.workspace_id].premium
    if not premium and any(given.get(name) for name in PAID_FIELDS):
        raise Refusal(402, PREMIUM)
    for name in (*PAID_FIELDS, "start_date", "end_date"):
        if name in given:
            setattr(project, name, given[name])


def delete_project(state: State, project: Project, *, with_entries: bool = False) -> None:
    """Delete a project with its tasks; its entries stay without one, or go, too."""
    for task in live(state.tasks):
        if task.project_id == project.id:
            task.at = task.deleted_at = state.stamp()
    for entry in live(state.time_entries):
        if entry.project_id == project.id and not state.keeps_references:
            entry.project_id = entry.task_id = None
            entry.at = state.stamp()
            if with_entries:
                _bury(state, entry)
    project.at = project.deleted_at = state.stamp()


def make_task(state: State, project: Project, given: dict[str, Any]) -> Task:
    """Make a task."""
    name = given.get("name") or ""
    _check_task(state, project.id, name)
    task = Task(state.next_id(), project.workspace_id, project.id, name, state.stamp())
    task.active = _chosen(given.get("active"), True)
    task.estimated_seconds = given.get("estimated_seconds")
    task.user_id = given.get("user_id", given.get("uid"))
    state.tasks[task.id] = task
    return task


def change_task(state: State, task: Task, given: dict[str, Any]) -> None:
    """Change what `given` names."""
    name = given.get("name", task.name)
    _check_task(state, task.project_id, name, but=task)
    task.name = name
    task.active = _chosen(given.get("active"), task.active)
    task.estimated_seconds = given.get("estimated_seconds", task.estimated_seconds)
    task.user_id = given.get("user_id", given.get("uid", task.user_id))
    task.at = state.stamp()


def delete_task(state: State, task: Task) -> None:
    """Delete a task; its entries keep the project."""
    for entry in live(state.time_entries):
        if entry.task_id == task.id:
            entry.task_id = None
            entry.at = state.stamp()
    task.at = task.deleted_at = state.stamp()


def make_tag(state: State, workspace_id: int, name: str) -> Tag:
    """Make a tag."""
    _check_tag(state, workspace_id, name)
    tag = Tag(state.next_id(), workspace_id, name, state.stamp())
    state.tags[tag.id] = tag
    return tag


def rename_tag(state: State, tag: Tag, name: str) -> None:
    """Give a tag another name; its entries show it without another `at`."""
    _check_tag(state, tag.workspace_id, name, but=tag)
    tag.name = name
    tag.at = state.stamp()


def delete_tag(state: State, tag: Tag) -> None:
    """Delete a tag; its entries lose it, and their `at` does not say so."""
    for entry in state.time_entries.values():
        if tag.id in entry.tag_ids and not state.keeps_references:
            entry.tag_ids = [tag_id for tag_id in entry.tag_ids if tag_id != tag.id]
    tag.at = tag.deleted_at = state.stamp()


def check_tag_rights(state: State, workspace_id: int) -> None:
    """403 where only administrators may manage tags, and the user is none."""
    if not state.workspace_of(workspace_id).admin:
        raise Refusal(403, NO_TAG_RIGHTS)


def _bury(state: State, entry: Entry) -> None:
    entry.deleted_at = entry.at
    if state.running_id == entry.id:
        state.running_id = None


def _check_project(state: State, project: Project, *, name: str, client_id: int | None) -> None:
    """400 for a name that is blank, or taken under the same client, and for a strange client."""
    if not name.strip():
        raise Refusal(400, "Name can't be blank")
    others = of_workspace(live(state.projects), project.workspace_id)
    anywhere = state.project_names_are_unique
    rivals = (each for each in others if anywhere or each.client_id == client_id)
    _check_free(name, (each for each in rivals if each is not project))
    if client_id is not None and not state.find(state.clients, client_id, project.workspace_id):
        raise Refusal(
            400,
            f"Client with the ID {client_id} isn't present in workspace {project.workspace_id}",
        )


def _colour(state: State, project: Project, colour: str | None) -> str:
    if colour is None:
        return project.colour
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise Refusal(
            400,
            f"Error in validating color '{colour}'. "
            "Project color must be a hex value in the form of #[0-9a-f]{6}.",
        )
    if colour.lower() not in PALETTE and not state.workspaces[project.workspace_id].premium:
        raise Refusal(402, "Custom project colors available only for premium plans")
    return colour.lower()


def _check_task(state: State, project_id: int, name: str, but: Task | None = None) -> None:
    if not name.strip():
        raise Refusal(400, "Name can't be blank")
    others = [
        task for task in live(state.tasks) if task.project_id == project_id and task is not but
    ]
    _check_free(name, others)


def _check_tag(state: State, workspace_id: int, name: str, but: Tag | None = None) -> None:
    if not name.strip():
        raise Refusal(400, "tag name can't be blank")
    others = of_workspace(live(state.tags), workspace_id)
    if any(tag.name == name and tag is not but for tag in others):
        raise Refusal(400, f"a tag with the name '{name}' already exists")


def _check_free(name: str, others: Iterable[Client | Project | Task]) -> None:
    if any(each.name == name for each in others):
        raise Refusal(400, TAKEN)


def _chosen(given: bool | None, before: bool) -> bool:
    return before if given is None else given
