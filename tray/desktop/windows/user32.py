"""The three functions of user32.dll that hotkeys take.

Written from the documentation of RegisterHotKey, UnregisterHotKey, VkKeyScanW and WM_HOTKEY.
"""

from ctypes import wintypes
from importlib import import_module
from typing import Any, Final, Protocol

_WM_HOTKEY: Final = 0x0312
_NO_KEY: Final = -1


class HotkeyApi(Protocol):
    """What Windows offers to the thread that calls it."""

    def register(self, number: int, modifiers: int, code: int) -> int:
        """Have a key reported under `number`; 0 or the code of the error."""

    def unregister(self, number: int) -> None:
        """Give the key of `number` back."""

    def code_of(self, character: str) -> tuple[int, bool] | None:
        """The key that types `character` in the layout in use, and whether with Shift."""


class User32:
    """The real one."""

    def __init__(self) -> None:
        self._ctypes: Any = import_module("ctypes")  # of which type checkers know less elsewhere
        self._library = self._ctypes.WinDLL("user32", use_last_error=True)
        self._library.VkKeyScanW.argtypes = [wintypes.WCHAR]
        self._library.VkKeyScanW.restype = wintypes.SHORT
        for function in (self._library.RegisterHotKey, self._library.UnregisterHotKey):
            function.restype = wintypes.BOOL
        self._library.RegisterHotKey.argtypes = [
            wintypes.HWND,
            wintypes.INT,
            wintypes.UINT,
            wintypes.UINT,
        ]
        self._library.UnregisterHotKey.argtypes = [wintypes.HWND, wintypes.INT]

    def register(self, number: int, modifiers: int, code: int) -> int:
        """Without a window: the message comes to this thread, whose loop Qt runs."""
        done = self._library.RegisterHotKey(None, number, modifiers, code)
        return 0 if done else int(self._ctypes.get_last_error())

    def unregister(self, number: int) -> None:
        """Nothing to be done if it fails."""
        self._library.UnregisterHotKey(None, number)

    def code_of(self, character: str) -> tuple[int, bool] | None:
        """The high byte has Shift, Ctrl and Alt as bits; a key that needs the last two is none."""
        found = self._library.VkKeyScanW(character)
        states = found >> 8
        return None if found == _NO_KEY or states > 1 else (found & 0xFF, bool(states))


def hotkey_number(message: int) -> int | None:
    """The number of the hotkey that the MSG at an address reports; None for other messages."""
    seen = wintypes.MSG.from_address(message)
    return int(seen.wParam) if seen.message == _WM_HOTKEY else None
