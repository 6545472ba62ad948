import sys

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tray import clock
from tray.desktop.panel_watch import PanelWatch
from tray.model.days import Calendar
from tray.session.snapshot import Goals
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.sync.status import State, Status
from tray.tracker.resolve import Draft
from tray.ui.icon import IconState
from tray.ui.menu import HotkeyLabels, rows
from tray.ui.tray_icon import (
    GIVE_UP_AFTER_MS,
    LOOK_FOR_HOST_MS,
    TrayIcon,
    icon_state,
    tooltip,
)


def state(tracking: Tracking, settings: Settings, *, attention: bool = False) -> IconState:
    return icon_state(tracking.snapshot, settings, attention, now=clock.now())


def test_stopped_it_shows_a_symbol(blank: Tracking) -> None:
    assert state(blank, Settings()) == IconState()


def test_running_it_shows_colour_and_time(tracking: Tracking) -> None:
    tracking.start(Draft("Email", "Acme"), at=clock.now() - 3725)
    names = tracking.snapshot.names
    colour = next(each.colour for each in names.projects.values() if each.name == "Acme")
    assert state(tracking, Settings()) == IconState(colour, 62)
    assert state(tracking, Settings(icon_style="symbol")) == IconState(colour)


def test_the_goal_is_a_share_of_the_day(blank: Tracking) -> None:
    blank.start(Draft("Email"), at=clock.now() - 60)
    day_begin = blank.snapshot.day[0]
    expected = min(60, clock.now() - day_begin) / 120
    assert state(blank, Settings()).progress is None
    blank.use_calendar(Calendar(), Goals(day=120))
    found = state(blank, Settings()).progress
    assert found is not None
    assert abs(found - expected) < 0.05


def test_the_tooltip_says_what_the_icon_cannot(tracking: Tracking) -> None:
    tracking.start(Draft("Email", "Acme"), at=clock.now() - 3725)
    lines = tooltip(tracking.snapshot, "", now=clock.now()).splitlines()
    assert lines[:3] == ["Email", "Acme", "Running for 1:02"]
    assert lines[3].startswith("Today ")
    tracking.stop()
    assert tooltip(tracking.snapshot, "Look", now=clock.now()).splitlines()[:2] == [
        "Look",
        "Nothing is running",
    ]


def test_a_goal_stands_beside_the_total_wherever_that_is(tracking: Tracking) -> None:
    now = clock.now()
    tracking.use_calendar(Calendar(), Goals(8 * 3600, 40 * 3600))
    state = tracking.snapshot = tracking.snapshot._replace(
        today_finished_seconds=3 * 3600 + 38 * 60, week_finished_seconds=36_000
    )
    assert tooltip(state, "", now=now).splitlines()[-1] == "Today 3:38 of 8:00"
    texts = [row.text for row in rows(state, HotkeyLabels(), now=now)]
    assert "Today 3:38 of 8:00  ·  This week 10:00 of 40:00" in texts


def test_without_a_panel_it_waits_and_says_so_once(tracking: Tracking, qtbot: QtBot) -> None:
    assert not QSystemTrayIcon.isSystemTrayAvailable(), "the offscreen platform has no panel"
    icon = TrayIcon(QMenu(), Settings())
    told: list[int] = []
    icon.homeless.connect(lambda: told.append(1))
    icon.show(tracking.snapshot)
    assert not icon.placed
    for _ in range(3 * GIVE_UP_AFTER_MS // LOOK_FOR_HOST_MS):
        icon._on_look()
    assert told == [1]


def test_nothing_ticks_while_nothing_runs(tracking: Tracking, qtbot: QtBot) -> None:
    icon = TrayIcon(QMenu(), Settings())
    icon.update(tracking.snapshot)
    assert not icon._ticker.active
    tracking.start(Draft("Email"))
    icon.update(tracking.snapshot)
    assert icon._ticker.active
    tracking.stop()
    icon.update(tracking.snapshot)
    assert not icon._ticker.active


def test_each_minute_of_an_entry_is_told_of_before_it_is_shown(
    tracking: Tracking, qtbot: QtBot
) -> None:
    icon = TrayIcon(QMenu(), Settings())
    icon.update(tracking.snapshot)
    icon.minute_over.connect(tracking.refresh_if_other_day)
    tracking.snapshot = tracking.snapshot._replace(day=(0, 1))
    with qtbot.waitSignals([icon.minute_over, tracking.changed]):
        icon._ticker._tick()
    assert tracking.snapshot.day[1] > clock.now()


def test_clicks_become_the_gestures_of_the_settings(tracking: Tracking, qtbot: QtBot) -> None:
    icon = TrayIcon(QMenu(), Settings(left_click="entries", middle_click="nothing"))
    asked: list[object] = []
    icon.gesture.connect(asked.append)
    reason = QSystemTrayIcon.ActivationReason
    for click in (reason.Trigger, reason.MiddleClick, reason.Context, reason.DoubleClick):
        icon._on_activated(click)
    icon._on_activated(reason.Trigger)  # at once: the second half of a double click
    assert asked == ["entries", "nothing"]


def test_on_macos_a_left_click_only_opens_the_menu(
    tracking: Tracking, monkeypatch: pytest.MonkeyPatch
) -> None:
    del tracking
    monkeypatch.setattr(sys, "platform", "darwin")
    icon = TrayIcon(QMenu(), Settings(double_click="panel"))
    asked: list[object] = []
    icon.gesture.connect(asked.append)
    reason = QSystemTrayIcon.ActivationReason
    for click in (reason.Trigger, reason.DoubleClick, reason.Trigger, reason.MiddleClick):
        icon._on_activated(click)
    assert asked == ["quick start"]


def test_a_double_click_can_do_something_of_its_own(
    tracking: Tracking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 60_000)
    icon = TrayIcon(QMenu(), Settings(double_click="panel"))
    asked: list[object] = []
    icon.gesture.connect(asked.append)
    click = QSystemTrayIcon.ActivationReason.Trigger
    icon._on_activated(click)
    assert asked == []
    icon._on_activated(click)
    assert asked == ["panel"]
    icon._single.timeout.emit()  # as it would be, had there been no second click
    assert asked == ["panel", "toggle"]


def test_a_panel_that_tells_of_double_clicks_does_the_same(
    tracking: Tracking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 60_000)
    icon = TrayIcon(QMenu(), Settings(double_click="panel"))
    asked: list[object] = []
    icon.gesture.connect(asked.append)
    reason = QSystemTrayIcon.ActivationReason
    for click in (reason.Trigger, reason.DoubleClick):
        icon._on_activated(click)
    assert asked == ["panel"]
    assert not icon._single.isActive()


class Panel(PanelWatch):
    """One that is killed and comes back as a test says, and tells of it."""

    hosts = True

    @property
    def has_host(self) -> bool:
        return self.hosts


class Placed:
    """An icon on a panel, and what it told."""

    def __init__(self, tracking: Tracking, panel: Panel) -> None:
        self.panel = panel
        self.told: list[str] = []
        self.icon = TrayIcon(QMenu(), Settings())
        self.icon.homeless.connect(lambda: self.told.append("homeless"))
        self.icon.appeared.connect(lambda: self.told.append("appeared"))
        self.icon.show(tracking.snapshot)
        self.icon.follow(panel)

    def wait(self, most_ms: int) -> int:
        """How long it looked for the panel, at most so long: nothing is looked for in real time."""
        waited_ms = 0
        while self.icon._looking.isActive() and waited_ms < most_ms:
            waited_ms += self.icon._looking.interval()
            self.icon._on_look()
        return waited_ms


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found = [True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: found[0]))
    return found


