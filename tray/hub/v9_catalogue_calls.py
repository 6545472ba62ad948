"""The calls of v9 about the projects, clients, tags and tasks of a workspace."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from tray.hub import body_fields, thing_writing
from tray.hub import v9_shapes as shapes
from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiError, ApiReply, answer
from tray.hub.api_routes import ApiRoutes
from tray.model.entities import Client, Project, Tag, Task
from tray.store import catalogue
from tray.tracker import catalogue as verbs
from tray.tracker import removal

ROUTES: Final = ApiRoutes()
_T = TypeVar("_T")
_WORKSPACE: Final = "/workspaces/<id:workspace>"
_PROJECTS: Final = f"{_WORKSPACE}/projects"
_PROJECT: Final = f"{_PROJECTS}/<id:project>"
_CLIENTS: Final = f"{_WORKSPACE}/clients"
_CLIENT: Final = f"{_CLIENTS}/<id:client>"
_TAGS: Final = f"{_WORKSPACE}/tags"
_TAG: Final = f"{_TAGS}/<id:tag>"
_TASKS: Final = f"{_PROJECT}/tasks"
_TASK: Final = f"{_TASKS}/<id:task>"
USUAL_PAGE: Final = 151
_LARGEST_PAGE: Final = 200
_TASK_PAGE: Final = 50


def page(call: ApiCall, rows: Sequence[_T], size: int) -> Sequence[_T]:
    """One page of a list; all of it where no page was asked for."""
    number = call.whole("page", "Invalid page")
    size = call.whole("per_page", "Invalid per_page", size) or size
    if number is None and not call.text("per_page"):
        return rows
    first = (max(1, number or 1) - 1) * max(1, size)
    return rows[first : first + max(1, size)]


@ROUTES.on("GET", _PROJECTS)
def projects(call: ApiCall) -> ApiReply:
    """The projects in use, or archived, or both."""
    workspace_id = call.workspace()
    call.ids.read_all("project", "client")
    active = call.text("active", "true").lower() or "true"
    if active not in ("true", "false", "both"):
        raise ApiError(400, "Invalid active")
    if (call.whole("per_page", "Invalid per_page") or 0) > _LARGEST_PAGE:
        raise ApiError(400, f"per_page cannot exceed {_LARGEST_PAGE}")
    wanted = call.text("name").casefold()
    rows = [
        row
        for row in catalogue.projects(call.db)
        if row.workspace_id == workspace_id
        and (active == "both" or row.archived == (active == "false"))
        and wanted in row.name.casefold()
    ]
    return answer([shapes.project(call, row) for row in page(call, rows, USUAL_PAGE)])


@ROUTES.on("POST", _PROJECTS)
def create_project(call: ApiCall) -> ApiReply:
    """Make a project."""
    made = thing_writing.create_project(call, call.object(), call.workspace())
    return answer(shapes.project(call, catalogue.get(call.db, "project", made)))


@ROUTES.on("GET", _PROJECT)
def project(call: ApiCall) -> ApiReply:
    """One project."""
    return answer(shapes.project(call, _project(call)))


@ROUTES.on("PUT", _PROJECT)
def update_project(call: ApiCall) -> ApiReply:
    """Change what the body names."""
    thing_writing.change_project(call, _project(call), call.object())
    return project(call)


@ROUTES.on("DELETE", _PROJECT)
def delete_project(call: ApiCall) -> ApiReply:
    """Delete a project; its entries stay without it, or go too."""
    call.names_writer()
    row = _project(call)
    if call.text("teDeletionMode") == "delete":
        removal.delete_with_entries(call.db, row.id, now=call.now)
    else:
        removal.delete(call.db, "project", row.id, now=call.now)
    return answer(call.numbers["project"])


@ROUTES.on("PATCH", f"{_PROJECTS}/<ids:projects>")
def patch_projects(call: ApiCall) -> ApiReply:
    """Change several projects alike, by JSON Patch."""
    operations = call.content
    if not isinstance(operations, list):
        raise ApiError(400, "JSON is not valid")
    body: dict[str, Any] = {}
    for operation in operations:
        match operation:
            case {"op": "add" | "replace", "path": str(path), "value": value}:
                body[path.removeprefix("/")] = value
            case _:
                raise ApiError(400, "Invalid patch operation")
    done: list[int] = []
    for number in call.numbers["projects"]:
        row = call.thing("project", number)
        if isinstance(row, Project):
            thing_writing.change_project(call, row, body)
            done.append(number)
    return answer({"success": done, "failure": []})


@ROUTES.on("GET", _CLIENTS)
def clients(call: ApiCall) -> ApiReply:
    """The clients in use, or archived, or both."""
    workspace_id = call.workspace()
    call.ids.read_all("client")
    status = call.text("status", "active") or "active"
    if status not in ("active", "archived", "both"):
        raise ApiError(400, "Client status is invalid")
    wanted = call.text("name").casefold()
    return answer(
        [
            shapes.client(call, row)
            for row in catalogue.clients(call.db)
            if row.workspace_id == workspace_id
            and (status == "both" or row.archived == (status == "archived"))
            and wanted in row.name.casefold()
        ]
    )


@ROUTES.on("POST", _CLIENTS)
def create_client(call: ApiCall) -> ApiReply:
    """Make a client."""
    made = thing_writing.create_client(call, call.object(), call.workspace())
    return answer(shapes.client(call, catalogue.get(call.db, "client", made)))


@ROUTES.on("GET", _CLIENT)
def client(call: ApiCall) -> ApiReply:
    """One client."""
    return answer(shapes.client(call, _client(call)))


@ROUTES.on("PUT", _CLIENT)
def update_client(call: ApiCall) -> ApiReply:
    """Change what the body names."""
    call.names_writer()
    changes = thing_writing.client_changes(call.object())
    verbs.edit_client(call.db, _client(call).id, changes, now=call.now)
    return client(call)


@ROUTES.on("DELETE", _CLIENT)
def delete_client(call: ApiCall) -> ApiReply:
    """Delete a client; its projects stay without one."""
    call.names_writer()
    removal.delete(call.db, "client", _client(call).id, now=call.now)
    return answer(call.numbers["client"])


@ROUTES.on("POST", f"{_CLIENT}/archive")
def archive_client(call: ApiCall) -> ApiReply:
    """Archive a client; the ids of its projects."""
    call.names_writer()
    row = _client(call)
    verbs.archive(call.db, "client", row.id, now=call.now)
    rows = [each for each in catalogue.projects(call.db) if each.client_id == row.id]
    return answer([call.ids.of("project", each.id) for each in rows])


@ROUTES.on("POST", f"{_CLIENT}/restore")
def restore_client(call: ApiCall) -> ApiReply:
    """Take a client back into use."""
    call.names_writer()
    verbs.archive(call.db, "client", _client(call).id, now=call.now, archived=False)
    return client(call)


@ROUTES.on("GET", _TAGS)
def tags(call: ApiCall) -> ApiReply:
    """All tags."""
    workspace_id = call.workspace()
    call.ids.read_all("tag")
    wanted = (call.text("name") or call.text("search")).casefold()
    rows = [
        row
        for row in catalogue.tags(call.db)
        if row.workspace_id == workspace_id and wanted in row.name.casefold()
    ]
    return answer([shapes.tag(call, row) for row in page(call, rows, _LARGEST_PAGE)])


@ROUTES.on("POST", _TAGS)
def create_tag(call: ApiCall) -> ApiReply:
    """Make a tag."""
    made = thing_writing.create_tag(call, call.object(), call.workspace())
    return answer(shapes.tag(call, catalogue.get(call.db, "tag", made)))


@ROUTES.on("PUT", _TAG)
def update_tag(call: ApiCall) -> ApiReply:
    """Give a tag another name."""
    call.names_writer()
    name = body_fields.string(call.object(), "name") or ""
    verbs.rename(call.db, "tag", _tag(call).id, name, now=call.now)
    return answer(shapes.tag(call, _tag(call)))


@ROUTES.on("DELETE", _TAG)
def delete_tag(call: ApiCall) -> ApiReply:
    """Delete a tag; its entries go without it."""
    call.names_writer()
    removal.delete(call.db, "tag", _tag(call).id, now=call.now)
    return ApiReply(200)


@ROUTES.on("GET", f"{_WORKSPACE}/tasks")
def tasks(call: ApiCall) -> ApiReply:
    """The tasks of all projects, a page of them."""
    workspace_id = call.workspace()
    call.ids.read_all("task", "project")
    owned = {row.id for row in catalogue.projects(call.db) if row.workspace_id == workspace_id}
    active = call.text("active", "both").lower() or "both"
    rows = [
        row
        for row in catalogue.tasks(call.db)
        if row.project_id in owned and active in ("both", str(not row.archived).lower())
    ]
    size = call.whole("per_page", "Invalid per_page", _TASK_PAGE) or _TASK_PAGE
    number = call.whole("page", "Invalid page", 1) or 1
    some = rows[(number - 1) * size : number * size]
    return answer(
        {
            "total_count": len(rows),
            "per_page": size,
            "page": number,
            "sort_field": "name",
            "sort_order": "ASC",
            "data": [shapes.task(call, row) for row in some],
        }
    )


@ROUTES.on("GET", _TASKS)
def tasks_of_project(call: ApiCall) -> ApiReply:
    """The tasks of one project."""
    row = _project(call)
    rows = [each for each in catalogue.tasks(call.db) if each.project_id == row.id]
    return answer([shapes.task(call, each) for each in rows])


@ROUTES.on("POST", _TASKS)
def create_task(call: ApiCall) -> ApiReply:
    """Make a task."""
    made = thing_writing.create_task(call, call.object(), _project(call))
    return answer(shapes.task(call, catalogue.get(call.db, "task", made)))


@ROUTES.on("GET", _TASK)
def task(call: ApiCall) -> ApiReply:
    """One task."""
    return answer(shapes.task(call, _task(call)))


@ROUTES.on("PUT", _TASK)
def update_task(call: ApiCall) -> ApiReply:
    """Change what the body names."""
    thing_writing.change_task(call, _task(call), call.object())
    return task(call)


@ROUTES.on("DELETE", _TASK)
def delete_task(call: ApiCall) -> ApiReply:
    """Delete a task; its entries keep the project."""
    call.names_writer()
    removal.delete(call.db, "task", _task(call).id, now=call.now)
    return answer(call.numbers["task"])


def _project(call: ApiCall) -> Project:
    row = call.thing("project", call.numbers["project"])
    if not isinstance(row, Project) or row.workspace_id != call.workspace():
        raise ApiError(404, "Resource can not be found")
    return row


def _client(call: ApiCall) -> Client:
    words = f"No client with ID {call.numbers['client']} was found"
    row = call.thing("client", call.numbers["client"], words)
    if not isinstance(row, Client) or row.workspace_id != call.workspace():
        raise ApiError(404, words)
    return row


def _tag(call: ApiCall) -> Tag:
    row = call.thing("tag", call.numbers["tag"], "Tag was not found")
    if not isinstance(row, Tag) or row.workspace_id != call.workspace():
        raise ApiError(404, "Tag was not found")
    return row


def _task(call: ApiCall) -> Task:
    row = call.thing("task", call.numbers["task"])
    if not isinstance(row, Task) or row.project_id != _project(call).id:
        raise ApiError(404, "Resource can not be found")
    return row
