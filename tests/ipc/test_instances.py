"""Real processes: who is first, who tells whom, and what nobody can do to the first."""

import os
import signal
import socket
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from tests.ipc.conftest import Process, Start, said
from tests.rig.waiting import BUSY
from tray.ipc import lock
from tray.ipc.client import send
from tray.ipc.protocol import LINE_BYTES, Command, Message, Reply, decode_reply, encode_message
from tray.ipc.server import MOST_AT_ONCE
from tray.paths import Paths, find

SHOW: Final = Message(Command.SHOW)
SECONDS: Final = 30
"""More than the server's patience, and more than a busy computer needs."""


def connected(paths: Paths) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(paths.socket)
    except OSError:
        connection.close()
        raise
    connection.settimeout(SECONDS)
    return connection


def rest(connection: socket.socket) -> bytes:
    """All that is still said, until the other side leaves."""
    heard = b""
    with suppress(ConnectionError):
        while piece := connection.recv(1_000):
            heard += piece
    return heard


def left(process: Process) -> list[str]:
    """What a process says until it has left by itself, without an error."""
    lines = process.communicate(timeout=SECONDS)[0].splitlines()
    assert process.returncode == 0, lines
    return lines


def test_of_two_at_once_one_is_first_and_is_told_by_the_other(start: Start, paths: Paths) -> None:
    for turn in range(6):
        racers = {f"{turn}a": start(f"{turn}a"), f"{turn}b": start(f"{turn}b")}
        results = {said(process): name for name, process in racers.items()}
        assert sorted(results) == ["first", "second "]
        first, second = racers[results["first"]], racers[results["second "]]
        assert left(second) == []
        assert said(first) == f"quick {results['second ']}"
        first.kill()  # leaves a lock file and a socket for the next turn
        first.wait()
        assert os.path.exists(paths.socket)
        assert send(paths, SHOW) is None


def test_many_at_once_make_one(start: Start) -> None:
    results = {name: start(name) for name in "abcdef"}
    lines = {name: said(process) for name, process in results.items()}
    assert sorted(lines.values()) == ["first", *["second "] * 5]
    (first,) = (name for name, line in lines.items() if line == "first")
    heard = {said(results[first]) for _ in range(5)}
    assert heard == {f"quick {name}" for name in lines if name != first}


def test_a_hundred_messages_are_answered_in_order(first: Process, paths: Paths) -> None:
    for number in range(100):
        assert send(paths, Message(Command.SHOW, str(number))) == Reply(True)
    assert [said(first) for _ in range(100)] == [f"show {number}" for number in range(100)]


