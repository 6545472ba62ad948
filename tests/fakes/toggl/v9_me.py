"""The v9 calls about oneself: /me and what is under it."""

import secrets
from typing import Any, Final

from tests.fakes.toggl import shapes
from tests.fakes.toggl.exchange import Refusal, Reply, answer, nothing
from tests.fakes.toggl.quota import USER, organization
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Entry
from tests.fakes.toggl.stamps import MICRO, day_of, midnight, read_day, read_moment
from tests.fakes.toggl.state import State, changed_since, live

ROUTES: Final = Router()
SINCE_WORDS: Final = "Since is expected to be an unix timestamp, integer value"
MOST: Final = 1_000
"""Entries in one reply."""
RELATED_DAYS: Final = 10
"""How far back the entries reach that come with /me."""
LATEST_DAYS: Final = 15
"""How far back those reach that are asked for without dates; the real figure is not known."""
DAY: Final = 24 * 3600


@ROUTES.on("GET", "/me")
def me(call: Call) -> Reply:
    shown = shapes.user(call.state)
    if call.asks("with_related_data"):
        left_out = call.state.me_leaves_out
        shown |= {
            name: rows
            for name, rows in _related(call.state).items()
            if rows and name not in left_out
        }
    return answer(shown)


@ROUTES.on("GET", "/me/logged")
def logged(call: Call) -> Reply:
    return nothing()


@ROUTES.on("POST", "/me/reset_token")
def reset_token(call: Call) -> Reply:
    call.state.token = secrets.token_hex(16)
    return answer(call.state.token)


@ROUTES.on("GET", "/me/quota")
def quota(call: Call) -> Reply:
    numbers = dict.fromkeys(row.organization_id for row in call.state.workspaces.values())
    rows = [_quota_row(call, None, USER)]
    rows += [_quota_row(call, number, organization(number)) for number in numbers]
    return answer(rows)


@ROUTES.on("GET", "/me/workspaces")
def workspaces(call: Call) -> Reply:
    return answer([shapes.workspace(row) for row in call.state.workspaces.values()])


@ROUTES.on("GET", "/me/organizations")
def organizations(call: Call) -> Reply:
    rows = {row.organization_id: row for row in call.state.workspaces.values()}
    return answer(
        [
            {"id": number, "name": f"Organization {number}", "pricing_plan_id": 0, "admin": True}
            for number in rows
        ]
    )


@ROUTES.on("GET", "/me/clients")
def clients(call: Call) -> Reply:
    rows = changed_since(call.state.clients, call.integer("since", SINCE_WORDS))
    return answer([shapes.client(row) for row in rows])


@ROUTES.on("GET", "/me/tags")
def tags(call: Call) -> Reply:
    rows = changed_since(call.state.tags, call.integer("since", SINCE_WORDS))
    return answer([shapes.tag(call.state, row) for row in rows])


@ROUTES.on("GET", "/me/projects")
def projects(call: Call) -> Reply:
    archived = call.request.query.get("include_archived", "false")
    if archived not in ("true", "false"):
        raise Refusal(400, "Invalid include_archived")
    since = call.integer("since", SINCE_WORDS)
    rows = changed_since(call.state.projects, since)
    return answer(
        [
            shapes.project(row)
            for row in rows
            if row.active or archived == "true" or since is not None
        ]
    )


@ROUTES.on("GET", "/me/tasks")
def tasks(call: Call) -> Reply:
    everything = call.asks("include_not_active")
    since = call.integer("since", SINCE_WORDS)
    rows = changed_since(call.state.tasks, since)
    return answer([shapes.task(row) for row in rows if row.active or everything or since])


@ROUTES.on("GET", "/me/time_entries/current")
def current(call: Call) -> Reply:
    row = call.state.running()
    return answer(row and shapes.entry(call.state, row))


@ROUTES.on("GET", "/me/time_entries/{time_entry_id}")
def entry(call: Call) -> Reply:
    row = call.state.find(call.state.time_entries, call.number("time_entry_id"), None)
    if row is None:
        raise Refusal(404, "Resource can not be found")
    shown = shapes.entry(call.state, row, meta=call.asks("meta"), legacy=False)
    return answer(shown | shapes.sharing(call.state, row, call.asks("include_sharing")))


@ROUTES.on("GET", "/me/time_entries")
def time_entries(call: Call) -> Reply:
    query = call.request.query
    for other in ("before", "start_date", "end_date"):
        if "since" in query and other in query:
            raise Refusal(400, f"'since' and '{other}' can not be present simultaneously")
    if ("start_date" in query) != ("end_date" in query):
        raise Refusal(400, "start_date and end_date must be present together")
    since = call.integer("since", SINCE_WORDS)
    rows = _between(call.state, *_window(call)) if since is None else _since(call.state, since)
    way = 1 if call.state.later_made_first else -1
    rows.sort(key=lambda row: (row.start, way * row.id), reverse=True)
    meta = call.asks("meta")
    return answer([shapes.entry(call.state, row, meta=meta) for row in rows[:MOST]])


def _since(state: State, since: int) -> list[Entry]:
    if since < state.now - state.remembers_days * DAY:
        raise Refusal(400, "The 'since' value should be within last three months")
    rows = state.time_entries.values() if state.since_lists_deleted else live(state.time_entries)
    return [row for row in rows if row.at >= since * MICRO]


def _between(state: State, begin: int, end: int) -> list[Entry]:
    return [row for row in live(state.time_entries) if begin <= row.start < end]


def _window(call: Call) -> tuple[int, int]:
    """The first start that is asked for, and the first that is not any more."""
    query, now = call.request.query, call.state.now
    earliest = day_of(now - call.state.remembers_days * DAY)
    if "start_date" in query:
        begin = _date(query["start_date"], "start_date")
        if begin < midnight(earliest):
            raise Refusal(400, f"start_date must not be earlier than {earliest}")
        return begin, _date(query["end_date"], "end_date")
    if "before" in query:
        return midnight(earliest), _date(query["before"], "before")
    return midnight(day_of(now - LATEST_DAYS * DAY)), 2**62


def _date(text: str, name: str) -> int:
    """A day, from its begin in UTC, or a moment."""
    day = read_day(text)
    moment = read_moment(text) if day is None else midnight(day)
    if moment is None:
        raise Refusal(400, f"Invalid {name}")
    return moment


def _related(state: State) -> dict[str, list[dict[str, Any]]]:
    begin = midnight(day_of(state.now - RELATED_DAYS * DAY))
    recent = sorted(_between(state, begin, 2**62), key=lambda row: row.start, reverse=True)
    deleted = state.me_lists_deleted
    projects = state.projects.values() if deleted else live(state.projects)
    return {
        "tags": [shapes.tag(state, row) for row in live(state.tags)],
        "clients": [shapes.client(row) for row in live(state.clients)],
        "time_entries": [shapes.entry(state, row) for row in recent],
        "projects": [shapes.project(row) for row in projects],
        "tasks": [shapes.task(row) for row in live(state.tasks)],
        "workspaces": [shapes.workspace(row) for row in state.workspaces.values()],
    }


def _quota_row(call: Call, number: int | None, bucket: str) -> dict[str, Any]:
    now = call.state.now
    return {
        "organization_id": number,
        "remaining": call.quota.remaining(bucket, now),
        "resets_in_secs": call.quota.resets_in(bucket, now),
        "total": call.quota.limit(bucket),
    }
