"""What hooks have yet to be told, stored by the very transaction that is told of.

While there are hooks, triggers note each entry that a transaction changes; `seal` makes events of
that before it is committed. So nothing is told that was not done, and nothing that was done is
forgotten, whoever is killed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from tray.lean_typing import Any, Final, NamedTuple
from tray.model.durations import DAY
from tray.store.database import Database

EVENTS: Final = ("start", "stop", "change", "idle", "return", "sync-problem")
"""What hooks can be told of."""
HERE: Final = "here"
PROGRAM: Final = "program"
ACCOUNT: Final = "account"
HOOK: Final = "hook"
"""What a hook does itself, of which none is told."""
SILENT: Final = "silent"
"""What the user does without hooks."""
MOST_LISTED: Final = 100
"""Of so many entries that one transaction changes, hooks are told more than the number."""
_KEEP: Final = 1_000
"""How many events wait at most for somebody to tell them."""


class HookEvent(NamedTuple):
    """Something that hooks are to be told."""

    id: int
    at: int
    """Epoch seconds."""
    event: str
    """One of `EVENTS`."""
    origin: str
    """`HERE`, `PROGRAM` or `ACCOUNT`."""
    program: str
    """Which one, as the journal names it."""
    depth: int
    """How many hooks in a row may have led to it."""
    details: Mapping[str, object]
    """What is told beside: ``changes`` (id, `Image` before and after), ``count``,
    ``absence`` or ``problem``."""
    begun: str = ""
    """The hook that was begun last; those before it, by name, are done."""


Image = list[object] | None
"""The columns of an entry but its id, in their order; None: there is none."""
_Change = tuple[int, Image, Image]


def watched(db: Database) -> frozenset[str]:
    """The events that are noted."""
    row = db.row("SELECT events FROM hook_watch")
    return frozenset(_read(row[0])) if row else frozenset()


def watch(db: Database, events: Collection[str]) -> None:
    """Note these events from now on, or none."""
    with db.writing():
        if not events:
            db.run("DELETE FROM hook_watch")
            db.run("DELETE FROM hook_event")
            return
        db.run(
            "INSERT INTO hook_watch (id, events) VALUES (1, ?) "
            "ON CONFLICT (id) DO UPDATE SET events = excluded.events",
            (_written(sorted(events)),),
        )


def is_waiting(db: Database) -> bool:
    """Whether there is anything to tell."""
    return db.has_rows("hook_event")


def forget_changes(db: Database) -> None:
    """Tell nobody what the present transaction has changed so far."""
    db.run("DELETE FROM hook_row")


def seal(db: Database) -> None:
    """Make events of what the present transaction has changed; it is about to be committed."""
    origin = db.origin or (PROGRAM if db.writer else HERE)
    ((now, count),) = db.rows("SELECT unixepoch(), count(DISTINCT entry_id) FROM hook_row")
    if origin not in (HOOK, SILENT):
        changes = [each for each in _net_changes(db) if not _is_history(each, origin, now)]
        for event, some in _sorted(changes):
            left_out = count - len(changes) if event == "change" and count > MOST_LISTED else 0
            add(db, event, {"changes": some, "count": len(some) + left_out}, at=now)
    forget_changes(db)


def _net_changes(db: Database) -> Iterator[_Change]:
    """What became of each entry in the end, those that run or ran before the others."""
    some = (
        "SELECT entry_id, min(id), max(id) FROM hook_row GROUP BY entry_id "
        "ORDER BY max(timer) DESC, min(id) LIMIT ?"
    )
    for row_id, first, last in db.rows(some, (MOST_LISTED,)):
        (before,) = db.row("SELECT before FROM hook_row WHERE id = ?", (first,))
        (after,) = db.row("SELECT after FROM hook_row WHERE id = ?", (last,))
        if before != after:
            yield row_id, before and _read(before), after and _read(after)


def _is_history(change: _Change, origin: str, now: int) -> bool:
    """Whether the account only brings what has been long ago."""
    _, before, after = change
    stop = after and after[-1]
    return origin == ACCOUNT and before is None and isinstance(stop, int) and stop < now - DAY


def _sorted(changes: Iterable[_Change]) -> Iterator[tuple[str, list[_Change]]]:
    """The events that changes are, in the order in which they are told."""
    found: dict[str, list[_Change]] = {"stop": [], "start": [], "change": []}
    for each in changes:
        _, before, after = each
        ran, runs = (image is not None and image[-1] is None for image in (before, after))
        found["change" if ran is runs else "start" if runs else "stop"].append(each)
    return ((event, some) for event, some in found.items() if some)


def add(db: Database, event: str, details: Mapping[str, object], *, at: int) -> None:
    """Have hooks be told of an event, if there are any for it."""
    if event not in watched(db):
        return
    origin = db.origin or (PROGRAM if db.writer else HERE)
    sql = (
        "INSERT INTO hook_event (at, event, origin, program, depth, details) SELECT ?, ?, ?, ?, "
        "iif(? = 'program', depth, 0), ? FROM hook_watch"
    )
    values = (at, event, origin, db.writer, origin, _written(details))
    last = db.run(sql, values).lastrowid or 0
    db.run("DELETE FROM hook_event WHERE id <= ?", (last - _KEEP,))


def next_event(db: Database) -> HookEvent | None:
    """The event that is to be told next."""
    row = db.row(
        "SELECT id, at, event, origin, program, depth, details, begun FROM hook_event "
        "ORDER BY id LIMIT 1"
    )
    return HookEvent(*row)._replace(details=_read(row[6])) if row else None


def begin(db: Database, event: HookEvent, name: str) -> None:
    """A hook is about to be told: it is not told again, whatever happens then."""
    with db.writing():
        db.run("UPDATE hook_event SET begun = ? WHERE id = ?", (name, event.id))
        db.run("UPDATE hook_watch SET depth = ?", (event.depth + 1,))


def finish(db: Database, event: HookEvent) -> None:
    """Every hook was told of an event."""
    with db.writing():
        db.run("DELETE FROM hook_event WHERE id = ?", (event.id,))
        db.run("UPDATE hook_watch SET depth = 0")


def _read(text: str) -> Any:
    import json  # mostly there are no hooks, and no command waits for this then

    return json.loads(text)


def _written(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
