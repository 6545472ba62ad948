"""The process that sends requests: whatever becomes of it, nothing is sent twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from tests.api import wire
from tests.api.rig import PATIENCE, Rig
from tests.api.wire import IMPATIENT, TOKEN, BadServer, Peer
from tests.fakes.toggl import Account, serve
from tests.rig.waiting import BUSY, wait_until
from tray import program
from tray.api import child_line, frames
from tray.api.child_line import ChildLine
from tray.api.frames import Frame
from tray.api.remote_api import Toggl
from tray.api.remote_values import ResponseInfo
from tray.api.request_sender import _Sender
from tray.errors import BadReply, NoAnswer, Offline, RemoteError, StorageError, TooLong

NULL = b"null"
PATIENT = IMPATIENT._replace(connect_seconds=10, read_seconds=30, whole_seconds=30)


@pytest.fixture(autouse=True)
def aside(monkeypatch: pytest.MonkeyPatch, children: list[ChildLine]) -> list[ChildLine]:
    monkeypatch.setattr(wire, "aside", True)
    return children


def always(peer: Peer) -> None:
    while peer.hear():
        peer.answer(NULL)


def counts(heard: list[bytes]) -> Callable[[Peer], None]:
    def handler(peer: Peer) -> None:
        while request := peer.hear():
            heard.append(request)
            peer.answer(NULL)

    return handler


def is_gone(pid: int) -> bool:
    """Whether there is no such process any more, or only its end is still to be noticed."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def kill(line: ChildLine) -> None:
    assert line.pid
    os.kill(line.pid, signal.SIGKILL)


def test_a_process_sends_as_long_as_there_is_something_to_send(aside: list[ChildLine]) -> None:
    with BadServer(always, always) as server:
        toggl = server.toggl(limits=PATIENT._replace(idle_seconds=2))
        assert aside[0].pid is None, "nothing is started before the first request"
        assert toggl.current() is None
        pid = aside[0].pid
        assert pid
        assert toggl.current() is None
        wait_until(lambda: aside[0].pid is None)
        wait_until(lambda: is_gone(pid))
        assert toggl.current() is None
        assert aside[0].pid not in (None, pid)
        toggl.close()


def test_closing_ends_the_process(aside: list[ChildLine]) -> None:
    with BadServer(always) as server:
        toggl = server.toggl(limits=PATIENT)
        toggl.current()
        pid = aside[0].pid
        assert pid
        toggl.close()
        wait_until(lambda: is_gone(pid))
        with pytest.raises(Offline, match="was closed"):
            toggl.current()
        assert aside[0].pid is None


def test_the_credential_is_told_by_the_pipe_alone(aside: list[ChildLine]) -> None:
    with BadServer(always) as server:
        toggl = server.toggl(limits=PATIENT)
        toggl.current()
        for file in ("cmdline", "environ"):
            told = Path(f"/proc/{aside[0].pid}/{file}").read_bytes()
            assert TOKEN.encode() not in told
            assert b"MDEyMzQ1" not in told
        toggl.close()


def test_one_that_was_killed_while_idle_is_replaced(aside: list[ChildLine]) -> None:
    heard: list[bytes] = []
    with BadServer(*[counts(heard)] * 6) as server:
        toggl = server.toggl(limits=PATIENT)
        for _ in range(3):
            assert toggl.current() is None
            kill(aside[0])
        assert toggl.current() is None
        assert len(heard) == 4
        toggl.close()


