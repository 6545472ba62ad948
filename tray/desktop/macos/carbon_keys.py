"""What Carbon calls the keys and modifiers of a chord: kVK_Space, controlKey and so on.

From HIToolbox/Events.h.
"""

from typing import Final

from tray.desktop.chord import Modifier

MODIFIERS: Final = {
    Modifier.META: 1 << 8,
    Modifier.SHIFT: 1 << 9,
    Modifier.ALT: 1 << 11,
    Modifier.CTRL: 1 << 12,
}
CODES: Final = {
    "enter": 0x24,
    "tab": 0x30,
    "space": 0x31,
    "backspace": 0x33,
    "escape": 0x35,
    "insert": 0x72,  # Help, on an Apple keyboard
    "home": 0x73,
    "pageup": 0x74,
    "delete": 0x75,
    "end": 0x77,
    "pagedown": 0x79,
    "left": 0x7B,
    "right": 0x7C,
    "down": 0x7D,
    "up": 0x7E,
    "volumeup": 0x48,
    "volumedown": 0x49,
    "volumemute": 0x4A,
    **{
        f"f{number}": code
        for number, code in enumerate(
            (
                *(0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D),
                *(0x67, 0x6F, 0x69, 0x6B, 0x71, 0x6A, 0x40, 0x4F, 0x50, 0x5A),
            ),
            start=1,
        )
    },
}
"""Of the keys that are the same in every layout; an Apple keyboard has no others of them."""
