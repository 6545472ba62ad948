"""Two accounts on a real X server: one tray hands over to the other, or both are in the panel."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rig.desktop import Desktop
from tests.rig.running import Running, started
from tests.rig.status_item import StatusItem
from tests.rig.waiting import wait_until

pytestmark = pytest.mark.parametrize("desktop", ["sni"], indirect=True)
LONG_SECONDS = 60
"""For a second program to come up on a busy machine."""


class TwoProfiles(Running):
    """The default profile, and one called Work, in each of which something runs."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        super().__init__(desktop, folder)
        self.command("start", "Mine")
        self.command("--profile", "Work", "start", "Theirs")

    def item(self, profile: str) -> StatusItem | None:
        """The icon of a profile, if it is there."""
        items = [icon.item for icon in self.desktop.icons() if icon.item is not None]
        return next((each for each in items if f"Profile: {profile}" in each.tooltip), None)

    def wait_for_item(self, profile: str) -> StatusItem:
        return wait_until(lambda: self.item(profile), LONG_SECONDS)

    def wait_for_answers(self, profile: str) -> None:
        """Everything behind the icon is up, hotkeys included."""
        lock = self.folder / "profiles" / profile / "tray.lock"
        wait_until(lambda: lock.exists() and b".sock" in lock.read_bytes(), LONG_SECONDS)

    def running_in(self, profile: str) -> str | None:
        listed: list[dict[str, str | None]] = json.loads(self.command("profiles", "--json").stdout)[
            "profiles"
        ]
        return next(each["running"] for each in listed if each["name"] == profile)

    def quit_all(self) -> None:
        for name in ("Work", "default"):
            self.command("quit", "--profile", name)


@pytest.fixture
def two(desktop: Desktop, tmp_path: Path) -> Iterator[TwoProfiles]:
    made = TwoProfiles(desktop, tmp_path / "home")
    yield made
    made.quit_all()


def test_the_menu_hands_over_to_the_other_profile(two: TwoProfiles) -> None:
    program = started(two)
    item = two.wait_for_item("Default")
    assert "Mine" in item.tooltip
    assert [row.label for row in item.menu() if "Profile" in row.label] == ["Profile: Default"]
    item.choose("Profile: Default", "Work")
    other = two.wait_for_item("Work")
    assert program.wait(LONG_SECONDS) == 0
    assert "Theirs" in other.tooltip
    assert two.running_in("default") == "Mine", "it runs on"
    two.wait_for_answers("Work")
    two.command("toggle", "--profile", "Work")
    wait_until(lambda: "Nothing is running" in other.tooltip)
    two.desktop.press("ctrl+alt+space")
    wait_until(lambda: (now := two.desktop.screen.focused()) and "Quick start" in now.title)
    assert two.desktop.windows("Work"), "the window names the profile"


def test_beside_each_other_one_of_both_has_the_hotkeys(two: TwoProfiles) -> None:
    folder = two.folder / "profiles"
    (folder / ".common.json").write_text('{"side_by_side": true, "one_timer": true}')
    started(two)
    two.wait_for_item("Default").choose("Profile: Default", "Work")
    two.wait_for_item("Work")
    two.wait_for_answers("Work")
    assert two.item("Default") is not None
    two.desktop.press("ctrl+alt+shift+space")
    wait_until(lambda: two.running_in("Work") is None)
    assert two.running_in("default") == "Mine"
    two.desktop.press("ctrl+alt+shift+space")
    wait_until(lambda: two.running_in("Work") == "Theirs")
    wait_until(lambda: two.running_in("default") is None)  # as one entry runs in both together
    two.command("quit", "--profile", "Work")
    two.desktop.press("ctrl+alt+shift+space")
    wait_until(lambda: two.running_in("default") == "Mine")
