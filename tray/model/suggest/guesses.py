"""What the user may have meant, when what was typed is nowhere as it is."""

from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Final

from tray.model.suggest.long_lines import LongLines
from tray.model.suggest.match import Query, can_be_mended, corrections
from tray.model.suggest.vocabulary import Vocabulary

_CHUNK: Final = 10_000
"""Texts between two chances for the caller to have enough."""

_MOST_CORRECTIONS: Final = 8
"""Words a slip is taken for, those used most recently."""


class Guesses:
    """Searchable texts, the best first, and the same as lines, for the more costly ways to fit."""

    def __init__(self, texts: Sequence[str], lines: LongLines) -> None:
        # Here, so that no key stroke has to wait the 16 ms that importing it takes.
        from rapidfuzz import process
        from rapidfuzz.distance import LCSseq

        self._extract = process.extract
        self._scorer = LCSseq.similarity
        self._texts = texts
        self._lines = lines
        self._vocabulary = Vocabulary(texts)
        self._last: tuple[str, list[int]] | None = None

    def subsequences(self, letters: str) -> Iterator[int]:
        """The rows that have `letters` in this order, ascending.

        What does not have some letters does not have any more, so a further letter only sifts.
        """
        rows: Sequence[int] = range(len(self._texts))
        if self._last is not None and letters.startswith(self._last[0]):
            rows = self._last[1]
        found: list[int] = []
        for start in range(0, len(rows), _CHUNK):
            chunk = self._sifted(letters, rows[start : start + _CHUNK])
            found += chunk
            yield from chunk
        self._last = letters, found

    def mended(self, query: Query) -> Iterator[int]:
        """The rows that fit once one slip is undone, ascending, some more than once."""
        words = dict(zip(query.beginnings, query.words, strict=True))
        rarest = self._lines.rarest_first(query.beginnings)[0]
        corrected = {rarest: self._corrections(words[rarest])}
        # The slip is either in the rarest word, or this one is there as it was typed.
        for row in merge(*map(self._lines.having, (rarest, *corrected[rarest]))):
            text = self._texts[row]
            missing = [part for part in words if part not in text]
            if len(missing) == 1:
                (part,) = missing
                if part not in corrected:
                    corrected[part] = self._corrections(words[part])
                if any(start in text for start in corrected[part]):
                    yield row

    def _corrections(self, typed: str) -> list[str]:
        """Beginnings of words that a word with a slip in it may have been meant for."""
        if not can_be_mended(typed):
            return []
        return corrections(typed, self._vocabulary.near(typed))[:_MOST_CORRECTIONS]

    def _sifted(self, letters: str, rows: Sequence[int]) -> list[int]:
        if isinstance(rows, range):
            texts = self._texts[rows.start : rows.stop]
        else:
            texts = [self._texts[row] for row in rows]
        hits = self._extract(
            letters, texts, scorer=self._scorer, score_cutoff=len(letters), limit=None
        )
        return sorted(rows[at] for _, _, at in hits)
