"""Text as it is compared: without case and accents, and with a blank before every word.

A word begins after a blank, after punctuation (``re: foo-bar`` has three) and where ideographs
meet Latin letters or digits.
"""

import re
from typing import Final, NamedTuple

_FIRST_UNSPACED: Final = "\u3005"
_LAST_UNSPACED: Final = "\u9fff"
"""From the first kana to the last ideograph, words are written without blanks."""

_UNSPACED: Final = f"[{_FIRST_UNSPACED}-{_LAST_UNSPACED}]"
_JOINT: Final = rf"(?:[^\w\s]|_)(?=[^\W_])|{_UNSPACED}(?=[a-z0-9])|[a-z0-9](?={_UNSPACED})"
_ASCII_JOINT: Final = re.compile("[^a-z0-9 ](?=[a-z0-9])")
"""The same, found three times as fast where there is nothing but ASCII."""


class Letter(NamedTuple):
    """One character of a folded text, and the stretch of the original it comes from."""

    char: str
    start: int
    end: int


def fold(text: str) -> str:
    """`text` ready to be compared."""
    spaced = " ".join(_bare(text).split())
    if not spaced.isascii():
        return re.sub(_JOINT, _blank_after, spaced)
    if spaced.replace(" ", "").isalnum():
        return spaced
    return _ASCII_JOINT.sub(_blank_after, spaced)


def letters(text: str) -> list[Letter]:
    """The same, one by one, with the place each comes from."""
    spaced = _spaced(text)
    chars = "".join(letter.char for letter in spaced)
    joints = {found.end() for found in re.finditer(_JOINT, chars)}
    folded = []
    for at, letter in enumerate(spaced):
        if at in joints:
            folded.append(Letter(" ", letter.start, letter.start))
        folded.append(letter)
    return folded


def unspaced(word: str) -> bool:
    """Whether `word` is in a script that puts no blanks between words."""
    return _FIRST_UNSPACED <= word[:1] <= _LAST_UNSPACED


def _blank_after(joint: re.Match[str]) -> str:
    return joint[0] + " "


def _bare(text: str) -> str:
    """`text` without case and accents."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize

    letters = normalize("NFKD", normalize("NFKD", text).casefold())
    if any(map(combining, letters)):
        return "".join(letter for letter in letters if not combining(letter))
    return letters


def _spaced(text: str) -> list[Letter]:
    """The letters of `text`, with single blanks where it has any."""
    spaced: list[Letter] = []
    for at, char in enumerate(text):
        bare = _bare(char)
        if not bare and spaced:  # an accent that stands behind its letter
            spaced[-1] = spaced[-1]._replace(end=at + 1)
        for letter in bare:
            if not letter.isspace():
                spaced.append(Letter(letter, at, at + 1))
            elif spaced and spaced[-1].char != " ":
                spaced.append(Letter(" ", at, at + 1))
    if spaced and spaced[-1].char == " ":
        spaced.pop()
    return spaced
