"""API v9: who may call, which bucket pays, and which function answers."""

import re
from typing import Final

from tests.fakes.toggl import (
    reports,
    sessions,
    v9_catalogue,
    v9_entries,
    v9_me,
    v9_several,
    v9_team,
)
from tests.fakes.toggl.exchange import Refusal, Reply, Request, answer, nothing, text
from tests.fakes.toggl.quota import USER, Quota, organization
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.sessions import credentials, is_user
from tests.fakes.toggl.state import State

PREFIX: Final = "/api/v9"
REPORTS_PREFIX: Final = "/reports/api/v3"
TABLES: Final = (
    *(v9_me.ROUTES, v9_entries.ROUTES, v9_catalogue.ROUTES),
    *(v9_several.ROUTES, v9_team.ROUTES),
)
_VAGUE: Final = {"DELETE": (400, 404)}
WRONG_CREDENTIALS: Final = "Incorrect username and/or password"


def turn_away(state: State, request: Request) -> Reply | None:
    """What one who is not signed in gets; None for one who is."""
    if sessions.is_open(state, request):
        return None
    given = credentials(request)
    if given is None:
        return nothing(401).with_headers({"X-Authorization-Missing": "true"})
    return None if is_user(state, given) else text(403, WRONG_CREDENTIALS)


def bucket(state: State, path: str) -> str:
    """Which hourly bucket a call counts against."""
    named = re.match(r"/api/v9/organizations/(\d+)(?:/|$)", path)
    if named:
        return organization(int(named[1]))
    match = re.match(r"/(?:api/v9/workspaces|reports/api/v3/workspace)/(\d+)(?:/|$)", path)
    workspace = state.workspaces.get(int(match[1])) if match else None
    return USER if workspace is None else organization(workspace.organization_id)


def respond(state: State, quota: Quota, request: Request) -> Reply:
    """The answer to one who is signed in."""
    tables: tuple[Router, ...]
    if request.path.startswith(f"{REPORTS_PREFIX}/"):
        tables, rest = (reports.ROUTES,), request.path.removeprefix(REPORTS_PREFIX)
    else:
        tables, rest = TABLES, request.path.removeprefix(PREFIX)
    if rest in state.not_offered:
        tables = ()
    try:
        for table in tables:
            found = table.find(request.method, rest)
            if found is not None:
                function, places = found
                return function(Call(state, quota, request, places))
    except Refusal as refusal:
        if state.vague_refusals and refusal.status in _VAGUE.get(request.method, (400,)):
            return answer("Bad Request", 400)
        return answer(refusal.words, refusal.status)
    return answer("Resource can not be found", 404)
