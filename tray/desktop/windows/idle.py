"""Idle time from GetLastInputInfo, which is about the session of the user.

Written from Microsoft's documentation, with a fake in the tests; never run on Windows so far.
"""

from ctypes import Structure, wintypes
from importlib import import_module
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject

from tray.desktop.idle import PolledIdle

_TICKS: Final = 1 << 32
"""Both counts of milliseconds begin anew after so many, which is 49.7 days."""


class InputApi(Protocol):
    """What Windows knows of input."""

    def last_input(self) -> int | None:
        """What `ticks` was at the last input; None if Windows does not say."""

    def ticks(self) -> int:
        """The milliseconds since Windows was started, in 32 bits."""


class WindowsIdle(PolledIdle):
    """Asks `api`."""

    name = "Windows (GetLastInputInfo)"

    def __init__(self, api: InputApi, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._api = api

    def _ask(self) -> None:
        last = self._api.last_input()
        if last is None:
            self._answer(None)
            return
        idle_ms = (self._api.ticks() - last) % _TICKS
        # An input between the two calls is later than the count: that is not 49 days ago.
        self._answer(0 if idle_ms > _TICKS // 2 else idle_ms)


class _LastInputInfo(Structure):
    _fields_ = (("cbSize", wintypes.UINT), ("dwTime", wintypes.DWORD))


class Input:
    """The real one."""

    def __init__(self) -> None:
        self._ctypes: Any = import_module("ctypes")  # of which type checkers know less elsewhere
        self._user32 = self._ctypes.WinDLL("user32")
        self._user32.GetLastInputInfo.argtypes = [self._ctypes.POINTER(_LastInputInfo)]
        self._user32.GetLastInputInfo.restype = wintypes.BOOL
        self._kernel32 = self._ctypes.WinDLL("kernel32")
        self._kernel32.GetTickCount.restype = wintypes.DWORD

    def last_input(self) -> int | None:
        """Its structure has to say how large it is."""
        info = _LastInputInfo(cbSize=self._ctypes.sizeof(_LastInputInfo))
        done = self._user32.GetLastInputInfo(self._ctypes.byref(info))
        return int(info.dwTime) if done else None

    def ticks(self) -> int:
        """And not GetTickCount64: the last input is told in 32 bits only."""
        return int(self._kernel32.GetTickCount())
