"""A tray without a screen: holds the lock, listens, and does what a test wants when it is told."""

import json
import os
import socket
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from tray.ipc import lock
from tray.ipc.protocol import SupportFinding
from tray.paths import find as find_paths
from tray.paths import make_private


class StandInTray:
    """A context manager: the tray runs inside.

    Args:
        environ: Says where the files are.
        on_command: Called with each command, in a thread of its own; what it returns is the error
            that is answered, if any.
        support: What it answers besides that works, or does not.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        on_command: Callable[[str], str] = lambda _: "",
        support: tuple[SupportFinding, ...] = (),
    ) -> None:
        self._support = [finding._asdict() for finding in support]
        self.heard: list[str] = []
        self._on_command = on_command
        self._paths = find_paths(environ)

    def __enter__(self) -> Self:
        taken = lock.acquire(self._paths.lock)
        assert taken is not None
        self._lock = taken
        make_private(os.path.dirname(self._paths.socket))
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(self._paths.socket)
        self._listener.listen()
        self._lock.announce(self._paths.socket)
        self._thread = threading.Thread(target=self._listen, name="stand-in tray")
        self._thread.start()
        return self

    def _listen(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection, connection.makefile("rb") as file:
                command = json.loads(file.readline())["cmd"]
                if command == "over":
                    return
                self.heard.append(command)
                error = self._on_command(command)
                reply: dict[str, Any] = {"v": 1, "ok": not error, "support": self._support}
                if error:
                    reply["error"] = error
                connection.sendall(json.dumps(reply).encode() + b"\n")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as last:
            last.connect(self._paths.socket)
            last.sendall(b'{"cmd":"over"}\n')
        self._thread.join()
        self._listener.close()
        os.unlink(self._paths.socket)
        self._lock.release()
