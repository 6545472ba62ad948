"""What Windows calls the keys and modifiers of a chord.

From the "Virtual-Key Codes" and `RegisterHotKey` pages of the Windows documentation.
"""

from typing import Final

from tray.desktop.chord import Modifier

MODIFIERS: Final = {
    Modifier.ALT: 0x0001,
    Modifier.CTRL: 0x0002,
    Modifier.SHIFT: 0x0004,
    Modifier.META: 0x0008,
}
NO_REPEAT: Final = 0x4000

_NAMED: Final = {
    "backspace": 0x08,
    "tab": 0x09,
    "enter": 0x0D,
    "pause": 0x13,
    "escape": 0x1B,
    "space": 0x20,
    "pageup": 0x21,
    "pagedown": 0x22,
    "end": 0x23,
    "home": 0x24,
    "left": 0x25,
    "up": 0x26,
    "right": 0x27,
    "down": 0x28,
    "print": 0x2C,
    "insert": 0x2D,
    "delete": 0x2E,
    "menu": 0x5D,
    "search": 0xAA,
    "homepage": 0xAC,
    "volumemute": 0xAD,
    "volumedown": 0xAE,
    "volumeup": 0xAF,
    "medianext": 0xB0,
    "mediaprevious": 0xB1,
    "mediastop": 0xB2,
    "mediaplay": 0xB3,
    "mail": 0xB4,
    "calculator": 0xB7,
    "plus": 0xBB,
}
_F1: Final = 0x70
_US_PUNCTUATION: Final = {
    ";": 0xBA,
    "=": 0xBB,
    ",": 0xBC,
    "-": 0xBD,
    ".": 0xBE,
    "/": 0xBF,
    "`": 0xC0,
    "[": 0xDB,
    "\\": 0xDC,
    "]": 0xDD,
    "'": 0xDE,
}


def fixed_code(key: str) -> int:
    """The virtual key of `Chord.key` that is the same in every layout; 0 if there is none."""
    if key in _NAMED:
        return _NAMED[key]
    if len(key) > 1:  # f1 to f24
        return _F1 + int(key[1:]) - 1
    return ord(key.upper()) if key.isascii() and key.isalnum() else 0


def us_code(key: str) -> int:
    """The virtual key at the place of a punctuation mark of the US layout; 0 if there is none."""
    return _US_PUNCTUATION.get(key, 0)
