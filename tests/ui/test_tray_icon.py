import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.tray_item import PanelItem
from tray import clock
from tray.desktop.look import DesktopLook
from tray.model.days import Calendar
from tray.model.panels import GNOME, PLASMA, PanelKind
from tray.session.snapshot import Goals
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.sync.status import State, Status
from tray.tracker.resolve import Draft
from tray.ui.icon import DARK_INK, WHITE_INK, IconState
from tray.ui.menu import HotkeyLabels, rows
from tray.ui.tray_icon import GIVE_UP_AFTER_MS, TrayIcon, icon_state, tooltip


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
    assert tooltip(tracking.snapshot, "", "Work", now=clock.now()).endswith("\nProfile: Work")


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
    icon = TrayIcon(PanelItem(), Settings())
    icon.show(tracking.snapshot)
    assert not icon.placed
    assert icon._patience.interval() == GIVE_UP_AFTER_MS
    with qtbot.waitSignal(icon.homeless):
        icon._patience.start(0)
    assert not icon._patience.isActive()


def test_nothing_ticks_while_nothing_runs(tracking: Tracking, qtbot: QtBot) -> None:
    icon = TrayIcon(PanelItem(), Settings())
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
    icon = TrayIcon(PanelItem(), Settings())
    icon.update(tracking.snapshot)
    icon.minute_over.connect(tracking.refresh_if_other_day)
    tracking.snapshot = tracking.snapshot._replace(day=(0, 1))
    with qtbot.waitSignals([icon.minute_over, tracking.changed]):
        icon._ticker._tick()
    assert tracking.snapshot.day[1] > clock.now()


class Clicked:
    """An icon, and what its clicks asked for."""

    def __init__(self, settings: Settings, panel: PanelKind = PanelKind()) -> None:  # noqa: B008
        self.item = PanelItem()
        self.icon = TrayIcon(self.item, settings)
        self.item.be_placed(True, panel)
        self.asked: list[object] = []
        self.icon.gesture.connect(self.asked.append)


def test_clicks_become_the_gestures_of_the_settings(qtbot: QtBot) -> None:
    clicked = Clicked(Settings(left_click="entries", middle_click="nothing"))
    for click in (clicked.item.left, clicked.item.middle, clicked.item.double, clicked.item.left):
        click.emit()  # the last one at once: the second half of a double click
    assert clicked.asked == ["entries", "nothing"]


@pytest.mark.parametrize("double", ["nothing", "panel"])
def test_where_a_left_click_opens_the_menu_a_double_click_has_its_meaning(
    qtbot: QtBot, double: str
) -> None:
    clicked = Clicked(Settings(left_click="entries", double_click=double), GNOME)
    clicked.item.left.emit()
    clicked.item.left.emit()
    assert clicked.asked == 2 * ["entries" if double == "nothing" else double]


@pytest.mark.parametrize("wanted", [True, False])
def test_the_wheel_is_told_of_where_that_is_wanted(qtbot: QtBot, wanted: bool) -> None:
    clicked = Clicked(Settings(scroll_toggles=wanted))
    turned: list[bool] = []
    clicked.icon.scrolled.connect(turned.append)
    for up in (120, 15, 0, -120):
        clicked.item.scrolled.emit(up)
    assert turned == ([True, True, False] if wanted else [])
    assert not clicked.asked


def test_a_double_click_can_do_something_of_its_own(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 60_000)
    clicked = Clicked(Settings(double_click="panel"))
    clicked.item.left.emit()
    assert clicked.asked == []
    clicked.item.left.emit()
    assert clicked.asked == ["panel"]
    clicked.icon._single.timeout.emit()  # as it would be, had there been no second click
    assert clicked.asked == ["panel", "toggle"]


def test_a_panel_that_tells_of_double_clicks_does_the_same(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 60_000)
    clicked = Clicked(Settings(double_click="panel"))
    clicked.item.left.emit()
    clicked.item.double.emit()
    assert clicked.asked == ["panel"]
    assert not clicked.icon._single.isActive()


def test_a_panel_that_goes_and_comes_is_told_of(tracking: Tracking, qtbot: QtBot) -> None:
    item, told = PanelItem(), []
    icon = TrayIcon(item, Settings())
    icon.homeless.connect(lambda: told.append("homeless"))
    icon.appeared.connect(lambda: told.append("appeared"))
    icon.panel_changed.connect(lambda kind: told.append(kind.name))
    icon.show(tracking.snapshot)
    item.be_placed(True, GNOME)
    assert icon.placed
    assert not icon._patience.isActive()
    item.be_placed(False)
    assert not icon.placed
    assert icon._patience.isActive()
    icon._patience.timeout.emit()
    item.be_placed(True)
    assert told == ["GNOME", "appeared", "homeless", "appeared"]


def test_nobody_is_told_that_a_locked_screen_has_no_icons(tracking: Tracking, qtbot: QtBot) -> None:
    item = PanelItem()
    icon = TrayIcon(item, Settings())
    icon.show(tracking.snapshot)
    item.be_placed(True)
    icon.be_seen(False)
    item.be_placed(False)
    assert not icon._patience.isActive()
    icon.be_seen(True)
    assert icon._patience.isActive()


@pytest.mark.parametrize(
    ("wanted", "panel", "label"),
    [
        ("nothing", GNOME, ""),
        ("time", GNOME, "1:02"),
        ("time and entry", GNOME, "1:02  Email with a long subje…"),
        ("time", PanelKind(), ""),
    ],
)
def test_a_text_stands_beside_the_icon_where_the_panel_shows_one(
    tracking: Tracking, qtbot: QtBot, wanted: str, panel: PanelKind, label: str
) -> None:
    tracking.start(Draft("Email with a long subject line", "Acme"), at=clock.now() - 3725)
    item = PanelItem()
    icon = TrayIcon(item, Settings(icon_label=wanted))
    icon.show(tracking.snapshot)
    item.be_placed(True, panel)
    assert item.label == label
    assert icon._shown_state is not None
    assert (icon._shown_state.minutes is None) == bool(label), "the time is not said twice"
    tracking.stop()
    icon.update(tracking.snapshot)
    assert item.label == ""


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
    tracking: Tracking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracking.start(Draft("Email"))
    item = PanelItem()
    icon = TrayIcon(item, Settings())
    icon.show(tracking.snapshot)
    icon.be_seen(False)
    assert not icon._ticker.active
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 3_600)
    icon.be_seen(True)
    assert "Running for 1:00" in item.lines
    assert icon._ticker.active


class Look(DesktopLook):
    """What the desktop wants, as a test says."""

    wanted: bool | None = None

    @property
    def dark(self) -> bool | None:
        return self.wanted


def test_the_stopped_sign_has_the_colour_of_its_neighbours(blank: Tracking, qtbot: QtBot) -> None:
    item, look = PanelItem(), Look()
    icon = TrayIcon(item, Settings())
    icon.show(blank.snapshot)
    icon.match(look)

    def ink() -> str:
        assert icon._shown_state is not None
        return icon._shown_state.ink

    assert ink() == ""
    item.be_placed(True, GNOME)
    assert ink() == WHITE_INK
    item.be_placed(True, PLASMA)
    for dark, expected in ((True, WHITE_INK), (False, DARK_INK), (True, WHITE_INK)):
        look.wanted = dark
        look.changed.emit()
        assert ink() == expected