def test_a_kill_in_the_middle_of_a_request_is_no_answer(aside: list[ChildLine]) -> None:
    heard: list[bytes] = []

    def before_the_head(peer: Peer) -> None:
        heard.append(peer.hear())
        kill(aside[0])
        peer.hang()

    def after_the_head(peer: Peer) -> None:
        heard.append(peer.hear())
        peer.say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[")
        time.sleep(0.2)  # so that the head has been passed on
        kill(aside[0])
        peer.hang()

    with BadServer(before_the_head, after_the_head, counts(heard)) as server:
        toggl = server.toggl(limits=PATIENT)
        with pytest.raises(NoAnswer, match=r"The connection to 127\.0\.0\.1 broke"):
            toggl.create_tag(1, "new")
        with pytest.raises(NoAnswer, match="broke"):
            toggl.create_tag(1, "other")
        assert toggl.current() is None, "the next request has another process"
        assert [each.split(b" ")[0] for each in heard] == [b"POST", b"POST", b"GET"]
        toggl.close()


def test_closing_in_the_middle_of_a_request_ends_the_process(aside: list[ChildLine]) -> None:
    asked = threading.Event()
    hung_up = threading.Event()

    def hangs(peer: Peer) -> None:
        peer.hear()
        asked.set()
        peer.hear()  # nothing more comes: the line is closed
        hung_up.set()

    with BadServer(hangs) as server:
        toggl = server.toggl(limits=PATIENT)

        def close() -> None:
            asked.wait(30)
            toggl.close()

        closer = threading.Thread(target=close, name="closer")
        closer.start()
        with pytest.raises(NoAnswer):
            toggl.current()
        closer.join()
        assert hung_up.wait(5 * BUSY)
        assert aside[0].pid is None


@pytest.mark.parametrize(
    "code",
    [
        "",
        "import time; time.sleep(600)",
        "import sys; sys.stdout.write('Welcome to Python')",
        "import sys; from tray.api import frames; "
        "frames.write(sys.stdout.buffer, frames.Frame({'kind': 'ready', 'protocol': 0}))",
    ],
    ids=["ends at once", "says nothing", "says something else", "is of another version"],
)
def test_without_such_a_process_this_one_sends(
    code: str, monkeypatch: pytest.MonkeyPatch, aside: list[ChildLine]
) -> None:
    monkeypatch.setattr(program, "command", lambda *_: [sys.executable, "-c", code])
    monkeypatch.setattr(child_line, "GREETING_SECONDS", 2.0 if "sleep" in code else 30.0)
    heard: list[bytes] = []
    with BadServer(counts(heard)) as server:
        toggl = server.toggl(limits=PATIENT)
        assert toggl.current() is None
        assert toggl.current() is None
        assert len(heard) == 2
        assert aside[0].pid is None
        toggl.close()
        with pytest.raises(Offline, match="was closed"):
            toggl.current()


def test_a_program_that_is_gone_does_not_keep_this_one_from_sending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "command", lambda *_: ["/nowhere/python"])
    with BadServer(always) as server:
        toggl = server.toggl(limits=PATIENT)
        assert toggl.current() is None
        toggl.close()


def test_one_that_stands_still_is_ended(
    monkeypatch: pytest.MonkeyPatch, aside: list[ChildLine]
) -> None:
    monkeypatch.setattr(child_line, "_SPARE_SECONDS", 0.5)

    def stops_it(peer: Peer) -> None:
        peer.hear()
        assert aside[0].pid
        os.kill(aside[0].pid, signal.SIGSTOP)
        peer.hang()

    with BadServer(stops_it, always) as server:
        toggl = server.toggl(limits=PATIENT._replace(whole_seconds=3))
        with pytest.raises(NoAnswer):
            toggl.current()
        assert toggl.current() is None
        toggl.close()


def test_an_answer_that_nobody_wanted_is_none_of_the_next_request(aside: list[ChildLine]) -> None:
    heard: list[bytes] = []
    refuse = [True]

    def on_response(_: ResponseInfo) -> None:
        if refuse.pop() if refuse else False:
            raise StorageError("The disk is full.")

    with BadServer(counts(heard), counts(heard)) as server:
        toggl = server.toggl(limits=PATIENT, on_response=on_response)
        with pytest.raises(StorageError):
            toggl.current()
        assert aside[0].pid is None
        assert toggl.current() is None
        assert len(heard) == 2
        toggl.close()


_STRANGE = """
import sys
from tray.api import frames
from tray.api.frames import Frame
frames.write(sys.stdout.buffer, Frame({"kind": "ready", "protocol": frames.PROTOCOL}))
frames.read(sys.stdin.buffer), frames.read(sys.stdin.buffer)
frames.write(sys.stdout.buffer, Frame({"kind": "body"}))
sys.stdin.buffer.read()
"""


def test_a_request_that_was_not_clearly_taken_is_not_sent_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "command", lambda *_: [sys.executable, "-c", _STRANGE])
    heard: list[bytes] = []
    with BadServer(counts(heard)) as server:
        toggl = server.toggl(limits=PATIENT)
        with pytest.raises(NoAnswer):
            toggl.current()
        toggl.close()
    assert heard == []


