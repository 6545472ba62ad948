"""A gateway that forwards v9 below a path of its own, for keys of its own."""

import secrets
from typing import Final

from tests.fakes.toggl.exchange import Reply, Request, answer

PREFIX: Final = "/toggl-track"


class Gateway:
    """The gateway's account.

    Attributes:
        key: What ``Authorization: Bearer`` must bear.
        connection: The id that ``Maton-Connection`` may name.
        connected: Whether it has a connection to Toggl at all.
        limited: Whether it has had too many requests.
        passes_quota: Whether Toggl's quota headers come through.
    """

    def __init__(self) -> None:
        self.key = secrets.token_urlsafe(24)
        self.connection = secrets.token_hex(8)
        self.connected = True
        self.limited = False
        self.passes_quota = True

    def turn_away(self, request: Request) -> Reply | None:
        """Its own complaints; None if it forwards the request."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secrets.compare_digest(
            key.encode(), self.key.encode()
        ):
            return _error(401, "Invalid or missing Maton API key")
        if self.limited:
            return _error(429, "Too many requests. Rate limit exceeded for this Maton account.")
        named = request.headers.get("maton-connection", self.connection)
        if not self.connected or named != self.connection:
            return _error(400, "Missing Toggl Track connection")
        return None

    def passed_back(self, request: Request, reply: Reply) -> Reply:
        """Toggl's reply as the gateway passes it on: without the token of the account."""
        if not self.passes_quota:
            kept = {name: value for name, value in reply.headers.items() if "-Quota-" not in name}
            reply = reply._replace(headers=kept)
        if request.path.endswith("/me") and reply.status == 200:
            shown = reply.json()
            shown.pop("api_token", None)
            return reply._replace(body=answer(shown).body)
        return reply


def _error(status: int, words: str) -> Reply:
    return answer({"error": words}, status)
