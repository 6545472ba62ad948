"""What X and Wayland call the keys of a chord: a number (keysym) and a name.

From X11/keysymdef.h and X11/XF86keysym.h.
"""

from tray.lean_typing import Final, NamedTuple

ALT: Final = (0xFFE9, 0xFFEA)
"""The left and the right one; likewise below."""
SUPER: Final = (0xFFEB, 0xFFEC)
NUM_LOCK: Final = 0xFF7F
SCROLL_LOCK: Final = 0xFF14


class Keysym(NamedTuple):
    """A symbol a key can have."""

    name: str
    number: int


_NAMED: Final = {
    "space": Keysym("space", 0x20),
    "plus": Keysym("plus", 0x2B),
    "tab": Keysym("Tab", 0xFF09),
    "enter": Keysym("Return", 0xFF0D),
    "backspace": Keysym("BackSpace", 0xFF08),
    "delete": Keysym("Delete", 0xFFFF),
    "escape": Keysym("Escape", 0xFF1B),
    "insert": Keysym("Insert", 0xFF63),
    "home": Keysym("Home", 0xFF50),
    "end": Keysym("End", 0xFF57),
    "pageup": Keysym("Page_Up", 0xFF55),
    "pagedown": Keysym("Page_Down", 0xFF56),
    "left": Keysym("Left", 0xFF51),
    "right": Keysym("Right", 0xFF53),
    "up": Keysym("Up", 0xFF52),
    "down": Keysym("Down", 0xFF54),
    "print": Keysym("Print", 0xFF61),
    "pause": Keysym("Pause", 0xFF13),
    "menu": Keysym("Menu", 0xFF67),
    "volumedown": Keysym("XF86AudioLowerVolume", 0x1008FF11),
    "volumemute": Keysym("XF86AudioMute", 0x1008FF12),
    "volumeup": Keysym("XF86AudioRaiseVolume", 0x1008FF13),
    "mediaplay": Keysym("XF86AudioPlay", 0x1008FF14),
    "mediastop": Keysym("XF86AudioStop", 0x1008FF15),
    "mediaprevious": Keysym("XF86AudioPrev", 0x1008FF16),
    "medianext": Keysym("XF86AudioNext", 0x1008FF17),
    "homepage": Keysym("XF86HomePage", 0x1008FF18),
    "mail": Keysym("XF86Mail", 0x1008FF19),
    "search": Keysym("XF86Search", 0x1008FF1B),
    "calculator": Keysym("XF86Calculator", 0x1008FF1D),
}
_PUNCTUATION: Final = {
    "-": "minus",
    "=": "equal",
    "[": "bracketleft",
    "]": "bracketright",
    ";": "semicolon",
    "'": "apostrophe",
    "`": "grave",
    "\\": "backslash",
    ",": "comma",
    ".": "period",
    "/": "slash",
}
_F1: Final = 0xFFBE


def keysym(key: str) -> Keysym:
    """The symbol of `Chord.key`; a character of Latin-1 has its own code as its number."""
    if key in _NAMED:
        return _NAMED[key]
    if len(key) > 1:  # f1 to f24
        return Keysym(key.upper(), _F1 + int(key[1:]) - 1)
    if key.isascii() and key.isalnum():
        return Keysym(key, ord(key))
    return Keysym(_PUNCTUATION.get(key, f"U{ord(key):04X}"), ord(key))
