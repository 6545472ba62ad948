"""Hears what other instances have to say, and answers them, within Qt's event loop."""

import logging
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray.errors import StorageError, TrayError
from tray.ipc import socket_folder
from tray.ipc.lock import Lock
from tray.ipc.protocol import LINE_BYTES, Message, Reply, decode_message, encode_reply
from tray.ipc.unix_socket import UnixServer, UnixSocket
from tray.language import tr
from tray.paths import APP
from tray.sentences import reason

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log: Final = logging.getLogger(__name__)

TIMEOUT_MS: Final = 2_000
"""For how long a connection may last: no longer than our own clients wait for an answer."""
MOST_AT_ONCE: Final = 64
"""More connections than these are hung up on: all together they may hold 4 MiB."""


def accept(message: Message) -> Reply:
    """Answer that all will be done."""
    del message
    return Reply(True)


class InstanceServer(QObject):
    """The ear of the first instance.

    Args:
        lock: what makes us the first; the address of the socket is written into its file.
        path: of the socket; Windows has a pipe instead, whose name nobody can guess.
        answer: gives the reply to a message, at once, as its sender waits for it. A `TrayError`
            from it becomes a reply with its sentence.
    """

    received = Signal(object)
    """A `Message`, after its sender has been answered that it will be done."""

    def __init__(
        self,
        lock: Lock,
        path: str,
        *,
        answer: Callable[[Message], Reply] = accept,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lock = lock
        self._path = path
        self._answer = answer
        self._open: set[_Conversation] = set()
        self._server = _made_server(self)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> None:
        """Begin to listen.

        Raises:
            StorageError: there is no place for the socket. The program can do without: only
                messages do not arrive.
        """
        is_pipe = sys.platform == "win32"
        if not is_pipe:
            socket_folder.prepare(self._path)
        if not self._server.listen(f"{APP}-{os.urandom(16).hex()}" if is_pipe else self._path):
            raise StorageError(
                tr("The socket {path} cannot be made ({reason}).").format(
                    path=self._path, reason=self._server.errorString()
                )
            )
        try:
            if not is_pipe:
                os.chmod(self._path, 0o600)
            self._lock.announce(self._server.fullServerName())
        except OSError as error:
            self.close()
            raise StorageError(
                tr("The socket {path} cannot be announced ({reason}).").format(
                    path=self._path, reason=reason(error)
                )
            ) from error

    def close(self) -> None:
        """Listen no more, and remove the socket."""
        self._server.close()
        for conversation in tuple(self._open):
            conversation.end()

    @Slot()
    def _on_connection(self) -> None:
        while (connected := self._server.nextPendingConnection()) is not None:
            conversation = _Conversation(connected, self._answer, self)
            self._open.add(conversation)
            conversation.agreed.connect(self.received)
            conversation.ended.connect(self._forget)
            if len(self._open) > MOST_AT_ONCE:
                conversation.end()

    @Slot(object)
    def _forget(self, conversation: "_Conversation") -> None:
        self._open.discard(conversation)
        conversation.deleteLater()


def _made_server(parent: QObject) -> "QLocalServer | UnixServer":
    if sys.platform != "win32":
        return UnixServer(parent)
    from PySide6.QtNetwork import QLocalServer

    server = QLocalServer(parent)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    return server


class _Conversation(QObject):
    """One connection: one line is heard, one is said, and the other side leaves.

    It is the other side that leaves, as a pipe of Windows loses what was not read at its end.
    """

    agreed = Signal(object)
    """The `Message`, after an ok."""
    ended = Signal(object)
    """This conversation."""

    def __init__(
        self,
        socket: "QLocalSocket | UnixSocket",
        answer: Callable[[Message], Reply],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._answer = answer
        self._has_received = False
        self._has_ended = False
        self._socket = socket
        self._socket.setParent(self)
        self._socket.setReadBufferSize(LINE_BYTES)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self.end)
        self._timeout = QTimer(self)
        self._timeout.setObjectName("patience with a message")
        self._timeout.setSingleShot(True)
        self._timeout.timeout.connect(self.end)
        self._timeout.start(TIMEOUT_MS)

    @Slot()
    def end(self) -> None:
        """Hang up."""
        if not self._has_ended:
            self._has_ended = True
            self._timeout.stop()
            self._socket.abort()
            self.ended.emit(self)

    @Slot()
    def _read(self) -> None:
        is_whole = self._socket.canReadLine() or self._socket.bytesAvailable() >= LINE_BYTES
        if self._has_received or not is_whole:
            return
        self._has_received = True
        try:
            message = decode_message(bytes(self._socket.readLine(LINE_BYTES + 1).data()))
        except ValueError as error:
            self._send(Reply(False, str(error)))
        else:
            self._reply(message)

    def _reply(self, message: Message) -> None:
        _log.info("asked by another instance: %s", message.command)
        try:
            reply = self._answer(message)
        except TrayError as error:
            reply = Reply(False, str(error))
        self._send(reply)
        if reply.ok:
            self.agreed.emit(message)

    def _send(self, reply: Reply) -> None:
        self._socket.write(encode_reply(reply))
        self._socket.flush()
