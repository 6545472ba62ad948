"""Sees when an icon, a window or another picture is on a virtual desktop, to the millisecond."""

import select
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from Xlib import X
from Xlib.display import Display

from tests.rig.desktop import Desktop, Program
from tests.rig.screen import Place

PATIENCE_SECONDS: Final = 10.0
LOOK_SECONDS: Final = 0.0005


class Watch:
    """Eyes on `desktop`, which has an XEmbed panel."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._display = Display(desktop.variables["DISPLAY"])
        self._root = self._display.screen().root
        self._active = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        self._root.change_attributes(event_mask=X.SubstructureNotifyMask | X.PropertyChangeMask)
        self._display.sync()

    def close(self) -> None:
        """Look no more."""
        self._display.close()

    def start(
        self, argv: Sequence[str], variables: Mapping[str, str] | None = None
    ) -> tuple[Program, float]:
        """Start a program, which has no window; its icon is painted after so many seconds."""
        self._forget()
        begin = time.perf_counter()
        program = self._desktop.run(argv, variables)
        window = self._next(
            lambda event: event.type == X.ReparentNotify and event.parent != self._root
        ).window
        _wait_until(lambda: self._is_painted(window))
        return program, time.perf_counter() - begin

    def seconds_to_focus(self, title: str, act: Callable[[], None]) -> float:
        """How long after `act` another window has the focus; its title is `title`."""
        self._forget()
        before = self._focused()
        begin = time.perf_counter()
        act()
        self._next(
            lambda event: (
                event.type == X.PropertyNotify
                and event.atom == self._active
                and self._focused() not in (before, 0)
            )
        )
        taken = time.perf_counter() - begin
        window = self._desktop.screen.focused()
        assert window is not None
        assert title in window.title
        return taken

    def seconds_to_change(self, place: Place, act: Callable[[], None]) -> float:
        """How long after `act` a place of the screen looks different."""
        before = self._desktop.screen.picture(place)
        begin = time.perf_counter()
        act()
        _wait_until(lambda: self._desktop.screen.picture(place) != before)
        return time.perf_counter() - begin

    def _forget(self) -> None:
        """See only what happens from now on."""
        self._display.sync()
        while self._display.pending_events():
            self._display.next_event()

    def _next(self, wanted: Callable[[Any], bool]) -> Any:
        """The next event that is wanted."""
        deadline = time.perf_counter() + PATIENCE_SECONDS
        while time.perf_counter() < deadline:
            if not self._display.pending_events():
                select.select([self._display], [], [], 1)
            elif wanted(event := self._display.next_event()):
                return event
        raise TimeoutError("What was waited for did not come on the screen.")

    def _focused(self) -> int:
        """The window that has the focus; 0 for none."""
        found = self._root.get_full_property(self._active, X.AnyPropertyType)
        return int(found.value[0]) if found else 0

    def _is_painted(self, icon: Any) -> bool:
        """Whether the icon's window does not look like the panel around it."""
        size, root = icon.get_geometry(), icon.translate_coords(self._root, 0, 0)
        place = Place(-root.x - 1, -root.y - 1, size.width + 2, size.height + 2)
        seen = place.within(self._desktop.screen.size)
        if min(seen.width, seen.height) < size.height:  # not in its place yet
            return False
        rgb = self._desktop.screen.picture(seen).rgb
        return rgb != rgb[:3] * (len(rgb) // 3)


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not holds():
        if time.perf_counter() > deadline:
            raise TimeoutError("What was waited for did not come on the screen.")
        time.sleep(LOOK_SECONDS)
