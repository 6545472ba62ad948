"""A window that nobody sees, made for the messages that Windows sends to windows only.

Written from the documentation of RegisterClassExW, CreateWindowExW, DefWindowProcW,
WTSRegisterSessionNotification and RegisterSuspendResumeNotification; never run on Windows so far.

It is a top-level window, as one under HWND_MESSAGE is not asked about the end of the session. Qt's
event loop of the thread hands its messages out.
"""

from collections.abc import Callable
from ctypes import Structure, c_int, c_ssize_t, c_void_p, wintypes
from importlib import import_module
from typing import Any, Final

_CLASS: Final = "TogglTrayPower"
_WM_QUERYENDSESSION: Final = 0x0011
_WM_POWERBROADCAST: Final = 0x0218
_OVERLAPPED: Final = 0
_THIS_SESSION: Final = 0
_TO_A_WINDOW: Final = 0
_CREATE: Final = (
    *(wintypes.DWORD, wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.DWORD),
    *(c_int, c_int, c_int, c_int),
    *(wintypes.HWND, wintypes.HMENU, wintypes.HINSTANCE, wintypes.LPVOID),
)
_MESSAGE: Final = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)


class _WindowClass(Structure):
    _fields_ = (
        ("cbSize", wintypes.UINT),
        ("style", wintypes.UINT),
        ("lpfnWndProc", c_void_p),
        ("cbClsExtra", c_int),
        ("cbWndExtra", c_int),
        ("hInstance", wintypes.HINSTANCE),
        ("hIcon", wintypes.HICON),
        ("hCursor", wintypes.HANDLE),
        ("hbrBackground", wintypes.HBRUSH),
        ("lpszMenuName", wintypes.LPCWSTR),
        ("lpszClassName", wintypes.LPCWSTR),
        ("hIconSm", wintypes.HICON),
    )


class MessageWindow:
    """See `PowerWindow`."""

    def __init__(self) -> None:
        self._ctypes: Any = import_module("ctypes")  # of which type checkers know less elsewhere
        self._user32 = self._ctypes.WinDLL("user32", use_last_error=True)
        self._wtsapi32 = self._ctypes.WinDLL("wtsapi32", use_last_error=True)
        self._kernel32 = self._ctypes.WinDLL("kernel32", use_last_error=True)
        self._declare()
        self._on_message: Callable[[int, int], None] | None = None
        kind = self._ctypes.WINFUNCTYPE(c_ssize_t, *_MESSAGE)
        self._procedure = kind(self._take)  # kept, as Windows calls it as long as there are windows
        self._window: int | None = None
        self._sleep: int | None = None

    def _declare(self) -> None:
        self._kernel32.GetModuleHandleW.argtypes = [wintypes.LPCWSTR]
        self._kernel32.GetModuleHandleW.restype = wintypes.HMODULE
        self._user32.RegisterClassExW.argtypes = [self._ctypes.POINTER(_WindowClass)]
        self._user32.RegisterClassExW.restype = wintypes.ATOM
        self._user32.CreateWindowExW.argtypes = list(_CREATE)
        self._user32.CreateWindowExW.restype = wintypes.HWND
        self._user32.DefWindowProcW.argtypes = list(_MESSAGE)
        self._user32.DefWindowProcW.restype = c_ssize_t
        self._user32.DestroyWindow.argtypes = [wintypes.HWND]
        self._user32.UnregisterClassW.argtypes = [wintypes.LPCWSTR, wintypes.HINSTANCE]
        self._user32.RegisterSuspendResumeNotification.argtypes = [wintypes.HANDLE, wintypes.DWORD]
        self._user32.RegisterSuspendResumeNotification.restype = wintypes.HANDLE
        self._user32.UnregisterSuspendResumeNotification.argtypes = [wintypes.HANDLE]
        self._wtsapi32.WTSRegisterSessionNotification.argtypes = [wintypes.HWND, wintypes.DWORD]
        self._wtsapi32.WTSUnRegisterSessionNotification.argtypes = [wintypes.HWND]

    def open(self, on_message: Callable[[int, int], None]) -> None:
        """Make the window, and ask for the messages that are not sent to every one."""
        self._on_message = on_message
        module = self._kernel32.GetModuleHandleW(None)
        made = _WindowClass(
            cbSize=self._ctypes.sizeof(_WindowClass),
            lpfnWndProc=self._ctypes.cast(self._procedure, c_void_p),
            hInstance=module,
            lpszClassName=_CLASS,
        )
        self._check(self._user32.RegisterClassExW(self._ctypes.byref(made)))
        self._window = self._check(
            self._user32.CreateWindowExW(
                *(0, _CLASS, "Toggl Tray", _OVERLAPPED, 0, 0, 0, 0, None, None, module, None)
            )
        )
        self._check(self._wtsapi32.WTSRegisterSessionNotification(self._window, _THIS_SESSION))
        # WM_POWERBROADCAST comes to every top-level window, but not where standby is modern.
        self._sleep = self._user32.RegisterSuspendResumeNotification(self._window, _TO_A_WINDOW)

    def close(self) -> None:
        """Take everything back in the reverse order."""
        self._on_message = None
        if self._window:
            if self._sleep:
                self._user32.UnregisterSuspendResumeNotification(self._sleep)
            self._wtsapi32.WTSUnRegisterSessionNotification(self._window)
            self._user32.DestroyWindow(self._window)
            self._user32.UnregisterClassW(_CLASS, self._kernel32.GetModuleHandleW(None))
            self._window = None

    def _take(self, window: int, message: int, parameter: int, other: int) -> int:
        """The procedure of the window; to the question about the end and to power it says yes."""
        if self._on_message:
            self._on_message(message, parameter)
        if message in (_WM_QUERYENDSESSION, _WM_POWERBROADCAST):
            return 1
        return int(self._user32.DefWindowProcW(window, message, parameter, other))

    def _check(self, done: Any) -> int:
        if not done:
            code = self._ctypes.get_last_error()
            raise OSError(code, self._ctypes.FormatError(code))
        return int(done)
