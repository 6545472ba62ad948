"""Which windows are not to be covered, as window managers of X tell (EWMH).

That is one in front that fills the screen, and a dialog that belongs to no window.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from tray.desktop.in_use import FoundSigns, InUseKind, InUseSign
from tray.desktop.linux import x_requests as request
from tray.desktop.linux.lean_xlib import error
from tray.desktop.linux.x11 import Connection, ServerLost
from tray.desktop.support import WORKS, Support

_ANY_TYPE: Final = 0
_LENGTH: Final = 256
_EVERY_DESKTOP: Final = 0xFFFFFFFF


class ShownWindows:
    """Looks at the window manager's properties on the X server of `connection`."""

    supports: Mapping[InUseKind, Support] = {
        InUseKind.FULL_SCREEN: WORKS,
        InUseKind.DIALOG: WORKS,
    }

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stop(self) -> None:
        """Leave the server."""
        self._connection.close()

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """Without a window manager that tells there is nothing to be known."""
        try:
            seen = self._seen()
            self._connection.arrived()  # a new keyboard map is told to every program
        except ServerLost:
            seen = None
        then(seen)

    def _seen(self) -> FoundSigns:
        root = self._connection.root
        if self._property(root, "_NET_SUPPORTING_WM_CHECK") is None:
            return None
        return [*self._full_screen(root), *self._dialogs(root)]

    def _full_screen(self, root: int) -> Iterator[InUseSign]:
        window = next(iter(self._property(root, "_NET_ACTIVE_WINDOW") or ()), 0)
        state = (self._property(window, "_NET_WM_STATE") if window else None) or ()
        if self._atom("_NET_WM_STATE_FULLSCREEN") in state:
            yield InUseSign(InUseKind.FULL_SCREEN, self._name(window))

    def _dialogs(self, root: int) -> Iterator[InUseSign]:
        """Those of other programs that belong to the desktop, as they do to no window."""
        kind, hidden = self._atom("_NET_WM_WINDOW_TYPE_DIALOG"), self._atom("_NET_WM_STATE_HIDDEN")
        here = {*(self._property(root, "_NET_CURRENT_DESKTOP") or ()), _EVERY_DESKTOP}
        windows = self._property(root, "_NET_CLIENT_LIST") or ()
        for window in windows:
            kinds = self._property(window, "_NET_WM_WINDOW_TYPE") or ()
            if next(iter(kinds), None) != kind or not self._is_alone(window, windows):
                continue
            is_here = here & {*(self._property(window, "_NET_WM_DESKTOP") or here)}
            if is_here and hidden not in (self._property(window, "_NET_WM_STATE") or ()):
                yield InUseSign(InUseKind.DIALOG, self._name(window))

    def _is_alone(self, window: int, windows: Sequence[int]) -> bool:
        """Neither ours nor a part of another that is there; KWallet's is of one never shown."""
        above = self._property(window, "WM_TRANSIENT_FOR") or (0,)
        pid = self._property(window, "_NET_WM_PID") or ()
        return above[0] not in windows and os.getpid() not in pid

    def _name(self, window: int) -> str:
        """The second part of WM_CLASS, such as ``firefox``."""
        value = self._property(window, "WM_CLASS")
        if not isinstance(value, bytes):
            return ""
        return value.decode(errors="replace").strip("\0").rpartition("\0")[2]

    def _atom(self, name: str) -> int:
        return int(self._connection.ask(request.InternAtom, name=name, only_if_exists=1).atom)

    def _property(self, window: int, name: str) -> Sequence[int] | None:
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
        if not answer.value:
            return None
        value = answer.value[1]
        return value if isinstance(value, bytes) else tuple(value)
