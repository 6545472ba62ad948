"""Menu entry, icon and links in the user's own places, put there and taken away without a trace."""

import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.fakes.windows import FakeRegistryKey
from tray.cli.installation import choose_installation
from tray.desktop.windows.shell import APP_ID
from tray.desktop.windows.shortcuts import CLASS, WindowsInstallation
from tray.errors import ReadOnly, Refused

COMMAND: Final = ("/opt/my programs/toggl-tray", "--home", "/tmp/时间")


def files(folder: Path) -> set[str]:
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix() for each in found} - {"applications/mimeinfo.cache"}


def test_a_linux_desktop_finds_the_program_its_icon_and_what_opens_links(tmp_path: Path) -> None:
    pieces = choose_installation({"XDG_DATA_HOME": str(tmp_path)}, "linux").put(COMMAND)
    assert {piece.name for piece in pieces} == {"menu entry", "icon", "links"}
    assert files(tmp_path) == {
        "applications/toggl-tray.desktop",
        "icons/hicolor/256x256/apps/toggl-tray.png",
        "icons/hicolor/scalable/apps/toggl-tray.svg",
    }
    entry = (tmp_path / "applications/toggl-tray.desktop").read_text(encoding="utf-8")
    assert entry.count('Exec="/opt/my programs/toggl-tray" --home /tmp/时间 ') == 3
    assert "MimeType=x-scheme-handler/toggl-tray;" in entry


def test_what_was_put_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    other = tmp_path / "applications" / "other.desktop"
    other.parent.mkdir()
    other.touch()
    installation = choose_installation({"XDG_DATA_HOME": str(tmp_path)}, "linux")
    assert installation.put(COMMAND) == installation.take_away()
    assert installation.take_away() == []
    assert files(tmp_path) == {"applications/other.desktop"}


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("5", {"kbuildsycoca5": "0", "dbus-send": "5"}),
        ("6", {"kbuildsycoca6": "0", "dbus-send": "5"}),
        ("../x", {}),
    ],
)
def test_plasma_reads_its_menus_and_icons_anew_as_it_may_not_watch_those_folders(
    version: str, told: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("kbuildsycoca5", "kbuildsycoca6", "dbus-send"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\necho $# >> '{tmp_path}/{name}'\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    environ = {"XDG_DATA_HOME": str(tmp_path / "data"), "KDE_SESSION_VERSION": version}
    installation = choose_installation(environ, "linux")
    installation.put(COMMAND)
    installation.take_away()
    installation.take_away()  # there is nothing to tell any more
    said = {each.name: each.read_text() for each in tmp_path.iterdir() if each.is_file()}
    assert said == {name: f"{count}\n{count}\n" for name, count in told.items()}


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "applications").touch()
    with pytest.raises(ReadOnly, match="cannot be written"):
        choose_installation({"XDG_DATA_HOME": str(tmp_path)}, "linux").put(COMMAND)


@pytest.mark.parametrize(
    ("environ", "platform", "said"),
    [({"FLATPAK_ID": "io.github.x"}, "linux", "by a store"), ({}, "darwin", "Install that")],
)
def test_where_it_is_not_for_the_program_to_do(
    environ: dict[str, str], platform: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        choose_installation(environ, platform)


def test_windows_has_a_shortcut_and_keys_for_links(tmp_path: Path) -> None:
    keys: defaultdict[str, FakeRegistryKey] = defaultdict(FakeRegistryKey)
    shortcuts: list[tuple[str, Sequence[str]]] = []

    def write(path: str, command: Sequence[str], icon: str) -> None:
        assert Path(icon).is_file()
        shortcuts.append((path, command))

    windows = WindowsInstallation({"APPDATA": str(tmp_path)}, write, keys.__getitem__)
    windows.put(COMMAND)
    assert shortcuts[0][0].endswith("Toggl Tray.lnk")
    assert keys[CLASS].values["URL Protocol"] == ""
    assert keys[rf"Software\Classes\AppUserModelId\{APP_ID}"].values["DisplayName"] == "Toggl Tray"
    opens = f'{subprocess.list2cmdline(COMMAND)} "%1"'
    assert keys[rf"{CLASS}\shell\open\command"].values[""] == opens
    assert [piece.name for piece in windows.take_away()] == ["links"]
    assert not any(key.values for key in keys.values())
