"""What one tray does with the profiles of others, the trays of which stand in for real ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.cli.stand_in_tray import StandInTray
from tray import paths, profiles
from tray.errors import Refused
from tray.ipc.protocol import Command
from tray.session import profile_switch
from tray.session.profile_switch import ProfileSwitch


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Of this process; no screen, so that a tray that is started ends at once."""
    found = {
        "TOGGL_TRAY_HOME": str(tmp_path / "home"),
        "TOGGL_TRAY_PROFILE": "default",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    for screen in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(screen, raising=False)
    return found


class Side:
    """A tray's switch, and what it has said."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.parent = QObject()
        self.switch = ProfileSwitch(paths.find(environ), self.parent)
        self.said: list[object] = []
        self.switch.leaving.connect(lambda: self.said.append("leaving"))
        self.switch.resting.connect(self.said.append)
        self.switch.failed.connect(self.said.append)


@pytest.fixture
def side(environ: dict[str, str], qapp: object) -> Side:
    profiles.create(environ, "Work")
    return Side(environ)


@pytest.fixture
def work(environ: dict[str, str], side: Side) -> Iterator[StandInTray]:
    with StandInTray({**environ, "TOGGL_TRAY_PROFILE": "Work"}) as tray:
        yield tray


def current(environ: dict[str, str]) -> str:
    return paths.current(paths.find_default(environ))


def test_alone_it_has_no_name_and_all_hotkeys(environ: dict[str, str], qapp: object) -> None:
    side = Side(environ)
    assert side.switch.label == ""
    assert side.switch.take_hotkeys()
    profiles.create(environ, "Work")
    side.switch.refresh()
    assert side.switch.label == "Default"
    assert list(side.switch.names) == ["default", "Work"]


def test_it_leaves_once_the_other_is_there(
    side: Side, work: StandInTray, environ: dict[str, str], qtbot: QtBot
) -> None:
    assert side.switch.take_hotkeys()
    assert work.heard == ["rest"]
    with qtbot.waitSignal(side.switch.leaving):
        side.switch.choose("Work")
    assert current(environ) == "Work"
    assert work.heard == ["rest", "active"]
    assert side.said == [True, "leaving"]
    side.switch.pass_hotkeys_on()
    assert work.heard == ["rest", "active"], "they are its already"


def test_beside_each_other_it_stays_without_the_hotkeys(
    side: Side, work: StandInTray, qtbot: QtBot
) -> None:
    side.switch.set_common(lambda before: before._replace(side_by_side=True))
    side.switch.take_hotkeys()
    with qtbot.waitSignal(side.switch.resting):
        side.switch.choose("Work")
    assert side.said == [True]
    side.switch.hear(Command.ACTIVE)
    assert side.said == [True, False]
    side.switch.pass_hotkeys_on()
    assert work.heard == ["rest", "active", "active"]


def test_the_tray_that_was_switched_to_keeps_the_hotkeys(
    side: Side, work: StandInTray, environ: dict[str, str]
) -> None:
    profiles.switch_to(environ, "Work")
    assert not side.switch.take_hotkeys()
    assert work.heard == []


def test_one_that_does_not_come_up_changes_nothing(
    side: Side, environ: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile_switch, "PATIENCE_SECONDS", 0.3)
    with qtbot.waitSignal(side.switch.failed):
        side.switch.choose("Work")
    assert current(environ) == "default"
    assert side.said == [
        "The tray of the profile “Work” does not come up, so this one stays. Start it from a "
        "terminal to see why."
    ]


def test_one_that_is_gone_is_named(side: Side, environ: dict[str, str]) -> None:
    profiles.put_aside(environ, profiles.existing(environ, "Work"), "now")
    side.switch.choose("Work")
    assert side.said == ["There is no profile “Work”."]
    assert list(side.switch.names) == ["default"]


def test_they_are_made_renamed_removed_and_brought_back(
    side: Side, environ: dict[str, str], qtbot: QtBot
) -> None:
    side.switch.create("Club")
    assert list(side.switch.names) == ["default", "Club", "Work"]
    with pytest.raises(Refused, match="already"):
        side.switch.rename("Club", "work")
    side.switch.rename("Club", "Team")
    with qtbot.waitSignal(side.switch.removed):
        side.switch.remove("Team", now=1_770_984_000)
    side.switch.refresh()
    assert list(side.switch.names) == ["default", "Work"]
    ((name, _),) = side.switch.removed_profiles()
    side.switch.bring_back(name)
    assert [each.name for each in side.switch.states()] == ["default", "Team", "Work"]
