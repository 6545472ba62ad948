"""Sends a message to the first instance, from a process that needs no Qt for it."""

import sys
import time
from typing import Final

from tray.ipc import lock, socket_folder
from tray.ipc.lock import Holder
from tray.ipc.protocol import LINE_BYTES, Message, Reply, decode_reply, encode_message
from tray.language import tr
from tray.paths import Paths

TIMEOUT_SECONDS: Final = 2.0
_PIPE_BUSY: Final = 231
"""ERROR_PIPE_BUSY of Windows: all ends of the pipe are taken."""


def send(
    paths: Paths, message: Message, *, timeout_seconds: float = TIMEOUT_SECONDS
) -> Reply | None:
    """Send a message, once, and wait for its reply; None if there is no first instance.

    One that has just been started is waited for. One that does not answer in time has got the
    message or not: that is a reply with an error.
    """
    deadline = time.monotonic() + timeout_seconds
    while (holder := lock.holder(paths.lock)) is not None:
        if holder.address:
            try:
                return _exchange(holder, encode_message(message), deadline)
            except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
                pass  # it leaves, or listens elsewhere by now, or is asked by too many at once
        if time.monotonic() > deadline:
            return _silent(holder)
        time.sleep(lock.PAUSE_SECONDS)
    return None


def _exchange(holder: Holder, line: bytes, deadline: float) -> Reply:
    """Say a line to the holder of the lock and hear its reply.

    Raises:
        FileNotFoundError, ConnectionRefusedError, BlockingIOError: it does not listen; nothing
            has been said.
    """
    over = _over_pipe if sys.platform == "win32" else _over_socket
    if sys.platform == "win32":
        from tray.desktop.windows.shell import let_to_front

        let_to_front(holder.pid)
    if sys.platform != "win32" and not socket_folder.is_ours(holder.address):
        return Reply(
            False,
            tr("{address} belongs to another user, and was left alone.").format(
                address=holder.address
            ),
        )
    try:
        answer = over(holder.address, line, deadline)
    except TimeoutError:
        return _silent(holder)
    if not answer:
        return Reply(False, tr("The running tray left without an answer. Try again."))
    try:
        return decode_reply(answer)
    except ValueError as error:
        return Reply(
            False, tr("The running tray's answer cannot be read: {error}").format(error=error)
        )


def _silent(holder: Holder) -> Reply:
    text = tr(
        "The tray is running, but does not answer. Try again in a moment; if that does not help, "
        "end the process and start it again."
    )
    if holder.pid:
        text = tr(
            "The tray is running (process {pid}), but does not answer. Try again in a moment; if "
            "that does not help, end the process and start it again."
        )
    return Reply(False, text.format(pid=holder.pid))


def _over_socket(address: str, line: bytes, deadline: float) -> bytes:
    """Say a line and hear one; empty if the other side has left.

    Raises:
        TimeoutError: the other side was silent.
    """
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_left(deadline))
        connection.connect(address)
        received = b""
        try:
            connection.sendall(line)
            while not received.endswith(b"\n") and len(received) <= LINE_BYTES:
                connection.settimeout(_left(deadline))
                if not (piece := connection.recv(LINE_BYTES)):
                    break
                received += piece
        except ConnectionError:
            pass
        return received


def _left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.001)


def _over_pipe(address: str, line: bytes, deadline: float) -> bytes:
    """The same over a named pipe, which is a file for Windows, and one without a timeout.

    The thread that waits in its place ends with the process, if not before.
    """
    from threading import Thread

    received: list[bytes] = []
    failed: list[OSError] = []

    def ask() -> None:
        try:
            with open(address, "r+b", buffering=0) as pipe:
                pipe.write(line)
                received.append(pipe.readline(LINE_BYTES))
        except OSError as error:
            failed.append(error)

    thread = Thread(target=ask, name="pipe", daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if thread.is_alive():
        raise TimeoutError
    if failed and getattr(failed[0], "winerror", None) == _PIPE_BUSY:
        raise BlockingIOError from failed[0]
    if failed and isinstance(failed[0], FileNotFoundError):
        raise failed[0]
    return b"".join(received)
