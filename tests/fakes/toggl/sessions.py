"""How somebody proves who they are: token, password or the cookie of a session; and signing up."""

import base64
import binascii
import re
import secrets
from typing import Final

from tests.fakes.toggl.exchange import Reply, Request, answer, nothing, text
from tests.fakes.toggl.state import State

COOKIE: Final = "__Host-timer-session"
_OPEN: Final = ("/api/v8/sessions", "/api/v9/me/sessions")
_SIGN_UP: Final = ("/api/v8/signups", "/api/v9/signup")


def credentials(request: Request) -> tuple[str, str] | None:
    """User and password of Basic authentication, if there are any."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return user, password


def is_user(state: State, given: tuple[str, str]) -> bool:
    """Whether these are the token, or the e-mail address and the password."""
    return given in ((state.token, "api_token"), (state.email, state.password))


def is_open(state: State, request: Request) -> bool:
    """Whether the request carries the cookie of a session that goes on."""
    return _cookie(request) in state.sessions


def answered(state: State, request: Request) -> Reply | None:
    """The answer to what needs no account yet; None if that is not what is asked for."""
    if request.method == "POST" and request.path in _OPEN:
        return _begin(state, request)
    if request.method == "DELETE" and request.path in _OPEN:
        return _end(state, request)
    if request.method == "POST" and request.path in _SIGN_UP:
        return _sign_up(state, request)
    return None


def _begin(state: State, request: Request) -> Reply:
    given = credentials(request)
    if given is None or not is_user(state, given):
        return text(403, "Incorrect username and/or password")
    cookie = secrets.token_urlsafe(24)
    state.sessions.add(cookie)
    head = {"Set-Cookie": f"{COOKIE}={cookie}; Path=/; HttpOnly; Secure; SameSite=Lax"}
    return answer({"since": 0, "data": {"id": state.user_id}}).with_headers(head)


def _end(state: State, request: Request) -> Reply:
    if not is_open(state, request):
        return nothing(403)
    state.sessions.discard(_cookie(request))
    return nothing()


def _sign_up(state: State, request: Request) -> Reply:
    if not state.offers_sign_up:
        return answer("Resource can not be found", 404)
    sent = request.json() or {}
    user = sent.get("user", sent)
    missing = [
        name for name in ("email", "password", "timezone", "created_with") if not user.get(name)
    ]
    if missing:
        return answer(f"{missing[0]} can't be blank", 400)
    if user["email"] == state.email:
        return answer("user with this email already exists", 400)
    if len(user["password"]) < 6:
        return answer("Password should be at least 6 characters", 400)
    state.signed_up.append(user["email"])
    return answer({"data": {"id": state.next_id(), "email": user["email"]}})


def _cookie(request: Request) -> str:
    found = re.search(rf"{COOKIE}=([^;\s]+)", request.headers.get("cookie", ""))
    return found[1] if found else ""
