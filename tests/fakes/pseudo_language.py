"""A language in which everything that was translated shows: each letter accented, 40 % longer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tray import language
from tray.language import English

_ACCENTED: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒǵĥíĵķłɱñóƥɋŕšťúṽŵẋýžÁƁÇĐÉƑǴĤÍĴĶŁḾÑÓƤɊŔŠŤÚṼŴẊÝŽ",
)
_KEPT: Final = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)[a-z]|%[a-z]|`[^`]*`|--[a-z-]+|\n")
"""What a translation takes over as it is: places, commands and options, ends of lines."""
_PLAIN: Final = re.compile(r"[A-Za-z]{3,}")


def pseudo(text: str) -> str:
    """`text` in that language."""
    if not text:
        return ""
    parts = _KEPT.split(text)
    kept = [*_KEPT.findall(text), ""]
    accented = "".join(
        f"{part.translate(_ACCENTED)}{same}" for part, same in zip(parts, kept, strict=True)
    )
    stripped = accented.rstrip("\n")
    end = accented[len(stripped) :]
    return f"{stripped}{'~' * (len(stripped) * 2 // 5)}{end}"


def plain_words(text: str) -> set[str]:
    """The words in it that nobody has translated."""
    return set(_PLAIN.findall(text))


class Pseudo(English):
    """The translations into it."""

    def gettext(self, message: str, /) -> str:
        """In that language."""
        return pseudo(message)

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """By English rules."""
        return pseudo(super().ngettext(one, many, n))

    def pgettext(self, context: str, message: str, /) -> str:
        """Whatever it means."""
        return pseudo(message)


@contextmanager
def speaking_pseudo() -> Iterator[None]:
    """Have all sentences in that language."""
    language.use_translations(Pseudo())
    try:
        yield
    finally:
        language.use_translations(English())
