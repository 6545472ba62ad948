"""The keyboard: keys pressed where they are on a US keyboard, whatever the layout makes of them."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError
from Xlib.ext import xtest

NAMES: Final = {
    "alt": "Alt_L",
    "backspace": "BackSpace",
    "capslock": "Caps_Lock",
    "ctrl": "Control_L",
    "del": "Delete",
    "down": "Down",
    "end": "End",
    "enter": "Return",
    "esc": "Escape",
    "home": "Home",
    "left": "Left",
    "menu": "Menu",
    "numlock": "Num_Lock",
    "pagedown": "Page_Down",
    "pageup": "Page_Up",
    "right": "Right",
    "scrolllock": "Scroll_Lock",
    "shift": "Shift_L",
    "space": "space",
    "super": "Super_L",
    "tab": "Tab",
    "up": "Up",
}
"""Our names of keys, and X's. Characters are their own names; so are F1 and other names of X."""

MODIFIERS: Final = {
    "alt": X.Mod1Mask,
    "ctrl": X.ControlMask,
    "shift": X.ShiftMask,
    "super": X.Mod4Mask,
}
LOCKS: Final = {"capslock": X.LockMask, "numlock": X.Mod2Mask}
CHARACTERS: Final = {"\n": "enter", "\t": "tab"}


class Keyboard:
    """The keyboard of `display`, which has the US layout at first."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._keys = _keys(display)
        self._layout = "us"

    def press(self, combination: str) -> None:
        """Press keys together, such as ``ctrl+alt+t``, and let go in the reverse order."""
        codes = [self._key(name)[0] for name in combination.split("+")]
        for code in codes:
            xtest.fake_input(self._display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """While this lasts a key is down."""
        code, _ = self._key(name)
        xtest.fake_input(self._display, X.KeyPress, code)
        self._display.sync()
        try:
            yield
        finally:
            xtest.fake_input(self._display, X.KeyRelease, code)
            self._display.sync()

    def type(self, text: str) -> None:
        """Press the keys that write `text` under the US layout.

        Raises:
            KeyError: No key has one of the characters; bring it in through the clipboard.
        """
        for character in text:
            name = CHARACTERS.get(character, character)
            _, shifted = self._key(name)
            self.press(f"shift+{name}" if shifted else name)

    def layout(self, names: str) -> None:
        """Make it ``ru``, say, or ``us,ru`` with Scroll Lock to switch between them."""
        self._layout = names
        name = self._display.get_display_name()
        switch = "grp:sclk_toggle" if "," in names else ""  # takes the key its symbol
        options = ("-option", "", "-option", switch)
        subprocess.run(["setxkbmap", "-display", name, "-layout", names, *options], check=True)

    def lock(self, name: str, *, on: bool) -> None:
        """Switch ``capslock`` or ``numlock``."""
        if self.locked(name) != on:
            self.press(name)

    def locked(self, name: str) -> bool:
        """Whether ``capslock`` or ``numlock`` is on."""
        return bool(self._display.screen().root.query_pointer().mask & LOCKS[name])

    @contextmanager
    def taken(self, combination: str) -> Iterator[None]:
        """While this lasts the combination belongs to another program, which is us."""
        *held, name = combination.split("+")
        mask = sum(MODIFIERS[each] for each in held)
        code, _ = self._key(name)
        root = self._display.screen().root
        failed = CatchError(BadAccess)
        root.grab_key(code, mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=failed)
        self._display.sync()
        if failed.get_error():
            raise RuntimeError(f"{combination} belongs to another program already.")
        try:
            yield
        finally:
            root.ungrab_key(code, mask)
            self._display.sync()

    def reset(self) -> None:
        """As it was at first."""
        if self._layout != "us":
            self.layout("us")
        for name in LOCKS:
            self.lock(name, on=False)

    def _key(self, name: str) -> tuple[int, bool]:
        symbol = ord(name) if len(name) == 1 else XK.string_to_keysym(NAMES.get(name, name))
        return self._keys[symbol]


def _keys(display: Display) -> dict[int, tuple[int, bool]]:
    """For each symbol on the keyboard its key, and whether it takes Shift."""
    first = display.display.info.min_keycode
    last = display.display.info.max_keycode
    keys: dict[int, tuple[int, bool]] = {}
    for code, symbols in enumerate(display.get_keyboard_mapping(first, last - first + 1), first):
        for shifted, symbol in enumerate(symbols[:2]):
            if symbol not in keys or (keys[symbol][1] and not shifted):
                keys[symbol] = (code, bool(shifted))
    return keys
