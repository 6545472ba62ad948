"""What is on the X server's screen: windows however deep they are nested, and pixels."""

import subprocess
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from Xlib import X
from Xlib.display import Display
from Xlib.error import XError
from Xlib.protocol.event import ClientMessage

from tests.rig.picture import Picture
from tests.rig.waiting import wait_until

PAGER: Final = 2
"""Says that the user wants it, not a program that wants the focus for itself."""

HALVES: Final = ("left", "right")
"""What the monitors of a split screen are called."""


class Place(NamedTuple):
    """A rectangle of the screen, in its pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        """The pixel to click on."""
        return self.x + self.width // 2, self.y + self.height // 2

    def within(self, other: "Place") -> "Place":
        """What of it lies in `other`."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        return Place(x, y, right - x, bottom - y)


class Window(NamedTuple):
    """A window that could be seen when it was asked for."""

    id: int
    title: str
    wm_class: str
    """Both names, with a space between."""
    pid: int | None
    place: Place


class Screen:
    """The screen of `display`."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._root = display.screen().root
        self._is_split = False

    @property
    def size(self) -> Place:
        """All of it."""
        geometry = self._root.get_geometry()
        return Place(0, 0, geometry.width, geometry.height)

    def picture(self, place: Place | None = None) -> Picture:
        """The pixels of a place, as far as it is on the screen, or of everything."""
        x, y, width, height = place.within(self.size) if place else self.size
        image = self._root.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF)
        return Picture.from_bgrx(width, height, image.data)

    def paint(self, colour: int) -> None:
        """Make the background ``0xrrggbb``."""
        self._root.change_attributes(background_pixel=colour)
        self._root.clear_area()
        self._display.sync()

    def split(self) -> tuple[Place, Place]:
        """Make the left and the right half monitors of their own; the left one is the first."""
        _, _, whole, height = self.size
        width = whole // 2
        halves = (Place(0, 0, width, height), Place(width, 0, width, height))
        for name, place, output in zip(HALVES, halves, ("screen", "none"), strict=True):
            # Millimetres as on a screen of 96 dots per inch.
            size = f"{width}/{width * 254 // 960}x{height}/{height * 254 // 960}+{place.x}+0"
            self._xrandr("--setmonitor", name, size, output)
        self._is_split = True
        return halves

    def unsplit(self) -> None:
        """Make it one monitor again, if it is not."""
        for name in HALVES if self._is_split else ():
            self._xrandr("--delmonitor", name)
        self._is_split = False

    def _xrandr(self, *arguments: str) -> None:
        display = self._display.get_display_name()
        subprocess.run(["xrandr", "-display", display, *arguments], check=True, capture_output=True)

    def is_managed(self) -> bool:
        """Whether there is a window manager."""
        check = self._display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        return _property(self._root, check) is not None

    def windows(self, name: str = "", *, pid: int | None = None) -> list[Window]:
        """Those with `name` in title or class (and of that process), outer before inner."""
        return [
            window
            for window, _ in self._below(self._root, 0, 0)
            if name in f"{window.title}\n{window.wm_class}" and pid in (None, window.pid)
        ]

    def wait_for_window(self, name: str) -> Window:
        """The first such window, as soon as there is one."""
        return wait_until(lambda: self.windows(name))[0]

    def embedded(self) -> list[Window]:
        """Those that one program has put into a window of another, as icons into a tray."""
        embedded = self._display.intern_atom("_XEMBED_INFO")
        managed = self._display.intern_atom("WM_STATE")  # Qt marks every window as one to embed
        return [
            window
            for window, raw in self._below(self._root, 0, 0)
            if _property(raw, embedded) is not None and _property(raw, managed) is None
        ]

    def focused(self) -> Window | None:
        """The window that the window manager calls the active one, if keys do go there.

        It may still name one that has gone, whose number a new one was given since.
        """
        active = _property(self._root, self._display.intern_atom("_NET_ACTIVE_WINDOW"))
        if not active or active[0] not in self._ids_with_keys():
            return None
        return next((each for each in self.windows() if each.id == active[0]), None)

    def _ids_with_keys(self) -> Iterator[int]:
        """Of the window that keys go to, and of those it is in."""
        window = self._display.get_input_focus().focus
        while not isinstance(window, int):  # a number stands for no window
            yield window.id
            try:
                window = window.query_tree().parent
            except XError:  # it has gone just now
                return

    def activate(self, window: Window) -> None:
        """What a click on it in a task bar does."""
        self._ask(window, "_NET_ACTIVE_WINDOW", PAGER, X.CurrentTime)

    def close(self, window: Window) -> None:
        """What the cross in its title bar does."""
        self._ask(window, "_NET_CLOSE_WINDOW", X.CurrentTime, PAGER)

    def _ask(self, window: Window, message: str, *details: int) -> None:
        self._root.send_event(
            ClientMessage(
                window=window.id,
                client_type=self._display.intern_atom(message),
                data=(32, (*details, 0, 0, 0)),
            ),
            event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask,
        )
        self._display.sync()

    def _below(self, parent: Any, x: int, y: int) -> Iterator[tuple[Window, Any]]:
        for child in _children(parent):
            try:
                if child.get_attributes().map_state != X.IsViewable:
                    continue
                window = self._described(child, x, y)
            except XError:  # it has gone just now
                continue
            yield window, child
            yield from self._below(child, window.place.x, window.place.y)

    def _described(self, raw: Any, x: int, y: int) -> Window:
        geometry = raw.get_geometry()
        border = geometry.border_width
        title = _property(raw, self._display.intern_atom("_NET_WM_NAME")) or raw.get_wm_name()
        pid = _property(raw, self._display.intern_atom("_NET_WM_PID"))
        return Window(
            raw.id,
            title.decode() if isinstance(title, bytes) else title or "",
            " ".join(raw.get_wm_class() or ()),
            pid[0] if pid else None,
            Place(
                x + geometry.x + border, y + geometry.y + border, geometry.width, geometry.height
            ),
        )


def _property(window: Any, atom: int) -> Any:
    try:
        found = window.get_full_property(atom, X.AnyPropertyType)
    except XError:
        return None
    return found.value if found else None


def _children(window: Any) -> list[Any]:
    try:
        return list(window.query_tree().children)
    except XError:
        return []
