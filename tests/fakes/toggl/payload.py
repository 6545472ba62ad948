"""Reads the JSON of requests the way a server with typed fields does, complaints included."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypedDict

from tests.fakes.toggl.exchange import Refusal, Request
from tests.fakes.toggl.stamps import midnight, read_day, read_moment

NOT_JSON: Final = "JSON is not valid"
ENTRY_TYPES: Final = {
    "billable": "bool",
    "created_with": "string",
    "description": "string",
    "duration": "number",
    "duronly": "bool",
    "event_metadata": "object",
    "pid": "number",
    "project_id": "number",
    "shared_with_user_ids": "number array",
    "start": "string",
    "start_date": "string",
    "stop": "string",
    "tag_action": "string",
    "tag_ids": "number array",
    "tags": "string array",
    "task_id": "number",
    "tid": "number",
    "uid": "number",
    "user_id": "number",
    "wid": "number",
    "workspace_id": "number",
}
PROJECT_TYPES: Final = {
    "active": "bool",
    "billable": "bool",
    "cid": "number",
    "client_id": "number",
    "client_name": "string",
    "color": "string",
    "is_private": "bool",
    "name": "string",
    "template": "bool",
    "auto_estimates": "bool",
    "estimated_hours": "number",
    "start_date": "string",
    "end_date": "string",
}
CLIENT_TYPES: Final = {"name": "string", "notes": "string", "external_reference": "string"}
TAG_TYPES: Final = {"name": "string", "workspace_id": "number"}
TASK_TYPES: Final = {
    "active": "bool",
    "estimated_seconds": "number",
    "name": "string",
    "user_id": "number",
}


class EntryChange(TypedDict, total=False):
    """What a request says of an entry; what it does not say is not there."""

    created_with: str
    start: int
    stop: int
    duration: int
    description: str | None
    project_id: int | None
    task_id: int | None
    tags: list[str]
    tag_ids: list[int]
    tag_action: str
    billable: bool


def read_object(request: Request, types: Mapping[str, str]) -> dict[str, Any]:
    """The object in the body; 400 for what is no JSON, and for fields of another type."""
    value = request.json()
    if not isinstance(value, dict):
        raise Refusal(400, NOT_JSON)
    check_types(value, types, request.body)
    return value


def read_ids(request: Request) -> list[int]:
    """The list of ids in the body."""
    value = request.json()
    if not isinstance(value, list) or any(_type_of(each) != "number" for each in value):
        raise Refusal(400, NOT_JSON)
    return value


def check_types(value: Mapping[str, Any], types: Mapping[str, str], body: bytes) -> None:
    """400 naming the first field whose type is not what `types` says; null fits all."""
    for name, wanted in types.items():
        given = value.get(name)
        if given is None:
            continue
        kind, _, is_list = wanted.partition(" ")
        each = [given] if not is_list else given if isinstance(given, list) else None
        if each is None:
            raise _unexpected(name, _type_of(given), body)
        for item in each:
            if _type_of(item) != kind:
                raise _unexpected(name, _type_of(item), body)


def entry_change(value: Mapping[str, Any]) -> EntryChange:
    """What a v9 time entry in a request says, its old names (pid, tid) accepted."""
    change = EntryChange()
    for name, old in (("project_id", "pid"), ("task_id", "tid")):
        if name in value or old in value:
            # Zero is what typed clients send for none.
            change[name] = value.get(name, value.get(old)) or None  # type: ignore[literal-required]
    for name in ("created_with", "duration", "tags", "tag_ids", "tag_action", "billable"):
        if value.get(name) is not None:
            change[name] = value[name]  # type: ignore[literal-required]
    if "description" in value:
        change["description"] = value["description"]
    if value.get("start") is not None:
        change["start"] = _on_day(_moment(value["start"], "start"), value.get("start_date"))
    if value.get("stop") is not None:
        change["stop"] = _moment(value["stop"], "stop")
    return change


def _moment(text: str, name: str) -> int:
    moment = read_moment(text)
    if moment is None:
        raise Refusal(400, f"Invalid {name} time")
    return moment


def _on_day(start: int, day: str | None) -> int:
    """The date of `start_date` wins over that of `start`."""
    if day is None:
        return start
    read = read_day(day)
    if read is None:
        raise Refusal(400, "Invalid start_date")
    moment = datetime.fromtimestamp(start, UTC)
    return midnight(read) + moment.hour * 3600 + moment.minute * 60 + moment.second


def _type_of(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case int():
            return "number" if -(2**63) <= value < 2**63 else f"number {value}"
        case float():
            return f"number {value}"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _unexpected(name: str, given: str, body: bytes) -> Refusal:
    """The complaint, with the place in the body at which the value ends or begins."""
    at = body.find(f'"{name}"'.encode())
    return Refusal(400, f'Unexpected "{name}" type {given}, offset={max(at, 0) + len(name) + 3}')
