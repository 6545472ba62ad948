"""The v8 calls about the user and the time entries."""

from collections.abc import Iterable
from typing import Any, Final

from tests.fakes.toggl import entries
from tests.fakes.toggl import v8_shapes as shapes
from tests.fakes.toggl.exchange import Refusal, Reply, Request, answer
from tests.fakes.toggl.payload import ENTRY_TYPES, EntryChange, check_types, entry_change
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Entry
from tests.fakes.toggl.stamps import MICRO, read_moment
from tests.fakes.toggl.state import State, changed_since, live

ROUTES: Final = Router()
DAY: Final = 24 * 3600
USUAL_DAYS: Final = 9
SINCE_DAYS: Final = 61
MOST: Final = 1_000
ONE: Final = "/time_entries/{time_entry_id}"


def wrapped(request: Request, name: str) -> dict[str, Any]:
    """The object under `name` in the body, which only counts if it calls itself JSON."""
    is_json = request.headers.get("content-type", "").startswith("application/json")
    sent = request.json() if is_json else None
    value = sent.get(name) if isinstance(sent, dict) else None
    if not isinstance(value, dict):
        raise Refusal(400, f"{name if name == 'time_entry' else name.capitalize()} can't be blank")
    return value


def data(value: object) -> Reply:
    """A reply of one object."""
    return answer({"data": value})


@ROUTES.on("GET", "/me")
def me(call: Call) -> Reply:
    state, shown = call.state, shapes.user(call.state)
    if call.asks("with_related_data"):
        since = call.integer("since", "Invalid since")
        if since is not None and since < state.now - SINCE_DAYS * DAY:
            raise Refusal(400, "The 'since' value should be within last two months")
        shown |= {name: rows for name, rows in _related(state, since).items() if rows}
    return answer({"since": int(state.now), "data": shown})


def _related(state: State, since: int | None) -> dict[str, list[dict[str, Any]]]:
    if since is None:
        recent = _between(state, int(state.now) - USUAL_DAYS * DAY, 2**62)
    else:
        recent = [row for row in state.time_entries.values() if row.at >= since * MICRO]
    return {
        "time_entries": [shapes.entry(state, row) for row in recent],
        "projects": [shapes.project(row) for row in changed_since(state.projects, since)],
        "tags": [shapes.tag(row) for row in changed_since(state.tags, since)],
        "workspaces": [shapes.workspace(row) for row in state.workspaces.values()],
        "clients": [shapes.client(row) for row in changed_since(state.clients, since)],
        "tasks": [shapes.task(row) for row in changed_since(state.tasks, since)],
    }


@ROUTES.on("GET", "/time_entries/current")
def current(call: Call) -> Reply:
    row = call.state.running()
    return data(row and shapes.entry(call.state, row))


@ROUTES.on("GET", ONE)
def entry(call: Call) -> Reply:
    return data(shapes.entry(call.state, _found(call)))


@ROUTES.on("GET", "/time_entries")
def time_entries(call: Call) -> Reply:
    """The first 1,000 that start in a range, or in the last nine days, oldest first."""
    now = int(call.state.now)
    begin = _moment(call, "start_date", now - USUAL_DAYS * DAY)
    end = _moment(call, "end_date", max(now, begin + USUAL_DAYS * DAY))
    rows = _between(call.state, begin, end)
    return answer([shapes.entry(call.state, row) for row in rows[:MOST]])


@ROUTES.on("POST", "/time_entries")
def create(call: Call) -> Reply:
    sent = wrapped(call.request, "time_entry")
    return _create(call, sent, _change(call, sent))


@ROUTES.on("POST", "/time_entries/start")
def start(call: Call) -> Reply:
    """The server says when it starts, whatever is sent."""
    sent, now = wrapped(call.request, "time_entry"), int(call.state.now)
    change = _change(call, sent)
    change.pop("stop", None)
    return _create(call, sent, {**change, "start": now, "duration": -now})


@ROUTES.on("PUT", f"{ONE}/stop")
def stop(call: Call) -> Reply:
    row = _found(call)
    return data(shapes.entry(call.state, entries.stop(call.state, row.workspace_id, row.id)))


@ROUTES.on("PUT", ONE)
def update(call: Call) -> Reply:
    sent = wrapped(call.request, "time_entry")
    if "," in call.path["time_entry_id"]:
        return _update_tags(call, sent)
    row = _found(call)
    row = entries.update(call.state, row.workspace_id, row.id, _change(call, sent))
    return data(shapes.entry(call.state, row))


@ROUTES.on("DELETE", ONE)
def delete(call: Call) -> Reply:
    row = _found(call)
    entries.delete(call.state, row.workspace_id, row.id)
    return answer([row.id])


def _create(call: Call, sent: dict[str, Any], change: EntryChange) -> Reply:
    row = entries.create(call.state, _workspace_id(call.state, sent, change), change)
    return data(shapes.entry(call.state, row))


def _update_tags(call: Call, sent: dict[str, Any]) -> Reply:
    ids = call.path["time_entry_id"].split(",")
    rows = [_by_id(call.state, int(part)) for part in ids if part.isdigit()]
    change = _change(call, {name: sent.get(name) for name in ("tags", "tag_action")})
    changed = [entries.update(call.state, row.workspace_id, row.id, change) for row in rows]
    return data([shapes.entry(call.state, row) for row in changed])


def _change(call: Call, sent: dict[str, Any]) -> EntryChange:
    check_types(sent, ENTRY_TYPES, call.request.body)
    change = entry_change(sent)
    # Without a paid plan v8 passes over it in silence.
    if not any(row.premium for row in call.state.workspaces.values()):
        change.pop("billable", None)
    return change


def _workspace_id(state: State, sent: dict[str, Any], change: EntryChange) -> int:
    """The workspace that is named, or that of the project or task; the usual one if none is."""
    project = state.projects.get(change.get("project_id") or 0)
    task = state.tasks.get(change.get("task_id") or 0)
    place = project or task
    usual = place.workspace_id if place else next(iter(state.workspaces))
    workspace_id: int = sent.get("wid") or usual
    if workspace_id not in state.workspaces:
        raise Refusal(400, f"User {state.user_id} cannot access workspace {workspace_id}")
    return workspace_id


def _found(call: Call) -> Entry:
    return _by_id(call.state, call.number("time_entry_id"))


def _by_id(state: State, entry_id: int) -> Entry:
    row = state.find(state.time_entries, entry_id, None)
    if row is None:
        raise Refusal(404, "Time entry not found/no access to it")
    return row


def _between(state: State, begin: int, end: int) -> list[Entry]:
    rows: Iterable[Entry] = (row for row in live(state.time_entries) if begin <= row.start < end)
    return sorted(rows, key=lambda row: (row.start, row.id))


def _moment(call: Call, name: str, usual: int) -> int:
    text = call.request.query.get(name)
    moment = usual if text is None else read_moment(text)
    if moment is None:
        raise Refusal(400, f"Invalid {name.replace('_', ' ')}")
    return moment
