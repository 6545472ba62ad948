import pytest
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tray import clock
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.sync.status import Status
from tray.tracker.resolve import Draft
from tray.ui.icon import IconState
from tray.ui.tray_icon import (
    GIVE_UP_AFTER_MS,
    LOOK_AFTER_HOST_MS,
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
    assert state(tracking, Settings()) == IconState(colour, "1:02")
    assert state(tracking, Settings(icon_style="symbol")) == IconState(colour, "")


def test_the_goal_is_a_share_of_the_day(blank: Tracking) -> None:
    blank.start(Draft("Email"), at=clock.now() - 60)
    day_begin = blank.snapshot.day[0]
    expected = min(60, clock.now() - day_begin) / 120
    found = state(blank, Settings(day_goal_minutes=2)).progress
    assert found is not None
    assert abs(found - expected) < 0.05
    assert state(blank, Settings()).progress is None


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


def test_a_panel_that_dies_later_is_noticed_in_twenty_seconds(
    tracking: Tracking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = [True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: there[0]))
    icon = TrayIcon(QMenu(), Settings())
    told: list[str] = []
    icon.homeless.connect(lambda: told.append("homeless"))
    icon.appeared.connect(lambda: told.append("appeared"))
    icon.show(tracking.snapshot)
    assert told == ["appeared"]
    assert icon._looking.interval() == LOOK_AFTER_HOST_MS
    there[0] = False
    waited_ms = 0
    while told == ["appeared"]:
        waited_ms += icon._looking.interval()
        icon._on_look()
    assert told == ["appeared", "homeless"]
    assert waited_ms <= 20_000
    assert not icon.placed
    there[0] = True
    icon._on_look()
    assert told == ["appeared", "homeless", "appeared"]
    assert icon.placed


def test_offline_with_changes_waiting_stands_in_the_tooltip(tracking: Tracking) -> None:
    for count, line in (
        (0, ""),
        (1, "Offline, 1 change waits to be sent"),
        (2_000, "Offline, 2,000 changes wait to be sent"),
    ):
        status = Status("offline", "Ann", pending=count)
        said = tooltip(tracking.snapshot._replace(sync=status), "", now=clock.now())
        assert [each for each in said.splitlines() if "ffline" in each] == [line] * bool(line)
    waiting = tracking.snapshot._replace(sync=Status("waiting", "Ann", pending=2))
    assert "ffline" not in tooltip(waiting, "", now=clock.now())
