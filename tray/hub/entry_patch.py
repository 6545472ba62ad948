"""Changes to several time entries at once, written as JSON Patch."""

from collections.abc import Sequence
from typing import Any, Final

from tray.errors import UserError
from tray.hub import entry_writing
from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiError

_MOST: Final = 100
_FIELDS: Final = {
    *("billable", "description", "duration", "pid", "project_id", "start", "stop", "tag_ids"),
    *("tags", "task_id", "tid"),
}


def patch(call: ApiCall, numbers: Sequence[int]) -> dict[str, Any]:
    """Carry out a patch: in one step where all entries can take it, else each by itself."""
    if len(numbers) > _MOST:
        raise ApiError(400, f"limited to {_MOST} entries at once")
    body = _body(call.content)
    failure: list[dict[str, Any]] = []
    rows: dict[int, int] = {}
    for number in dict.fromkeys(numbers):
        try:
            rows[number] = call.ids.entry_row(number)
        except ApiError as error:
            failure.append({"id": number, "message": error.words})
    if len(rows) > 1:
        try:
            entry_writing.update(call, [*rows.values()], body)
            return {"success": [*rows], "failure": failure}
        except UserError:
            pass  # one of them cannot be so: the others are changed without it
    success = []
    for number, row_id in rows.items():
        try:
            entry_writing.update(call, [row_id], body)
            success.append(number)
        except (ApiError, UserError) as error:
            failure.append({"id": number, "message": str(error)})
    return {"success": success, "failure": failure}


def _body(operations: Any) -> dict[str, Any]:
    """The fields that a patch sets, as a body of a single entry has them."""
    if not isinstance(operations, list):
        raise ApiError(400, "JSON is not valid")
    body: dict[str, Any] = {}
    for operation in operations:
        match operation:
            case {"op": "add" | "replace" | "remove" as kind, "path": str(path)}:
                name, value = path.removeprefix("/"), operation.get("value")
            case _:
                raise ApiError(400, "Invalid patch operation")
        if name not in _FIELDS:
            raise ApiError(400, f"Invalid path {path}")
        if name in ("tags", "tag_ids"):
            body |= _tags(name, kind, value, body)
        else:
            body[name] = _emptied(name) if kind == "remove" else value
    return body


def _tags(name: str, kind: str, value: Any, body: dict[str, Any]) -> dict[str, Any]:
    if kind == "remove" and value is None:
        return {name: [], "tag_action": ""}
    action = "" if kind == "replace" else kind
    if body.get("tag_action", action) != action:
        raise ApiError(400, "Tags are either added or removed, or set")
    return {name: value, "tag_action": action}


def _emptied(name: str) -> Any:
    return "" if name == "description" else None
