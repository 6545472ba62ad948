"""Carries single requests to a server: signed, bounded in time and size, never repeated."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from tray.api.address import Address, Version
from tray.api.codec import msgspec
from tray.api.error_text import is_page, message_in
from tray.api.line import Head, Headers, Line, Outgoing
from tray.api.refusals import not_toggl, refusal
from tray.api.remote_values import ResponseInfo
from tray.api.response import Request, Response
from tray.api.secret import Secret
from tray.errors import BadReply, Offline, RemoteError
from tray.sentences import tr

_log: Final = logging.getLogger(__name__)

Query: TypeAlias = Mapping[str, str | int]


class Transport:
    """A connection to one server; for one thread, except `close`."""

    def __init__(
        self,
        address: Address,
        secret: Secret,
        line: Line,
        *,
        on_response: Callable[[ResponseInfo], None] = lambda _: None,
        on_request: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare everything, without a request.

        Args:
            address: The server.
            secret: What proves who we are.
            line: What carries the requests; it is closed with this.
            on_response: Called for each reply, before it is read.
            on_request: Called before each request, with the bucket that pays; it may raise.
        """
        self.address = address
        self._secret = secret
        self._on_response = on_response
        self._on_request = on_request
        self._line = line

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: object = None,
        default_field: str | None = None,
    ) -> Response:
        """Send one request and wait for its answer.

        Args:
            method: Such as ``GET``.
            path: Below the address, such as ``/me``.
            query: What follows the ``?``.
            body: What is sent as JSON; None sends nothing.
            default_field: The field that a refusal is about if its words name none.

        Raises:
            RemoteError: anything but a success.
        """
        call = Request(method, path, default_field)
        return self._exchange(call, self.address.url + path, query=query, body=body)

    def report(self, path: str, *, body: object) -> Response:
        """Send one request to the Reports API v3.

        Raises:
            RemoteError: anything but a success.
        """
        return self._exchange(Request("POST", path), self.address.reports + path, body=body)

    def misread(self, reply: Response, what: str) -> RemoteError:
        """The error for a successful reply that is `what` instead of what the API says."""
        message = message_in(reply.body, self._secret.scrub) if is_page(reply.body) else ""
        if reply.call.is_me:
            return not_toggl(self.address, message, reply.status)
        return BadReply(
            self._secret.scrub(
                tr("{host} answered {call} with {what}. Nothing of it was used.").format(
                    host=self.address.host, call=reply.call, what=what
                )
            ),
            server_message=message,
            status=reply.status,
        )

    def close(self) -> None:
        """Break off what is under way, for ever; from any thread, without waiting."""
        self._line.close()

    def fetch(
        self, call: Request, url: str, *, query: Query | None = None, body: object = None
    ) -> Response:
        """Send one request to a whole URL, and give back whatever the server answers.

        Raises:
            RemoteError: there was no answer.
        """
        if self._line.is_closed:
            raise Offline(
                tr("The connection to {host} was closed. Connect again.").format(
                    host=self.address.host
                )
            )
        headers = self._secret.headers
        if body is not None:
            headers["Content-Type"] = "application/json"
        sent = None if body is None else msgspec.json.encode(body)
        heads: list[Response] = []

        def on_head(head: Head) -> None:
            heads.append(self._begun(call, head))

        self._on_request(self._bucket(call))
        began = time.monotonic()
        try:
            answer = self._line.carry(Outgoing(call, url, query or {}, headers, sent), on_head)
        except RemoteError as error:
            _log.warning("%s: %s after %.2f s", call, type(error).__name__, _since(began))
            raise
        reply = heads[-1]._replace(body=answer)
        _log.info("%s: %d, %d bytes in %.2f s", call, reply.status, len(answer), _since(began))
        return reply

    def error_of(self, reply: Response) -> RemoteError | None:
        """The error that a reply is; None if it is a success."""
        if not 200 <= reply.status < 300:
            return refusal(reply, message_in(reply.body, self._secret.scrub), self.address)
        return self.misread(reply, tr("a web page")) if is_page(reply.body) else None

    def without_secret(self, body: bytes) -> bytes:
        """A body with a few dots wherever the credential stands in it."""
        return self._secret.scrub(body.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )

    def _exchange(
        self, call: Request, url: str, *, query: Query | None = None, body: object = None
    ) -> Response:
        reply = self.fetch(call, url, query=query, body=body)
        if error := self.error_of(reply):
            raise error
        return reply

    def _bucket(self, call: Request) -> str:
        """Which requests it is counted with; v8 counts all together."""
        return "user" if self.address.version is Version.V8 else call.bucket

    def _begun(self, call: Request, head: Head) -> Response:
        """What is known of an answer when its body is still to be read."""
        headers = Headers(head.headers)
        if location := headers.get("Location"):  # the only header that ends up in a sentence
            headers = Headers({**headers, "Location": self._secret.scrub(location)})
        reply = Response(call, head.status, headers)
        self._on_response(reply.info(self._bucket(call)))
        return reply


def _since(began: float) -> float:
    return time.monotonic() - began
