"""The wheel on the icon goes by what is stored, whatever is shown."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.tray_item import PanelItem
from tests.ui.conftest import blank, cleared, tracking
from tray import clock
from tray.app.quick_actions import QuickActions
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import entries
from tray.store.opening import open_database
from tray.tracker import timer
from tray.tracker.resolve import Draft
from tray.ui.tray_icon import TrayIcon

__all__ = ["blank", "cleared", "tracking"]


class Wheel:
    """On an icon, where it starts and stops."""

    def __init__(self, tracking: Tracking) -> None:
        self.item = PanelItem()
        self.icon = TrayIcon(self.item, Settings(scroll_toggles=True))
        self.quick = QuickActions(tracking, Settings(), self.icon)
        self.said: list[object] = []
        self.tracking = tracking
        self.icon.scrolled.connect(self.quick.switch)
        tracking.failed.connect(self.said.append)

    def turn(self, *steps: int) -> None:
        for step in steps:
            self.item.scrolled.emit(step)

    @property
    def count(self) -> int:
        return len(list(entries.everything(self.tracking.db)))

    @property
    def runs(self) -> bool:
        return entries.running(self.tracking.db) is not None


@pytest.fixture
def wheel(tracking: Tracking, qtbot: QtBot) -> Iterator[Wheel]:
    del qtbot
    made = Wheel(tracking)
    yield made
    made.icon.stop()


def test_quick_turns_end_as_the_last_one_says(wheel: Wheel) -> None:
    before = wheel.count
    wheel.turn(120, 15, 120, -120, -15)
    assert not wheel.runs
    assert wheel.count == before + 1
    wheel.turn(-120, 120)
    assert wheel.runs
    assert not wheel.said


@pytest.mark.parametrize("unseen", [False, True])
def test_a_start_in_a_terminal_a_moment_before_is_left_as_it_is(
    wheel: Wheel, monkeypatch: pytest.MonkeyPatch, unseen: bool
) -> None:
    """Also one that is stored between the look before and the change itself."""
    with open_database(wheel.tracking.db.path) as terminal:
        started = timer.start(terminal, Draft("Email"), now=clock.now()).entry
    if unseen:
        monkeypatch.setattr(wheel.tracking, "refresh_if_written", lambda: False)
    before = wheel.count
    wheel.turn(120, 120)
    assert wheel.count == before
    assert entries.running(wheel.tracking.db) == started
    assert not wheel.said


@pytest.mark.parametrize("unseen", [False, True])
def test_a_stop_in_a_terminal_a_moment_before_is_no_trouble(
    wheel: Wheel, monkeypatch: pytest.MonkeyPatch, unseen: bool
) -> None:
    wheel.turn(120)
    with open_database(wheel.tracking.db.path) as terminal:
        timer.stop(terminal, now=clock.now())
    if unseen:
        monkeypatch.setattr(wheel.tracking, "refresh_if_written", lambda: False)
    wheel.turn(-120)
    assert not wheel.runs
    assert not wheel.said


def test_with_nothing_to_continue_it_is_asked_what_to_do(blank: Tracking) -> None:
    wheel = Wheel(blank)
    wheel.turn(120)
    assert wheel.quick.dialog is not None
    assert wheel.quick.dialog.isVisible()
    wheel.quick.renew()
    assert not wheel.said


def test_what_goes_on_turning_writes_nothing(wheel: Wheel) -> None:
    wheel.turn(120)
    with open_database(wheel.tracking.db.path) as other:
        version = other.row("PRAGMA data_version")
        wheel.turn(*[15] * 50)
        assert other.row("PRAGMA data_version") == version
