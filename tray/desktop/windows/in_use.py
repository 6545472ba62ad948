"""Films, calls and presentations as Windows shows them to every program.

Written from the documentation of SHQueryUserNotificationState and CallNtPowerInformation, and from
what Windows 10 and later keep in the registry under ConsentStore; never run on Windows so far.
"""

from collections.abc import Callable, Mapping
from ctypes import c_int, c_void_p, wintypes
from importlib import import_module
from typing import Any, Final, Protocol

from tray.desktop.in_use import FoundSigns, InUseKind, InUseSign
from tray.desktop.support import WORKS, Support, partly
from tray.language import tr

_STATES: Final = {
    2: InUseKind.FULL_SCREEN,  # QUNS_BUSY
    3: InUseKind.FULL_SCREEN,  # QUNS_RUNNING_D3D_FULL_SCREEN
    4: InUseKind.PRESENTATION,  # QUNS_PRESENTATION_MODE
    6: InUseKind.QUIET,  # QUNS_QUIET_TIME
}
_DISPLAY_REQUIRED: Final = 0x2
"""ES_DISPLAY_REQUIRED: somebody has asked that the screen stay on."""
_CAPABILITIES: Final = {"microphone": InUseKind.MICROPHONE, "webcam": InUseKind.CAMERA}
_CONSENT: Final = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"


class ActivityApi(Protocol):
    """What Windows knows."""

    def notification_state(self) -> int | None:
        """A QUERY_USER_NOTIFICATION_STATE; None if it cannot be had."""

    def execution_state(self) -> int | None:
        """The ES_ flags that programs have set together; None if they cannot be had."""

    def users_of(self, capability: str) -> list[str] | None:
        """The programs that use ``microphone`` or ``webcam`` now."""


class WindowsActivity:
    """Asks `api`."""

    def __init__(self, api: ActivityApi) -> None:
        self._api = api

    @property
    def supports(self) -> Mapping[InUseKind, Support]:
        """What Windows does not tell it sees to itself."""
        quiet = partly(tr("Windows does not tell, but holds messages back by itself."))
        return dict.fromkeys(InUseKind, WORKS) | {InUseKind.QUIET: quiet}

    def stop(self) -> None:
        """Nothing is held."""

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """If nothing at all can be had, it is not known."""
        state, flags = self._api.notification_state(), self._api.execution_state()
        users = {kind: self._api.users_of(name) for name, kind in _CAPABILITIES.items()}
        if state is None and flags is None and all(each is None for each in users.values()):
            then(None)
            return
        seen = [InUseSign(kind, who) for kind, each in users.items() for who in each or ()]
        if state in _STATES:
            seen.append(InUseSign(_STATES[state]))
        if flags is not None and flags & _DISPLAY_REQUIRED:
            seen.append(InUseSign(InUseKind.INHIBITOR))
        then(seen)


class Activity:
    """The real one."""

    def __init__(self) -> None:
        self._ctypes: Any = import_module("ctypes")  # of which type checkers know less elsewhere
        self._winreg: Any = import_module("winreg")
        self._query = self._ctypes.WinDLL("shell32").SHQueryUserNotificationState
        self._query.argtypes = [self._ctypes.POINTER(c_int)]
        self._query.restype = wintypes.LONG
        self._power = self._ctypes.WinDLL("powrprof").CallNtPowerInformation
        self._power.argtypes = [
            *(c_int, c_void_p, wintypes.ULONG),
            *(self._ctypes.POINTER(wintypes.ULONG), wintypes.ULONG),
        ]
        self._power.restype = wintypes.LONG

    def notification_state(self) -> int | None:
        """S_OK is 0."""
        state = c_int()
        return None if self._query(self._ctypes.byref(state)) else state.value

    def execution_state(self) -> int | None:
        """Level 16 is SystemExecutionState."""
        flags = wintypes.ULONG()
        size = self._ctypes.sizeof(flags)
        return None if self._power(16, None, 0, self._ctypes.byref(flags), size) else flags.value

    def users_of(self, capability: str) -> list[str] | None:
        """A program that has begun and not ended to use it has LastUsedTimeStop = 0."""
        users = self._using(f"{_CONSENT}\\{capability}")
        others = self._using(f"{_CONSENT}\\{capability}\\NonPackaged")
        if users is None:
            return None
        return [who.rpartition("#")[2] for who in (*users, *(others or ()))]

    def _using(self, path: str) -> list[str] | None:
        try:
            with self._winreg.OpenKey(self._winreg.HKEY_CURRENT_USER, path) as key:
                count = self._winreg.QueryInfoKey(key)[0]
                names = [self._winreg.EnumKey(key, number) for number in range(count)]
                return [name for name in names if self._stopped(key, name) == 0]
        except OSError:
            return None

    def _stopped(self, key: Any, name: str) -> int | None:
        try:
            with self._winreg.OpenKey(key, name) as program:
                return int(self._winreg.QueryValueEx(program, "LastUsedTimeStop")[0])
        except (OSError, ValueError):
            return None
