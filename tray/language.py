"""Every sentence a user reads, in the user's language; English as long as none is chosen."""

import gettext
from typing import Protocol


class Catalogue(Protocol):
    """What :mod:`gettext` makes of one language."""

    def gettext(self, message: str, /) -> str:
        """The translation of `message`; itself if there is none."""

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The translation for `n` things by the rules of the language."""


_catalogue: Catalogue = gettext.NullTranslations()


def tr(text: str) -> str:
    """`text` in the user's language; ``{names}`` in it are filled in afterwards."""
    return _catalogue.gettext(text)


def ntr(one: str, many: str, n: int) -> str:
    """The form for `n` things: ``one`` and ``many`` are the English ones."""
    return _catalogue.ngettext(one, many, n)