def test_many_messages_at_once_are_all_answered(first: Process, paths: Paths) -> None:
    with ThreadPoolExecutor(MOST_AT_ONCE // 2) as pool:
        asked = [pool.submit(send, paths, SHOW, timeout_seconds=SECONDS) for _ in range(100)]
    assert [each.result() for each in asked] == [Reply(True)] * 100
    assert first.poll() is None


def test_what_cannot_be_done_is_told_and_not_heard(first: Process, paths: Paths) -> None:
    toggle = Message(Command.TOGGLE)
    assert send(paths, toggle) == Reply(False, "There is nothing to continue.")
    assert send(paths, SHOW) == Reply(True)
    assert said(first) == "show "


def test_quitting_makes_room_for_the_next(first: Process, start: Start, paths: Paths) -> None:
    assert send(paths, Message(Command.QUIT)) == Reply(True)
    next_one = start("next")
    assert said(next_one) == "first", "it waits until the other has left"
    assert left(first) == ["quit "]
    assert send(paths, Message(Command.QUIT)) == Reply(True)
    assert left(next_one) == ["quit "]
    assert not os.path.exists(paths.socket)
    assert send(paths, SHOW) is None


def test_the_socket_is_for_the_user_alone(first: Process, paths: Paths) -> None:
    assert stat.S_IMODE(os.stat(paths.socket).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(paths.runtime).st_mode) == 0o700
    assert os.listdir(paths.runtime) == [os.path.basename(paths.socket)]
    assert lock.holder(paths.lock) == lock.Holder(first.pid, paths.socket)


def test_long_paths_are_no_hindrance(start: Start, home: str) -> None:
    long = os.path.join(home, "long" * 60)
    with TemporaryDirectory(prefix="run-") as session:
        where = {"TOGGL_TRAY_HOME": long, "XDG_RUNTIME_DIR": session}
        first = start(**where)
        assert said(first) == "first"
        assert os.listdir(f"{session}/toggl-tray") == [os.path.basename(find(where).socket)]
        # Who knows nothing of the session, such as a cron job, finds it all the same.
        assert send(find({"TOGGL_TRAY_HOME": long}), Message(Command.QUIT)) == Reply(True)
        assert left(first) == ["quit "]


def test_two_homes_are_two_trays_in_one_session(start: Start, home: str) -> None:
    with TemporaryDirectory(prefix="run-") as session:
        homes = [os.path.join(home, "long" * 60, name) for name in "ab"]
        trays = [start(TOGGL_TRAY_HOME=each, XDG_RUNTIME_DIR=session) for each in homes]
        assert [said(each) for each in trays] == ["first", "first"]
        for each in homes:
            assert send(find({"TOGGL_TRAY_HOME": each}), Message(Command.QUIT)) == Reply(True)
        assert [left(each) for each in trays] == [["quit "], ["quit "]]


@pytest.mark.parametrize(
    ("garbage", "sentence"),
    [
        (b"\n", "The line is not JSON."),
        (b"\x00\xff\n" * 100, "The line is not JSON."),
        (b"GET / HTTP/1.1\r\n\r\n", "The line is not JSON."),
        (b"[" * (LINE_BYTES - 1) + b"\n", "The line is not JSON."),
        (b"x" * LINE_BYTES, "The line is cut off, or longer than 65,536 bytes."),
        (b'{"v":1,"cmd":"fly"}\n', "There is no command “fly” here"),
        (b'{"v":2,"cmd":"show"}\n', "The line is not of version 1"),
    ],
)
def test_garbage_is_refused(first: Process, paths: Paths, garbage: bytes, sentence: str) -> None:
    with connected(paths) as connection:
        connection.sendall(garbage)
        reply = decode_reply(connection.makefile("rb").readline())
        assert not reply.ok
        assert sentence in reply.error
    assert send(paths, SHOW) == Reply(True)
    assert said(first) == "show "


def test_the_slow_the_silent_and_the_loud_delay_nobody_and_are_dropped(
    first: Process, paths: Paths
) -> None:
    silent = [connected(paths) for _ in range(6)]
    slow = [connected(paths) for _ in range(6)]
    for connection in slow:
        connection.sendall(b'{"v":1,')
    with connected(paths) as vanished:
        vanished.sendall(encode_message(SHOW)[:-1])
    begin = time.monotonic()
    assert send(paths, SHOW) == Reply(True)
    assert time.monotonic() - begin < 1.5 * BUSY
    with connected(paths) as loud:
        with pytest.raises(ConnectionError):
            loud.sendall(b"x" * 10_000_000)
        assert rest(loud).startswith(b'{"v":1,"ok":false,"error":"The line is cut off')
    assert [rest(connection) for connection in silent + slow] == [b""] * 12
    for connection in silent + slow:
        connection.close()
    assert send(paths, SHOW) == Reply(True)
    assert [said(first), said(first)] == ["show ", "show "]


def test_a_crowd_is_kept_out(first: Process, paths: Paths) -> None:
    crowd = [connected(paths) for _ in range(MOST_AT_ONCE)]
    reply = send(paths, SHOW)
    assert reply
    assert "left without an answer" in reply.error
    for connection in crowd:
        connection.close()
    deadline = time.monotonic() + SECONDS
    while send(paths, SHOW) != Reply(True):
        assert time.monotonic() < deadline
    assert said(first) == "show "
    assert first.poll() is None


def test_one_line_is_heard_of_each_even_by_the_byte(first: Process, paths: Paths) -> None:
    with connected(paths) as connection:
        for byte in encode_message(SHOW) + encode_message(Message(Command.SHOW)):
            connection.sendall(bytes([byte]))
        assert connection.recv(1_000) == b'{"v":1,"ok":true}\n'
    assert send(paths, Message(Command.QUIT)) == Reply(True)
    assert left(first) == ["show ", "quit "]


def test_who_does_not_listen_for_the_answer_is_heard(first: Process, paths: Paths) -> None:
    with connected(paths) as connection:
        connection.sendall(encode_message(Message(Command.QUICK, "and gone")))
    assert said(first) == "quick and gone"
    assert send(paths, SHOW) == Reply(True)


def test_a_hung_one_is_told_from_none(first: Process, start: Start, paths: Paths) -> None:
    first.send_signal(signal.SIGSTOP)
    reply = send(paths, SHOW, timeout_seconds=0.3)
    assert reply
    assert f"(process {first.pid}), but does not answer" in reply.error
    second = start()
    assert "does not answer" in said(second)
    assert second.wait() == 1
    first.send_signal(signal.SIGCONT)
    assert send(paths, Message(Command.QUIT)) == Reply(True)
    assert left(first)[-1] == "quit "


def test_a_place_that_cannot_be_used_is_said(start: Start, paths: Paths) -> None:
    Path(paths.runtime).symlink_to("elsewhere")
    process = start()
    assert "run cannot be made" in process.communicate(timeout=SECONDS)[0]
    os.unlink(paths.runtime)
    Path(paths.runtime).mkdir()
    Path(paths.socket).mkdir()
    process = start()
    assert "is where the socket has to be and is none" in process.communicate(timeout=SECONDS)[0]


if os.name == "posix" and os.geteuid() == 0:  # only root can be somebody else

    def test_another_user_cannot_talk_to_us(first: Process, paths: Paths) -> None:
        os.chmod(paths.data, 0o777)
        os.chmod(paths.runtime, 0o777)
        os.seteuid(65_534)
        try:
            assert send(paths, SHOW) is None
            with pytest.raises(PermissionError):
                connected(paths)
        finally:
            os.seteuid(0)
        assert send(paths, SHOW) == Reply(True)
        assert said(first) == "show "

    def test_we_do_not_talk_to_another_user(first: Process, start: Start, paths: Paths) -> None:
        os.chown(paths.socket, 65_534, -1)
        reply = send(paths, Message(Command.QUIT))
        assert reply
        assert "belongs to another user, and was left alone" in reply.error
        second = start()
        assert "belongs to another user" in said(second)
        assert second.wait() == 1
        assert first.poll() is None
