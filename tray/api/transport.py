"""Carries single requests to a server: signed, bounded in time and size, never repeated."""

import logging
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Final, TypeAlias

import msgspec
import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError

from tray.api.address import Address, Version
from tray.api.cancellable import CancellableAdapter, CancellableSocket
from tray.api.error_text import is_page, message_in
from tray.api.refusals import not_toggl, refusal
from tray.api.remote_values import ResponseInfo
from tray.api.response import Request, Response
from tray.api.secret import Secret
from tray.api.session_options import DIRECT, Setup, manual_proxies, session_for, trust_for
from tray.api.transport_errors import FailureContext, broken_off, failure
from tray.errors import BadReply, Offline, RemoteError, TooLong
from tray.sentences import tr

_log: Final = logging.getLogger(__name__)

_ERROR_BYTES: Final = 64 * 1024
"""How much of an error's body is read."""
_PIECE_BYTES: Final = 64 * 1024
_BROKEN: Final = (
    requests.RequestException,
    HTTPError,
    HTTPException,
    OSError,
    ValueError,  # what urllib3 and http.client say of malformed heads
)

Query: TypeAlias = Mapping[str, str | int]


class Transport:
    """A connection to one server; for one thread, except `close`."""

    def __init__(
        self,
        address: Address,
        secret: Secret,
        *,
        setup: Setup = DIRECT,
        on_response: Callable[[ResponseInfo], None] = lambda _: None,
        on_request: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare everything, without a request.

        Args:
            address: The server.
            secret: What proves who we are.
            setup: What the connection goes through.
            on_response: Called for each reply, before it is read.
            on_request: Called before each request, with the bucket that pays; it may raise.

        Raises:
            BadAddress: the proxy's address cannot be used.
            Untrusted: the CA file cannot be used.
        """
        self.address = address
        self._secret = secret
        self._limits = setup.limits
        self._on_response = on_response
        self._on_request = on_request
        self._proxies = manual_proxies(setup.proxy)
        self._socket = CancellableSocket()
        self._used_at = time.time()
        self._session = session_for(setup.connection)
        adapter = setup.adapter or CancellableAdapter(
            self._socket, trust_for(address.url, setup.ca_file)
        )
        for prefix in ("https://", "http://"):
            self._session.mount(prefix, adapter)

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
        self._socket.close()
        self._session.close()

    def fetch(
        self, call: Request, url: str, *, query: Query | None = None, body: object = None
    ) -> Response:
        """Send one request to a whole URL, and give back whatever the server answers.

        Raises:
            RemoteError: there was no answer.
        """
        if self._socket.is_closed:
            raise Offline(
                tr("The connection to {host} was closed. Connect again.").format(
                    host=self.address.host
                )
            )
        if abs(time.time() - self._used_at) > self._limits.idle_seconds:
            self._session.close()
        self._on_request(self._bucket(call))
        began = time.monotonic()
        try:
            with (
                self._socket.deadline(self._limits.whole_seconds),
                self._send(call, url, query=query, body=body) as response,
            ):
                reply = self._read(call, response)
        except RemoteError as error:
            _log.warning("%s: %s after %.2f s", call, type(error).__name__, _since(began))
            self._session.close()  # whatever may still arrive belongs to no later request
            self._socket.cut()
            raise
        size = len(reply.body)
        _log.info("%s: %d, %d bytes in %.2f s", call, reply.status, size, _since(began))
        self._used_at = time.time()
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

    def _send(
        self, call: Request, url: str, *, query: Query | None, body: object
    ) -> requests.Response:
        """Send a request and wait for the head of its answer."""
        headers = self._secret.headers
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            return self._session.request(
                call.method,
                url,
                params=query,
                data=None if body is None else msgspec.json.encode(body),
                headers=headers,
                timeout=(self._limits.connect_seconds, self._limits.read_seconds),
                proxies=self._proxies_now(),
                allow_redirects=False,
                stream=True,
            )
        except _BROKEN as error:
            raise failure(error, self._failure_context(call)) from error

    def _read(self, call: Request, response: requests.Response) -> Response:
        """Take in the rest of the answer; of an error, what there is of it."""
        if "Location" in response.headers:  # the only header that ends up in a sentence
            response.headers["Location"] = self._secret.scrub(response.headers["Location"])
        reply = Response(call, response.status_code, response.headers)
        self._on_response(reply.info(self._bucket(call)))
        is_error = reply.status >= 300
        most = _ERROR_BYTES if is_error else self._limits.body_bytes
        body = bytearray()
        try:
            for piece in response.iter_content(_PIECE_BYTES):
                body += piece
                if len(body) > most:
                    break
        except _BROKEN as error:
            if not is_error:
                raise broken_off(self._failure_context(call)) from error
        if is_error:
            return reply._replace(body=bytes(body))
        if self._socket.timed_out or self._socket.is_closed:
            raise broken_off(self._failure_context(call))
        if len(body) > most:
            raise TooLong(
                tr(
                    "{host} answered {call} with more than {most:,} bytes. Nothing of it was used."
                ).format(host=self.address.host, call=call, most=most),
                status=reply.status,
            )
        return reply._replace(body=bytes(body))

    def _failure_context(self, call: Request) -> FailureContext:
        return FailureContext(
            host=self.address.host,
            is_me=call.is_me,
            was_connecting=self._socket.is_connecting,
            timed_out=self._socket.timed_out,
        )

    def _proxies_now(self) -> dict[str, str]:
        """Nothing on this computer is reached through a proxy: that would show it the token."""
        if self.address.is_local:
            return {}
        if self._proxies is not None:
            return self._proxies
        return get_environ_proxies(self.address.url, no_proxy=None)


def _since(began: float) -> float:
    return time.monotonic() - began
