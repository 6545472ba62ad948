"""A server that behaves badly on purpose: each connection is handled by a function of the test."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

from tray.api.address import Auth, read_address
from tray.api.connect import connect
from tray.api.remote_api import Toggl
from tray.api.remote_values import ResponseInfo
from tray.api.secret import token_secret
from tray.api.session_options import Limits

TOKEN: Final = "0123456789abcdef0123456789abcdef"
IMPATIENT: Final = Limits(
    connect_seconds=0.5, read_seconds=0.5, whole_seconds=1, body_bytes=256 * 1024
)

aside = False
"""Whether a process of its own sends; see the fixture `each_line`."""

Handler = Callable[["Peer"], None]


class Peer:
    """The server's end of one connection."""

    def __init__(self, line: socket.socket, over: Event) -> None:
        self.line = line
        self.over = over
        """Set when the test is over."""
        self._file = line.makefile("rb")

    def hear(self) -> bytes:
        """The next request: its head and its body; empty if there is none."""
        head = b""
        length = 0
        while (row := self._file.readline()) not in (b"\r\n", b""):
            head += row
            if row.lower().startswith(b"content-length:"):
                length = int(row.split(b":")[1])
        return head + b"\r\n" + self._file.read(length) if head else b""

    def say(self, *pieces: bytes) -> None:
        """Send as it is."""
        self.line.sendall(b"".join(pieces))

    def answer(self, body: bytes, *, status: bytes = b"200 OK", head: bytes = b"") -> None:
        """Send a whole reply."""
        self.say(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n" % (status, len(body)), head)
        self.say(b"\r\n", body)

    def drip(self, data: bytes, pause: float = 0.05) -> None:
        """Send byte by byte, until the other side or the test has had enough."""
        for at in range(len(data)):
            if self.over.wait(pause):
                return
            self.say(data[at : at + 1])

    def hang(self) -> None:
        """Say nothing more, and keep the line open."""
        self.over.wait(30)

    def close(self) -> None:
        self._file.close()
        self.line.close()


class BadServer:
    """Listens on a port of its own; the n-th connection is for the n-th handler, and so on."""

    def __init__(self, *handlers: Handler, tls: ssl.SSLContext | None = None) -> None:
        self.heard: list[bytes] = []
        """What came, whole requests."""
        self._handlers = handlers
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._over = Event()
        self._threads = [Thread(target=self._accept, name="bad server")]

    @property
    def url(self) -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self.port}/api/v9"

    def toggl(
        self,
        *,
        proxy: str = "",
        ca_file: str = "",
        limits: Limits = IMPATIENT,
        on_response: Callable[[ResponseInfo], None] = lambda _: None,
    ) -> Toggl:
        """A client of this server."""
        return connect(
            read_address(self.url),
            token_secret(TOKEN, Auth.BASIC),
            proxy=proxy,
            ca_file=ca_file,
            limits=limits,
            on_response=on_response,
            aside=aside,
        )

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        for handler in self._handlers:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            thread = Thread(target=self._handle, args=(handler, line), name="bad peer")
            self._threads.append(thread)
            thread.start()

    def _handle(self, handler: Handler, line: socket.socket) -> None:
        line.settimeout(5)
        with suppress(OSError, ValueError):
            if self._tls:
                line = self._tls.wrap_socket(line, server_side=True)
            peer = Peer(line, self._over)
            try:
                handler(peer)
            finally:
                peer.close()
        line.close()
