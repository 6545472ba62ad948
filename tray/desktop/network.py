"""Hears from the system whether there is a network."""

from PySide6.QtCore import QObject, Signal


class NetworkMonitor(QObject):
    """Nothing of this is polled; where the system does not tell, nothing is told."""

    back_online = Signal()
    """There is a network again."""

    def stop(self) -> None:
        """Let go of whoever tells."""
