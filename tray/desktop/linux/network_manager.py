"""Hears from NetworkManager whether there is a network, without Qt's network library."""

from typing import Final

from PySide6.QtCore import QObject

from tray.desktop.linux.bus import Bus, BusSignal
from tray.desktop.network import NetworkMonitor

SERVICE: Final = "org.freedesktop.NetworkManager"
PATH: Final = "/org/freedesktop/NetworkManager"
CONNECTED_GLOBAL: Final = 70
"""NM_STATE_CONNECTED_GLOBAL: there is a way to the internet."""


class NetworkManagerMonitor(NetworkMonitor):
    """Tells when the internet is there again; without a system bus, nothing."""

    def __init__(self, bus: Bus | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        if bus is not None:
            bus.setParent(self)
            bus.listen(SERVICE, SERVICE, self._on_signal, path=PATH)

    def stop(self) -> None:
        """Leave the bus."""
        if self._bus is not None:
            self._bus.close()

    def _on_signal(self, signal: BusSignal) -> None:
        if signal.member == "StateChanged" and signal.body == (CONNECTED_GLOBAL,):
            self.back_online.emit()
