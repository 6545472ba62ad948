"""Serves the fake over real HTTP on the loopback interface."""

import contextlib
import socket
import ssl
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final

from tests.fakes.toggl import gateway, v8, v9
from tests.fakes.toggl.account import Account
from tests.fakes.toggl.exchange import Reply, request_of
from tests.fakes.toggl.faults import Faults, Outcome, Wire
from tests.fakes.toggl.quota import Quota
from tests.fakes.toggl.service import Logged, Service

LOOPBACK: Final = "127.0.0.1"
RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)
"""For SO_LINGER: closing sends RST instead of FIN."""
PATIENCE_SECONDS: Final = 5.0
"""How long handlers may take to notice that the server stops."""


class Server:
    """A service that listens on a port of its own, until `stop`.

    Attributes:
        service: What answers.
        faults: What goes wrong on the way.
    """

    def __init__(
        self, service: Service, port: int = 0, *, tls: ssl.SSLContext | None = None
    ) -> None:
        self.service = service
        self._tls = tls
        self.faults = Faults(service)
        self.port = port
        self._http: _Http | None = None
        self._thread: threading.Thread | None = None
        self.start_again()

    @property
    def account(self) -> Account:
        """What the service keeps."""
        return self.service.account

    @property
    def quota(self) -> Quota:
        """The hourly buckets."""
        return self.service.quota

    @property
    def log(self) -> list[Logged]:
        """Every request that was handled."""
        return self.service.log

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http{'s' if self._tls else ''}://{LOOPBACK}:{self.port}"

    @property
    def url(self) -> str:
        """Where API v9 is."""
        return f"{self.origin}{v9.PREFIX}"

    @property
    def v8_url(self) -> str:
        """Where API v8 is."""
        return f"{self.origin}{v8.PREFIX}"

    @property
    def gateway_url(self) -> str:
        """Where API v9 is through the gateway."""
        return f"{self.origin}{gateway.PREFIX}{v9.PREFIX}"

    def start_again(self) -> None:
        """Listen, on the same port as before."""
        self._http = _Http(self.faults, self.port, self._tls)
        self.port = self._http.server_address[1]
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(0.01,), name="fake toggl", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Go off line: connections under way break off, new ones are refused."""
        if self._http is not None and self._thread is not None:
            self._http.shutdown()
            self._http.break_off()
            self._http.server_close()
            self._thread.join()
        self._http = self._thread = None

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def serve(account: Account, *, port: int = 0, tls: ssl.SSLContext | None = None) -> Server:
    """A running server for an account: ``with serve(account) as server:``."""
    return Server(Service(account), port, tls=tls)


class _Http(ThreadingHTTPServer):
    """Knows its connections, so that it can break them off."""

    # A test that fails before `stop` must not keep the interpreter from leaving.
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, faults: Faults, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        if tls is not None:  # hands are shaken where a request is read, not where one is accepted
            self.socket = tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
        self.faults = faults
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._guard = threading.Condition()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._guard:
            self._open.discard(request)
            self._guard.notify_all()

    def break_off(self) -> None:
        """Wake the handlers, which wait for a request or keep silent, and see them off."""
        self.closing.set()
        with self._guard:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            self._guard.wait_for(lambda: not self._open, timeout=PATIENCE_SECONDS)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up as they like; any other error is a fault of the fake, and shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Turns HTTP into `Request` and `Outcome` into HTTP, or into the lack of it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Http

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = dict(self.headers.items())
        request = request_of(self.command, self.path, headers=headers, body=body)
        self._send(self.server.faults.exchange(request))

    def _send(self, outcome: Outcome) -> None:
        match outcome:
            case Outcome(Wire.WHOLE, Reply() as reply):
                self._send_reply(reply, reply.body)
            case Outcome(Wire.TRUNCATED, Reply() as reply):
                self._send_reply(reply, reply.body[: len(reply.body) // 2])
                self.close_connection = True
            case Outcome(Wire.RESET):
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
                self.connection.close()
                self.close_connection = True
            case Outcome(Wire.SILENT):
                self._keep_silent()
            case _:
                self.close_connection = True

    def _keep_silent(self) -> None:
        """Until the client hangs up, or the server stops."""
        self.close_connection = True
        self.connection.settimeout(0.05)
        while not self.server.closing.is_set():
            try:
                if not self.connection.recv(1):
                    return
            except TimeoutError:
                continue

    def _send_reply(self, reply: Reply, sent: bytes) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(sent)
        self.wfile.flush()

    # The names that http.server asks for.
    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

    def log_message(self, _words: str, *_args: object) -> None:
        """Nothing: the service keeps the log."""
