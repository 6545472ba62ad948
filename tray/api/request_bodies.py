"""What v9 is sent: time entries with every field of its document, and ours turned into those."""

from typing import Any, Final

from tray.api.codec import UNSET, Struct, UnsetType
from tray.api.remote_values import ClientFields, EntryFields, ProjectFields, TagAction, TaskFields
from tray.api.timestamps import stamp

CREATED_WITH: Final = "Toggl Tray"
RUNNING: Final = -1
"""The duration of an entry that runs; the document of v9 prefers it."""


class EventMetadata(Struct, omit_defaults=True):
    """Where in a program an entry was made."""

    origin_feature: str | UnsetType = UNSET
    visible_goals_count: int | UnsetType = UNSET


class TimeEntryBody(Struct, kw_only=True):
    """A time entry as it is sent; what is not set is not sent."""

    billable: bool | UnsetType = UNSET
    created_with: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    duration: int | UnsetType = UNSET
    """Negative while it runs; without it the server makes an entry of no length."""
    duronly: bool | UnsetType = UNSET
    event_metadata: EventMetadata | UnsetType = UNSET
    pid: int | UnsetType | None = UNSET
    project_id: int | UnsetType | None = UNSET
    shared_with_user_ids: list[int] | UnsetType = UNSET
    start: str | UnsetType = UNSET
    start_date: str | UnsetType = UNSET
    """Its date counts more than that of `start`."""
    stop: str | UnsetType = UNSET
    tag_action: str | UnsetType = UNSET
    """``add`` or ``delete``: then `tags` are not all tags."""
    tag_ids: list[int] | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    task_id: int | UnsetType | None = UNSET
    tid: int | UnsetType | None = UNSET
    uid: int | UnsetType = UNSET
    user_id: int | UnsetType = UNSET
    wid: int | UnsetType = UNSET
    workspace_id: int | UnsetType = UNSET


def entry_body(fields: EntryFields) -> TimeEntryBody:
    """The fields of an entry as v9 has them; of a new one, start and duration always agree."""
    body = TimeEntryBody(
        description=fields.get("description", UNSET),
        project_id=fields.get("project_id", UNSET),
        task_id=fields.get("task_id", UNSET),
        tags=list(fields["tags"]) if "tags" in fields else UNSET,
        billable=fields.get("billable", UNSET),
    )
    if "start" in fields:
        body.start = stamp(fields["start"])
    if "stop" in fields:
        stop = fields["stop"]
        body.stop = UNSET if stop is None else stamp(stop)
        if stop is None:
            body.duration = RUNNING
        elif "start" in fields:
            body.duration = stop - fields["start"]
    return body


def new_entry_body(workspace_id: int, fields: EntryFields) -> TimeEntryBody:
    """The body that makes an entry; it has to have a start."""
    body = entry_body({"stop": None, **fields})
    body.created_with = CREATED_WITH
    body.workspace_id = workspace_id
    return body


_PATCHABLE: Final = {
    "description": "description",
    "project_id": "pid",  # the name that a recording shows the server to take
    "task_id": "tid",
    "tags": "tags",
    "billable": "billable",
}


def patch_body(fields: EntryFields, tag_action: TagAction | None = None) -> list[dict[str, Any]]:
    """The fields as a JSON Patch."""
    return [
        {
            "op": (tag_action or "replace") if name == "tags" else "replace",
            "path": f"/{path}",
            "value": fields.get(name),
        }
        for name, path in _PATCHABLE.items()
        if name in fields
    ]


def project_body(fields: ProjectFields) -> dict[str, Any]:
    """The fields of a project as v9 has them."""
    body: dict[str, Any] = {_NAMES_OF_PROJECTS.get(name, name): fields[name] for name in fields}  # type: ignore[literal-required]
    if "archived" in fields:
        body["active"] = not body.pop("archived")
    for name in ("rate", "fixed_fee"):
        if body.get(name) is not None:
            body[name] /= 100
    return body


_NAMES_OF_PROJECTS: Final = {
    "colour": "color",
    "private": "is_private",
    "rate_cents": "rate",
    "fixed_fee_cents": "fixed_fee",
}


def client_body(fields: ClientFields) -> dict[str, Any]:
    """The fields of a client as v8 and v9 have them; what is empty is an empty text there."""
    body: dict[str, Any] = {**fields}
    return {name: value or "" for name, value in body.items()}


def task_body(fields: TaskFields) -> dict[str, Any]:
    """The fields of a task as v9 has them."""
    body: dict[str, Any] = {**fields}
    if "archived" in body:
        body["active"] = not body.pop("archived")
    return body
