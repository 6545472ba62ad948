"""The compiled sentences of one language, each read from gettext's file only when it is wanted.

A start of the terminal says a dozen of some thousand sentences; :mod:`gettext` takes longer to
read them all than the rest of the start may take. The answers are the same.
"""

from bisect import bisect_left
from collections.abc import Callable
from struct import unpack_from

from tray.lean_typing import Final

_MAGIC: Final = 0x950412DE
_HEAD: Final = 20
"""The bytes before the tables: what it is, how many sentences, where the two tables are."""
_CONTEXT: Final = "\4"
"""What stands between a context and its sentence."""
_NEXT: Final = "\0"
"""What stands between the forms of a counted sentence."""


class CompiledLanguage:
    """The translations in a compiled file; its sentences are in the order of their bytes.

    Args:
        content: All of the file, in UTF-8, its numbers the low byte first.

    Raises:
        ValueError: it is no such file.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEAD or unpack_from("<I", content) != (_MAGIC,):
            raise ValueError("no compiled translations")
        self._content = content
        self._count, self._keys, self._values = unpack_from("<3I", content, 8)
        self._read: dict[str, str | list[str] | None] = {}
        self._rule: Callable[[int], int] | None = None

    def gettext(self, message: str, /) -> str:
        """The translation of `message`; itself if there is none."""
        return self._of_one(message) or message

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The translation for `n` things by the rules of the language."""
        if isinstance(forms := self._translation(one), list):
            return forms[self._plural(n)]
        return one if n == 1 else many

    def pgettext(self, context: str, message: str, /) -> str:
        """The translation of `message` as it is meant in `context`."""
        return self._of_one(f"{context}{_CONTEXT}{message}") or message

    def _of_one(self, sentence: str) -> str | None:
        found = self._translation(sentence)
        return found[self._plural(1)] if isinstance(found, list) else found

    def _plural(self, n: int) -> int:
        """Which form is for `n` things, by the rule in the head of the catalogue."""
        if self._rule is None:
            from gettext import c2py  # which takes longer to load than a command may

            _, _, rule = self.gettext("").partition("plural=")
            self._rule = c2py(rule.partition(";")[0])
        return self._rule(n)

    def _translation(self, sentence: str) -> str | list[str] | None:
        """That of a sentence, or all the forms of one that is counted; None if there is none."""
        if sentence not in self._read:
            wanted = sentence.encode()
            at = bisect_left(range(self._count), wanted, key=self._sentence)
            there = at < self._count and self._sentence(at) == wanted
            self._read[sentence] = self._at(at) if there else None
        return self._read[sentence]

    def _at(self, at: int) -> str | list[str]:
        text = self._text(self._values, at).decode()
        return text.split(_NEXT) if _NEXT in self._text(self._keys, at).decode() else text

    def _sentence(self, at: int) -> bytes:
        """One sentence of the catalogue, without its plural."""
        return self._text(self._keys, at).partition(_NEXT.encode())[0]

    def _text(self, table: int, at: int) -> bytes:
        length, start = unpack_from("<2I", self._content, table + 8 * at)
        return self._content[start : start + length]
