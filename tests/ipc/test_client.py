import os
import socket
import subprocess
import sys
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread, Timer
from typing import Final

import pytest

from tests.ipc.conftest import ROOT
from tests.rig.waiting import BUSY
from tray.ipc.client import _over_pipe, send
from tray.ipc.lock import acquire
from tray.ipc.protocol import Command, Message, Reply, encode_reply
from tray.paths import Paths

SHOW: Final = Message(Command.SHOW)
OK: Final = encode_reply(Reply(True))


@contextmanager
def listening(
    paths: Paths, behave: Callable[[socket.socket], None], *, backlog: int = 5
) -> Iterator[None]:
    """A first instance of its own kind: `behave` gets each connection."""
    lock = acquire(paths.lock)
    assert lock
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{paths.data}/s")
        server.listen(backlog)
        lock.announce(f"{paths.data}/s")
        thread = Thread(target=serve, args=(server, behave))
        thread.start()
        try:
            yield
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            lock.release()


def serve(server: socket.socket, behave: Callable[[socket.socket], None]) -> None:
    while True:
        try:
            connection = server.accept()[0]
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            behave(connection)


def answer(connection: socket.socket) -> None:
    connection.recv(1_000)
    connection.sendall(OK)


def test_without_a_first_instance_there_is_no_reply(paths: Paths) -> None:
    assert send(paths, SHOW) is None
    with listening(paths, answer):
        assert send(paths, SHOW) == Reply(True)
    assert send(paths, SHOW) is None


def test_one_that_has_just_started_is_waited_for(paths: Paths) -> None:
    with listening(paths, answer):
        os.rename(f"{paths.data}/s", f"{paths.data}/later")
        appearing = Timer(0.2, os.rename, [f"{paths.data}/later", f"{paths.data}/s"])
        appearing.start()
        assert send(paths, SHOW, timeout_seconds=5) == Reply(True)
        appearing.join()


def test_one_that_leaves_before_it_listens_is_none(paths: Paths) -> None:
    lock = acquire(paths.lock)
    assert lock
    leaving = Timer(0.2, lock.release)
    leaving.start()
    assert send(paths, SHOW, timeout_seconds=5) is None
    leaving.join()


@pytest.mark.parametrize("address", ["", "/nowhere/s", "dead"])
def test_one_that_never_listens_is_named(paths: Paths, address: str) -> None:
    lock = acquire(paths.lock)
    assert lock
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(f"{paths.data}/dead")
    lock.announce(f"{paths.data}/dead" if address == "dead" else address)
    begin = time.monotonic()
    reply = send(paths, SHOW, timeout_seconds=0.2)
    assert reply
    assert not reply.ok
    assert f"The tray is running (process {os.getpid()}), but does not answer." in reply.error
    assert time.monotonic() - begin < 2 * BUSY
    lock.release()


def test_a_silent_one_is_not_waited_for_longer_than_agreed(paths: Paths) -> None:
    heard: list[bytes] = []

    def note(connection: socket.socket) -> None:
        while piece := connection.recv(1_000):
            heard.append(piece)

    begin = time.monotonic()
    with listening(paths, note):
        reply = send(paths, SHOW, timeout_seconds=0.2)
        assert reply
        assert "does not answer" in reply.error
    assert time.monotonic() - begin < 2 * BUSY
    assert b"".join(heard).count(b"\n") == 1, "or it could toggle twice"


def test_one_that_answers_by_the_byte_gets_no_more_time(paths: Paths) -> None:
    def trickle(connection: socket.socket) -> None:
        with suppress(ConnectionError):
            for _ in range(4_000):
                connection.sendall(b"{")
                time.sleep(0.01)

    begin = time.monotonic()
    with listening(paths, trickle):
        reply = send(paths, SHOW, timeout_seconds=0.3)
        assert reply
        assert "does not answer" in reply.error
        assert time.monotonic() - begin < 2 * BUSY


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (b"", "left without an answer"),
        (b"hello\n", "answer cannot be read: The line is not JSON."),
        (b'{"v":1,"ok":tr', "answer cannot be read: The line is cut off"),
        (b"x" * 70_000, "answer cannot be read: The line is cut off, or longer than 65,536"),
        (b'{"v":1,"ok":false,"error":"No entry."}\n', "No entry."),
    ],
)
def test_no_answer_and_bad_ones_are_told(paths: Paths, said: bytes, sentence: str) -> None:
    def say(connection: socket.socket) -> None:
        connection.recv(1_000)
        with suppress(ConnectionError):
            connection.sendall(said)

    with listening(paths, say):
        reply = send(paths, SHOW)
        assert reply
        assert not reply.ok
        assert sentence in reply.error


def test_an_endless_answer_is_not_heard_to_the_end(paths: Paths) -> None:
    def rant(connection: socket.socket) -> None:
        with suppress(ConnectionError):
            while True:
                connection.sendall(b"x" * 9_000)

    with listening(paths, rant):
        reply = send(paths, SHOW)
        assert reply
        assert "answer cannot be read" in reply.error


def test_one_that_leaves_at_once_has_not_answered(paths: Paths) -> None:
    with listening(paths, socket.socket.close):
        reply = send(paths, SHOW)
        assert reply
        assert "left without an answer" in reply.error


def test_a_full_queue_is_waited_for(paths: Paths) -> None:
    def answer_slowly(connection: socket.socket) -> None:
        time.sleep(0.1)
        if connection.recv(1_000):
            connection.sendall(OK)

    with listening(paths, answer_slowly, backlog=0):
        waiting = [socket.socket(socket.AF_UNIX) for _ in range(3)]
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(f"{paths.data}/s")
            connection.close()
        assert send(paths, SHOW, timeout_seconds=5) == Reply(True)


def test_a_link_to_a_socket_is_left_alone(paths: Paths) -> None:
    with listening(paths, answer):
        os.symlink(f"{paths.data}/s", f"{paths.data}/link")
        with open(paths.lock, "w", encoding="utf-8") as file:
            file.write(f'{{"v":1,"pid":7,"address":"{paths.data}/link"}}\n')
        reply = send(paths, SHOW)
        assert reply
        assert "belongs to another user, and was left alone" in reply.error


def test_nothing_slow_is_imported() -> None:
    program = "import sys, tray.cli.tray_commands; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(
        {"PySide6", "dataclasses", "logging", "pathlib", "socket", "threading"}
    )


def test_a_pipe_is_asked_like_a_socket() -> None:
    """A terminal stands in for a pipe of Windows: a file to write to, that answers."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    answering = Thread(target=lambda: os.write(ours, OK) and os.read(ours, 9))
    answering.start()
    try:
        assert _over_pipe(os.ttyname(theirs), b"question\n", time.monotonic() + 5) == OK
        answering.join()
        with pytest.raises(TimeoutError):
            _over_pipe(os.ttyname(theirs), b"question\n", time.monotonic() + 0.1)
        os.write(ours, OK)  # lets the thread go
    finally:
        os.close(theirs)
        os.close(ours)
    with pytest.raises(FileNotFoundError):
        _over_pipe("/nowhere/pipe", b"question\n", time.monotonic() + 5)