@pytest.mark.parametrize("by", ["gone", "without a host"])
def test_a_panel_that_dies_is_told_of_and_nothing_is_looked_at_before_and_after(
    tracking: Tracking, qtbot: QtBot, there: list[bool], by: str
) -> None:
    placed = Placed(tracking, Panel())
    assert placed.told == ["appeared"]
    assert placed.wait(60_000) == 0
    there[0] = placed.panel.hosts = by == "without a host"
    placed.panel.hosts = by == "gone"
    placed.panel.changed.emit()
    assert not placed.icon.placed
    assert placed.wait(60_000) <= 20_000
    assert placed.told == ["appeared", "homeless"]
    there[0] = placed.panel.hosts = True
    placed.panel.changed.emit()
    assert placed.told == ["appeared", "homeless", "appeared"]
    assert placed.icon.placed
    assert placed.wait(60_000) == 0


def test_where_nothing_tells_of_a_panel_it_is_looked_for(
    tracking: Tracking, qtbot: QtBot, there: list[bool]
) -> None:
    placed = Placed(tracking, Panel(look_ms=5_000, search_ms=5_000))
    assert placed.wait(60_000) == 60_000
    there[0] = False
    assert placed.wait(20_000) == 20_000
    assert placed.told == ["appeared", "homeless"]
    there[0] = True
    placed.wait(5_000)
    assert placed.icon.placed


def test_a_panel_that_forgot_the_icon_gets_another(
    tracking: Tracking, qtbot: QtBot, there: list[bool]
) -> None:
    placed = Placed(tracking, Panel())
    before = placed.icon._icon
    placed.panel.forgotten.emit()
    assert placed.icon.placed
    assert placed.icon._icon is not before
    assert placed.told == ["appeared", "appeared"]


@pytest.mark.parametrize(
    ("state_of_sync", "why"), [("offline", "Offline"), ("quota", "Requests used up")]
)
def test_changes_that_cannot_be_sent_stand_on_the_icon_and_in_the_tooltip(
    tracking: Tracking, state_of_sync: State, why: str
) -> None:
    for count, line in (
        (0, ""),
        (1, f"{why}, 1 change waiting"),
        (2_000, f"{why}, 2,000 changes waiting"),
    ):
        tracking.snapshot = tracking.snapshot._replace(
            sync=Status(state_of_sync, "Ann", pending=count)
        )
        said = tooltip(tracking.snapshot, "", now=clock.now())
        assert [each for each in said.splitlines() if why in each] == [line] * bool(line)
        assert state(tracking, Settings()).unsent is bool(count)


def test_what_is_about_to_be_sent_is_marked_nowhere(tracking: Tracking) -> None:
    tracking.snapshot = tracking.snapshot._replace(sync=Status("waiting", "Ann", pending=2))
    assert "waiting" not in tooltip(tracking.snapshot, "", now=clock.now())
    assert not state(tracking, Settings()).unsent


def test_while_the_screen_is_locked_nothing_ticks_and_the_return_shows_the_time_of_now(
    tracking: Tracking, qtbot: QtBot, there: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "setToolTip", lambda _, text: shown.append(text))
    tracking.start(Draft("Email"))
    icon = TrayIcon(QMenu(), Settings())
    icon.show(tracking.snapshot)
    icon.be_seen(False)
    assert not icon._ticker.active
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 3_600)
    icon.be_seen(True)
    assert "Running for 1:00" in shown[-1]
    assert icon._ticker.active
