"""The v8 calls about one thing of the catalogue and what belongs to it, and about several tasks."""

from typing import Final

from tests.fakes.toggl import catalogue
from tests.fakes.toggl import v8_shapes as shapes
from tests.fakes.toggl.exchange import Refusal, Reply, answer
from tests.fakes.toggl.payload import TASK_TYPES, check_types
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Client, Project, Task
from tests.fakes.toggl.state import live
from tests.fakes.toggl.v8_entries import data, wrapped

ROUTES: Final = Router()


@ROUTES.on("GET", "/clients/{client_id}")
def client(call: Call) -> Reply:
    return data(shapes.client(_client(call)))


@ROUTES.on("GET", "/clients/{client_id}/projects")
def projects(call: Call) -> Reply:
    row, active = _client(call), call.request.query.get("active", "true")
    return answer(
        [
            shapes.project(each)
            for each in live(call.state.projects)
            if each.client_id == row.id and active in ("both", str(each.active).lower())
        ]
    )


@ROUTES.on("GET", "/projects/{project_id}/tasks")
def tasks(call: Call) -> Reply:
    row = _project(call)
    rows = [each for each in live(call.state.tasks) if each.project_id == row.id]
    return answer([shapes.task(each) for each in rows])


@ROUTES.on("GET", "/tasks/{task_id}")
def task(call: Call) -> Reply:
    return data(shapes.task(_task(call, call.number("task_id"))))


@ROUTES.on("PUT", "/tasks/{task_ids}")
def change_tasks(call: Call) -> Reply:
    sent = wrapped(call.request, "task")
    check_types(sent, TASK_TYPES, call.request.body)
    rows = [_task(call, each) for each in _ids(call)]
    for row in rows:
        catalogue.change_task(call.state, row, sent)
    shown = [shapes.task(row) for row in rows]
    return data(shown if len(rows) > 1 else shown[0])


@ROUTES.on("DELETE", "/tasks/{task_ids}")
def delete_tasks(call: Call) -> Reply:
    for row in [_task(call, each) for each in _ids(call)]:
        catalogue.delete_task(call.state, row)
    return answer(None)


def _ids(call: Call) -> list[int]:
    ids = [int(each) for each in call.path["task_ids"].split(",") if each.isdigit()]
    if not ids:
        raise Refusal(404, "null")
    return ids


def _client(call: Call) -> Client:
    row = call.state.find(call.state.clients, call.number("client_id"), None)
    if row is None:
        raise Refusal(404, "null")
    return row


def _project(call: Call) -> Project:
    row = call.state.find(call.state.projects, call.number("project_id"), None)
    if row is None:
        raise Refusal(404, "null")
    return row


def _task(call: Call, task_id: int) -> Task:
    row = call.state.find(call.state.tasks, task_id, None)
    if row is None:
        raise Refusal(404, "null")
    return row
