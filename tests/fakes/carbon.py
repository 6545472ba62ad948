"""The hotkeys of macOS, without macOS."""

from collections.abc import Callable, Mapping
from typing import Final

from tray.desktop.macos.us_layout import PLACES

ALREADY_EXISTS: Final = -9878


class FakeCarbon:
    """Hotkeys as the headers have them, on a keyboard that types `layout`."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        """Modifiers and virtual key by number."""
        self.taken: set[tuple[int, int]] = set()
        """What other programs have for themselves."""
        self.layout: dict[str, int] = {character: code for code, character in PLACES.items()}
        self.error = 0
        """What the next registrations fail with."""
        self.on_pressed: Callable[[int], bool] | None = None

    def open(self, on_pressed: Callable[[int], bool]) -> None:
        """Once."""
        assert self.on_pressed is None
        self.on_pressed = on_pressed

    def register(self, number: int, modifiers: int, code: int) -> int:
        """As RegisterEventHotKey."""
        assert self.on_pressed
        assert number not in self.registered
        if self.error or (modifiers, code) in {*self.registered.values(), *self.taken}:
            return self.error or ALREADY_EXISTS
        self.registered[number] = (modifiers, code)
        return 0

    def unregister(self, number: int) -> None:
        """As often as it was registered."""
        del self.registered[number]

    def typed(self) -> Mapping[str, int]:
        """What the layout says."""
        return self.layout

    def close(self) -> None:
        """With every hotkey given back."""
        assert not self.registered
        self.on_pressed = None

    def press(self, number: int) -> bool:
        """Whether the program takes the event for its own."""
        return self.on_pressed is not None and self.on_pressed(number)
