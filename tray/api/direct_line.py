"""Sends requests with `requests`, in this process: bounded in time and size, never repeated."""

import time
from http.client import HTTPException
from typing import Final

import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError

from tray.api.cancellable import CancellableAdapter, CancellableSocket
from tray.api.http_session import session_for, trust_for
from tray.api.line import Destination, Head, OnHead, Outgoing, broken_off
from tray.api.response import Request
from tray.api.session_options import Setup, manual_proxies
from tray.api.transport_errors import FailureContext, failure
from tray.errors import RemoteError, TooLong
from tray.sentences import tr

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


class DirectLine:
    """A connection to one server; see `Line`."""

    def __init__(self, place: Destination, setup: Setup) -> None:
        """Prepare everything, without a request.

        Raises:
            BadAddress: the proxy's address cannot be used.
            Untrusted: the CA file cannot be used.
        """
        self._place = place
        self._limits = setup.limits
        self._proxies = manual_proxies(setup.proxy)
        self._socket = CancellableSocket()
        self._used_at = time.time()
        self._session = session_for(setup.connection)
        adapter = setup.adapter or CancellableAdapter(
            self._socket, trust_for(place.url, setup.ca_file)
        )
        for prefix in ("https://", "http://"):
            self._session.mount(prefix, adapter)

    @property
    def is_closed(self) -> bool:
        """See `Line`."""
        return self._socket.is_closed

    def close(self) -> None:
        """See `Line`."""
        self._socket.close()
        self._session.close()

    def carry(self, outgoing: Outgoing, on_head: OnHead) -> bytes:
        """See `Line`."""
        if abs(time.time() - self._used_at) > self._limits.idle_seconds:
            self._session.close()
        try:
            with (
                self._socket.deadline(self._limits.whole_seconds),
                self._send(outgoing) as response,
            ):
                body = self._read(outgoing.call, response, on_head)
        except RemoteError:
            self._session.close()  # whatever may still arrive belongs to no later request
            self._socket.cut()
            raise
        self._used_at = time.time()
        return body

    def _send(self, outgoing: Outgoing) -> requests.Response:
        """Send a request and wait for the head of its answer."""
        try:
            return self._session.request(
                outgoing.call.method,
                outgoing.url,
                params=outgoing.query,
                data=outgoing.body,
                headers=outgoing.headers,
                timeout=(self._limits.connect_seconds, self._limits.read_seconds),
                proxies=self._proxies_now(),
                allow_redirects=False,
                stream=True,
            )
        except _BROKEN as error:
            context = FailureContext(
                host=self._place.host,
                is_me=outgoing.call.is_me,
                was_connecting=self._socket.is_connecting,
                timed_out=self._socket.timed_out,
            )
            raise failure(error, context) from error

    def _read(self, call: Request, response: requests.Response, on_head: OnHead) -> bytes:
        """Take in the rest of the answer; of an error, what there is of it."""
        on_head(Head(response.status_code, response.headers))
        is_error = response.status_code >= 300
        most = _ERROR_BYTES if is_error else self._limits.body_bytes
        body = bytearray()
        try:
            for piece in response.iter_content(_PIECE_BYTES):
                body += piece
                if len(body) > most:
                    break
        except _BROKEN as error:
            if not is_error:
                raise self._broken_off() from error
        if is_error:
            return bytes(body)
        if self._socket.timed_out or self._socket.is_closed:
            raise self._broken_off()
        if len(body) > most:
            raise TooLong(
                tr(
                    "{host} answered {call} with more than {most:,} bytes. Nothing of it was used."
                ).format(host=self._place.host, call=call, most=most),
                status=response.status_code,
            )
        return bytes(body)

    def _broken_off(self) -> RemoteError:
        return broken_off(self._place.host, timed_out=self._socket.timed_out)

    def _proxies_now(self) -> dict[str, str]:
        """Nothing on this computer is reached through a proxy: that would show it the token."""
        if self._place.is_local:
            return {}
        if self._proxies is not None:
            return self._proxies
        return get_environ_proxies(self._place.url, no_proxy=None)
