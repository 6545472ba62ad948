"""How an ideograph is read where it stands, by the words around it."""

import re
from typing import Final

from tray.model.pinyin import table

_FIRST_IDEOGRAPH: Final = 0x4E00
_FIRST_LETTER: Final = 0x100
_SYLLABLES: Final = table.SYLLABLES.split()
_DOUBTFUL: Final = {entry[0]: entry[1:].split(",") for entry in table.DOUBTFUL.split()}
_SETTLED: Final = {entry[0]: entry[1:].split(",") for entry in table.SETTLED.split()}
_WORDS: Final[dict[str, str]] = dict(re.findall("([a-z]+) ([^a-z]+)", table.WORDS))


def readings(text: str, at: int) -> tuple[str, ...]:
    """What the ideograph at index `at` of `text` may be typed as, the likeliest first.

    A word around it decides; without one an ideograph in doubt has several readings. What is
    written ü may be typed v or u. An ideograph without a known reading gives nothing.
    """
    ideograph = text[at].replace("〇", "零")
    usual = _usual(ideograph)
    if not usual:
        return ()
    doubtful = _DOUBTFUL.get(ideograph, [])
    others = doubtful or _SETTLED.get(ideograph, [])
    spelt = (others and _decided(text, at, [usual, *others])) or [usual, *doubtful]
    return (*spelt, *(reading.replace("v", "u") for reading in spelt if "v" in reading))


def _usual(ideograph: str) -> str:
    letter = table.USUAL[ord(ideograph) - _FIRST_IDEOGRAPH]
    return "" if letter == " " else _SYLLABLES[ord(letter) - _FIRST_LETTER]


def _decided(text: str, at: int, candidates: list[str]) -> list[str]:
    """Those of `candidates` that the ideograph has in a word made with one of its neighbours."""
    pairs = [text[start : start + 2] for start in (at - 1, at) if start >= 0]
    words = [pair for pair in pairs if len(pair) == 2 and " " not in pair]
    return [
        reading for reading in candidates if any(word in _WORDS.get(reading, "") for word in words)
    ]
