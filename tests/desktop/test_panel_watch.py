"""What tells of panels, before services of a test's own, and before a real X server."""

import os
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from pytestqt.qtbot import QtBot
from Xlib.display import Display

from tests.fakes.dbus import BusDaemon, Caller, Service, open_bus
from tests.rig.desktop import Desktop
from tray.desktop.choose import LOOK_MS, choose_panel_watch
from tray.desktop.linux import panel_hosts
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.panel_hosts import LinuxPanelWatch
from tray.desktop.panel_watch import PanelWatch

ITEM: Final = "/StatusNotifierItem"
WITHOUT_PANEL: Final = pytest.mark.parametrize("desktop", ["none"], indirect=True)


class Watcher(Service):
    """Lists what a test wants."""

    name = panel_hosts.NAME
    path = panel_hosts.PATH
    interface = panel_hosts.NAME

    def __init__(self, address: str, *items: str, host: bool = True) -> None:
        self.items = list(items)
        self.host = host
        super().__init__(address)

    def on_getall(self, _: Caller, interface: str) -> tuple[str, dict[str, tuple[str, Any]]]:
        assert interface == self.interface
        found = {
            "IsStatusNotifierHostRegistered": ("b", self.host),
            "RegisteredStatusNotifierItems": ("as", self.items),
        }
        return "a{sv}", found

    def have_host(self, host: bool) -> None:
        self.host = host
        self.emit("StatusNotifierHost" + ("Registered" if host else "Unregistered"), "")

    def forget(self) -> None:
        (item,) = self.items
        self.items.clear()
        self.emit("StatusNotifierItemUnregistered", "s", item)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_hosts, "SETTLE_MS", 20)
    monkeypatch.setattr(panel_hosts, "REGISTER_MS", 100)


@pytest.fixture
def bus() -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


@pytest.fixture
def start(bus: BusDaemon) -> Iterator[Callable[..., Watcher]]:
    running: list[Watcher] = []

    def start(*items: str, host: bool = True) -> Watcher:
        running.append(Watcher(bus.address, *items, host=host))
        return running[-1]

    yield start
    for each in running:
        each.stop()


@pytest.fixture
def item(bus: BusDaemon) -> Iterator[str]:
    """The connection of an item that this process has registered."""
    from jeepney.io.blocking import open_dbus_connection

    with open_dbus_connection(bus.address) as connection:
        yield connection.unique_name + ITEM


@pytest.fixture
def watch(bus: BusDaemon) -> Iterator[LinuxPanelWatch]:
    watch = LinuxPanelWatch(Bus(bus.address), None, own_pid=os.getpid())
    yield watch
    watch.stop()


def test_a_watcher_that_comes_and_goes_is_told_of(
    watch: LinuxPanelWatch, bus: BusDaemon, qtbot: QtBot
) -> None:
    qtbot.wait(200)
    with qtbot.waitSignal(watch.changed):
        watcher = Watcher(bus.address)
    with qtbot.waitSignal(watch.changed):
        watcher.stop()
    assert watch.has_host


def test_a_watcher_without_a_host_has_no_panel(
    start: Callable[..., Watcher], watch: LinuxPanelWatch, qtbot: QtBot
) -> None:
    watcher = start(host=False)
    qtbot.waitUntil(lambda: not watch.has_host)
    with qtbot.waitSignal(watch.changed):
        watcher.have_host(True)
    assert watch.has_host
    with qtbot.waitSignal(watch.changed):
        watcher.have_host(False)
    assert not watch.has_host


def test_an_icon_that_a_watcher_forgets_is_told_of_once(
    start: Callable[..., Watcher], watch: LinuxPanelWatch, item: str, qtbot: QtBot
) -> None:
    watcher = start(item)
    qtbot.wait(300)
    with qtbot.waitSignal(watch.forgotten):
        watcher.forget()
    with qtbot.assertNotEmitted(watch.forgotten, wait=400):
        pass


def test_a_watcher_that_comes_back_without_the_icon_has_forgotten_it(
    watch: LinuxPanelWatch, bus: BusDaemon, item: str, qtbot: QtBot
) -> None:
    first = Watcher(bus.address, item)
    qtbot.wait(300)
    first.stop()
    with qtbot.waitSignal(watch.forgotten):
        second = Watcher(bus.address)
    second.stop()


def test_an_icon_that_was_never_listed_is_not_missed(
    start: Callable[..., Watcher], watch: LinuxPanelWatch, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(watch.forgotten, wait=400):
        start().emit("StatusNotifierItemUnregistered", "s", ":1.999")


def test_a_bus_that_is_lost_has_it_looked_for(
    watch: LinuxPanelWatch, bus: BusDaemon, qtbot: QtBot
) -> None:
    qtbot.wait(50)
    with qtbot.waitSignal(watch.changed):
        bus.stop()
    assert (watch.look_ms, watch.search_ms) == (LOOK_MS, LOOK_MS)


@WITHOUT_PANEL
def test_the_owner_of_the_x_screen_s_tray_is_told_of(desktop: Desktop, qtbot: QtBot) -> None:
    variables = {**desktop.variables, "DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": ""}
    watch = choose_panel_watch(variables, on_x=True, platform="linux")
    assert (watch.look_ms, watch.search_ms) == (0, 0)
    panel = Display(variables["DISPLAY"])
    window = panel.screen().root.create_window(0, 0, 1, 1, 0, panel.screen().root_depth)
    with qtbot.waitSignal(watch.changed):
        window.set_selection_owner(panel.intern_atom("_NET_SYSTEM_TRAY_S0"), 0)
        panel.sync()
    with qtbot.waitSignal(watch.changed):
        window.destroy()
        panel.sync()
    with qtbot.assertNotEmitted(watch.changed, wait=200):
        panel.screen().root.create_window(0, 0, 1, 1, 0, panel.screen().root_depth)
        panel.sync()
    panel.close()
    watch.stop()


@pytest.mark.parametrize(("platform", "look_ms"), [("win32", 0), ("darwin", 0), ("linux", LOOK_MS)])
def test_where_nobody_tells_it_is_looked_for(platform: str, look_ms: int) -> None:
    watch: PanelWatch = choose_panel_watch({}, on_x=True, platform=platform)
    assert (watch.look_ms, watch.search_ms) == (look_ms, LOOK_MS)
    assert watch.has_host
