"""The mouse, moved and pressed so that no program can tell it from a real one."""

from typing import Final

from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

LEFT: Final = 1
MIDDLE: Final = 2
RIGHT: Final = 3
WHEEL_UP: Final = 4
WHEEL_DOWN: Final = 5


class Pointer:
    """The pointer of `display`."""

    def __init__(self, display: Display) -> None:
        self._display = display

    @property
    def position(self) -> tuple[int, int]:
        """Where it is, in pixels from the top left."""
        at = self._display.screen().root.query_pointer()
        return at.root_x, at.root_y

    def move(self, x: int, y: int) -> None:
        """Put it there."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        self._display.sync()

    def click(self, x: int, y: int, button: int = LEFT) -> None:
        """Press and release a button there."""
        self.move(x, y)
        for event in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._display, event, button)
        self._display.sync()

    def hold(self, x: int, y: int, button: int = LEFT) -> None:
        """Press a button there, and keep it down."""
        self.move(x, y)
        xtest.fake_input(self._display, X.ButtonPress, button)
        self._display.sync()

    def let_go(self, button: int = LEFT) -> None:
        """Let a button up where the pointer is."""
        xtest.fake_input(self._display, X.ButtonRelease, button)
        self._display.sync()
