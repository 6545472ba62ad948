"""The panel with the tray, of one of several kinds; tests kill it, start it again or late."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from Xlib.display import Display

from tests.rig.bus import Bus
from tests.rig.process import Process
from tests.rig.status_item import WATCHER, WATCHER_PATH
from tests.rig.waiting import wait_until

Kind = Literal["xembed", "sni", "xfce", "none"]
"""A tray that swallows windows, one for StatusNotifierItems that draws nothing, a panel that draws
both, and no panel."""

COMMANDS: Final[Mapping[Kind, Sequence[str]]] = {
    "xembed": (
        *("trayer", "--edge", "top", "--align", "right", "--widthtype", "request"),
        *("--heighttype", "pixel", "--height", "24", "--expand", "true"),
    ),
    "sni": (sys.executable, str(Path(__file__).with_name("watcher.py"))),
    "xfce": ("xfce4-panel", "--disable-wm-check"),
}


class Panel:
    """The one panel of a desktop.

    Args:
        display: Of the desktop.
        bus: Of the desktop.
        launch: Starts a process under a name.
    """

    def __init__(self, display: Display, bus: Bus, *, launch: Callable[..., Process]) -> None:
        self._display = display
        self._bus = bus
        self._launch = launch
        self._process: Process | None = None
        self.kind: Kind = "none"

    def start(self, kind: Kind) -> None:
        """Have a panel of this kind and no other, unless there is one already."""
        if self.kind == kind and (kind == "none" or self._runs()):
            return
        self.kill()
        self.kind = kind
        if kind != "none":
            self._process = self._launch(kind, *COMMANDS[kind])

    def wait(self) -> None:
        """Return as soon as icons find the panel."""
        wait_until(lambda: self._takes_windows() == (self.kind in ("xembed", "xfce")))
        wait_until(lambda: self._takes_items() == (self.kind in ("sni", "xfce")))

    def use(self, kind: Kind) -> None:
        """`start` and `wait`."""
        self.start(kind)
        self.wait()

    def kill(self) -> None:
        """As if it had crashed; `use` starts it again."""
        if self._process is not None:
            self._process.kill()
            self._process = None
        self.kind = "none"
        self.wait()

    def _runs(self) -> bool:
        return self._process is not None and self._process.running

    def _takes_windows(self) -> bool:
        tray = self._display.intern_atom("_NET_SYSTEM_TRAY_S0")
        return bool(self._display.get_selection_owner(tray))

    def _takes_items(self) -> bool:
        ready = f"{WATCHER}.IsStatusNotifierHostRegistered"
        return bool(self._bus.ask(WATCHER, WATCHER_PATH, ready))
