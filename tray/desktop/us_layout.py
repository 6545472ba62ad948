"""Which key of a PC keyboard has which character on the US layout.

The numbers are those of the Linux kernel (``KEY_Q`` is 16), which took them from the scan codes of
the first PC keyboards, so Windows still reports the same ones; X adds 8. They serve where a layout
has no Latin letters: the key at the place of the T is then the T of a hotkey.
"""

from typing import Final

_ROWS: Final = {2: "1234567890-=", 16: "qwertyuiop[]", 30: "asdfghjkl;'`", 43: "\\zxcvbnm,./"}

X_OFFSET: Final = 8
"""What X and Wayland keycodes have on top, because X reserves the first eight."""
POSITIONS: Final = {
    character: first + place for first, row in _ROWS.items() for place, character in enumerate(row)
}
CHARACTERS: Final = {position: character for character, position in POSITIONS.items()}
