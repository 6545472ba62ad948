"""What tells that there is a network again, and what only seems to."""

from queue import Queue
from typing import Final

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from tests.rig.waiting import PATIENCE_SECONDS
from tray.desktop.network import NetworkMonitor
from tray.desktop.windows.address_changes import AddressMonitor

Reachability: Final = QNetworkInformation.Reachability


class FakeNetwork(QObject):
    reachabilityChanged = Signal(Reachability)  # noqa: N815  # as Qt has it


@pytest.mark.parametrize(
    ("reachability", "told"),
    [(Reachability.Online, 1), (Reachability.Local, 0), (Reachability.Disconnected, 0)],
)
def test_only_the_way_to_the_internet_is_a_line(
    qtbot: QtBot, reachability: QNetworkInformation.Reachability, told: int
) -> None:
    del qtbot
    network = FakeNetwork()
    monitor = NetworkMonitor(network)
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
