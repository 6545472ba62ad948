"""Owns the socket of the one connection, so that another thread or a deadline can cut it.

urllib3 offers no way to break off a request that another thread waits in. A duplicate of the socket
does: it stays ours while urllib3 wraps the original in TLS, and shutting it down wakes whoever
reads, writes or connects.
"""

import math
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import Any, ClassVar
from weakref import finalize

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.retry import Retry


class CancellableSocket:
    """The connection, seen from outside of the request that uses it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ours: list[socket.socket] = []
        finalize(self, _end, self._ours)
        self._request = 0
        self.is_closed = False
        """Whether `close` was called: nothing goes over this line any more."""
        self.timed_out = False
        """Whether the request under way, or the last one, has missed its deadline."""
        self.is_connecting = False
        """Whether the request under way has not been sent yet, for lack of a connection."""

    def attach(self, connection: socket.socket) -> None:
        """Take note of the socket that is used from now on.

        Raises:
            OSError: the line is closed, or the deadline is over.
        """
        ours = connection.dup()
        with self._lock:
            over = list(self._ours)
            self._ours[:] = [ours]
            must_end = self.is_closed or self.timed_out
        for each in over:
            each.close()
        if must_end:
            self.cut()
            raise ConnectionAbortedError("the line was cut")

    def cut(self) -> None:
        """End the connection, whatever it is used for at the moment; waits for nothing."""
        with self._lock:
            _end(self._ours)

    def close(self) -> None:
        """Cut it for ever. May be called from any thread."""
        with self._lock:
            self.is_closed = True
            _end(self._ours)

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Cut the line if the request in this block takes longer."""
        with self._lock:
            self._request += 1
            self.timed_out = self.is_connecting = False
        if seconds == math.inf:
            yield
            return
        watch = Timer(seconds, self._time_out, [self._request])
        watch.name = "deadline of a request"
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _time_out(self, request: int) -> None:
        with self._lock:
            if request == self._request:
                self.timed_out = True
                _end(self._ours)


def _end(sockets: list[socket.socket]) -> None:
    while sockets:
        with sockets.pop() as ours, suppress(OSError):  # it may not be connected any more
            ours.shutdown(socket.SHUT_RDWR)


class CancellableAdapter(HTTPAdapter):
    """What requests sends with: over our line, with our trust, and never a second time."""

    def __init__(self, line: CancellableSocket, trust: ssl.SSLContext) -> None:
        self._trust = trust
        self._pools = _pools(line)
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=Retry(0, read=False))

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        """Make the pool of direct connections."""
        super().init_poolmanager(
            connections, maxsize, block=block, ssl_context=self._trust, **pool_kwargs
        )
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        """Make the pool of connections through a proxy."""
        manager = super().proxy_manager_for(
            proxy, ssl_context=self._trust, proxy_ssl_context=self._trust, **proxy_kwargs
        )
        manager.pool_classes_by_scheme = self._pools
        return manager


class _CancellableConnection(HTTPConnection):
    """A connection that tells its line what becomes of it."""

    line: ClassVar[CancellableSocket]

    def connect(self) -> None:
        self.line.is_connecting = True
        super().connect()
        self.line.is_connecting = False

    def _new_conn(self) -> socket.socket:
        """What urllib3 does here, except that the socket can be cut while it connects."""
        try:
            return self._dial()
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "timed out") from error
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(self, str(error)) from error

    def _dial(self) -> socket.socket:
        failed: OSError = OSError("the name has no address")
        places = socket.getaddrinfo(self.host.strip("[]"), self.port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _, place in places:
            connection = socket.socket(family, kind, protocol)
            try:
                self.line.attach(connection)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.settimeout(self.timeout)
                connection.connect(place)
            except OSError as error:
                connection.close()
                failed = error
            else:
                return connection
        raise failed


def _pools(line: CancellableSocket) -> dict[str, type[HTTPConnectionPool]]:
    """The classes that urllib3 makes connections with, bound to `line`."""

    class Plain(_CancellableConnection):
        pass

    class Secure(_CancellableConnection, HTTPSConnection):
        pass

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    Plain.line = Secure.line = line
    return {"http": PlainPool, "https": SecurePool}
