"""The v8 calls about workspaces and their projects, clients, tags and tasks."""

from collections.abc import Mapping
from typing import Any, Final

from tests.fakes.toggl import catalogue
from tests.fakes.toggl import v8_shapes as shapes
from tests.fakes.toggl.catalogue import PALETTE
from tests.fakes.toggl.exchange import Refusal, Reply, answer
from tests.fakes.toggl.payload import CLIENT_TYPES, TAG_TYPES, TASK_TYPES, check_types
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Project
from tests.fakes.toggl.state import R, live, of_workspace
from tests.fakes.toggl.v8_entries import data, wrapped

ROUTES: Final = Router()
PROJECT_TYPES: Final = {"active": "bool", "billable": "bool", "cid": "number", "name": "string"}
WORKSPACE: Final = "/workspaces/{workspace_id}"


@ROUTES.on("GET", "/workspaces")
def workspaces(call: Call) -> Reply:
    return answer([shapes.workspace(row) for row in call.state.workspaces.values()])


@ROUTES.on("GET", WORKSPACE)
def workspace(call: Call) -> Reply:
    return data(shapes.workspace(call.state.workspace_of(call.number("workspace_id"))))


@ROUTES.on("GET", f"{WORKSPACE}/projects")
def projects(call: Call) -> Reply:
    active = call.request.query.get("active", "true")
    rows = _of(call, live(call.state.projects))
    return answer(
        [
            shapes.project(row)
            for row in rows
            if active == "both" or row.active == (active == "true")
        ]
    )


@ROUTES.on("GET", f"{WORKSPACE}/clients")
def clients(call: Call) -> Reply:
    return answer([shapes.client(row) for row in _of(call, live(call.state.clients))])


@ROUTES.on("GET", f"{WORKSPACE}/tags")
def tags(call: Call) -> Reply:
    return answer([shapes.tag(row) for row in _of(call, live(call.state.tags))])


@ROUTES.on("GET", f"{WORKSPACE}/tasks")
def tasks(call: Call) -> Reply:
    active = call.request.query.get("active", "true")
    rows = _of(call, live(call.state.tasks))
    return answer(
        [shapes.task(row) for row in rows if active == "both" or row.active == (active == "true")]
    )


@ROUTES.on("POST", "/projects")
def create_project(call: Call) -> Reply:
    sent = _project_fields(call)
    row = catalogue.make_project(call.state, _workspace_id(call, sent), {"active": True, **sent})
    return data(shapes.project(row))


@ROUTES.on("GET", "/projects/{project_id}")
def project(call: Call) -> Reply:
    return data(shapes.project(_found(call, call.state.projects, "project_id")))


@ROUTES.on("PUT", "/projects/{project_id}")
def update_project(call: Call) -> Reply:
    row = _found(call, call.state.projects, "project_id")
    catalogue.change_project(call.state, row, _project_fields(call))
    return data(shapes.project(row))


@ROUTES.on("DELETE", "/projects/{project_ids}")
def delete_projects(call: Call) -> Reply:
    ids = [int(each) for each in call.path["project_ids"].split(",") if each.isdigit()]
    rows = [call.state.find(call.state.projects, each, None) for each in ids]
    found = [row for row in rows if row is not None]
    if not found or len(found) < len(rows):
        raise Refusal(404, "null")
    for row in found:
        catalogue.delete_project(call.state, row)
    return answer([row.id for row in found])


@ROUTES.on("GET", "/clients")
def all_clients(call: Call) -> Reply:
    return answer([shapes.client(row) for row in live(call.state.clients)])


@ROUTES.on("POST", "/clients")
def create_client(call: Call) -> Reply:
    sent = _fields(call, "client", CLIENT_TYPES)
    workspace_id = _workspace_id(call, sent)
    row = catalogue.make_client(call.state, workspace_id, sent.get("name") or "", sent.get("notes"))
    return data(shapes.client(row))


@ROUTES.on("PUT", "/clients/{client_id}")
def update_client(call: Call) -> Reply:
    row = _found(call, call.state.clients, "client_id")
    catalogue.change_client(call.state, row, _fields(call, "client", CLIENT_TYPES))
    return data(shapes.client(row))


@ROUTES.on("DELETE", "/clients/{client_id}")
def delete_client(call: Call) -> Reply:
    catalogue.delete_client(call.state, _found(call, call.state.clients, "client_id"))
    return answer(None)


@ROUTES.on("POST", "/tags")
def create_tag(call: Call) -> Reply:
    sent = _fields(call, "tag", TAG_TYPES)
    row = catalogue.make_tag(call.state, _workspace_id(call, sent), sent.get("name") or "")
    return data(shapes.tag(row))


@ROUTES.on("PUT", "/tags/{tag_id}")
def update_tag(call: Call) -> Reply:
    row = _found(call, call.state.tags, "tag_id")
    catalogue.rename_tag(call.state, row, _fields(call, "tag", TAG_TYPES).get("name") or "")
    return data(shapes.tag(row))


@ROUTES.on("DELETE", "/tags/{tag_id}")
def delete_tag(call: Call) -> Reply:
    catalogue.delete_tag(call.state, _found(call, call.state.tags, "tag_id"))
    return answer(None)


@ROUTES.on("POST", "/tasks")
def create_task(call: Call) -> Reply:
    sent = _fields(call, "task", TASK_TYPES | {"pid": "number"})
    row = call.state.find(call.state.projects, sent.get("pid") or 0, None)
    if row is None:
        raise Refusal(400, "Project can't be blank")
    _check_premium(call, row)
    return data(shapes.task(catalogue.make_task(call.state, row, sent)))


@ROUTES.on("PUT", "/tasks/{task_id}")
def update_task(call: Call) -> Reply:
    row = _found(call, call.state.tasks, "task_id")
    catalogue.change_task(call.state, row, _fields(call, "task", TASK_TYPES))
    return data(shapes.task(row))


@ROUTES.on("DELETE", "/tasks/{task_id}")
def delete_task(call: Call) -> Reply:
    catalogue.delete_task(call.state, _found(call, call.state.tasks, "task_id"))
    return answer(None)


def _project_fields(call: Call) -> dict[str, Any]:
    """What is said of a project, its colour read from its place in the palette."""
    sent = _fields(call, "project", PROJECT_TYPES)
    colour = sent.get("color")
    if isinstance(colour, int) or (isinstance(colour, str) and colour.isdigit()):
        return {**sent, "color": PALETTE[int(colour) % len(PALETTE)]}
    return sent


def _fields(call: Call, name: str, types: Mapping[str, str]) -> dict[str, Any]:
    sent = wrapped(call.request, name)
    check_types(sent, types, call.request.body)
    return sent


def _workspace_id(call: Call, sent: dict[str, Any]) -> int:
    workspace_id = sent.get("wid") or next(iter(call.state.workspaces))
    if workspace_id not in call.state.workspaces:
        raise Refusal(400, f"User {call.state.user_id} cannot access workspace {workspace_id}")
    return int(workspace_id)


def _of(call: Call, rows: list[R]) -> list[R]:
    workspace_id = call.number("workspace_id")
    call.state.workspace_of(workspace_id)
    return of_workspace(rows, workspace_id)


def _found(call: Call, table: Mapping[int, R], name: str) -> R:
    row = call.state.find(table, call.number(name), None)
    if row is None:
        raise Refusal(404, "null")
    return row


def _check_premium(call: Call, project: Project) -> None:
    if not call.state.workspaces[project.workspace_id].premium:
        raise Refusal(402, catalogue.PREMIUM)
