"""Which idle source a desktop gets, and what is said of those it does not get."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from tests.fakes.compositor import FakeCompositor
from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.idle import AskedStage
from tests.fakes.presence import FakeLogind, FakeMutter, FakeScreenSaver
from tests.fakes.qt import eventually, settle
from tests.fakes.user import User
from tests.rig.desktop import Desktop
from tray.desktop import idle_choice
from tray.desktop.choose import choose_idle
from tray.desktop.idle import IdleSource, PassedOver
from tray.desktop.idle_choice import ChosenIdle, Found, IdleCandidate
from tray.desktop.support import PENDING, Level, missing


@pytest.fixture
def bus(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


@pytest.fixture
def user() -> Iterator[User]:
    user = User()
    yield user
    user.leave()


def chosen(environ: dict[str, str]) -> IdleSource:
    source = choose_idle(environ)
    assert source.support.level is not Level.WORKS or source.name
    eventually(lambda: source.name)
    return source


def test_gnome_is_asked_first(bus: BusDaemon, user: User) -> None:
    mutter = FakeMutter(bus.address, user)
    source = chosen({"DBUS_SESSION_BUS_ADDRESS": bus.address, "WAYLAND_DISPLAY": "nowhere"})
    assert source.name == "GNOME (Mutter)"
    assert source.passed_over == ()
    assert source.signals
    source.stop()
    mutter.stop()


def test_a_compositor_comes_next(bus: BusDaemon, user: User, tmp_path: Path) -> None:
    compositor = FakeCompositor(tmp_path, user, version=2)
    environ = {"DBUS_SESSION_BUS_ADDRESS": bus.address, "WAYLAND_DISPLAY": compositor.path}
    source = chosen(environ)
    assert source.name == "Wayland (ext-idle-notify-v1)"
    assert source.passed_over == (
        PassedOver("GNOME (Mutter)", "GNOME's idle monitor is not on the bus"),
    )
    assert source.describe() == (
        "Wayland (ext-idle-notify-v1) "
        "(not used: GNOME (Mutter): GNOME's idle monitor is not on the bus)"
    )
    source.stop()
    compositor.stop()


def test_an_x_server_comes_next(bare_desktop: Desktop, qapp: object) -> None:
    source = chosen(dict(bare_desktop.variables))
    assert source.name == "X11 (screen saver extension)"
    assert not source.signals
    assert [each.name for each in source.passed_over] == [
        "GNOME (Mutter)",
        "Wayland (ext-idle-notify-v1)",
    ]
    source.stop()


def test_then_a_screen_saver_and_then_logind(bus: BusDaemon, user: User) -> None:
    logind = FakeLogind(bus.address)
    environ = {
        "DBUS_SESSION_BUS_ADDRESS": bus.address,
        "DBUS_SYSTEM_BUS_ADDRESS": bus.address,
        "WAYLAND_DISPLAY": "/nowhere/wayland-0",
    }
    source = chosen(environ)
    assert source.name == "logind (idle hint)"
    source.stop()
    saver = FakeScreenSaver(bus.address, user, unit_ms=1000)
    source = chosen(environ)
    assert source.name == "screen saver"
    assert source.passed_over[2] == PassedOver("X11", "the session is one of Wayland")
    source.stop()
    saver.stop()
    logind.stop()


def test_where_nothing_can_be_measured_it_is_said(qapp: object) -> None:
    source = chosen({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"})
    assert source.support.level is Level.MISSING
    assert source.support.why.startswith("This desktop does not say how long nobody was there.")
    assert [each.why for each in source.passed_over][:3] == [
        "no D-Bus session",
        "the session is not one of Wayland",
        "no desktop session",
    ]
    assert source.name == "none"
    source.stop()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_a_system_that_is_not_what_it_says_is_survived(platform: str, qapp: object) -> None:
    source = choose_idle({}, platform=platform)
    assert source.support.level is Level.MISSING
    assert len(source.passed_over) == 1
    source.stop()


class Late:
    """A candidate that answers when the test wants."""

    def __init__(self) -> None:
        self.asked: list[Found] = []
        self.candidate = IdleCandidate("late", self._find)

    def _find(self, _parent: QObject, then: Found) -> None:
        self.asked.append(then)


def test_what_is_asked_for_meanwhile_is_done_later(qapp: object) -> None:
    late, stage = Late(), AskedStage("windows")
    source = ChosenIdle([late.candidate])
    assert source.support is PENDING
    told: list[str] = []
    source.idle.connect(lambda _: told.append("idle"))
    source.polled.connect(lambda _: told.append("looked"))
    source.watch(0.3)
    settle()
    assert told == []
    late.asked[0](stage.source)
    source.poll()
    eventually(lambda: "idle" in told)
    assert source.support.works
    source.stop()


def test_a_source_that_is_found_too_late_is_let_go(qapp: object) -> None:
    late, stage = Late(), AskedStage("windows")
    source = ChosenIdle([late.candidate])
    source.stop()
    late.asked[0](stage.source)
    assert stage.source.signalsBlocked()


def test_when_one_fails_all_are_tried_again(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_choice, "FIRST_AGAIN_MS", 20)
    stages = [AskedStage("windows"), AskedStage("macos")]
    left = [each.source for each in stages]
    source = ChosenIdle([IdleCandidate("any", lambda _parent, then: then(left.pop(0)))])
    told: list[int] = []
    source.idle.connect(told.append)
    source.watch(0.3)
    assert source.name == "Windows (GetLastInputInfo)"
    stages[0].source._set_support(missing("It is gone."))
    assert source.support.level is Level.MISSING
    eventually(lambda: source.name == "macOS (CGEventSource)")
    assert source.support.works
    eventually(lambda: told)
    source.stop()


def test_when_none_works_all_are_tried_again_ever_more_seldom(qapp: object) -> None:
    tries: list[int] = []

    def find(_parent: QObject, then: Found) -> None:
        tries.append(1)
        then("not yet" if len(tries) < 3 else AskedStage("windows").source)

    source = ChosenIdle([IdleCandidate("slow", find)])
    for _ in range(2):
        assert source.support.level is Level.MISSING
        source._choose()
    assert source.support.works
    assert source.passed_over == ()
    source.stop()
