"""Local sockets within Qt's event loop, without Qt's network library, which takes 3 MB.

They are as much of QLocalServer and QLocalSocket as `ipc/server.py` uses, under Qt's own names: on
Windows, which has pipes instead, it uses those.
"""

import os
import socket
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSocketNotifier, Signal, Slot

from tray.sentences import reason

_BACKLOG: Final = 50
_READ: Final = QSocketNotifier.Type.Read


class UnixServer(QObject):
    """Listens at a path in a folder that is the user's alone."""

    newConnection = Signal()  # noqa: N815

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = self._error = ""
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None

    def listen(self, path: str) -> bool:
        """Begin to listen; whether that worked."""
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listening.setblocking(False)
            listening.bind(path)
            listening.listen(_BACKLOG)
        except OSError as error:
            listening.close()
            self._error = reason(error)
            return False
        self._socket, self._path = listening, path
        self._notifier = QSocketNotifier(listening.fileno(), _READ, self)
        self._notifier.activated.connect(self.newConnection)
        return True

    def errorString(self) -> str:  # noqa: N802
        """Why `listen` did not work."""
        return self._error

    def fullServerName(self) -> str:  # noqa: N802
        """Where it listens."""
        return self._path

    def nextPendingConnection(self) -> "UnixSocket | None":  # noqa: N802
        """The next connection; None if there is no other now."""
        with suppress(OSError):
            if self._socket is not None:
                return UnixSocket(self._socket.accept()[0], self)
        return None

    def close(self) -> None:
        """Listen no more, and remove the socket."""
        if self._socket is not None and self._notifier is not None:
            self._notifier.setEnabled(False)
            self._socket.close()
            self._socket = None
            with suppress(OSError):
                os.unlink(self._path)


class UnixSocket(QObject):
    """One connection."""

    readyRead = Signal()  # noqa: N815
    disconnected = Signal()

    def __init__(self, connected: socket.socket, parent: QObject) -> None:
        super().__init__(parent)
        connected.setblocking(False)
        self._socket = connected
        self._read = bytearray()
        self._most = 0
        self._notifier = QSocketNotifier(connected.fileno(), _READ, self)
        self._notifier.activated.connect(self._on_readable)

    def setReadBufferSize(self, size: int) -> None:  # noqa: N802
        """Take in no more than so many bytes that nobody has read."""
        self._most = size

    def bytesAvailable(self) -> int:  # noqa: N802
        """How many bytes nobody has read."""
        return len(self._read)

    def canReadLine(self) -> bool:  # noqa: N802
        """Whether a line has arrived whole."""
        return b"\n" in self._read

    def readLine(self, longest: int) -> QByteArray:  # noqa: N802
        """The next line, with its end, or so much of it as has arrived and is not too long."""
        end = self._read.find(b"\n") + 1 or len(self._read)
        line = bytes(self._read[: min(end, longest - 1)])
        del self._read[: len(line)]
        return QByteArray(line)

    def write(self, line: bytes) -> None:
        """Say something that fits into a socket; to who does not listen any more, nothing."""
        with suppress(OSError):
            self._socket.sendall(line)

    def flush(self) -> None:
        """Nothing is left to be sent."""

    def abort(self) -> None:
        """Hang up."""
        self._notifier.setEnabled(False)
        self._socket.close()

    @Slot()
    def _on_readable(self) -> None:
        try:
            received = self._socket.recv(self._most - len(self._read))
        except BlockingIOError:
            return
        except OSError:
            received = b""
        self._read += received
        if not received or len(self._read) >= self._most:
            self._notifier.setEnabled(False)
        if received:
            self.readyRead.emit()
        else:
            self.disconnected.emit()
