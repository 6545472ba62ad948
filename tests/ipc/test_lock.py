import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from tests.ipc.conftest import ROOT
from tray.errors import ReadOnly
from tray.ipc.lock import Holder, Lock, acquire, holder, wait_until_released


def taken(path: str) -> Lock:
    lock = acquire(path)
    assert lock
    return lock


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "data" / "tray.lock")


def test_one_has_it_until_it_is_released(path: str) -> None:
    lock = taken(path)
    assert acquire(path) is None
    assert acquire(path) is None, "to try takes nothing away"
    lock.release()
    taken(path).release()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file keeps its folder there")
def test_a_file_that_was_moved_away_meanwhile_is_not_what_was_locked(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(path).release()
    opened = os.open

    def moves_it(name: str, *options: int) -> int:
        descriptor = opened(name, *options)
        monkeypatch.undo()
        os.rename(os.path.dirname(path), tmp_path / "elsewhere")
        return descriptor

    monkeypatch.setattr(os, "open", moves_it)
    lock = taken(path)
    assert holder(path) == Holder(os.getpid(), "")
    assert holder(str(tmp_path / "elsewhere" / "tray.lock")) is None
    lock.release()


def test_it_says_who_has_it_and_where_that_listens(path: str) -> None:
    assert holder(path) is None
    lock = taken(path)
    assert holder(path) == Holder(os.getpid(), "")
    lock.announce("/a/rather/long/address\n\udcff")
    assert holder(path) == Holder(os.getpid(), "/a/rather/long/address\n\udcff")
    lock.announce("/short")
    assert holder(path) == Holder(os.getpid(), "/short")
    assert Path(path).read_text() == f'{{"v":1,"pid":{os.getpid()},"address":"/short"}}\n'
    lock.release()
    assert holder(path) is None
    assert os.path.exists(path), "or two could lock two files of this name"


def test_the_next_holder_does_not_listen_where_the_last_one_did(path: str) -> None:
    lock = taken(path)
    lock.announce("/old")
    lock.release()
    lock = taken(path)
    assert holder(path) == Holder(os.getpid(), "")
    lock.release()


@pytest.mark.parametrize("text", [b"", b"\x00" * 9_000, b"[" * 4_000, b"[]", b"7", b'{"pid":7}\n'])
def test_a_file_that_says_nothing_still_locks(path: str, text: bytes) -> None:
    lock = taken(path)
    Path(path).write_bytes(text)
    assert holder(path) == Holder(0, "")
    assert acquire(path) is None
    lock.release()
    assert holder(path) is None
    taken(path).release()


def test_it_is_for_the_user_alone(path: str) -> None:
    lock = taken(path)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o700
    lock.release()


def test_links_are_not_followed(tmp_path: Path) -> None:
    link, target = tmp_path / "tray.lock", tmp_path / "target"
    link.symlink_to(target)
    with pytest.raises(ReadOnly, match=r"tray\.lock cannot be opened \(.*\)\. Make"):
        acquire(str(link))
    assert not target.exists()
    target.touch()
    assert holder(str(link)) is None


def test_a_killed_process_leaves_it_free(path: str) -> None:
    program = f"from tray.ipc.lock import acquire; print(acquire({path!r}), flush=True); input()"
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout
        assert b"Lock" in process.stdout.readline()
        assert holder(path) == Holder(process.pid, "")
        assert acquire(path) is None
        process.kill()
    assert holder(path) is None
    taken(path).release()


def test_children_do_not_keep_it(path: str) -> None:
    lock = taken(path)
    program = "print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        close_fds=False,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == b"1\n"
        lock.release()
        taken(path).release()
        child.kill()


def test_who_leaves_is_waited_for(path: str) -> None:
    assert wait_until_released(path, timeout_seconds=0)
    lock = taken(path)
    assert not wait_until_released(path, timeout_seconds=0.05)
    leaving = Timer(0.1, lock.release)
    leaving.start()
    assert wait_until_released(path, timeout_seconds=5)
    leaving.join()


def test_a_successor_is_not_waited_for(path: str) -> None:
    lock = taken(path)
    change = Timer(0.1, Path(path).write_text, ['{"v":1,"pid":1,"address":""}\n'])
    change.start()
    assert wait_until_released(path, timeout_seconds=5)
    change.join()
    lock.release()