_PARENT = """
import sys
from tests.api import wire
from tray.api.address import Auth, read_address
from tray.api.connect import connect
from tray.api.secret import token_secret
toggl = connect(read_address(sys.argv[1]), token_secret("abc", Auth.BASIC), aside=True)
toggl.current()
print(toggl._transport._line.pid, flush=True)
toggl.current()
"""


def test_it_ends_when_its_parent_is_killed_in_the_middle_of_a_request() -> None:
    asked = threading.Event()

    def hangs(peer: Peer) -> None:
        peer.hear()
        peer.answer(NULL)
        peer.hear()
        asked.set()
        peer.hang()

    with BadServer(hangs) as server:
        argv = [sys.executable, "-c", _PARENT, server.url]
        with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as parent:
            assert parent.stdout
            pid = int(parent.stdout.readline())
            assert asked.wait(30)
            assert not is_gone(pid)
            parent.kill()
        wait_until(lambda: is_gone(pid))


def test_what_the_parent_loads_has_no_tls_in_it() -> None:
    code = (
        "import sys; from tray.api.address import Auth, read_address; "
        "from tray.api.connect import connect; from tray.api.secret import token_secret; "
        "from tray.errors import Offline\n"
        "toggl = connect(read_address('http://127.0.0.1:1'), token_secret('abc', Auth.BASIC), "
        "aside=True)\n"
        "try: toggl.current()\n"
        "except Offline: pass\n"
        "else: raise SystemExit('it was answered')\n"
        "toggl.close()\n"
        "heavy = {'requests', 'urllib3', 'ssl', 'http.client', 'email.utils', 'hashlib'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"


def test_a_bug_is_told_without_what_may_be_secret() -> None:
    said = BytesIO()
    sender = _Sender({"place": {}, "setup": {}, "limits": {"password": TOKEN}}, said)
    sender.send(Frame({"headers": {"Authorization": TOKEN}}))
    said.seek(0)
    taken, bug = frames.read(said), frames.read(said)
    assert taken
    assert taken.kind == frames.TAKEN
    assert bug
    assert bug.kind == frames.BUG
    assert bug.head["text"].startswith("TypeError in request_sender.py:")
    assert TOKEN not in bug.head["text"]


@pytest.mark.parametrize("cut", [0, 1, 7, 8, 12, -1])
def test_a_frame_that_is_cut_short_is_none(cut: int) -> None:
    whole = BytesIO()
    frames.write(whole, Frame({"kind": "body", "name": "写"}, b"\0\xff" * 9))
    assert frames.read(BytesIO(whole.getvalue())) == Frame(
        {"kind": "body", "name": "写"}, b"\0\xff" * 9
    )
    assert frames.read(BytesIO(whole.getvalue()[:cut])) is None


@pytest.mark.parametrize("junk", [b"\xff" * 900, b"HTTP/1.1 200 OK\r\n\r\n" * 9])
def test_what_is_no_frame_is_of_no_kind(junk: bytes) -> None:
    said = frames.read(BytesIO(junk))
    assert said
    assert said.kind is None


FAULTS: dict[str, type[RemoteError]] = {
    "drop_before_commit": NoAnswer,
    "drop_after_commit": NoAnswer,
    "reset_after_commit": NoAnswer,
    "truncated": NoAnswer,
    "wrong_type": BadReply,
    "huge": TooLong,
}


def test_every_fault_of_the_line_is_what_it_is_without_a_process() -> None:
    with serve(Account()) as server:
        server.quota.enforced = False
        rig = Rig("v9", server)
        toggl: Toggl = child_of(rig)
        for fault, error in FAULTS.items():
            server.faults.next(fault)
            with pytest.raises(error) as caught:
                toggl.tags(rig.account.workspace_id)
            assert type(caught.value) is error, fault
            assert str(caught.value).endswith("."), fault
        assert toggl.me().user_id == rig.account.user_id
        toggl.close()
        rig.toggl.close()


def child_of(rig: Rig) -> Toggl:
    """A client of the same server whose requests a process of its own sends."""
    from tray.api.connect import connect
    from tray.api.secret import token_secret

    secret = token_secret(rig.token, rig.address.auth)
    patient = PATIENCE._replace(read_seconds=5, whole_seconds=20)
    return connect(rig.address, secret, limits=patient, aside=True)
