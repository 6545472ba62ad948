"""Hears from the system whether there is a network, and whether somebody is at the computer."""

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from tray.desktop.power import Happening, PowerWatcher

_AWAY: Final = (Happening.LOCKED, Happening.SLEEPING, Happening.SWITCHED_AWAY)


class Circumstances(QObject):
    """Nothing of this is polled; where the system does not tell, nothing is told."""

    line_is_back = Signal()
    """There is a network again, or the computer is back from a sleep."""
    present = Signal(object)
    """Whether somebody is there, as a bool."""

    def __init__(self, power: PowerWatcher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._power = power
        self._power.happened.connect(self._on_happened)
        self._is_present = True
        self._listen_to_network()

    def stop(self) -> None:
        """Hear nothing more."""
        self._power.stop()

    def _listen_to_network(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            network = QNetworkInformation.instance()
            network.reachabilityChanged.connect(self._on_reachability)

    @Slot(object)
    def _on_reachability(self, reachability: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if reachability is QNetworkInformation.Reachability.Online:
            self.line_is_back.emit()

    @Slot(object)
    def _on_happened(self, happening: Happening) -> None:
        present = not any(self._power.lasts(each) for each in _AWAY)
        if happening is Happening.WOKE:
            self.line_is_back.emit()
        if present != self._is_present:
            self._is_present = present
            self.present.emit(present)
