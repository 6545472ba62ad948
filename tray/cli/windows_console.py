"""Has a console of Windows follow the codes that colour text, which the old one does not."""

from ctypes import byref, wintypes
from importlib import import_module
from typing import Any, Final

_ENABLE_VIRTUAL_TERMINAL_PROCESSING: Final = 4


def follows_codes(descriptor: int) -> bool:
    """Whether what stands behind the descriptor colours text from now on."""
    msvcrt: Any = import_module("msvcrt")  # of which type checkers know less elsewhere
    ctypes: Any = import_module("ctypes")
    try:
        handle = msvcrt.get_osfhandle(descriptor)
    except OSError:
        return False
    return switch_on(ctypes.WinDLL("kernel32"), handle)


def switch_on(kernel32: Any, handle: int) -> bool:
    """Ask the console for it; False if it is none, or one that cannot."""
    mode = wintypes.DWORD()
    console = wintypes.HANDLE(handle)
    if not kernel32.GetConsoleMode(console, byref(mode)):
        return False
    wanted = wintypes.DWORD(mode.value | _ENABLE_VIRTUAL_TERMINAL_PROCESSING)
    return bool(kernel32.SetConsoleMode(console, wanted))
