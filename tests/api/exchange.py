"""One request against a prepared reply, and what was sent for it."""

import json
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlsplit

import responses

from tests.api.wire import TOKEN
from tray.api.address import read_address
from tray.api.connect import connect
from tray.api.remote_api import Toggl
from tray.api.secret import token_secret
from tray.api.toggl_v8 import TogglV8
from tray.api.toggl_v9 import TogglV9

SERVER: Final = "http://localhost"  # nothing is sent, and no certificates are loaded

_T = TypeVar("_T")
_ANYWHERE: Final = re.compile(".*")


class Sent(NamedTuple):
    """A request as it left."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    """As JSON; None if there was none."""


def v9(connection: str = "", base: str = f"{SERVER}/api/v9") -> TogglV9:
    """A client of a server that speaks v9."""
    toggl = _client(base, connection)
    assert isinstance(toggl, TogglV9)
    return toggl


def v8() -> TogglV8:
    """A client of a server that speaks v8."""
    toggl = _client(f"{SERVER}/api/v8", "")
    assert isinstance(toggl, TogglV8)
    return toggl


def _client(base: str, connection: str) -> Toggl:
    address = read_address(base)
    return connect(address, token_secret(TOKEN, address.auth), connection=connection)


def exchange(
    ask: Callable[[], _T],
    reply: object = None,
    *,
    text: str | None = None,
    head: dict[str, str] | None = None,
) -> tuple[Sent, _T]:
    """What `ask` sent and returned, when the server answers with `reply`.

    Args:
        ask: Makes one request.
        reply: The body of the answer, to become JSON.
        text: The body of the answer, as it is.
        head: Headers of the answer.
    """
    sent, value = exchanges(ask, [json.dumps(reply) if text is None else text], head=head)
    return sent[0], value


def exchanges(
    ask: Callable[[], _T], replies: list[str], *, head: dict[str, str] | None = None
) -> tuple[list[Sent], _T]:
    """The same for as many requests as there are replies."""
    with responses.RequestsMock() as server:
        waiting = iter(replies)

        def answer(request: Any) -> tuple[int, dict[str, str], str]:
            return 200, head or {}, next(waiting)

        server.assert_all_requests_are_fired = False
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            server.add_callback(method, _ANYWHERE, callback=answer)
        value = ask()
        assert next(waiting, None) is None, "as many requests as replies"
        return [_sent(call.request) for call in server.calls], value


def _sent(request: Any) -> Sent:
    parts = urlsplit(request.url)
    body = json.loads(request.body) if request.body else None
    assert (body is None) == ("Content-Type" not in request.headers)
    assert body is None or request.headers["Content-Type"] == "application/json"
    return Sent(request.method, parts.path, dict(parse_qsl(parts.query)), body)
