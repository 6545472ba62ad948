"""From the fields of projects, clients, tags and tasks, as v8 and v9 name them, to the tracker."""

from collections.abc import Mapping
from typing import Any, Final, cast

from tray.api.palette import colour_of
from tray.hub import body_fields
from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiError
from tray.model.entities import Project, Task
from tray.tracker import catalogue as verbs
from tray.tracker.catalogue import ClientChanges, ProjectChanges, TaskChanges

_HOUR: Final = 3600
_NO_CLIENT: Final = "Client doesn't exist in the workspace."


def create_project(call: ApiCall, body: Mapping[str, Any], workspace_id: int) -> int:
    """Make a project, in use whatever else is said; our id of it."""
    call.names_writer()
    changes = project_changes(call, body)
    changes.pop("archived", None)
    name = body_fields.string(body, "name") or ""
    made = verbs.create_project(
        call.db, name, now=call.now, changes=changes, workspace_id=workspace_id
    )
    return made.created_id


def change_project(call: ApiCall, row: Project, body: Mapping[str, Any]) -> None:
    """Change what a body names of a project."""
    call.names_writer()
    verbs.edit_project(call.db, row.id, project_changes(call, body), now=call.now)


def project_changes(call: ApiCall, body: Mapping[str, Any]) -> ProjectChanges:
    """The fields of a project that a body names."""
    changes: ProjectChanges = {}
    if (name := body_fields.string(body, "name")) is not None:
        changes["name"] = name
    if "client_id" in body or "cid" in body:
        number = body_fields.whole_number(body, "client_id", "cid")
        changes["client_id"] = call.named("client", number, _NO_CLIENT)
    if client := body_fields.string(body, "client_name"):
        changes["client"] = client
    if body.get("color") not in (None, ""):
        changes["colour"] = colour_of(str(body["color"]))
    if (active := body_fields.flag(body, "active")) is not None:
        changes["archived"] = not active
    for field, column in _FLAGS.items():
        if (given := body_fields.flag(body, field)) is not None:
            changes[column] = given  # type: ignore[literal-required]
    return {**changes, **_numbers_and_days(body)}


def _numbers_and_days(body: Mapping[str, Any]) -> ProjectChanges:
    seconds = body_fields.whole_number(body, "estimated_seconds")
    hours = body_fields.whole_number(body, "estimated_hours")
    found = {
        "start_date": (body_fields.string(body, "start_date") or "")[:10] or None,
        "end_date": (body_fields.string(body, "end_date") or "")[:10] or None,
        "estimated_hours": seconds // _HOUR if hours is None and seconds is not None else hours,
        "rate_cents": body_fields.amount(body, "rate"),
        "fixed_fee_cents": body_fields.amount(body, "fixed_fee"),
    }
    changes: Any = {name: value for name, value in found.items() if value is not None}
    return cast(ProjectChanges, changes)


_FLAGS: Final = {
    "auto_estimates": "auto_estimates",
    "billable": "billable",
    "is_private": "private",
    "template": "template",
}


def create_client(call: ApiCall, body: Mapping[str, Any], workspace_id: int) -> int:
    """Make a client; our id of it."""
    call.names_writer()
    name = body_fields.string(body, "name") or ""
    changes = client_changes(body)
    changes.pop("name", None)
    made = verbs.create_client(
        call.db, name, now=call.now, changes=changes, workspace_id=workspace_id
    )
    return made.created_id


def client_changes(body: Mapping[str, Any]) -> ClientChanges:
    """The fields of a client that a body names."""
    changes: ClientChanges = {}
    for field in ("name", "notes", "external_reference"):
        if (text := body_fields.string(body, field)) is not None:
            changes[field] = text
    return changes


def create_tag(call: ApiCall, body: Mapping[str, Any], workspace_id: int) -> int:
    """Make a tag; our id of it."""
    call.names_writer()
    name = body_fields.string(body, "name") or ""
    return verbs.create_tag(call.db, name, now=call.now, workspace_id=workspace_id).created_id


def create_task(call: ApiCall, body: Mapping[str, Any], project: Project) -> int:
    """Make a task; our id of it."""
    call.names_writer()
    if project.archived:
        raise ApiError(
            400, "Project not found/accessible, Can not change tasks of archived project"
        )
    changes = task_changes(body)
    name = changes.pop("name", "")
    made = verbs.create_task(call.db, project.id, name, now=call.now, changes=changes)
    return made.created_id


def change_task(call: ApiCall, row: Task, body: Mapping[str, Any]) -> None:
    """Change what a body names of a task; done or open by a step of its own."""
    call.names_writer()
    verbs.edit_tasks(call.db, [row.id], task_changes(body), now=call.now)
    active = body_fields.flag(body, "active")
    if active is not None and active == row.archived:
        verbs.archive(call.db, "task", row.id, now=call.now, archived=not active)


def task_changes(body: Mapping[str, Any]) -> TaskChanges:
    """The fields of a task that a body names; no estimate can be written as false."""
    changes: TaskChanges = {}
    if (name := body_fields.string(body, "name")) is not None:
        changes["name"] = name
    if body.get("estimated_seconds") is not False:
        seconds = body_fields.whole_number(body, "estimated_seconds")
        if seconds is not None:
            changes["estimated_seconds"] = seconds or None
    if (user := body_fields.whole_number(body, "user_id", "uid")) is not None:
        changes["user_id"] = user
    return changes
