"""The v9 calls about a workspace and its projects, clients, tags and tasks."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from tests.fakes.toggl import catalogue, shapes
from tests.fakes.toggl.exchange import Refusal, Reply, answer, nothing
from tests.fakes.toggl.payload import (
    CLIENT_TYPES,
    PROJECT_TYPES,
    TAG_TYPES,
    TASK_TYPES,
    read_ids,
    read_object,
)
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Client, Project, Tag, Task
from tests.fakes.toggl.stamps import zulu
from tests.fakes.toggl.state import changed_since, live, of_workspace
from tests.fakes.toggl.v9_me import SINCE_WORDS

T = TypeVar("T")
ROUTES: Final = Router()
WORKSPACE: Final = "/workspaces/{workspace_id}"
PROJECTS: Final = f"{WORKSPACE}/projects"
PROJECT: Final = f"{PROJECTS}/{{project_id}}"
TASK: Final = f"{PROJECT}/tasks/{{task_id}}"
CLIENTS: Final = f"{WORKSPACE}/clients"
CLIENT: Final = f"{CLIENTS}/{{client_id}}"
TAGS: Final = f"{WORKSPACE}/tags"
TAG: Final = f"{TAGS}/{{tag_id}}"
USUAL_PAGE: Final = 151
LARGEST_PAGE: Final = 200
TASK_PAGE: Final = 50


@ROUTES.on("GET", WORKSPACE)
def workspace(call: Call) -> Reply:
    return answer(shapes.workspace(call.state.workspace_of(call.number("workspace_id"))))


@ROUTES.on("GET", f"{WORKSPACE}/time_entry_constraints")
def constraints(call: Call) -> Reply:
    return answer(shapes.constraints(call.state.workspace_of(call.number("workspace_id"))))


@ROUTES.on("GET", f"{WORKSPACE}/preferences")
def preferences(call: Call) -> Reply:
    locked = call.state.workspace_of(call.number("workspace_id")).locked_until
    return answer({"report_locked_at": None if locked is None else zulu(locked)})


@ROUTES.on("GET", PROJECTS)
def projects(call: Call) -> Reply:
    query, since = call.request.query, call.integer("since", SINCE_WORDS)
    active = query.get("active", "true")
    if active not in ("true", "false", "both"):
        raise Refusal(400, "Invalid active")
    rows = [
        row
        for row in _of(call, changed_since(call.state.projects, since))
        if (active == "both" or row.active == (active == "true") or since is not None)
        and query.get("name", "").lower() in row.name.lower()
        and query.get("client_ids", str(row.client_id)) == str(row.client_id)
    ]
    size = call.integer("per_page", "Invalid per_page") or USUAL_PAGE
    if size > LARGEST_PAGE:
        raise Refusal(400, f"per_page cannot exceed {LARGEST_PAGE}")
    page = _page(call, sorted(rows, key=lambda row: row.name.lower()), size)
    return _list(call, [shapes.project(row) for row in page])


@ROUTES.on("POST", PROJECTS)
def create_project(call: Call) -> Reply:
    place = call.state.workspace_of(call.number("workspace_id"))
    if place.rules.get("only_admins_may_create_projects") and not place.admin:
        raise Refusal(403, "Only admins may create projects in this workspace")
    sent = read_object(call.request, PROJECT_TYPES)
    row = catalogue.make_project(call.state, call.number("workspace_id"), sent)
    return answer(shapes.project(row))


@ROUTES.on("GET", PROJECT)
def project(call: Call) -> Reply:
    return answer(shapes.project(_project(call)))


@ROUTES.on("PUT", PROJECT)
def update_project(call: Call) -> Reply:
    row = _project(call)
    catalogue.change_project(call.state, row, read_object(call.request, PROJECT_TYPES))
    return answer(shapes.project(row))


@ROUTES.on("DELETE", PROJECT)
def delete_project(call: Call) -> Reply:
    row = _project(call)
    with_entries = call.request.query.get("teDeletionMode") == "delete"
    catalogue.delete_project(call.state, row, with_entries=with_entries)
    return answer(row.id)


@ROUTES.on("GET", f"{PROJECT}/tasks")
def project_tasks(call: Call) -> Reply:
    row = _project(call)
    rows = [task for task in live(call.state.tasks) if task.project_id == row.id]
    return _list(call, [shapes.task(task) for task in rows])


@ROUTES.on("POST", f"{PROJECT}/tasks")
def create_task(call: Call) -> Reply:
    row = _project(call)
    _check_premium(call)
    if not row.active:
        raise Refusal(400, "Project not found/accessible, Can not change tasks of archived project")
    sent = read_object(call.request, TASK_TYPES)
    return answer(shapes.task(catalogue.make_task(call.state, row, sent)))


@ROUTES.on("PUT", TASK)
def update_task(call: Call) -> Reply:
    row = _task(call)
    _check_premium(call)
    catalogue.change_task(call.state, row, read_object(call.request, TASK_TYPES))
    return answer(shapes.task(row))


@ROUTES.on("DELETE", TASK)
def delete_task(call: Call) -> Reply:
    row = _task(call)
    _check_premium(call)
    catalogue.delete_task(call.state, row)
    return answer(row.id)


@ROUTES.on("GET", f"{WORKSPACE}/tasks")
def tasks(call: Call) -> Reply:
    active, since = call.request.query.get("active", "both"), call.integer("since", SINCE_WORDS)
    rows = [
        row
        for row in _of(call, changed_since(call.state.tasks, since))
        if active == "both" or row.active == (active == "true")
    ]
    size = call.integer("per_page", "Invalid per_page") or TASK_PAGE
    page = _page(call, sorted(rows, key=lambda row: row.name), size)
    return answer(
        {
            "total_count": len(rows),
            "per_page": size,
            "page": call.integer("page", "Invalid page") or 1,
            "sort_field": "name",
            "sort_order": "ASC",
            "data": [shapes.task(row) for row in page],
        }
    )


@ROUTES.on("GET", CLIENTS)
def clients(call: Call) -> Reply:
    query = call.request.query
    status = query.get("status", "active")
    if status not in ("active", "archived", "both"):
        raise Refusal(400, "Client status is invalid")
    rows = [
        row
        for row in _of(call, live(call.state.clients))
        if (status == "both" or row.archived == (status == "archived"))
        and query.get("name", "").lower() in row.name.lower()
    ]
    return _list(call, [shapes.client(row) for row in rows])


@ROUTES.on("POST", CLIENTS)
def create_client(call: Call) -> Reply:
    sent = read_object(call.request, CLIENT_TYPES)
    workspace_id, name = call.number("workspace_id"), sent.get("name") or ""
    row = catalogue.make_client(
        call.state, workspace_id, name, sent.get("notes"), sent.get("external_reference")
    )
    return answer(shapes.client(row))


@ROUTES.on("POST", f"{CLIENTS}/delete")
def delete_clients(call: Call) -> Reply:
    rows = [_client_by_id(call, client_id) for client_id in read_ids(call.request)]
    for row in rows:
        catalogue.delete_client(call.state, row)
    return answer([row.id for row in rows])


@ROUTES.on("GET", CLIENT)
def client(call: Call) -> Reply:
    return answer(shapes.client(_client(call)))


@ROUTES.on("PUT", CLIENT)
def update_client(call: Call) -> Reply:
    row = _client(call, "Client doesn't exist in the workspace.")
    catalogue.change_client(call.state, row, read_object(call.request, CLIENT_TYPES))
    return answer(shapes.client(row))


@ROUTES.on("DELETE", CLIENT)
def delete_client(call: Call) -> Reply:
    row = _client(call)
    catalogue.delete_client(call.state, row)
    return answer(row.id)


@ROUTES.on("POST", f"{CLIENT}/archive")
def archive_client(call: Call) -> Reply:
    row = _client(call)
    _check_premium(call)
    return answer(catalogue.archive_client(call.state, row, archived=True))


@ROUTES.on("POST", f"{CLIENT}/restore")
def restore_client(call: Call) -> Reply:
    row = _client(call)
    _check_premium(call)
    catalogue.archive_client(call.state, row, archived=False)
    return answer(shapes.client(row))


@ROUTES.on("GET", TAGS)
def tags(call: Call) -> Reply:
    rows = sorted(_of(call, live(call.state.tags)), key=lambda row: row.name)
    size = call.integer("per_page", "Invalid per_page") or max(1, len(rows))
    return _list(call, [shapes.tag(call.state, row) for row in _page(call, rows, size)])


@ROUTES.on("POST", TAGS)
def create_tag(call: Call) -> Reply:
    catalogue.check_tag_rights(call.state, call.number("workspace_id"))
    sent = read_object(call.request, TAG_TYPES)
    row = catalogue.make_tag(call.state, call.number("workspace_id"), sent.get("name") or "")
    return answer(shapes.tag(call.state, row))


@ROUTES.on("PUT", TAG)
def update_tag(call: Call) -> Reply:
    row = _tag(call)
    sent = read_object(call.request, TAG_TYPES)
    catalogue.rename_tag(call.state, row, sent.get("name") or "")
    return answer(shapes.tag(call.state, row))


@ROUTES.on("DELETE", TAG)
def delete_tag(call: Call) -> Reply:
    catalogue.delete_tag(call.state, _tag(call))
    return nothing()


def _of(call: Call, rows: list[Any]) -> list[Any]:
    """Those of the workspace in the path."""
    workspace_id = call.number("workspace_id")
    call.state.workspace_of(workspace_id)
    return of_workspace(rows, workspace_id)


def _list(call: Call, shown: list[dict[str, Any]]) -> Reply:
    return answer(None if not shown and call.state.null_for_empty else shown)


def _page(call: Call, rows: Sequence[T], size: int) -> Sequence[T]:
    page = call.integer("page", "Invalid page") or 1
    return rows[(page - 1) * size : page * size]


def _check_premium(call: Call) -> None:
    if not call.state.workspace_of(call.number("workspace_id")).premium:
        raise Refusal(402, catalogue.PREMIUM)


def _project(call: Call) -> Project:
    workspace_id = call.state.workspace_of(call.number("workspace_id")).id
    row = call.state.find(call.state.projects, call.number("project_id"), workspace_id)
    if row is None:
        raise Refusal(404, "Resource can not be found")
    return row


def _task(call: Call) -> Task:
    project_id = _project(call).id
    row = call.state.find(call.state.tasks, call.number("task_id"), None)
    if row is None or row.project_id != project_id:
        raise Refusal(404, "Resource can not be found")
    return row


def _client(call: Call, words: str | None = None) -> Client:
    return _client_by_id(call, call.number("client_id"), words)


def _client_by_id(call: Call, client_id: int, words: str | None = None) -> Client:
    workspace_id = call.state.workspace_of(call.number("workspace_id")).id
    row = call.state.find(call.state.clients, client_id, workspace_id)
    if row is None:
        raise Refusal(404, words or f"No client with ID {client_id} was found")
    return row


def _tag(call: Call) -> Tag:
    workspace_id = call.number("workspace_id")
    catalogue.check_tag_rights(call.state, workspace_id)
    row = call.state.find(call.state.tags, call.number("tag_id"), workspace_id)
    if row is None:
        raise Refusal(404, "Tag was not found")
    return row
