"""Hears from Windows that the addresses of this computer have changed, as with a new network.

Qt's own way is not asked there: its answer may take long, nothing else runs meanwhile, and under
Wine it never comes. Written from the documentation of NotifyAddrChange.
"""

from collections.abc import Callable
from importlib import import_module
from threading import Thread
from typing import Any, Final

from PySide6.QtCore import QObject

from tray.desktop.network import NetworkMonitor

_NO_ERROR: Final = 0


def next_change() -> bool:
    """Wait for the next change; False if Windows does not tell of any."""
    ctypes: Any = import_module("ctypes")  # of which type checkers know less elsewhere
    return bool(ctypes.WinDLL("iphlpapi").NotifyAddrChange(None, None) == _NO_ERROR)


class AddressMonitor(NetworkMonitor):
    """Waits on a thread of its own, which ends with the process.

    Args:
        wait: returns at the next change, with whether to wait for another.
        parent: as Qt has it.
    """

    def __init__(
        self, wait: Callable[[], bool] = next_change, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._wait = wait
        Thread(target=self._listen, name="network", daemon=True).start()

    def _listen(self) -> None:
        try:
            while self._wait():
                self.back_online.emit()
        except (OSError, RuntimeError):  # no such function; or we are gone, as Qt sees it
            return
