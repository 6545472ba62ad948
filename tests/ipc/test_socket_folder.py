import os
import socket
import stat
from pathlib import Path

import pytest

from tray.errors import ReadOnly, StorageError
from tray.ipc.socket_folder import is_ours, prepare

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the socket of Windows is a pipe")


def mode(path: str | Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def leave_socket(path: str) -> None:
    """As a killed process does."""
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(path)


def test_the_folder_is_made_private(home: str) -> None:
    prepare(f"{home}/run/s")
    assert mode(f"{home}/run") == 0o700
    os.chmod(f"{home}/run", 0o777)
    prepare(f"{home}/run/s")
    assert mode(f"{home}/run") == 0o700


def test_a_socket_left_behind_is_removed(home: str) -> None:
    leave_socket(f"{home}/s")
    prepare(f"{home}/s")
    assert not os.path.lexists(f"{home}/s")


def test_anything_else_in_its_place_is_kept(home: str) -> None:
    Path(home, "s").write_text("mine")
    with pytest.raises(StorageError, match="is where the socket has to be and is none"):
        prepare(f"{home}/s")
    assert Path(home, "s").read_text() == "mine"


def test_links_are_not_followed(home: str) -> None:
    os.mkdir(f"{home}/elsewhere", 0o755)
    leave_socket(f"{home}/elsewhere/s")
    os.symlink("elsewhere", f"{home}/run")
    os.symlink("elsewhere/s", f"{home}/s")
    with pytest.raises(StorageError, match="run has to be a folder and is a link"):
        prepare(f"{home}/run/s")
    with pytest.raises(StorageError, match="is where the socket has to be and is none"):
        prepare(f"{home}/s")
    assert mode(f"{home}/elsewhere") == 0o755
    assert is_ours(f"{home}/elsewhere/s")
    assert not is_ours(f"{home}/s")


def test_a_folder_that_cannot_be_made_is_named(home: str) -> None:
    Path(home, "file").touch()
    with pytest.raises(ReadOnly, match="file/run cannot be made"):
        prepare(f"{home}/file/run/s")


def test_another_users_folder_is_refused(home: str) -> None:
    folder = "/usr"
    if os.geteuid() == 0:
        folder = home
        os.chown(home, 65_534, -1)
    with pytest.raises(StorageError, match=f"The folder {folder} belongs to another user"):
        prepare(f"{folder}/s")


def test_what_may_not_be_looked_at_is_not_ours(home: str) -> None:
    os.mkdir(f"{home}/closed", 0o000)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65_534)
    try:
        assert not is_ours(f"{home}/closed/s")
    finally:
        if is_root:
            os.seteuid(0)


def test_nothing_is_not_ours(home: str) -> None:
    with pytest.raises(FileNotFoundError):
        is_ours(f"{home}/s")
    Path(home, "s").touch()
    assert not is_ours(f"{home}/s")
