"""Over real sockets: nothing hangs, nothing is sent twice, and every break has its error."""

import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api import wire
from tests.api.wire import IMPATIENT, BadServer, Peer
from tests.rig.waiting import BUSY
from tray.api.address import Auth, read_address
from tray.api.cancellable import CancellableSocket
from tray.api.connect import connect
from tray.api.remote_values import ResponseInfo
from tray.api.secret import token_secret
from tray.errors import BadAddress, BadReply, NoAnswer, Offline, RemoteError, ServerFailed

pytestmark = pytest.mark.usefixtures("each_line")

NULL = b"null"


def answers(*bodies: bytes) -> Callable[[Peer], None]:
    def handler(peer: Peer) -> None:
        for body in bodies:
            peer.hear()
            peer.answer(body)
        peer.hang()

    return handler


def hangs_at_once(peer: Peer) -> None:
    peer.hang()


def hangs_up(peer: Peer) -> None:
    peer.hear()


def resets(peer: Peer) -> None:
    peer.hear()
    peer.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cut_short(peer: Peer) -> None:
    peer.hear()
    peer.say(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":')


def cut_in_a_chunk(peer: Peer) -> None:
    peer.hear()
    peer.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnu")


def wrong_chunks(peer: Peer) -> None:
    peer.hear()
    peer.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnull\r\n0\r\n\r\n")


def wrong_gzip(peer: Peer) -> None:
    peer.hear()
    peer.answer(b"not gzip at all", head=b"Content-Encoding: gzip\r\n")


def drips_the_head(peer: Peer) -> None:
    peer.hear()
    peer.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Filler: 1\r\n" * 1_000)


def drips_the_body(peer: Peer) -> None:
    peer.hear()
    peer.say(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    peer.drip(b" " * 100_000)


def drips_without_length(peer: Peer) -> None:
    """The end of such a body is the end of the connection, also when we are who ends it."""
    peer.hear()
    peer.say(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nnull")
    peer.drip(b" " * 100_000)


@pytest.mark.parametrize(
    "handler",
    [
        hangs_at_once,
        hangs_up,
        resets,
        cut_short,
        cut_in_a_chunk,
        wrong_chunks,
        wrong_gzip,
        drips_the_head,
        drips_the_body,
        drips_without_length,
    ],
)
def test_an_answer_that_does_not_come_whole_may_have_been_carried_out(
    handler: Callable[[Peer], None],
) -> None:
    began = time.monotonic()
    with BadServer(handler, answers(NULL)) as server:
        toggl = server.toggl()
        with pytest.raises(NoAnswer) as caught:
            toggl.current()
        assert time.monotonic() - began < IMPATIENT.whole_seconds * BUSY
        assert str(caught.value).endswith(".")
        assert toggl.current() is None, "the next request starts afresh"
        toggl.close()


def test_nothing_was_sent_where_nobody_listens() -> None:
    with BadServer() as server:
        pass
    toggl = server.toggl()
    with pytest.raises(Offline, match="accepts no connections"):
        toggl.current()


def test_nothing_was_sent_to_a_name_that_does_not_exist() -> None:
    secret = token_secret("abc", Auth.BASIC)
    toggl = connect(read_address("https://nobody.invalid"), secret, proxy="none", aside=wire.aside)
    with pytest.raises(Offline, match=r"The name nobody\.invalid cannot be found"):
        toggl.current()


def full_listener() -> socket.socket:
    """Accepts nothing more: connections to it neither succeed nor fail."""
    return socket.create_server(("127.0.0.1", 0), backlog=0)


def test_a_connection_that_is_never_accepted_is_given_up() -> None:
    with full_listener() as listener:
        place = listener.getsockname()
        crowd = [socket.socket() for _ in range(8)]
        for each in crowd:
            each.setblocking(False)
            each.connect_ex(place)
        secret = token_secret("abc", Auth.BASIC)
        address = read_address(f"http://127.0.0.1:{place[1]}")
        toggl = connect(address, secret, limits=IMPATIENT, aside=wire.aside)
        with pytest.raises(Offline, match="cannot be reached"):
            toggl.current()
        patient = IMPATIENT._replace(connect_seconds=30)
        closing = connect(address, secret, limits=patient, aside=wire.aside)
        assert seconds_until_broken_off(closing.current, closing.close) < 1 * BUSY
        for each in crowd:
            each.close()


def seconds_until_broken_off(
    ask: Callable[[], object], close: Callable[[], None], after: float = 0.3
) -> float:
    """How long a request goes on after `close` was called in another thread."""
    raised: list[RemoteError] = []

    def run() -> None:
        try:
            ask()
        except RemoteError as error:
            raised.append(error)

    thread = threading.Thread(target=run, name="asker")
    thread.start()
    time.sleep(after)
    began = time.monotonic()
    close()
    took = time.monotonic() - began
    assert took < 0.2 * BUSY, "close waits for nothing"
    thread.join(30)
    assert not thread.is_alive()
    assert isinstance(raised[0], NoAnswer | Offline)
    return time.monotonic() - began


@pytest.mark.parametrize(
    "handler", [hangs_at_once, drips_the_head, drips_the_body, drips_without_length]
)
def test_closing_breaks_off_a_request_in_another_thread(handler: Callable[[Peer], None]) -> None:
    with BadServer(handler) as server:
        toggl = server.toggl(limits=IMPATIENT._replace(read_seconds=20, whole_seconds=20))
        assert seconds_until_broken_off(toggl.current, toggl.close) < 1 * BUSY
        with pytest.raises(Offline, match="was closed"):
            toggl.current()


def test_a_connection_is_used_again() -> None:
    with BadServer(answers(NULL, NULL, NULL)) as server:
        toggl = server.toggl()
        assert [toggl.current() for _ in range(3)] == [None, None, None]
        toggl.close()


def test_a_connection_that_was_silent_for_long_is_not_used_again() -> None:
    with BadServer(answers(NULL), answers(NULL)) as server:
        toggl = server.toggl(limits=IMPATIENT._replace(idle_seconds=0))
        assert [toggl.current(), toggl.current()] == [None, None]
        toggl.close()


def test_a_line_that_was_closed_takes_no_connection() -> None:
    line = CancellableSocket()
    ours, theirs = socket.socketpair()
    line.attach(ours)
    line.close()
    assert theirs.recv(1) == b"", "ended"
    again, other = socket.socketpair()
    with pytest.raises(OSError, match="cut"):
        line.attach(again)
    assert other.recv(1) == b""
    for each in (ours, theirs, again, other):
        each.close()


def test_a_stale_connection_does_not_double_a_request() -> None:
    """The server closes between two requests, or just as the second arrives."""
    heard: list[bytes] = []
    ready = threading.Event()

    def closes_early(peer: Peer) -> None:
        heard.append(peer.hear())
        peer.answer(NULL)
        peer.line.shutdown(socket.SHUT_RDWR)
        ready.set()

    def closes_late(peer: Peer) -> None:
        heard.append(peer.hear())
        peer.answer(NULL)
        heard.append(peer.hear())

    def keeps(peer: Peer) -> None:
        heard.append(peer.hear())
        peer.answer(b"[]")

    with BadServer(closes_early, closes_late, keeps) as server:
        toggl = server.toggl()
        assert toggl.current() is None
        assert ready.wait(5)
        assert toggl.current() is None, "noticed before anything was sent: a new connection"
        with pytest.raises(NoAnswer):
            toggl.create_tag(1, "new")
        posts = [each for each in heard if each.startswith(b"POST")]
        assert len(posts) == 1
        assert toggl.tags(1) == []
        toggl.close()


def test_a_body_without_end_is_not_read_to_its_end() -> None:
    def floods(peer: Peer) -> None:
        peer.hear()
        peer.say(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        for _ in range(1_000):
            peer.say(b" " * 100_000)

    with BadServer(floods) as server:
        toggl = server.toggl()
        with pytest.raises(BadReply, match="more than 262,144 bytes"):
            toggl.current()
        toggl.close()


def test_a_small_gzip_cannot_become_a_huge_body() -> None:
    bomb = gzip.compress(b" " * 50_000_000)

    def bombs(peer: Peer) -> None:
        peer.hear()
        peer.answer(bomb, head=b"Content-Encoding: gzip\r\n")

    with BadServer(bombs) as server:
        toggl = server.toggl()
        with pytest.raises(BadReply, match="more than"):
            toggl.tags(1)
        toggl.close()


def test_an_error_is_known_by_its_head_even_if_its_body_breaks() -> None:
    def fails(peer: Peer) -> None:
        peer.hear()
        peer.say(b"HTTP/1.1 503 No\r\nRetry-After: 7\r\nContent-Length: 100\r\n\r\nbusy")

    with BadServer(fails) as server:
        toggl = server.toggl()
        with pytest.raises(ServerFailed) as caught:
            toggl.current()
        assert (caught.value.status, caught.value.wait_seconds) == (503, 7)
        toggl.close()


def test_what_does_not_speak_http_is_not_toggl() -> None:
    def greets(peer: Peer) -> None:
        peer.hear()
        peer.say(b"SSH-2.0-OpenSSH_9.2\r\n")

    with BadServer(greets, greets) as server:
        toggl = server.toggl()
        with pytest.raises(BadReply, match="not HTTP"):
            toggl.current()
        with pytest.raises(BadAddress, match="is not Toggl"):
            toggl.me()
        toggl.close()


def test_every_head_is_seen_even_of_what_fails() -> None:
    seen: list[ResponseInfo] = []

    def answers_and_cuts(peer: Peer) -> None:
        peer.hear()
        peer.answer(NULL, head=b"Date: Mon, 16 Dec 2024 01:18:20 GMT\r\n")
        peer.hear()
        peer.answer(b'"no"', status=b"400 Bad", head=b"X-Toggl-Quota-Remaining: 3\r\n")
        peer.hear()
        peer.say(b"HTTP/1.1 200 OK\r\nX-Toggl-Quota-Resets-In: 9\r\nContent-Length: 9\r\n\r\n[")

    with BadServer(answers_and_cuts) as server:
        toggl = server.toggl(on_response=seen.append)
        toggl.current()
        for _ in range(2):
            with pytest.raises(RemoteError):
                toggl.tags(7)
        toggl.close()
    assert seen == [
        ResponseInfo("user", 200, server_time=1_734_311_900),
        ResponseInfo("workspace 7", 400, remaining=3),
        ResponseInfo("workspace 7", 200, resets_in_seconds=9),
    ]


def test_nothing_is_taken_from_or_left_in_the_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login other password other\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    heard: list[bytes] = []

    def gives_a_cookie(peer: Peer) -> None:
        heard.append(peer.hear())
        peer.answer(NULL, head=b"Set-Cookie: session=1; Path=/\r\n")
        heard.append(peer.hear())
        peer.answer(NULL)

    with BadServer(gives_a_cookie) as server:
        toggl = server.toggl(proxy="http://127.0.0.1:1")
        toggl.current()
        toggl.current()
        toggl.close()
    assert heard[0] == heard[1], "no cookie came back"
    assert heard[0].decode().split("\r\n") == [
        "GET /api/v9/me/time_entries/current HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: TogglTray/0.1.0",
        "Accept: application/json",
        "Accept-Encoding: gzip, deflate",
        "Connection: keep-alive",
        "Authorization: Basic MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY6YXBpX3Rva2Vu",
        "",
        "",
    ]
