"""What becomes of a thing that was changed here and on the server since both last agreed.

Fields that only make sense together are one unit and come whole from one side: a task belongs to
its project, and an entry may not stop before it starts.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, Literal, NamedTuple

from tray.store.columns import ColumnValue, RowValues, number, text
from tray.store.entries import ids_from, ids_to

Side = Literal["ours", "theirs"]
FieldValue = ColumnValue | tuple[int, ...]
"""As a column holds it; the ids of tags as ids."""
Fields = dict[str, FieldValue]

_PROJECT: Final = ("project_id", "task_id")
_TIMES: Final = ("start", "stop")


class FieldConflict(NamedTuple):
    """A unit that both sides changed, each in its own way."""

    field: str
    """Its name: that of its only field, or ``project`` (with the task), or ``times``."""
    ours: Fields
    """The unit's fields as they were here; an update that would bring them back."""
    theirs: Fields
    """The same of the server."""
    kept: Side

    @property
    def winner(self) -> Fields:
        """The fields that were kept."""
        return self.ours if self.kept == "ours" else self.theirs


class Merged(NamedTuple):
    """Every field as it is to be on both sides."""

    values: Fields
    conflicts: tuple[FieldConflict, ...] = ()


def merge(
    base: Mapping[str, FieldValue],
    ours: Mapping[str, FieldValue],
    theirs: Mapping[str, FieldValue],
    *,
    ours_later: Callable[[Iterable[str]], bool],
    taken_back: AbstractSet[str] = frozenset(),
) -> Merged:
    """Take each unit from the side that changed it, or from the later one if both did.

    Tags are a set: what either side added or removed is added or removed, which never conflicts.

    Args:
        base: The fields when both sides last agreed; one that is missing counts as changed twice.
        ours: The fields here.
        theirs: The same fields on the server.
        ours_later: Whether the last change of these fields here was made after the last one there.
        taken_back: Fields that were changed here and are as before again: theirs is kept, and told.
    """

    def kept(fields: Iterable[str]) -> Side:
        changed = [name for name in fields if name not in base or ours[name] != base[name]]
        return "ours" if ours_later(changed) else "theirs"

    values: Fields = {}
    conflicts: list[FieldConflict] = []
    for name, fields in _units(ours).items():
        old = _part(base, [field for field in fields if field in base])
        mine, yours = _part(ours, fields), _part(theirs, fields)
        if name == "tag_ids":
            values[name] = _merge_tags(*map(_tags, (old, mine, yours)))
        elif mine == yours or yours == old:
            values |= mine
        elif mine == old:
            values |= yours
            if not taken_back.isdisjoint(fields):
                conflicts.append(FieldConflict(name, mine, yours, "theirs"))
        else:
            conflicts.append(FieldConflict(name, mine, yours, kept(fields)))
            values |= conflicts[-1].winner
    merged = Merged(values, tuple(conflicts))
    if not values.keys() >= set(_TIMES) or _is_in_order(values):
        return merged
    whole = FieldConflict("times", _part(ours, _TIMES), _part(theirs, _TIMES), kept(_TIMES))
    return _from_one_side(merged, whole)


def _units(fields: Iterable[str]) -> dict[str, list[str]]:
    """The fields that belong together, by the name of the unit."""
    units: dict[str, list[str]] = {}
    for field in fields:
        units.setdefault("project" if field in _PROJECT else field, []).append(field)
    return units


def _part(side: Mapping[str, FieldValue], fields: Iterable[str]) -> Fields:
    return {field: side[field] for field in fields}


def _tags(side: Mapping[str, FieldValue]) -> tuple[int, ...]:
    tags = side.get("tag_ids")
    return () if tags is None or isinstance(tags, int | str) else tuple(tags)


def _merge_tags(base: Iterable[int], ours: Iterable[int], theirs: Iterable[int]) -> tuple[int, ...]:
    """Those that both have, and those that one side has added."""
    mine, yours = set(ours), set(theirs)
    return tuple(sorted((mine & yours) | ((mine ^ yours) - set(base))))


def _is_in_order(values: Mapping[str, FieldValue]) -> bool:
    start, stop = number(values, "start") or 0, number(values, "stop")
    return stop is None or start <= stop


def _from_one_side(merged: Merged, whole: FieldConflict) -> Merged:
    """Take start and stop from one side, as one of each would stop before it starts."""
    if _part(merged.values, _TIMES) in (whole.ours, whole.theirs):
        return merged
    others = tuple(each for each in merged.conflicts if each.field not in _TIMES)
    return Merged(merged.values | whole.winner, (*others, whole))


class RunningEntry(NamedTuple):
    """An entry without an end."""

    id: int
    start: int


class StoppedEntry(NamedTuple):
    """The end an entry is to get."""

    id: int
    stop: int


def stop_earlier(ours: RunningEntry, theirs: RunningEntry) -> StoppedEntry:
    """The entry that was started earlier (ours, if in the same second) ends where the other begins.

    Both ids are ours; the results of several pairs leave exactly one entry running.
    """
    earlier, later = (theirs, ours) if theirs.start < ours.start else (ours, theirs)
    return StoppedEntry(earlier.id, later.start)


def for_merging(image: RowValues) -> Fields:
    """A row's columns, the ids of tags as ids."""
    tags = text(image, "tag_ids")
    return {**image, "tag_ids": ids_from(tags)} if tags else {**image}


def as_stored(values: Fields) -> RowValues:
    """The same as columns hold them."""
    return {
        name: ids_to(value) if isinstance(value, tuple) else value for name, value in values.items()
    }
