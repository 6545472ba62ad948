"""The HTTP server: on loopback only, with bounds on what one caller can take of it."""

import logging
import socket
import sys
import time
from contextlib import suppress
from typing import Any, Final

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from tray.errors import Refused
from tray.language import tr

_THREADS: Final = 4
_CONNECTIONS: Final = 128
_MOST_HEAD: Final = 16 * 1024
_MOST_BODY: Final = 1024 * 1024
_REQUEST_SECONDS: Final = 10
"""In which a request has to have come whole, however it trickles in."""
_IDLE_SECONDS: Final = 30
"""After which a connection is closed on which nothing moves."""
_LOOK_SECONDS: Final = 5
"""How often the server looks whether a connection has to be closed."""
_REST_SECONDS: Final = 3600
"""The same while there is no connection."""


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection."""

    begun_at = 0.0
    """Since when a request has been coming in; 0: none is."""

    def received(self, data: bytes) -> bool:
        begun = self.begun_at or time.monotonic()
        took = bool(super().received(data))
        self.begun_at = 0.0 if self.request is None else begun
        return took

    def is_overdue(self, now: float) -> bool:
        """Whether it is kept up by a caller that sends or takes too slowly."""
        begun = self.begun_at
        slow_in = begun > 0 and now - begun > _REQUEST_SECONDS
        still = time.time() - self.last_activity > _IDLE_SECONDS
        return slow_in or (still and (self.total_outbufs_len > 0 or not self.requests))


class _Server(TcpWSGIServer):  # type: ignore[misc]  # as above
    """One address that is listened at."""

    channel_class = _Channel

    def maintenance(self, now: float) -> None:
        del now
        moment = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_overdue(moment):
                channel.will_close = True


class LoopbackServer:
    """Listens at the loopback addresses of this computer, and nowhere else.

    Args:
        application: What answers, by WSGI.
        port: The port; 0: any that is free.

    Raises:
        Refused: the port cannot be had.
    """

    def __init__(self, application: Any, port: int) -> None:
        logging.getLogger("waitress").addHandler(logging.NullHandler())  # not to the screen
        self._map: dict[int, Any] = {}
        self._adjustments = adjustments = Adjustments(
            asyncore_use_poll=hasattr(socket, "AF_UNIX"),
            channel_timeout=_IDLE_SECONDS,
            cleanup_interval=_LOOK_SECONDS,
            connection_limit=_CONNECTIONS,
            ident=None,
            max_request_body_size=_MOST_BODY,
            max_request_header_size=_MOST_HEAD,
            threads=_THREADS,
        )
        self._tasks = ThreadedTaskDispatcher()
        self._tasks.set_thread_count(_THREADS)
        sockets = [_listening(socket.AF_INET, port)]
        self.port: int = sockets[0].getsockname()[1]
        if socket.has_ipv6:
            with suppress(OSError, Refused):  # a computer need not have it
                sockets.append(_listening(socket.AF_INET6, self.port))
        for each in sockets:
            _Server(
                application,
                self._map,
                _sock=each,
                dispatcher=self._tasks,
                adj=adjustments,
                bind_socket=False,
                sockinfo=(each.family, each.type, each.proto, each.getsockname()),
            )
        self._is_over = False

    def run(self) -> None:
        """Serve until `stop`."""
        at_rest = len(self._map)
        while not self._is_over:
            wasyncore.loop(
                timeout=_LOOK_SECONDS if len(self._map) > at_rest else _REST_SECONDS,
                map=self._map,
                count=1,
                use_poll=self._adjustments.asyncore_use_poll,
            )
        self._tasks.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def stop(self) -> None:
        """End `run`; from any thread."""
        self._is_over = True
        for each in list(self._map.values()):
            if isinstance(each, _Server):
                each.pull_trigger()


def _listening(family: socket.AddressFamily, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(("127.0.0.1" if family is socket.AF_INET else "::1", port))
    except OSError as error:
        made.close()
        raise Refused(
            tr(
                "Port {port} cannot be had ({reason}): another program has it, or another "
                "Toggl Tray. Choose another port."
            ).format(port=port, reason=error.strerror)
        ) from error
    return made
