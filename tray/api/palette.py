"""Translates between colours and the numbers that v8 has for them."""

import re
from typing import Final

from tray.model import colours

PALETTE: Final = (*colours.PALETTE[:12], "#991102", *colours.PALETTE[12:])
"""By number. It is the palette of v9 with a dark red more, at 12."""
_HEX: Final = re.compile(r"#[0-9a-f]{6}")


def colour_of(text: str | int | None) -> str:
    """A colour as ``#rrggbb``, from that or from its number; the neutral one if it is neither."""
    text = str(text).strip().lower()
    if _HEX.fullmatch(text):
        return text
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else -1
    return PALETTE[number] if 0 <= number < len(PALETTE) else colours.NONE


def number_of(colour: str) -> str:
    """The number of a colour, or of the most similar one that has a number."""
    return str(min(range(len(PALETTE)), key=lambda number: _distance(PALETTE[number], colour)))


def _distance(one: str, other: str) -> int:
    return sum((int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) ** 2 for at in (1, 3, 5))
