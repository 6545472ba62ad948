"""In which way a text fits what was typed.

Texts are `searchable` ones: folded, with a blank before each word, the first included.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from tray.model.suggest.fold import fold, unspaced
from tray.model.suggest.suggestion import MatchKind

SHORTEST_MENDED: Final = 4
"""A shorter word with a slip in it could be anything."""


class Query(NamedTuple):
    """What was typed, folded."""

    text: str
    words: tuple[str, ...]
    """Each once."""
    beginnings: tuple[str, ...]
    """What a text has in it in which a word begins with each of `words`."""
    letters: str
    """Without blanks."""


def read(typed: str) -> Query:
    """What is asked for by `typed`."""
    text = fold(typed)
    words = tuple(dict.fromkeys(text.split()))
    return Query(text, words, tuple(map(beginning, words)), text.replace(" ", ""))


def searchable(text: str) -> str:
    """`text` as it is searched."""
    return " " + fold(text)


def beginning(word: str) -> str:
    """`word` at the beginning of a word: after a blank, unless its script writes none."""
    return word if unspaced(word) else " " + word


def kind_of(query: Query, text: str, keys: str) -> MatchKind | None:
    """The best kind in which a text fits without a guess; `keys` are its pinyin keys."""
    if not query.words:
        return MatchKind.EVERYTHING
    if text.startswith(query.text, 1):
        return MatchKind.WHOLE if len(text) == 1 + len(query.text) else MatchKind.PREFIX
    if has_all(query.beginnings, text):
        return MatchKind.WORDS
    if keys and f" {query.letters}" in f" {keys}":
        return MatchKind.PINYIN
    if has_all(query.words, text) or query.letters in keys:
        return MatchKind.SUBSTRING
    return None


def guess_of(query: Query, text: str) -> MatchKind | None:
    """The kind in which a text fits if it takes a guess."""
    if len(query.letters) > 1 and is_subsequence(query.letters, text):
        return MatchKind.SUBSEQUENCE
    return MatchKind.TYPO if mended_beginnings(query, text) else None


def has_all(parts: Iterable[str], text: str) -> bool:
    """Whether all of `parts` are in `text`."""
    return all(part in text for part in parts)


def is_subsequence(letters: str, text: str) -> bool:
    """Whether `letters` are in `text` in this order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def mended_beginnings(query: Query, text: str) -> tuple[str, ...]:
    """The beginnings that `text` has in it once the one slip is undone; none if it has not."""
    missing = [at for at, part in enumerate(query.beginnings) if part not in text]
    if len(missing) != 1:
        return ()
    (at,) = missing
    typed = query.words[at]
    if not can_be_mended(typed) or not any(half in text for half in halves(typed)):
        return ()
    corrected = corrections(typed, text.split())
    return (*query.beginnings[:at], corrected[0], *query.beginnings[at + 1 :]) if corrected else ()


def can_be_mended(typed: str) -> bool:
    """Whether a slip in a word is looked for."""
    return len(typed) >= SHORTEST_MENDED and _is_lettered(typed)


def halves(typed: str) -> tuple[str, str, str]:
    """Beginnings and parts of words, one of which is in each word that is an edit away.

    An edit leaves one half of a word whole, unless it swaps the letters where they meet. The
    first and the second begin the word.
    """
    middle = len(typed) // 2
    swapped = typed[: middle - 1] + typed[middle] + typed[middle - 1] + typed[middle + 1 :]
    return typed[:middle], swapped, typed[middle:]


def corrections(typed: str, words: Iterable[str]) -> list[str]:
    """Which beginnings of `words` a word with a slip in it may have been meant for."""
    starts = dict.fromkeys(mended(typed, word) for word in words)
    return [beginning(s) for s in starts if s is not None and s != typed and _is_lettered(s)]


def mended(typed: str, word: str) -> str | None:
    """The beginning of `word` that `typed` is or is one edit away from; None if it is further.

    An edit leaves out, adds or replaces one letter, or swaps two neighbours.
    """
    same = _in_common(typed, word)
    rest = typed[same:]
    if not rest:
        return typed
    edits = (
        (rest[1:], same, -1),  # one letter too many
        (rest[1:], same + 1, 0),  # another letter
        (rest, same + 1, 1),  # one letter too few
        (rest[1:2] + rest[:1] + rest[2:], same, 0),  # two letters swapped
    )
    for tail, at, longer in edits:
        if word.startswith(tail, at):
            return word[: len(typed) + longer]
    return None


def _in_common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    for at, (letter, its) in enumerate(zip(one, other, strict=False)):
        if letter != its:
            return at
    return min(len(one), len(other))


def _is_lettered(word: str) -> bool:
    """Whether a slip may make `word`: another number or ideograph is meant as it is."""
    return word.isalpha() and not unspaced(word)
