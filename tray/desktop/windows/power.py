"""Lock, sleep and the end of the session as Windows sends them to a window.

Written from Microsoft's documentation, with a fake in the tests; never run on Windows so far.
"""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QObject

from tray.desktop.power import Happening, PowerWatcher

WM_QUERYENDSESSION: Final = 0x0011
WM_ENDSESSION: Final = 0x0016
WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1
_MEANINGS: Final = {
    (WM_POWERBROADCAST, 0x04): (Happening.SLEEPING, True),  # PBT_APMSUSPEND
    (WM_POWERBROADCAST, 0x07): (Happening.SLEEPING, False),  # PBT_APMRESUMESUSPEND
    (WM_POWERBROADCAST, 0x12): (Happening.SLEEPING, False),  # PBT_APMRESUMEAUTOMATIC
    (WM_WTSSESSION_CHANGE, 0x1): (Happening.SWITCHED_AWAY, False),  # WTS_CONSOLE_CONNECT
    (WM_WTSSESSION_CHANGE, 0x2): (Happening.SWITCHED_AWAY, True),  # WTS_CONSOLE_DISCONNECT
    (WM_WTSSESSION_CHANGE, 0x3): (Happening.SWITCHED_AWAY, False),  # WTS_REMOTE_CONNECT
    (WM_WTSSESSION_CHANGE, 0x4): (Happening.SWITCHED_AWAY, True),  # WTS_REMOTE_DISCONNECT
    (WM_WTSSESSION_CHANGE, 0x7): (Happening.LOCKED, True),  # WTS_SESSION_LOCK
    (WM_WTSSESSION_CHANGE, 0x8): (Happening.LOCKED, False),  # WTS_SESSION_UNLOCK
    (WM_ENDSESSION, 0): (Happening.ENDING, False),
    (WM_ENDSESSION, 1): (Happening.ENDING, True),
}


class PowerWindow(Protocol):
    """A window that is never shown, on the thread that opens it."""

    def open(self, on_message: Callable[[int, int], None]) -> None:
        """Have `on_message` called with the number and the first parameter of each message.

        The call is part of sending the message: Windows waits for it.

        Raises:
            OSError: Windows refuses.
        """

    def close(self) -> None:
        """Destroy it."""


class WindowsPower(PowerWatcher):
    """What `window` is sent.

    `hold` has nothing to do: Windows goes to sleep when every window has taken the message, that
    is, when every slot on this thread has returned, and gives them 2 seconds. What a slot puts off
    may come only after the sleep.
    """

    def __init__(self, window: PowerWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        window.open(self._on_message)

    def stop(self) -> None:
        """Close the window."""
        super().stop()
        self._window.close()

    def _on_message(self, message: int, parameter: int) -> None:
        if message == WM_QUERYENDSESSION:
            self._set(Happening.ENDING, True)
        elif (message, parameter) in _MEANINGS:
            self._set(*_MEANINGS[message, parameter])
