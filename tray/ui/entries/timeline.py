"""Which day, entry, group or gap stands in which row, newest first, and how lists become others.

Only keys are kept, so that the list has its full length and any row of it can be scrolled to while
the entries themselves are read when they come into sight.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from operator import neg
from typing import Final, NamedTuple

from tray.model.days import Calendar
from tray.model.durations import MINUTE

_LONGEST_COMPARED: Final = 400
"""Rows beyond which two lists are not compared one by one: the time grows with the square."""
_KIND_BITS: Final = 3
_KIND_MASK: Final = (1 << _KIND_BITS) - 1
SHORTEST_GAP_SECONDS: Final = MINUTE
"""A shorter one is not worth a row."""


class RowKind(IntEnum):
    """What stands in a row."""

    ENTRY = 0
    GROUP = 1
    """Equal entries of a day, as one."""
    MEMBER = 2
    """One of them, below its group that is unfolded."""
    GAP = 3
    """The time before an entry in which nothing was done."""
    HEADING = 4
    """A day."""


_ALONE: Final = (RowKind.ENTRY, RowKind.MEMBER)


def key_of(kind: RowKind, of: int) -> int:
    """The key of a row.

    Args:
        kind: What stands there.
        of: The id of the entry; of a group its latest, of a gap the one after it. Of a heading the
            ordinal of the day.
    """
    return of << _KIND_BITS | kind


def kind_of(key: int) -> RowKind:
    """What stands in the row with this key."""
    return RowKind(key & _KIND_MASK)


def id_of(key: int) -> int:
    """The id of the entry that the row is about, or the ordinal of the day."""
    return key >> _KIND_BITS


class DayShare(NamedTuple):
    """What of an entry lies in one day."""

    begin: int
    """Epoch seconds."""
    entry_id: int
    end: int
    what: Hashable
    """What was done; entries of a day in which it is equal are alike. None: like no other."""
    begins: bool
    """Whether nothing of the entry stands below an earlier day."""


class Arranging(NamedTuple):
    """How the entries of a day are put into rows."""

    similar: bool = False
    """Whether those that are alike stand together as a group."""
    gaps: bool = False
    """Whether the time between them has rows, too."""


IsUnfolded = Callable[[int, Sequence[DayShare]], bool]
"""Whether a group is unfolded, given the ordinal of its day and what is in it."""


class KeyedRows(NamedTuple):
    """Rows one after the other; two arrays because there may be a hundred thousand."""

    keys: "array[int]"
    """Of each row; see `key_of`."""
    moments: "array[int]"
    """Of each row, within its day: the start of the (latest) entry, the last second of a gap or of
    the day. From day to day they descend."""
    groups: dict[tuple[int, int], tuple[int, ...]]
    """The ids of the entries in each group, the latest first, by its moment and key."""


class RowEdit(NamedTuple):
    """Rows that give way to others: `removed` of them at row `at`, to new ones from a stretch."""

    at: int
    removed: int
    begin: int
    """The first row of the new stretch that comes in, and the one after the last."""
    end: int


def no_rows() -> KeyedRows:
    """An empty list."""
    return KeyedRows(array("q"), array("q"), {})


def all_folded(_ordinal: int, _group: Sequence[DayShare]) -> bool:
    """No group is unfolded."""
    return False


def stretch(
    found: Iterable[DayShare],
    calendar: Calendar,
    arranging: Arranging = Arranging(),  # noqa: B008  # a value
    is_unfolded: IsUnfolded = all_folded,
) -> KeyedRows:
    """The rows for shares, given newest first: those of each day below its heading."""
    rows = no_rows()
    for ordinal, end, shares in by_day(found, calendar):
        _append(rows, key_of(RowKind.HEADING, ordinal), end - 1)
        below = len(rows.keys)
        if arranging.similar:
            _append_alike(rows, ordinal, shares, is_unfolded)
        else:
            for share in shares:
                _append(rows, key_of(RowKind.ENTRY, share.entry_id), share.begin)
        if arranging.gaps:
            _insert_gaps(rows, below, shares)
    return rows


def by_day(
    found: Iterable[DayShare], calendar: Calendar
) -> Iterator[tuple[int, int, list[DayShare]]]:
    """The ordinal of each day, when it ends, and its shares, which are given newest first."""
    shares: list[DayShare] = []
    ordinal = begin = end = 0
    for share in found:
        if shares and share.begin < begin:
            yield ordinal, end, shares
            shares = []
        if not shares:
            day = calendar.day_of(share.begin)
            ordinal, (begin, end) = day.toordinal(), calendar.day(day)
        shares.append(share)
    if shares:
        yield ordinal, end, shares


def _append(rows: KeyedRows, key: int, moment: int) -> None:
    rows.keys.append(key)
    rows.moments.append(moment)


def _append_alike(
    rows: KeyedRows, ordinal: int, shares: Iterable[DayShare], is_unfolded: IsUnfolded
) -> None:
    alike: dict[Hashable, list[DayShare]] = {}
    for share in shares:
        alike.setdefault(share if share.what is None else share.what, []).append(share)
    for group in alike.values():
        latest = group[0]
        if len(group) == 1:
            _append(rows, key_of(RowKind.ENTRY, latest.entry_id), latest.begin)
            continue
        key = key_of(RowKind.GROUP, latest.entry_id)
        _append(rows, key, latest.begin)
        rows.groups[latest.begin, key] = tuple(share.entry_id for share in group)
        if is_unfolded(ordinal, group):
            for share in group:
                _append(rows, key_of(RowKind.MEMBER, share.entry_id), share.begin)


def _insert_gaps(rows: KeyedRows, below: int, shares: Sequence[DayShare]) -> None:
    """Put each gap below what was done after it."""
    reached: int | None = None
    for share in reversed(shares):
        if reached is not None and share.begin - reached >= SHORTEST_GAP_SECONDS:
            at = below
            while at < len(rows.keys) and _stays_above(rows, at, share.begin):
                at += 1
            rows.keys.insert(at, key_of(RowKind.GAP, share.entry_id))
            rows.moments.insert(at, share.begin - 1)
        reached = max(reached or 0, share.end)


def _stays_above(rows: KeyedRows, row: int, moment: int) -> bool:
    """Whether a gap that ends at a moment stands below this row."""
    return kind_of(rows.keys[row]) is RowKind.MEMBER or rows.moments[row] >= moment


def between(rows: KeyedRows, begin: int, end: int) -> tuple[int, int]:
    """The rows of the days from `begin` up to `end`: the first, and one past the last."""
    first = bisect_right(rows.moments, -end, key=neg)
    return first, bisect_right(rows.moments, -begin, lo=first, key=neg)


def find(rows: KeyedRows, wanted: Callable[[int], bool], moment: int, calendar: Calendar) -> int:
    """The wanted row in the day of a moment; if there is none, the row where that moment is now."""
    first, last = between(rows, *calendar.day(calendar.day_of(moment)))
    for row in range(first, last):
        if wanted(row):
            return row
    near = (row for row in range(first, last) if rows.moments[row] <= moment)
    return min(next(near, last), max(0, len(rows.keys) - 1))


def entry_ids(rows: KeyedRows, first: int, last: int) -> list[int]:
    """The ids of the entries from one row up to another, each once."""
    found: dict[int, None] = {}
    for key, moment in zip(rows.keys[first:last], rows.moments[first:last], strict=True):
        kind = key & _KIND_MASK
        if kind == RowKind.GROUP:
            found.update(dict.fromkeys(rows.groups[moment, key]))
        elif kind in _ALONE:
            found[key >> _KIND_BITS] = None
    return list(found)


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
