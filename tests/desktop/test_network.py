"""What tells that there is a network again, and what only seems to."""

from collections.abc import Iterator
from queue import Queue
from typing import Any, Final

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from tests.fakes.dbus import BusDaemon, Service, open_bus
from tests.fakes.qt import eventually
from tests.rig.waiting import PATIENCE_SECONDS
from tray.desktop.choose import choose_network
from tray.desktop.linux.bus import DAEMON, SYSTEM_VARIABLE, Bus
from tray.desktop.linux.network_manager import (
    CONNECTED_GLOBAL,
    PATH,
    SERVICE,
    NetworkManagerMonitor,
)
from tray.desktop.macos.reachability import ReachabilityMonitor
from tray.desktop.windows.address_changes import AddressMonitor

Reachability: Final = QNetworkInformation.Reachability


class FakeNetwork(QObject):
    reachabilityChanged = Signal(Reachability)  # noqa: N815  # as Qt has it


@pytest.mark.parametrize(
    ("reachability", "told"),
    [(Reachability.Online, 1), (Reachability.Local, 0), (Reachability.Disconnected, 0)],
)
def test_on_macos_only_the_way_to_the_internet_is_a_line(
    qtbot: QtBot, reachability: QNetworkInformation.Reachability, told: int
) -> None:
    del qtbot
    network = FakeNetwork()
    monitor = ReachabilityMonitor(network)
    heard: list[None] = []
    monitor.back_online.connect(lambda: heard.append(None))
    network.reachabilityChanged.emit(reachability)
    assert len(heard) == told


def test_on_windows_each_change_of_addresses_may_be_a_network(qtbot: QtBot) -> None:
    changes: Queue[bool] = Queue()
    monitor = AddressMonitor(changes.get)
    heard: list[None] = []
    monitor.back_online.connect(lambda: heard.append(None))
    for goes_on in (True, True, False):
        changes.put(goes_on)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=round(PATIENCE_SECONDS * 1000))


class FakeNetworkManager(Service):
    """org.freedesktop.NetworkManager."""

    name = SERVICE
    path = PATH
    interface = SERVICE


@pytest.fixture
def daemon(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as opened:
        yield opened


def names_on(bus: Bus) -> list[str]:
    answers: list[Any] = []
    bus.call(DAEMON, "ListNames", then=answers.append)
    eventually(lambda: bool(answers))
    (names,) = answers[0]
    return list(names)


@pytest.mark.parametrize(
    ("member", "signature", "state", "told"),
    [
        ("StateChanged", "u", CONNECTED_GLOBAL, 1),
        ("StateChanged", "u", 60, 0),
        ("StateChanged", "u", 20, 0),
        ("StateChanged", "s", "70", 0),
        ("DeviceAdded", "u", CONNECTED_GLOBAL, 0),
    ],
)
def test_on_linux_only_the_way_to_the_internet_is_a_line(
    daemon: BusDaemon, member: str, signature: str, state: object, told: int
) -> None:
    service = FakeNetworkManager(daemon.address)
    bus = Bus(daemon.address)
    monitor = NetworkManagerMonitor(bus)
    heard: list[None] = []
    monitor.back_online.connect(lambda: heard.append(None))
    names_on(bus)  # by then it listens
    service.emit(member, signature, state)
    service.stop()
    eventually(lambda: SERVICE not in names_on(bus))
    assert len(heard) == told
    monitor.stop()


def test_without_a_system_bus_nothing_is_told(qtbot: QtBot) -> None:
    del qtbot
    choose_network({SYSTEM_VARIABLE: "unix:path=/nowhere"}, platform="linux")
