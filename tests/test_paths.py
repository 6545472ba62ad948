import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import ReadOnly, UserError
from tray.paths import MOST_SOCKET_BYTES, Paths, find, make_private, user_home

pwd = pytest.importorskip("pwd", reason="most of these places, and users with numbers, are Unix's")
HOME = {"HOME": "/home/me"}


def test_one_folder_holds_everything_if_it_is_named(tmp_path: Path) -> None:
    home = str(tmp_path / "new")
    paths = find({"TOGGL_TRAY_HOME": home, "XDG_DATA_HOME": "/elsewhere"}, "linux")
    assert paths == Paths(home, home, home, f"{home}/run")
    assert paths.database == f"{home}/toggl-tray.db"
    assert paths.backups == f"{home}/backups"
    assert paths.settings_file == f"{home}/settings.toml"
    assert paths.crash_log == f"{home}/crash.log"
    assert paths.lock == f"{home}/tray.lock"
    assert not os.path.exists(home)


def test_that_folder_can_be_written_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.chdir(tmp_path)
    assert find({"TOGGL_TRAY_HOME": "~/time"}).data == "/home/me/time"
    assert find({"TOGGL_TRAY_HOME": "time"}).data == str(tmp_path / "time")
    assert find({"TOGGL_TRAY_HOME": str(tmp_path)}).data == str(tmp_path)


def test_a_file_is_no_such_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(UserError, match=r"TOGGL_TRAY_HOME is set to .*, which is a file\. Set it"):
        find({"TOGGL_TRAY_HOME": str(file)})


def test_linux_has_its_base_directories() -> None:
    assert find(HOME, "linux") == Paths(
        "/home/me/.local/share/toggl-tray",
        "/home/me/.config/toggl-tray",
        "/home/me/.local/state/toggl-tray",
        "/home/me/.local/share/toggl-tray/run",
    )
    chosen = {
        **HOME,
        "TOGGL_TRAY_HOME": "",
        "XDG_DATA_HOME": "/d",
        "XDG_CONFIG_HOME": "relative/counts/as/unset",
        "XDG_STATE_HOME": "",
    }
    assert find(chosen, "freebsd14") == Paths(
        "/d/toggl-tray",
        "/home/me/.config/toggl-tray",
        "/home/me/.local/state/toggl-tray",
        "/d/toggl-tray/run",
    )


def test_macos_has_its_library() -> None:
    support = "/home/me/Library/Application Support/toggl-tray"
    assert find(HOME, "darwin") == Paths(
        support, support, "/home/me/Library/Logs/toggl-tray", f"{support}/run"
    )


def test_windows_has_local_app_data() -> None:
    chosen = find({**HOME, "LOCALAPPDATA": "/local"}, "win32")
    ours = "/local/toggl-tray"
    assert chosen == Paths(ours, ours, f"{ours}/log", f"{ours}/run")
    assert find(HOME, "win32").data == "/home/me/AppData/Local/toggl-tray"


def test_without_a_home_the_system_knows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/known")
    assert find({}, "linux").data == "/home/known/.local/share/toggl-tray"


def test_an_empty_home_is_not_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "")
    known = pwd.getpwuid(os.geteuid()).pw_dir
    assert find({"HOME": ""}, "linux").data == f"{known}/.local/share/toggl-tray"
    assert user_home({"HOME": "/home/me"}) == "/home/me"

    def nobody(_: int) -> Any:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(UserError, match="HOME is empty, and this user has no home"):
        find({"HOME": ""}, "linux")


def test_the_socket_lies_with_the_session() -> None:
    with TemporaryDirectory(prefix="run-") as session:
        where = {"XDG_RUNTIME_DIR": session}
        assert find({**HOME, **where}, "linux").runtime == f"{session}/toggl-tray"
        assert find({"TOGGL_TRAY_HOME": "/h", **where}, "linux").runtime == "/h/run"
    gone = {"XDG_RUNTIME_DIR": session}
    assert find({**HOME, **gone}, "linux").runtime == "/home/me/.local/share/toggl-tray/run"
    relative = {"XDG_RUNTIME_DIR": "."}
    assert find({**HOME, **relative}, "linux").runtime == "/home/me/.local/share/toggl-tray/run"


def test_another_users_session_is_not_ours() -> None:
    with TemporaryDirectory(prefix="run-") as session:
        if os.geteuid() == 0:
            os.chown(session, 65_534, -1)
        foreign = {"XDG_RUNTIME_DIR": session if os.geteuid() == 0 else "/usr"}
        assert find({**HOME, **foreign}, "linux").runtime == "/home/me/.local/share/toggl-tray/run"


def test_the_path_of_the_socket_is_short_and_of_its_data() -> None:
    long = {"TOGGL_TRAY_HOME": "/é" + "long" * 40}
    longer = {"TOGGL_TRAY_HOME": "/é" + "long" * 41}
    with TemporaryDirectory(prefix="run-") as session:
        where = {"XDG_RUNTIME_DIR": session}
        assert find({**long, **where}, "linux").runtime == f"{session}/toggl-tray"
        where = {"XDG_RUNTIME_DIR": session + "/." * 50}
        assert find({**long, **where}, "linux").runtime == f"/tmp/toggl-tray-{os.geteuid()}"
    assert len(find(long).socket) <= MOST_SOCKET_BYTES
    assert find(long).runtime == find(longer).runtime == f"/tmp/toggl-tray-{os.geteuid()}"
    assert find(long).socket != find(longer).socket
    assert find(long).socket == find(long).socket


@given(st.integers(1, 200))
def test_a_socket_always_fits(length: int) -> None:
    home = ("/" + "x" * 30) * (length // 31) + "/" + "é" * (length % 31 + 1)
    assert len(os.fsencode(find({"TOGGL_TRAY_HOME": home}).socket)) <= MOST_SOCKET_BYTES


def test_a_folder_is_made_for_the_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_private(str(folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    make_private(str(folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755, "one that is there is the user's affair"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReadOnly, match=r"file/b cannot be made \(Not a directory\)\. Make it"):
        make_private(str(tmp_path / "file" / "b"))
