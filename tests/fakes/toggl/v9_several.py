"""The v9 calls that change several projects, clients or tasks at once, and the one for one task."""

from collections.abc import Callable
from typing import Any, Final

from tests.fakes.toggl import catalogue, shapes
from tests.fakes.toggl.exchange import Refusal, Reply, answer
from tests.fakes.toggl.payload import PROJECT_TYPES, TASK_TYPES, check_types, read_ids
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Client, Project, Task

ROUTES: Final = Router()
WORKSPACE: Final = "/workspaces/{workspace_id}"
TASKS: Final = f"{WORKSPACE}/projects/{{project_id}}/tasks"
MOST_AT_ONCE: Final = 100


@ROUTES.on("PATCH", f"{WORKSPACE}/projects/{{ids}}")
def patch_projects(call: Call) -> Reply:
    """Some may be changed and others not; there is no way back."""
    change = _change(call, PROJECT_TYPES)

    def patch(project_id: int) -> None:
        catalogue.change_project(call.state, _project(call, project_id), change)

    return _each(call, patch)


@ROUTES.on("PATCH", f"{TASKS}/{{ids}}")
def patch_tasks(call: Call) -> Reply:
    change, project = _change(call, TASK_TYPES), _project(call, call.number("project_id"))
    _check_premium(call)

    def patch(task_id: int) -> None:
        catalogue.change_task(call.state, _task(call, project, task_id), change)

    return _each(call, patch)


@ROUTES.on("GET", f"{TASKS}/{{task_id}}")
def task(call: Call) -> Reply:
    project = _project(call, call.number("project_id"))
    return answer(shapes.task(_task(call, project, call.number("task_id"))))


@ROUTES.on("POST", f"{WORKSPACE}/clients/archive")
def archive_clients(call: Call) -> Reply:
    rows = [_client(call, each) for each in read_ids(call.request)]
    _check_premium(call)
    for row in rows:
        catalogue.archive_client(call.state, row, archived=True)
    return answer([{"client_id": row.id} for row in rows])


def _each(call: Call, patch: Callable[[int], None]) -> Reply:
    ids = [int(each) for each in call.path["ids"].split(",") if each.isdigit()]
    if not ids or len(ids) > MOST_AT_ONCE:
        raise Refusal(400, "Invalid project_id")
    success: list[int] = []
    failure: list[dict[str, Any]] = []
    for each in ids:
        try:
            patch(each)
            success.append(each)
        except Refusal as refusal:
            failure.append({"id": each, "message": refusal.words})
    return answer({"success": success, "failure": failure})


def _change(call: Call, types: dict[str, str]) -> dict[str, Any]:
    change: dict[str, Any] = {}
    for operation in call.request.json() or ():
        match operation:
            case {"op": "replace", "path": str(path), "value": value} if path[1:] in types:
                change[path[1:]] = value
            case _:
                raise Refusal(400, "Invalid path")
    check_types(change, types, call.request.body)
    return change


def _check_premium(call: Call) -> None:
    if not call.state.workspace_of(call.number("workspace_id")).premium:
        raise Refusal(402, catalogue.PREMIUM)


def _project(call: Call, project_id: int) -> Project:
    workspace_id = call.state.workspace_of(call.number("workspace_id")).id
    row = call.state.find(call.state.projects, project_id, workspace_id)
    if row is None:
        raise Refusal(404, "Resource can not be found")
    return row


def _task(call: Call, project: Project, task_id: int) -> Task:
    row = call.state.find(call.state.tasks, task_id, None)
    if row is None or row.project_id != project.id:
        raise Refusal(404, "Resource can not be found")
    return row


def _client(call: Call, client_id: int) -> Client:
    workspace_id = call.state.workspace_of(call.number("workspace_id")).id
    row = call.state.find(call.state.clients, client_id, workspace_id)
    if row is None:
        raise Refusal(404, f"No client with ID {client_id} was found")
    return row
