"""Which hotkeys a desktop gets, and what is said where there are none."""

from collections.abc import Iterator

import pytest

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.hotkeys import IDENTITY, bind
from tests.rig.desktop import Desktop
from tray.desktop.choose import choose_hotkeys
from tray.desktop.linux.portal_hotkeys import PortalHotkeys
from tray.desktop.linux.x11_hotkeys import X11Hotkeys
from tray.desktop.null import NullHotkeys
from tray.desktop.support import Level


@pytest.fixture
def bus(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


def test_an_x_server_is_asked_itself(bare_desktop: Desktop, qapp: object) -> None:
    hotkeys = choose_hotkeys(dict(bare_desktop.variables), IDENTITY)
    assert isinstance(hotkeys, X11Hotkeys)
    assert bind(hotkeys, "quick", "ctrl+alt+t").support.works
    hotkeys.stop()


@pytest.mark.parametrize("variable", [{"XDG_SESSION_TYPE": "wayland"}, {"WAYLAND_DISPLAY": "w-0"}])
def test_wayland_is_asked_through_its_portal(bus: BusDaemon, variable: dict[str, str]) -> None:
    environ = {"DBUS_SESSION_BUS_ADDRESS": bus.address, "DISPLAY": ":0", **variable}
    hotkeys = choose_hotkeys(environ, IDENTITY)
    assert isinstance(hotkeys, PortalHotkeys)
    hotkeys.stop()


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("environ", "why"),
    [
        ({}, "no desktop session"),
        ({"DISPLAY": ":987"}, 'Can\'t connect to display ":987"'),
        ({"WAYLAND_DISPLAY": "w-0"}, "no D-Bus session)"),
        (
            {"WAYLAND_DISPLAY": "w-0", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"},
            "no D-Bus session at unix:path=/nowhere: No such file or directory)",
        ),
        (
            {"WAYLAND_DISPLAY": "w-0", "DBUS_SESSION_BUS_ADDRESS": "tcp:host=a,port=1"},
            "no D-Bus session at tcp:host=a,port=1)",
        ),
    ],
)
def test_nothing_is_explained(environ: dict[str, str], why: str, qapp: object) -> None:
    hotkeys = choose_hotkeys(environ, IDENTITY)
    assert isinstance(hotkeys, NullHotkeys)
    assert hotkeys.support.level is Level.MISSING
    assert hotkeys.support.why.startswith(f"There are no global hotkeys here ({why}")
    assert "“toggl-tray quick” and “toggl-tray toggle”" in hotkeys.support.why
    assert bind(hotkeys, "quick", "ctrl+alt+t").support == hotkeys.support
    hotkeys.stop()
    assert hotkeys.hotkeys == ()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_a_system_that_is_not_what_it_says_is_survived(platform: str, qapp: object) -> None:
    assert isinstance(choose_hotkeys({}, IDENTITY, platform=platform), NullHotkeys)
