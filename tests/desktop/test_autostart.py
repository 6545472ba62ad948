"""Starting at login: files and registry values as each system reads them."""

import os
import plistlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.windows import FakeRegistryKey
from tray.desktop.autostart import Autostart
from tray.desktop.choose import choose_autostart
from tray.desktop.linux.autostart import XdgAutostart, exec_value
from tray.desktop.macos.autostart import LaunchAgent
from tray.desktop.support import Level
from tray.desktop.windows.autostart import RunKeyAutostart
from tray.errors import ReadOnly

COMMAND: Final = ("/opt/my programs/toggl-tray", "--hidden")
MOVED: Final = ("/usr/bin/toggl-tray", "--hidden")


class Place(Protocol):
    """A system's way, and what it would start."""

    autostart: Autostart

    def lock(self) -> None:
        """From now on nothing may be changed."""


class Linux:
    def __init__(self, home: Path) -> None:
        self.file = home / ".config" / "autostart" / "toggl-tray.desktop"
        self.autostart = XdgAutostart({"HOME": str(home), "XDG_CONFIG_DIRS": f"{home}/etc"})

    def lock(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.unlink(missing_ok=True)
        self.file.mkdir()  # what even root cannot write to


class MacOS:
    def __init__(self, home: Path) -> None:
        self.file = home / "Library" / "LaunchAgents" / "toggl-tray.autostart.plist"
        self.autostart = LaunchAgent({"HOME": str(home)})

    def lock(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.unlink(missing_ok=True)
        self.file.mkdir()


class Windows:
    def __init__(self, _home: Path) -> None:
        self.run, self.approved = FakeRegistryKey(), FakeRegistryKey()
        self.autostart = RunKeyAutostart(self.run, self.approved)

    def lock(self) -> None:
        self.run.locked = True


@pytest.fixture(params=[Linux, MacOS, Windows])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return request.param(tmp_path)


def test_at_first_nothing_is_started(place: Place) -> None:
    assert not place.autostart.enabled()
    assert not place.autostart.matches(COMMAND)


def test_what_is_enabled_is_started(place: Place) -> None:
    place.autostart.enable(COMMAND)
    assert place.autostart.enabled()
    assert place.autostart.matches(COMMAND)
    assert place.autostart.matches(list(COMMAND))


def test_a_program_that_was_moved_is_noticed(place: Place) -> None:
    place.autostart.enable(COMMAND)
    assert not place.autostart.matches(MOVED)
    place.autostart.enable(MOVED)
    assert place.autostart.matches(MOVED)


def test_what_is_disabled_is_not_started(place: Place) -> None:
    place.autostart.enable(COMMAND)
    place.autostart.disable()
    place.autostart.disable()
    assert not place.autostart.enabled()
    assert not place.autostart.matches(COMMAND)


def test_what_cannot_be_changed_is_a_sentence(place: Place) -> None:
    place.lock()
    for change in (partial(place.autostart.enable, COMMAND), place.autostart.disable):
        with pytest.raises(ReadOnly, match=r"\.$"):
            change()


PATHS: Final = st.text(st.characters(exclude_characters="\0"), min_size=1).map("/{}".format)
COMMANDS: Final = st.builds(
    lambda path, rest: (path, *rest),
    PATHS,
    st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))),
)


@given(COMMANDS)
def test_exec_is_read_back_as_the_specification_says(command: tuple[str, ...]) -> None:
    value = exec_value(command)
    assert "\n" not in value
    assert tuple(split_exec(value)) == command


def test_a_command_is_quoted_as_people_write_it() -> None:
    assert exec_value(COMMAND) == '"/opt/my programs/toggl-tray" --hidden'
    assert exec_value(["/a", "50%", 'say "$x"', "b\\c", ""]) == (
        '/a 50%% "say \\\\"\\\\$x\\\\"" "b\\\\\\\\c" ""'
    )


def split_exec(value: str) -> Iterator[str]:
    """A reader written from the specification alone: unescape the string, then unquote."""
    escapes = {"\\\\": "\\", "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\s": " "}
    text, at = "", 0
    while at < len(value):
        pair = value[at : at + 2]
        text += escapes.get(pair, value[at])
        at += 2 if pair in escapes else 1
    while text:
        word = ""
        if text[0] == '"':
            text = text[1:]
            while text[0] != '"':
                text = text[1:] if text[0] == "\\" else text
                word, text = word + text[0], text[1:]
            text = text[1:]
        else:
            word, _, text = text.partition(" ")
            text = f" {text}" if text else ""
        yield word.replace("%%", "%")
        text = text[1:]


@pytest.fixture
def linux(tmp_path: Path) -> Linux:
    return Linux(tmp_path)


def test_the_file_is_one_that_desktops_accept(linux: Linux) -> None:
    """As desktop-file-validate of the desktop-file-utils says."""
    linux.autostart.enable(COMMAND)
    assert linux.file.read_text() == (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=Toggl Tray\n"
        "Comment=Track time from the system tray\n"
        'Exec="/opt/my programs/toggl-tray" --hidden\n'
        "TryExec=/opt/my programs/toggl-tray\n"
        "Icon=toggl-tray\n"
        "Terminal=false\n"
        "X-GNOME-Autostart-enabled=true\n"
    )


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_was_switched_off_elsewhere_is_off(linux: Linux, line: str) -> None:
    linux.autostart.enable(COMMAND)
    kept = [each for each in linux.file.read_text().splitlines() if not each.startswith("X-GNOME")]
    linux.file.write_text("\n".join([*kept, line]))
    assert not linux.autostart.enabled()
    linux.autostart.enable(COMMAND)
    assert linux.autostart.enabled()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no desktop file at all",
        "Exec=/bin/true",
        "[Desktop Action New]\nExec=/bin/true",
        "[Desktop Entry]\n# Exec=/bin/true\nType=Application",
        b"\xff\xfe\0",
    ],
)
def test_a_file_that_starts_nothing_is_off(linux: Linux, text: str | bytes) -> None:
    linux.file.parent.mkdir(parents=True)
    linux.file.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert not linux.autostart.enabled()


