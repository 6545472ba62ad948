"""A client for tests of the fake itself: one that is signed in and does as it is told."""

import base64
import json
from typing import Any, Final

from tests.fakes.toggl.exchange import Reply, request_of
from tests.fakes.toggl.service import Service

JSON_TYPE: Final = {"Content-Type": "application/json"}


def basic(user: str, password: str) -> str:
    """The header of Basic authentication."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class Caller:
    """Calls a service below a path.

    Args:
        service: What is called.
        prefix: What every path begins with.
        headers: Those to send; the account's token, unless others are given.
    """

    def __init__(
        self, service: Service, prefix: str = "/api/v9", *, headers: dict[str, str] | None = None
    ) -> None:
        self.service = service
        self.prefix = prefix
        token = {"Authorization": basic(service.account.token, "api_token")}
        self.headers = JSON_TYPE | (token if headers is None else headers)

    def call(self, method: str, path: str, body: object = None) -> Reply:
        """One request; a body of bytes is sent as it is, any other as JSON."""
        sent = body if isinstance(body, bytes) else b"" if body is None else _json(body)
        target = self.prefix + path
        return self.service.handle(request_of(method, target, headers=self.headers, body=sent))

    def get(self, path: str) -> Any:
        """What a GET that succeeds answers."""
        return self.done("GET", path)

    def post(self, path: str, body: object = None) -> Any:
        """What a POST that succeeds answers."""
        return self.done("POST", path, body)

    def put(self, path: str, body: object = None) -> Any:
        """What a PUT that succeeds answers."""
        return self.done("PUT", path, body)

    def patch(self, path: str, body: object = None) -> Any:
        """What a PATCH that succeeds answers."""
        return self.done("PATCH", path, body)

    def done(self, method: str, path: str, body: object = None) -> Any:
        """The JSON of a reply that is no error."""
        reply = self.call(method, path, body)
        assert reply.status == 200, (reply.status, reply.body)
        return reply.json()

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Status and words of a reply that is an error."""
        reply = self.call(method, path, body)
        assert reply.status >= 400, (reply.status, reply.body)
        words = reply.json()
        assert isinstance(words, str)
        return reply.status, words


def _json(value: object) -> bytes:
    return json.dumps(value).encode()
