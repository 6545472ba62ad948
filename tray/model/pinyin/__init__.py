"""What can be typed on a Latin keyboard to find a Chinese text: its pinyin and its initials.

The table of readings is loaded when the first text with an ideograph comes along, and not before.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, islice
from typing import Final, NamedTuple

MOST_VARIANTS: Final = 8
"""Ways to read one text that are kept: enough for three ideographs in doubt."""

MOST_CHARACTERS: Final = 64
"""Of a longer text only the beginning can be typed in pinyin, which keeps its keys short."""

# Compiled where they are first needed: that takes longer than a command line has.
_IDEOGRAPH: Final = "[\u3007\u4e00-\u9fff]"
_TOKEN: Final = f"{_IDEOGRAPH}|[^\\W_\u3007\u4e00-\u9fff]+"


class PinyinToken(NamedTuple):
    """An ideograph, or a run of other letters and digits, and what can be typed for it."""

    start: int
    end: int
    """Where it is in the text, `end` not included."""
    spellings: tuple[str, ...]
    """The likeliest first, at least one."""
    ideograph: bool

    def abbreviated(self) -> "PinyinToken":
        """The same with initials for spellings; a run of letters is not abbreviated."""
        if not self.ideograph:
            return self
        return self._replace(spellings=tuple(dict.fromkeys(s[0] for s in self.spellings)))


def keys(text: str) -> tuple[str, ...]:
    """All that can be typed for `text`: first in full, then by initials, the likeliest first.

    ``写算法`` gives ``xiesuanfa`` and ``xsf``; ``写API文档`` gives ``xieapiwendang`` and
    ``xapiwd``; a text without ideographs gives nothing.
    """
    beginning = text[:MOST_CHARACTERS]
    return _keys(beginning) if _has_ideographs(beginning) else ()


def span(text: str, typed: str) -> tuple[int, int] | None:
    """Where in `text` is what `typed` spells, as start and end; None if it is nowhere.

    `typed` is in lower case and without blanks; its last syllable may be incomplete.
    """
    beginning = text[:MOST_CHARACTERS]
    tokens = _tokens(beginning) if _has_ideographs(beginning) else []
    for ways in (tokens, [token.abbreviated() for token in tokens]):
        for first, token in enumerate(ways):
            end = _reach(ways[first:], typed)
            if end is not None:
                return token.start, end
    return None


@lru_cache(maxsize=2_048)
def _keys(text: str) -> tuple[str, ...]:
    """Remembered, for the names of projects are asked for with every key that is pressed."""
    tokens = _tokens(text)
    short = [token.abbreviated() for token in tokens]
    return tuple(dict.fromkeys(chain(_variants(tokens), _variants(short))))


def _has_ideographs(text: str) -> bool:
    return not text.isascii() and re.search(_IDEOGRAPH, text) is not None


def _tokens(text: str) -> list[PinyinToken]:
    """A text taken apart, without what cannot be typed."""
    from tray.model.pinyin.readings import readings

    tokens = []
    for found in re.finditer(_TOKEN, text):
        ideograph = re.match(_IDEOGRAPH, found[0]) is not None
        spellings = readings(text, found.start()) if ideograph else (found[0].casefold(),)
        if spellings:
            tokens.append(PinyinToken(found.start(), found.end(), spellings, ideograph))
    return tokens


def _variants(tokens: Sequence[PinyinToken]) -> Iterator[str]:
    """Up to `MOST_VARIANTS` ways to spell `tokens` in a row, the fewest unusual readings first."""
    usual = [token.spellings[0] for token in tokens]
    unusual = [
        (at, spelling) for at, token in enumerate(tokens) for spelling in token.spellings[1:]
    ]
    changes = chain.from_iterable(combinations(unusual, n) for n in range(len(unusual) + 1))
    for change in islice(changes, MOST_VARIANTS if tokens else 0):
        spelt = usual.copy()
        for at, spelling in change:
            spelt[at] = spelling
        yield "".join(spelt)


def _reach(tokens: Sequence[PinyinToken], typed: str) -> int | None:
    """The end of the piece in which `typed` is used up, if it spells `tokens` from the first on."""
    if not tokens:
        return None
    for spelling in tokens[0].spellings:
        if spelling.startswith(typed):
            return tokens[0].end
        if typed.startswith(spelling):
            end = _reach(tokens[1:], typed[len(spelling) :])
            if end is not None:
                return end
    return None
