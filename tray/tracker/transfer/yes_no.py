"""What reports in other languages, and spreadsheets, write for yes and no."""

import unicodedata
from typing import Final

_YES_WORDS: Final = """
    yes y true 1 x ja j jah jā jo da oui sí si sim s tak ano áno igen evet kyllä taip tiesa vâng có
    ya iya ναι да так हाँ हां ใช่ はい 是 是的 对 예 네 نعم כן wahr vrai verdadero verdadeiro vero waar
    sant sann tosi prawda pravda igaz doğru истина істина 真 참 billable
"""
_NO_WORDS: Final = """
    no n false 0 nein nee nej nei nē non não nao nie ne nem hayır hayir ei không tidak όχι нет ні не
    नहीं ไม่ ไม่ใช่ いいえ 否 不 不是 아니요 아니오 لا לא falsch faux falso onwaar falsk usant epätosi
    fałsz nepravda hamis yanlış ложь хибність 假 偽 거짓 non-billable -
"""
_YES: Final = frozenset(_YES_WORDS.split())
_NO: Final = frozenset(_NO_WORDS.split())


def meaning_of(cell: str) -> bool | None:
    """Whether the cell says yes; an empty one says no; None if it is neither."""
    word = unicodedata.normalize("NFKC", cell).strip().casefold()
    if word in _YES:
        return True
    return False if not word or word in _NO else None
