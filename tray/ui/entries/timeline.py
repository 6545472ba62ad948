"""Which day or entry stands in which row, newest first, and how one list becomes another.

Only keys are kept, so that the list has its full length and any row of it can be scrolled to while
the entries themselves are read when they come into sight.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from operator import neg
from typing import Final, NamedTuple

from tray.model.days import Calendar

_LONGEST_COMPARED: Final = 400
"""Rows beyond which two lists are not compared one by one: the time grows with the square."""


class KeyedRows(NamedTuple):
    """Rows one after the other; two arrays because there may be a hundred thousand."""

    keys: "array[int]"
    """Of each row: the id of an entry, or minus the ordinal of the day whose heading it is."""
    moments: "array[int]"
    """Of each row: the start of the entry, or the last second of the day. They descend."""


class RowEdit(NamedTuple):
    """Rows that give way to others: `removed` of them at row `at`, to new ones from a stretch."""

    at: int
    removed: int
    begin: int
    """The first row of the new stretch that comes in, and the one after the last."""
    end: int


def stretch(found: Iterable[tuple[int, int]], calendar: Calendar) -> KeyedRows:
    """The rows for entries, given as (start, id) newest first: each day's below its heading."""
    keys, moments = array("q"), array("q")
    begin: int | None = None
    for start, entry_id in found:
        if begin is None or start < begin:
            day = calendar.day_of(start)
            begin, end = calendar.day(day)
            keys.append(-day.toordinal())
            moments.append(end - 1)
        keys.append(entry_id)
        moments.append(start)
    return KeyedRows(keys, moments)


def between(rows: KeyedRows, begin: int, end: int) -> tuple[int, int]:
    """The rows from `begin` up to but not at `end` in time: the first, and one past the last."""
    first = bisect_right(rows.moments, -end, key=neg)
    return first, bisect_right(rows.moments, -begin, lo=first, key=neg)


def find(rows: KeyedRows, key: int, moment: int) -> int:
    """The row of a key; if it is not there, where that moment is now."""
    first, last = between(rows, moment, moment + 1)
    for row in range(first, last):
        if rows.keys[row] == key:
            return row
    return min(first, max(0, len(rows.keys) - 1))


def edits(old: Sequence[int], new: Sequence[int]) -> Iterator[RowEdit]:
    """What turns one list of keys into another, from the bottom up so that rows above stay put."""
    begin = _in_common(old, new)
    end = _in_common(old[begin:][::-1], new[begin:][::-1])
    old, new = old[begin : len(old) - end], new[begin : len(new) - end]
    if len(old) + len(new) > _LONGEST_COMPARED or not (old and new):
        if old or new:
            yield RowEdit(begin, len(old), begin, begin + len(new))
        return
    for tag, old_begin, old_end, new_begin, new_end in reversed(
        SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ):
        if tag != "equal":
            at = begin + old_begin
            yield RowEdit(at, old_end - old_begin, begin + new_begin, begin + new_end)


def _in_common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many keys two lists begin with alike."""
    if one == other:
        return len(one)
    for at, (key, its) in enumerate(zip(one, other, strict=False)):
        if key != its:
            return at
    return min(len(one), len(other))
