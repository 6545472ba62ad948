"""A language that nobody speaks: every letter has an accent, every sentence is 40 % longer."""

import re
import textwrap
from functools import cache
from pathlib import Path
from runpy import run_path
from typing import Final

_PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED: Final = "áƀçđéƒǧħíĵķłɱñóƥɋřšŧúṽŵẋýžÁƁÇĐÉƑǦĦÍĴĶŁṀÑÓƤɊŘŠŦÚṼŴẊÝŽ"
_ARABIC: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهابتثجحخدذرزسشصضطظعغفقكلمنه"
_KEPT: Final = re.compile(r"(\{[^}]*\}|&.)")
"""Places for names and numbers, and mnemonics."""
_LONGER: Final = 0.4
_LONGEST_WORD: Final = 20
"""As in „Arbeitszeiterfassung“: no language asks for more room without a place to break."""


@cache
def known() -> set[tuple[str, str]]:
    """What the catalogues have: contexts and sentences."""
    found = run_path(str(Path(__file__).parents[1] / "packaging/languages.py"))["sentences"]()
    return {(key.context, text) for key in found for text in (key.text, key.many) if text}


class PseudoLanguage:
    """Translates what the catalogues have, and nothing else."""

    def __init__(self, letters: str = _ACCENTED) -> None:
        self._letters = str.maketrans(_PLAIN, letters)

    def gettext(self, message: str, /) -> str:
        return self.pgettext("", message)

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        return self.pgettext("", one if n == 1 else many)

    def pgettext(self, context: str, message: str, /) -> str:
        if (context, message) not in known():
            return message
        parts = _KEPT.split(message)
        translated = "".join(
            part if _KEPT.fullmatch(part) else part.translate(self._letters) for part in parts
        )
        longer = round(_LONGER * sum(map(str.isalpha, message)))
        return translated + " ".join(textwrap.wrap("~" * longer, _LONGEST_WORD))


def pseudo_arabic() -> PseudoLanguage:
    """The same in letters that are written from right to left."""
    return PseudoLanguage(_ARABIC)
