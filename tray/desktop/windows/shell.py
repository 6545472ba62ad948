"""Tells the shell of Windows which program our windows are of, and who may come to the front.

Written from the documentation of SetCurrentProcessExplicitAppUserModelID and
AllowSetForegroundWindow.
"""

from importlib import import_module
from typing import Any, Final

APP_ID: Final = "TogglTray.TogglTray"
"""The same as the Start menu entry's in installer.iss, so that the task bar takes them for one."""


def name_program(shell32: Any = None) -> None:
    """Have our windows, and our balloons, belong to Toggl Tray, and not to Python."""
    library = shell32 or _library("shell32")
    library.SetCurrentProcessExplicitAppUserModelID(_ctypes().c_wchar_p(APP_ID))


def let_to_front(pid: int, user32: Any = None) -> None:
    """Let the process that gets our message bring its window up: we were the one to be clicked."""
    if pid:
        (user32 or _library("user32")).AllowSetForegroundWindow(pid)


def _library(name: str) -> Any:
    return _ctypes().WinDLL(name)


def _ctypes() -> Any:
    return import_module("ctypes")  # of which type checkers know less elsewhere
