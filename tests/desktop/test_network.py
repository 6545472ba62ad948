from typing import Final

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from tray.desktop.network import NetworkMonitor

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
