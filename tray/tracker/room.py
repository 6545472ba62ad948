"""The neighbours that reach into a stretch of time: which they are, and how they are shortened."""

from collections.abc import Collection

from tray.model import edits
from tray.model.entities import TimeEntry
from tray.store import entries
from tray.store.database import Database
from tray.store.undo_log import Step


def trim_overlapped(
    current: Step, begin: int, end: int | None, *, now: int, but: Collection[int] = ()
) -> None:
    """Trim the entries that reach into the stretch, except those with an id in `but`.

    Raises:
        Refused: one lies wholly inside it.
    """
    others = overlapped(current.db, begin, end, now=now, but=but)
    for cut in edits.make_room(begin, end, others, now=now):
        (start, stop), *rest = cut.pieces
        values = {"start": start, "stop": stop}
        old = cut.entry._asdict()
        current.update(
            "entry", cut.entry.id, {name: new for name, new in values.items() if new != old[name]}
        )
        for more_start, more_stop in rest:
            more = {"start": more_start, "stop": more_stop}
            current.insert("entry", {**entries.values_of(cut.entry.what), **more})


def overlapped_anew(
    db: Database, entry: TimeEntry, start: int, stop: int | None, *, now: int
) -> tuple[TimeEntry, ...]:
    """What an entry would lie over with these times, and does not with those it has."""
    before = {each.id for each in overlapped(db, entry.start, entry.stop, now=now)}
    known = before if entry.id else set()
    return tuple(
        each
        for each in overlapped(db, start, stop, now=now, but=[entry.id])
        if each.id not in known
    )


def overlapped(
    db: Database, begin: int, end: int | None, *, now: int, but: Collection[int] = ()
) -> tuple[TimeEntry, ...]:
    """The entries that reach into the stretch, except those with an id in `but`."""
    reaching = entries.overlapping(db, begin, now if end is None else end)
    return tuple(entry for entry in reaching if entry.id not in but)
