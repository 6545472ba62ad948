"""API v8: who may call, which function answers, and in which of two ways errors are worded."""

from enum import Enum
from typing import Final

from tests.fakes.toggl import sessions, v8_catalogue, v8_details, v8_entries, v8_team
from tests.fakes.toggl.exchange import Refusal, Reply, Request, answer, nothing, text
from tests.fakes.toggl.quota import Quota
from tests.fakes.toggl.routing import Call
from tests.fakes.toggl.sessions import credentials, is_user
from tests.fakes.toggl.state import State

PREFIX: Final = "/api/v8"
TABLES: Final = (v8_details.ROUTES, v8_entries.ROUTES, v8_catalogue.ROUTES, v8_team.ROUTES)


class Errors(Enum):
    """How a refused creation or change is answered."""

    RECORDED = "400 and a line of plain text"
    DOCUMENTED = "404 and an array of lines"


def turn_away(state: State, request: Request) -> Reply | None:
    """What one who is not signed in gets; None for one who is."""
    if sessions.is_open(state, request):
        return None
    given = credentials(request)
    if given is None:
        return nothing(401)
    return None if is_user(state, given) else nothing(403)


def respond(state: State, quota: Quota, request: Request, errors: Errors) -> Reply:
    """The answer to one who is signed in."""
    rest = request.path.removeprefix(PREFIX)
    if rest in state.not_offered:
        return nothing(404)
    try:
        for table in TABLES:
            found = table.find(request.method, rest)
            if found is not None:
                function, places = found
                return function(Call(state, quota, request, places))
    except Refusal as refusal:
        return _refusal(refusal, errors)
    return nothing(404)


def _refusal(refusal: Refusal, errors: Errors) -> Reply:
    if refusal.status == 404:
        return answer(None if refusal.words == "null" else refusal.words, 404)
    if refusal.status == 403:
        return nothing(403)
    if refusal.status == 400 and errors is Errors.DOCUMENTED:
        return answer([refusal.words], 404)
    return text(refusal.status, refusal.words)
