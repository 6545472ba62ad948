"""What splitting, merging and trimming time entries makes of them, before anything is stored."""

from collections.abc import Sequence

from tray.language import tr
from tray.lean_typing import Any, NamedTuple
from tray.local_errors import Refused
from tray.model import limits
from tray.model.entities import TimeEntry


class Cut(NamedTuple):
    """What becomes of a neighbour that has to make room: one or two stretches of its time."""

    entry: TimeEntry
    pieces: tuple[tuple[int, int | None], ...]
    """(start, stop) each, in order; the first stays the same entry, a second is a new one."""


def make_room(
    begin: int, end: int | None, others: Sequence[TimeEntry], *, now: int
) -> tuple[Cut, ...]:
    """Trim `others` so that none overlaps the stretch from `begin` to `end` (None: from then on).

    An entry that reaches into the stretch ends where it begins, or begins where it ends; one that
    spans it becomes two. An entry that lies wholly inside is never dropped.

    Raises:
        Refused: an entry lies wholly inside the stretch, or what would be left of the running one
            begins in the future or is too long to be stopped.
    """
    last = now if end is None else end
    cuts = tuple(
        Cut(entry, _remains(entry, begin, end))
        for entry in others
        if entry.start < last and (entry.stop is None or entry.stop > begin)
    )
    for entry, pieces in cuts:
        for start, stop in pieces:
            limits.check_times(start, stop)
            if stop is None and start > now:
                raise Refused(
                    tr("{name} is running and cannot begin in the future. Stop it first.").format(
                        name=_named(entry)
                    ),
                    field="stop",
                )
    return cuts


def _remains(entry: TimeEntry, begin: int, end: int | None) -> tuple[tuple[int, int | None], ...]:
    pieces: list[tuple[int, int | None]] = []
    if entry.start < begin:
        pieces.append((entry.start, begin))
    if end is not None and (entry.stop is None or entry.stop > end):
        pieces.append((end, entry.stop))
    if not pieces:
        raise Refused(
            tr(
                "{name} lies wholly inside that time, so trimming would remove it. "
                "Delete or move it first."
            ).format(name=_named(entry)),
            field="start",
        )
    return tuple(pieces)


def split_at(entry: TimeEntry, moment: int, *, now: int) -> tuple[TimeEntry, TimeEntry]:
    """The two halves of `entry`; the first keeps its id, the second carries it too until stored.

    Raises:
        Refused: the moment is not inside the entry, or the first half of a forgotten one would be
            too long.
    """
    end = now if entry.stop is None else entry.stop
    if not entry.start < moment < end:
        raise Refused(
            tr("{name} can only be split at a moment after its start and before its end.").format(
                name=_named(entry)
            ),
            field="start",
        )
    limits.check_times(entry.start, moment)
    return entry._replace(stop=moment), entry._replace(start=moment)


def merged(entries: Sequence[TimeEntry], between: Sequence[TimeEntry] = ()) -> TimeEntry:
    """One entry from the first start to the last stop; it keeps the id of the earliest.

    Description, project and task must agree wherever they are given; tags are joined; the result
    is billable if any part was. `between` are entries that are not part of the merge but lie in
    its time.

    Raises:
        Refused: fewer than two entries, fields that contradict each other, or others in between.
    """
    ordered = sorted(entries, key=lambda entry: (entry.start, entry.id))
    if len({entry.id for entry in ordered}) < 2:
        raise Refused(tr("Merging takes at least two different entries."))
    first = ordered[0]
    if between:
        raise Refused(
            tr("{name} lies between them. Merge it too, or move it first.").format(
                name=_named(between[0])
            ),
            field="start",
        )
    return first._replace(
        workspace_id=_agreed(ordered, "workspace_id"),
        description=_agreed(ordered, "description"),
        project_id=_agreed(ordered, "project_id"),
        task_id=_agreed(ordered, "task_id"),
        tag_ids=tuple(sorted({tag for entry in ordered for tag in entry.tag_ids})),
        billable=any(entry.billable for entry in ordered),
        stop=_last_stop(ordered),
    )


def gaps(entries: Sequence[TimeEntry], *, now: int) -> list[tuple[int, int]]:
    """The stretches (begin, end) between entries, given in order of their start."""
    found: list[tuple[int, int]] = []
    reached = min((entry.start for entry in entries), default=0)
    for entry in entries:
        if entry.start > reached:
            found.append((reached, entry.start))
        reached = max(reached, now if entry.stop is None else entry.stop)
    return found


def _last_stop(entries: Sequence[TimeEntry]) -> int | None:
    stops = [entry.stop for entry in entries if entry.stop is not None]
    return max(stops) if len(stops) == len(entries) else None


def _differ(field: str) -> str:
    """What to say of a field of which entries have several values."""
    return {
        "description": tr("Their descriptions differ. Make them the same first, then merge."),
        "project": tr("Their projects differ. Make them the same first, then merge."),
        "task": tr("Their tasks differ. Make them the same first, then merge."),
        "workspace": tr("Their workspaces differ. Make them the same first, then merge."),
    }[field]


def _agreed(entries: Sequence[TimeEntry], field: str) -> Any:
    """The one value that the entries have in `field`, empty ones aside."""
    values = {getattr(entry, field) for entry in entries} - {None, ""}
    if len(values) > 1:
        name = field.removesuffix("_id")
        raise Refused(
            _differ(name),
            field=name,
        )
    return values.pop() if values else getattr(entries[0], field)


def _named(entry: TimeEntry) -> str:
    if not entry.description:
        return tr("Entry {id}").format(id=entry.id)
    return tr("“{name}”").format(name=entry.description)
