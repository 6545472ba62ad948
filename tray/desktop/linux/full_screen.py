"""Whether the window in front fills the screen, as window managers of X tell (EWMH)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from Xlib import error
from Xlib.protocol import request

from tray.desktop.engaged import Kind, Seen, Sign
from tray.desktop.linux.x11 import Connection, ServerLost
from tray.desktop.support import WORKS, Support

_ANY_TYPE: Final = 0
_LENGTH: Final = 256


class FullScreen:
    """Looks at the window manager's properties on the X server of `connection`."""

    supports: Mapping[Kind, Support] = {Kind.FULL_SCREEN: WORKS}

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stop(self) -> None:
        """Leave the server."""
        self._connection.close()

    def find(self, then: Callable[[Seen], None]) -> None:
        """Without a window manager that tells there is nothing to be known."""
        try:
            active = self._property(self._connection.root, "_NET_ACTIVE_WINDOW")
            if active is None:
                then(None)
                return
            window = int(active[0]) if len(active) else 0
            state = self._property(window, "_NET_WM_STATE") if window else None
            full = self._atom("_NET_WM_STATE_FULLSCREEN") in (state if state is not None else ())
            then([Sign(Kind.FULL_SCREEN, self._name(window))] if full else [])
            self._connection.arrived()
        except ServerLost:
            then(None)

    def _name(self, window: int) -> str:
        """The second part of WM_CLASS, such as ``firefox``."""
        value = self._property(window, "WM_CLASS")
        if not isinstance(value, bytes):
            return ""
        return value.decode(errors="replace").strip("\0").rpartition("\0")[2]

    def _atom(self, name: str) -> int:
        return int(self._connection.ask(request.InternAtom, name=name, only_if_exists=1).atom)

    def _property(self, window: int, name: str) -> Any:
        """The numbers or bytes of a property; None if the window has gone or has none."""
        try:
            answer = self._connection.ask(
                request.GetProperty,
                delete=0,
                window=window,
                property=self._atom(name),
                type=_ANY_TYPE,
                long_offset=0,
                long_length=_LENGTH,
            )
        except error.XError:
            return None
        return answer.value[1] if answer.value else None
