"""The distinct words of the history, to tell what a word with a slip in it was meant to be."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from tray.model.suggest.lines import Lines
from tray.model.suggest.match import SHORTEST_MENDED, halves, mended

_SHORTEST: Final = SHORTEST_MENDED - 1
_MOST_REMEMBERED: Final = 100


class Vocabulary:
    """All words that slips may be mended to, in the order in which they first come."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = dict.fromkeys(chain.from_iterable(map(str.split, texts)))
        self._words = Lines(word for word in words if len(word) >= _SHORTEST and word[0].isalpha())
        self._near: dict[str, list[str]] = {}

    def near(self, typed: str) -> Sequence[str]:
        """The words that begin with `typed`, give or take one edit.

        What is near a word is near its beginning, so a further letter only sifts.
        """
        if typed not in self._near:
            if len(self._near) > _MOST_REMEMBERED:
                self._near.clear()
            known = self._near.get(typed[:-1])
            candidates = self._candidates(typed) if known is None else known
            self._near[typed] = [word for word in candidates if mended(typed, word) is not None]
        return self._near[typed]

    def _candidates(self, typed: str) -> list[str]:
        """All words near `typed`, and others."""
        first, swapped, second = halves(typed)
        rows = {
            *self._words.having(f"\n{first}"),
            *self._words.having(f"\n{swapped}"),
            *self._words.having(second),
        }
        return [self._words[row] for row in sorted(rows)]
