"""Lets `requests` speak to the fake without sockets, thousands of times a second."""

from collections.abc import Mapping
from http.client import RemoteDisconnected
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.exceptions import ConnectionError as NotConnected
from requests.exceptions import ReadTimeout
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import (
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from tests.fakes.toggl.exchange import Reply, Request, request_of
from tests.fakes.toggl.faults import Faults, Outcome, Wire
from tests.fakes.toggl.service import Service


class MountedAdapter(BaseAdapter):
    """Answers from a service what ``session.mount("http://127.0.0.1", adapter)`` sends its way.

    Attributes:
        faults: What goes wrong on the way, raised as the sockets' errors are.
        online: If not, every connection is refused.
    """

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.service = service
        self.faults = Faults(service)
        self.online = True
        self._responses = HTTPAdapter()
        self._pool = HTTPConnectionPool("127.0.0.1", 80)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Answer a request, or raise what a connection would have."""
        if not self.online:
            raise self._refused(request)
        match self.faults.exchange(_read(request)):
            case Outcome(Wire.WHOLE, Reply() as reply):
                response = self._response(request, reply, reply.body)
            case Outcome(Wire.TRUNCATED, Reply() as reply):
                response = self._response(request, reply, reply.body[: len(reply.body) // 2])
            case Outcome(Wire.RESET):
                raise _aborted(ConnectionResetError(104, "Connection reset by peer"), request)
            case Outcome(Wire.SILENT):
                error = ReadTimeoutError(self._pool, request.url or "", "Read timed out.")
                raise ReadTimeout(error, request=request)
            case _:
                words = "Remote end closed connection without response"
                raise _aborted(RemoteDisconnected(words), request)
        if not stream:
            _ = response.content
        return response

    def close(self) -> None:
        """Nothing is open."""

    def _response(
        self, request: requests.PreparedRequest, reply: Reply, sent: bytes
    ) -> requests.Response:
        raw = HTTPResponse(
            body=BytesIO(sent),
            headers={**reply.headers, "Content-Length": str(len(reply.body))},
            status=reply.status,
            reason="",
            preload_content=False,
            decode_content=False,
            request_method=request.method,
        )
        return self._responses.build_response(request, raw)

    def _refused(self, request: requests.PreparedRequest) -> NotConnected:
        reason = NewConnectionError(HTTPConnection("127.0.0.1"), "Connection refused")
        error = MaxRetryError(self._pool, request.url or "", reason)
        return NotConnected(error, request=request)


def _read(request: requests.PreparedRequest) -> Request:
    body = request.body or b""
    return request_of(
        request.method or "GET",
        request.url or "",
        headers={name: str(value) for name, value in request.headers.items()},
        body=body.encode() if isinstance(body, str) else bytes(body),  # type: ignore[arg-type]
    )


def _aborted(cause: Exception, request: requests.PreparedRequest) -> NotConnected:
    return NotConnected(ProtocolError("Connection aborted.", cause), request=request)
