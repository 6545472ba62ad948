"""Hears from macOS whether there is a network, through Qt."""

from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtNetwork import QNetworkInformation

from tray.desktop.network import NetworkMonitor


class ReachabilityMonitor(NetworkMonitor):
    """Tells when the internet is there again.

    Args:
        network: has the signal `reachabilityChanged`, as what `find_network` finds; None tells
            nothing.
        parent: as Qt has it.
    """

    def __init__(self, network: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if network is not None:
            network.reachabilityChanged.connect(self._on_reachability)

    @Slot(object)
    def _on_reachability(self, reachability: QNetworkInformation.Reachability) -> None:
        if reachability is QNetworkInformation.Reachability.Online:
            self.back_online.emit()


def find_network() -> QNetworkInformation | None:
    """The system's own word on its network; None if it has none."""
    if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
        return QNetworkInformation.instance()
    return None