def test_the_systems_own_file_counts_until_the_user_hides_it(linux: Linux, tmp_path: Path) -> None:
    system = tmp_path / "etc" / "autostart" / "toggl-tray.desktop"
    system.parent.mkdir(parents=True)
    system.write_text("[Desktop Entry]\nType=Application\nExec=/usr/bin/toggl-tray --hidden\n")
    assert linux.autostart.matches(MOVED)
    linux.autostart.disable()
    assert not linux.autostart.enabled()
    assert "Hidden=true" in linux.file.read_text()
    assert system.exists()
    linux.autostart.enable(COMMAND)
    assert linux.autostart.matches(COMMAND)


def test_the_folder_may_be_elsewhere(tmp_path: Path) -> None:
    autostart = XdgAutostart({"HOME": "/nowhere", "XDG_CONFIG_HOME": str(tmp_path / "c")})
    autostart.enable(COMMAND)
    assert (tmp_path / "c" / "autostart" / "toggl-tray.desktop").exists()
    relative = XdgAutostart({"HOME": str(tmp_path), "XDG_CONFIG_HOME": "relative"})
    relative.enable(COMMAND)
    assert (tmp_path / ".config" / "autostart" / "toggl-tray.desktop").exists()


def test_a_path_that_is_no_text_is_kept(linux: Linux) -> None:
    command = [os.fsdecode(b"/opt/\xff/toggl-tray")]
    linux.autostart.enable(command)
    assert linux.autostart.matches(command)
    assert b"Exec=/opt/\xff/toggl-tray\n" in linux.file.read_bytes()


@pytest.mark.parametrize(
    ("desktop", "level"),
    [
        ("GNOME", Level.WORKS),
        ("ubuntu:GNOME", Level.WORKS),
        ("KDE", Level.WORKS),
        ("", Level.PARTLY),
        ("sway", Level.PARTLY),
        ("Hyprland", Level.PARTLY),
    ],
)
def test_window_managers_that_start_nothing_are_known(desktop: str, level: Level) -> None:
    support = choose_autostart({"XDG_CURRENT_DESKTOP": desktop}, "linux").support
    assert support.level is level
    assert ("start-up file" in support.why) is (level is Level.PARTLY)


def test_a_mac_starts_it_in_the_users_session(tmp_path: Path) -> None:
    mac = MacOS(tmp_path)
    mac.autostart.enable(COMMAND)
    entry = plistlib.loads(mac.file.read_bytes())
    assert entry == {
        "Label": "toggl-tray.autostart",
        "ProgramArguments": list(COMMAND),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
    }
    assert mac.autostart.support.works
    mac.file.write_bytes(plistlib.dumps({**entry, "Disabled": True}))
    assert not mac.autostart.enabled()


@pytest.mark.parametrize("text", [b"", b"nonsense", b"<plist><string>x</string></plist>"])
def test_a_damaged_property_list_is_off(tmp_path: Path, text: bytes) -> None:
    mac = MacOS(tmp_path)
    mac.file.parent.mkdir(parents=True)
    mac.file.write_bytes(text)
    assert not mac.autostart.enabled()


def test_windows_is_given_one_quoted_line(tmp_path: Path) -> None:
    windows = Windows(tmp_path)
    windows.autostart.enable((r"C:\Program Files\Toggl Tray\toggl-tray.exe", "--hidden"))
    assert windows.run.values == {
        "Toggl Tray": r'"C:\Program Files\Toggl Tray\toggl-tray.exe" --hidden'
    }
    assert windows.autostart.support.works


@pytest.mark.parametrize(
    ("noted", "on"), [(b"\x02\0\0\0", True), (b"\x03\0\0\0", False), (b"", True)]
)
def test_what_the_task_manager_switched_off_is_off(tmp_path: Path, noted: bytes, on: bool) -> None:
    windows = Windows(tmp_path)
    windows.autostart.enable(COMMAND)
    windows.approved.values["Toggl Tray"] = noted
    assert windows.autostart.enabled() is on
    windows.autostart.enable(COMMAND)
    assert windows.autostart.enabled()


@pytest.mark.parametrize(
    ("platform", "environ", "kind"),
    [
        ("linux", {"HOME": "/h"}, XdgAutostart),
        ("freebsd14", {"HOME": "/h"}, XdgAutostart),
        ("darwin", {"HOME": "/h"}, LaunchAgent),
    ],
)
def test_each_system_has_its_own_place(
    platform: str, environ: Mapping[str, str], kind: type
) -> None:
    assert isinstance(choose_autostart(environ, platform), kind)


def test_no_file_is_ever_half_written() -> None:
    with TemporaryDirectory() as home:
        linux = Linux(Path(home))
        linux.autostart.enable(COMMAND)
        linux.autostart.enable(MOVED)
        assert [each.name for each in linux.file.parent.iterdir()] == ["toggl-tray.desktop"]
