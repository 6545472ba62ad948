"""Which stretches of a text were matched, for the dialog to set in bold."""

from collections.abc import Iterable

from tray.model import pinyin
from tray.model.suggest.fold import letters
from tray.model.suggest.match import Query, has_all, mended_beginnings
from tray.model.suggest.suggestion import MatchKind, Ranges


def ranges_of(query: Query, text: str, kind: MatchKind) -> Ranges:
    """Where in `text`, as the user wrote it, is what makes it a match of `kind`."""
    if kind in (MatchKind.EVERYTHING, MatchKind.PROJECT):
        return ()
    origins = letters(text)
    folded = " " + "".join(letter.char for letter in origins)
    if kind is MatchKind.PINYIN or (
        kind is MatchKind.SUBSTRING and not has_all(query.words, folded)
    ):
        spelt = pinyin.span(text, query.letters)
        return (spelt,) if spelt else ()
    spots = _spots(query, folded, kind)
    return merged((origins[start].start, origins[end - 1].end) for start, end in spots)


def merged(stretches: Iterable[tuple[int, int]]) -> Ranges:
    """The same stretches in order, those that touch or overlap made one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return tuple(apart)


def _spots(query: Query, text: str, kind: MatchKind) -> Iterable[tuple[int, int]]:
    """The matched stretches of a searchable text, its first blank not counted."""
    if kind in (MatchKind.WHOLE, MatchKind.PREFIX):
        return [(0, len(query.text))]
    if kind is MatchKind.SUBSEQUENCE:
        return _letter_spots(query.letters, text)
    if kind is MatchKind.SUBSTRING:
        return _part_spots(query.words, text)
    return _part_spots(
        query.beginnings if kind is MatchKind.WORDS else mended_beginnings(query, text), text
    )


def _part_spots(parts: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where each of `parts` first is, without the blank it may begin with."""
    spots = []
    for part in parts:
        at = text.index(part) - 1
        spots.append((at + part.startswith(" "), at + len(part)))
    return spots


def _letter_spots(typed: str, text: str) -> list[tuple[int, int]]:
    spots = []
    at = 0
    for letter in typed:
        at = text.index(letter, at) + 1
        spots.append((at - 2, at - 1))
    return spots
