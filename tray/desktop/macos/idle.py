"""Idle time from CGEventSourceSecondsSinceLastEventType, which needs no permission.

Written from Apple's documentation, with a fake in the tests; never run on macOS so far.
"""

from collections.abc import Callable
from ctypes import CDLL, c_double, c_int32, c_uint32
from typing import Final

from PySide6.QtCore import QObject

from tray.desktop.idle import PolledIdle

_LIBRARY: Final = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
_COMBINED_SESSION_STATE: Final = 0
_ANY_INPUT: Final = 0xFFFFFFFF


class MacIdle(PolledIdle):
    """Asks `seconds` for the time since the last input in this login session."""

    name = "macOS (CGEventSource)"

    def __init__(self, seconds: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = seconds

    def _ask(self) -> None:
        seconds = self._seconds()
        self._answer(round(seconds * 1000) if seconds >= 0 else None)


def open_event_source() -> Callable[[], float]:
    """The system's function.

    Raises:
        OSError: there is no such framework.
    """
    function = CDLL(_LIBRARY).CGEventSourceSecondsSinceLastEventType
    function.argtypes = [c_int32, c_uint32]
    function.restype = c_double

    def seconds() -> float:
        return float(function(_COMBINED_SESSION_STATE, _ANY_INPUT))

    return seconds
