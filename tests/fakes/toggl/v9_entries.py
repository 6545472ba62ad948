"""The v9 calls that write time entries, all below their workspace."""

from typing import Any, Final

from tests.fakes.toggl import entries, shapes
from tests.fakes.toggl.exchange import Refusal, Reply, answer, nothing
from tests.fakes.toggl.payload import ENTRY_TYPES, NOT_JSON, check_types, entry_change, read_object
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.state import NO_ACCESS, State

ROUTES: Final = Router()
ONE: Final = "/workspaces/{workspace_id}/time_entries/{time_entry_id}"
MOST_AT_ONCE: Final = 100


@ROUTES.on("POST", "/workspaces/{workspace_id}/time_entries")
def create(call: Call) -> Reply:
    sent = read_object(call.request, ENTRY_TYPES)
    workspace_id = call.number("workspace_id")
    is_others = sent.get("user_id", call.state.user_id) != call.state.user_id
    if is_others and not call.state.workspace_of(workspace_id).admin:
        raise Refusal(403, NO_ACCESS)
    row = entries.create(call.state, workspace_id, entry_change(sent))
    shown = shapes.created(call.state, row, sent=sent, meta=call.asks("meta"))
    if is_others:
        del call.state.time_entries[row.id]  # it is among theirs, which nobody asks for here
    return answer(shown)


@ROUTES.on("PUT", ONE)
def update(call: Call) -> Reply:
    sent = read_object(call.request, ENTRY_TYPES)
    if not call.state.reopens and sent.get("duration", 0) < 0 and not _runs(call):
        del sent["duration"]
    row = entries.update(
        call.state, call.number("workspace_id"), call.number("time_entry_id"), entry_change(sent)
    )
    row.shared_with = sent.get("shared_with_user_ids", row.shared_with)
    shown = shapes.written(call.state, row, meta=call.asks("meta"))
    return answer(shown | shapes.sharing(call.state, row, call.asks("include_sharing")))


def _runs(call: Call) -> bool:
    entry = call.state.find(
        call.state.time_entries, call.number("time_entry_id"), call.number("workspace_id")
    )
    return entry is not None and entry.stop is None


@ROUTES.on("PATCH", f"{ONE}/stop")
def stop(call: Call) -> Reply:
    row = entries.stop(call.state, call.number("workspace_id"), call.number("time_entry_id"))
    return answer(shapes.written(call.state, row))


@ROUTES.on("DELETE", ONE)
def delete(call: Call) -> Reply:
    entries.delete(call.state, call.number("workspace_id"), call.number("time_entry_id"))
    return nothing()


@ROUTES.on("PATCH", "/workspaces/{workspace_id}/time_entries/{time_entry_ids}")
def patch(call: Call) -> Reply:
    """Some entries may be changed and others not; there is no way back."""
    ids = _ids(call.path["time_entry_ids"])
    operations = call.request.json()
    if not isinstance(operations, list):
        raise Refusal(400, NOT_JSON)
    success, failure = [], []
    for entry_id in ids:
        try:
            _patch_one(call, entry_id, operations)
            success.append(entry_id)
        except Refusal as refusal:
            failure.append({"id": entry_id, "message": refusal.words})
    return answer({"success": success, "failure": failure})


def _ids(text: str) -> list[int]:
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise Refusal(400, "Invalid or missing time_entry_id")
    if len(parts) > MOST_AT_ONCE:
        raise Refusal(400, f"limited to {MOST_AT_ONCE} entries at once")
    return [int(part) for part in parts]


def _patch_one(call: Call, entry_id: int, operations: list[Any]) -> None:
    workspace_id = call.number("workspace_id")
    call.state.workspace_of(workspace_id)
    sent: dict[str, Any] = {}
    for operation in operations:
        sent |= _field(call.state, entry_id, operation)
    check_types(sent, ENTRY_TYPES, call.request.body)
    entries.update(call.state, workspace_id, entry_id, entry_change(sent))


def _field(state: State, entry_id: int, operation: Any) -> dict[str, Any]:
    """What one operation makes of a field."""
    match operation:
        case {"op": "add" | "replace" | "remove" as op, "path": str(path)}:
            name, value = path.removeprefix("/"), operation.get("value")
        case _:
            raise Refusal(400, "Invalid patch operation")
    if name not in ENTRY_TYPES:
        raise Refusal(400, f"Invalid path {path}")
    if name == "tags" and op != "replace":
        return {"tags": _tags(state, entry_id, op, value)}
    return {name: None if op == "remove" else value}


def _tags(state: State, entry_id: int, op: str, value: Any) -> list[Any]:
    """All tags, after some were added or removed."""
    if not isinstance(value, list):
        raise Refusal(400, "Invalid patch operation")
    had = [tag.name for tag in state.tags_of(entries.found(state, None, entry_id))]
    return [*had, *value] if op == "add" else [name for name in had if name not in value]
