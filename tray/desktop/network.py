"""Hears from the system whether there is a network."""

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation


class NetworkMonitor(QObject):
    """Nothing of this is polled; where the system does not tell, nothing is told.

    Args:
        network: has the signal `reachabilityChanged`, as what `find_network` finds; None tells
            nothing.
        parent: as Qt has it.
    """

    back_online = Signal()
    """There is a network again."""

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
