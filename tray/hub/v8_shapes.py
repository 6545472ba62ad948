"""What v8 answers with: the same things by their old names, and without what is null."""

from typing import Any, Final

from tray.api.palette import number_of
from tray.hub import v9_shapes
from tray.hub.api_call import ApiCall
from tray.hub.v9_shapes import Json
from tray.model.entities import Client, Project, Tag, Task, Workspace
from tray.store.catalogue import Names
from tray.store.entry_changes import EntryState

_NAMES: Final = {
    "workspace_id": "wid",
    "project_id": "pid",
    "task_id": "tid",
    "client_id": "cid",
    "user_id": "uid",
}
_NOT_IN_V8: Final = ("permissions", "tag_ids", "duronly", "creator_id")


def _old(shown: Json) -> Json:
    """By the old names, without what is null."""
    found: Json = {}
    for name, value in shown.items():
        if value is not None and name not in _NOT_IN_V8:
            found[_NAMES.get(name, name)] = value
    return found


def entry(call: ApiCall, state: EntryState, names: Names) -> Json:
    """A time entry; tags only where there are any."""
    shown = _old(v9_shapes.entry(call, state, names))
    if not shown["tags"]:
        del shown["tags"]
    return {**shown, "duronly": False}


def project(call: ApiCall, row: Project) -> Json:
    """A project; its colour by its number, and in hex."""
    shown = _old(v9_shapes.project(call, row))
    return {
        "template": False,
        "auto_estimates": False,
        **shown,
        "color": number_of(row.colour),
        "hex_color": row.colour,
    }


def client(call: ApiCall, row: Client) -> Json:
    """A client."""
    return _old(v9_shapes.client(call, row))


def tag(call: ApiCall, row: Tag) -> Json:
    """A tag."""
    return _old(v9_shapes.tag(call, row))


def task(call: ApiCall, row: Task) -> Json:
    """A task."""
    return {"estimated_seconds": 0, **_old(v9_shapes.task(call, row))}


def workspace(call: ApiCall, row: Workspace) -> Json:
    """A workspace."""
    shown = _old(v9_shapes.workspace(call, row))
    return {"default_hourly_rate": 0, **shown, "api_token": call.served.token}


def user(call: ApiCall) -> Json:
    """Whose copy it is."""
    shown = _old(v9_shapes.user(call))
    formats: dict[str, Any] = {
        "default_wid": shown.pop("default_workspace_id"),
        "date_format": call.owner.date_format,
        "timeofday_format": call.owner.time_format,
        "jquery_timeofday_format": "H:i",
        "store_start_and_stop_time": True,
        "language": "en_US",
    }
    return shown | formats
