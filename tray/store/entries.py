"""Time entries as rows: how they are found, listed and totalled."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.local_errors import NotFound
from tray.model.entities import TimeEntry, What
from tray.model.limits import LATEST, MAX_SECONDS
from tray.store.columns import ACTIVITY
from tray.store.database import Database, Row

_BY_START: Final = attrgetter("start", "id")
COLUMNS: Final = ", ".join(("id", *ACTIVITY, "start", "stop"))


class Condition(NamedTuple):
    """What is looked for: an entry fits if it has any of these. The id 0 stands for none."""

    spellings: tuple[str, ...] = ()
    """In its description, whatever the case (ASCII)."""
    project_ids: tuple[int, ...] = ()
    task_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()
    workspace_ids: tuple[int, ...] = ()
    billable: bool | None = None
    """Whether it is; None: that does not matter."""
    unsent: bool = False
    """Whether those fit that wait to be uploaded, or were refused."""


def from_row(row: Row) -> TimeEntry:
    """An entry, of the columns `COLUMNS`."""
    id_, workspace, description, project, task, tag_ids, billable, start, stop = row
    return TimeEntry(
        id_, workspace, description, project, task, ids_from(tag_ids), billable == 1, start, stop
    )


@lru_cache(maxsize=4096)
def ids_from(text: str) -> tuple[int, ...]:
    """The ids in a stored list of them."""
    return () if text == "[]" else tuple(map(int, text[1:-1].split(",")))


def ids_to(ids: Iterable[int]) -> str:
    """Ids as they are stored: a JSON array, ascending, without repeats or spaces."""
    return f"[{','.join(map(str, sorted(set(ids))))}]"


def values_of(what: What) -> dict[str, object]:
    """The columns of what is done, as an entry and a favourite have them."""
    return {**what._asdict(), "tag_ids": ids_to(what.tag_ids)}


def what_of(columns: Row) -> What:
    """What is done, of the columns `ACTIVITY`."""
    workspace, description, project, task, tag_ids, billable = columns
    return What(workspace, description, project, task, ids_from(tag_ids), billable == 1)


def get(db: Database, entry_id: int) -> TimeEntry:
    """The entry with this id.

    Raises:
        NotFound: there is none.
    """
    row = db.row(f"SELECT {COLUMNS} FROM entry WHERE id = ?", (str(entry_id),))
    if not row:
        raise NotFound(tr("There is no entry {id}.").format(id=entry_id), kind="entry")
    return from_row(row)


def running(db: Database) -> TimeEntry | None:
    """The entry that runs now."""
    row = db.row(f"SELECT {COLUMNS} FROM entry WHERE stop IS NULL")
    return from_row(row) if row else None


def latest(db: Database, *, until: int = LATEST) -> TimeEntry | None:
    """The entry that was started last, up to and at `until`."""
    sql = f"SELECT {COLUMNS} FROM entry WHERE start <= ? ORDER BY start DESC, id DESC LIMIT 1"
    row = db.row(sql, (until,))
    return from_row(row) if row else None


def starting_between(db: Database, begin: int, end: int) -> list[TimeEntry]:
    """The entries that start from `begin` up to but not at `end`, newest first."""
    sql = f"SELECT {COLUMNS} FROM entry WHERE start >= ? AND start < ? ORDER BY start DESC, id DESC"
    return [from_row(row) for row in db.rows(sql, (begin, end))]


def each_overlapping(
    db: Database, begin: int, end: int, *, now: int, conditions: Iterable[Condition] = ()
) -> Iterator[TimeEntry]:
    """The entries of which any part lies from `begin` up to `end`, the latest start first.

    They are read as they are asked for; only those that fit each of the conditions.
    """
    condition, parameters = _overlapping(db, begin, end, now=now)
    fits, values = fitting_all(conditions)
    sql = f"SELECT {COLUMNS} FROM entry WHERE {condition}{fits} ORDER BY start DESC, id DESC"
    return map(from_row, db.each(sql, [*parameters, *values]))


def _overlapping(db: Database, begin: int, end: int, *, now: int) -> tuple[str, list[object]]:
    """The condition for an entry to have a part there, and its parameters.

    How long an entry can be bounds where in the index such are looked for.
    """
    current = running(db)
    earliest = begin - MAX_SECONDS if begin < end else end
    if current is not None and begin < end:
        earliest = min(earliest, current.start)
    condition = "start >= ? AND start < ? AND (start >= ? OR ifnull(stop, ?) > ?)"
    return condition, [earliest, end, begin, now, begin]


def longest(db: Database, begin: int, end: int, *, now: int) -> int:
    """The seconds of the longest entry of which any part lies from `begin` up to `end`."""
    condition, parameters = _overlapping(db, begin, end, now=now)
    sql = f"SELECT ifnull(max(ifnull(stop, ?) - start), 0) FROM entry WHERE {condition}"
    seconds: int
    (seconds,) = db.row(sql, [now, *parameters])
    return seconds


def newest(db: Database, limit: int) -> list[TimeEntry]:
    """The `limit` entries that were started last, newest first."""
    sql = f"SELECT {COLUMNS} FROM entry ORDER BY start DESC, id DESC LIMIT ?"
    return [from_row(row) for row in db.rows(sql, (limit,))]


def containing(db: Database, text: str, limit: int) -> Iterator[TimeEntry]:
    """The `limit` newest entries whose description contains `text`, whatever the case (ASCII)."""
    sql = (
        f"SELECT {COLUMNS} FROM entry WHERE description LIKE ? ESCAPE '\\' "
        "ORDER BY start DESC, id DESC LIMIT ?"
    )
    return map(from_row, db.each(sql, (_anywhere(text), limit)))


def _anywhere(text: str) -> str:
    """The pattern of LIKE for what contains `text`; the escape character is a backslash."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def by_ids(db: Database, ids: Iterable[int]) -> list[TimeEntry]:
    """Those of the entries with these ids that exist, in no particular order."""
    sql = f"SELECT {COLUMNS} FROM entry WHERE id IN (SELECT value FROM json_each(?))"
    return [from_row(row) for row in db.rows(sql, (ids_to(ids),))]


class EntrySpan(NamedTuple):
    """When an entry was, and as a key what was done."""

    start: int
    stop: int
    """Up to now while it runs."""
    id: int
    what: tuple[object, ...]
    """Equal where the same was done."""


def spans_between(
    db: Database, begin: int, end: int, *, now: int, conditions: Sequence[Condition] = ()
) -> Iterator[EntrySpan]:
    """The entries of which any part is there, the latest start first.

    Args:
        db: The store.
        begin: Epoch seconds.
        end: Epoch seconds; what only begins then is not there.
        now: Up to when what runs is counted.
        conditions: Only entries that fit each of these.
    """
    condition, parameters = _overlapping(db, begin, end, now=now)
    fits, values = fitting_all(conditions)
    sql = (
        f"SELECT start, ifnull(stop, ?), id, {', '.join(ACTIVITY)} FROM entry "
        f"WHERE {condition}{fits} ORDER BY start DESC, id DESC"
    )
    rows = db.rows(sql, [now, *parameters, *values])
    return (EntrySpan(start, stop, id_, tuple(what)) for start, stop, id_, *what in rows)


def fitting_all(conditions: Iterable[Condition]) -> tuple[str, list[object]]:
    """The condition for an entry to fit all of these, to go on behind another, and parameters."""
    found = [_fitting(each) for each in conditions]
    sql = "".join(f" AND {condition}" for condition, _ in found)
    return sql, [value for _, values in found for value in values]


_UNSENT: Final = "id IN (SELECT row_id FROM outbox WHERE of_table = 'entry')"
_SOME: Final = "(SELECT value FROM json_each(?))"


def _fitting(condition: Condition) -> tuple[str, list[object]]:
    """The condition for an entry to fit, and its parameters."""
    found: list[tuple[str, object]] = [
        ("description LIKE ? ESCAPE '\\'", _anywhere(text)) for text in condition.spellings
    ]
    for column, ids in (
        ("ifnull(project_id, 0)", condition.project_ids),
        ("ifnull(task_id, 0)", condition.task_ids),
        ("workspace_id", condition.workspace_ids),
    ):
        if ids:
            found.append((f"{column} IN {_SOME}", ids_to(ids)))
    if condition.tag_ids:
        tagged = f"EXISTS (SELECT 1 FROM json_each(tag_ids) WHERE value IN {_SOME})"
        found.append((tagged, ids_to(condition.tag_ids)))
        if 0 in condition.tag_ids:
            found.append(("tag_ids = ?", "[]"))
    if condition.billable is not None:
        found.append(("billable = ?", int(condition.billable)))
    if condition.unsent:
        found.append((f"({_UNSENT}) = ?", 1))
    joined = " OR ".join(part for part, _ in found) or "0"
    return f"({joined})", [value for _, value in found]


def everything(db: Database) -> Iterable[TimeEntry]:
    """All entries, oldest first, read as they are asked for."""
    return map(from_row, db.each(f"SELECT {COLUMNS} FROM entry ORDER BY start, id"))


def started(db: Database, between: tuple[int, int] | None) -> Iterable[TimeEntry]:
    """All entries, or those that were started between two moments, oldest first."""
    return everything(db) if between is None else reversed(starting_between(db, *between))


def overlapping(db: Database, begin: int, end: int) -> list[TimeEntry]:
    """The entries of which any part lies between `begin` and `end`, oldest first."""
    sql = f"SELECT {COLUMNS} FROM entry WHERE start < ? AND start >= ? AND stop > ? ORDER BY start"
    found = [from_row(row) for row in db.rows(sql, (end, begin - MAX_SECONDS, begin))]
    current = running(db)
    if current is not None and current.start < end:
        found.append(current)
    found.sort(key=_BY_START)  # nearly done: the index has them by start, and SQLite is slower
    return found


def last_stop(db: Database, *, now: int) -> int | None:
    """The latest end, not after `now`, among the entries that were started last."""
    sql = "SELECT stop FROM entry WHERE stop <= ? ORDER BY start DESC LIMIT 20"
    return max((stop for (stop,) in db.rows(sql, (now,))), default=None)


def lengths_of(db: Database, what: What, limit: int) -> list[int]:
    """The lengths in seconds of the newest finished entries of that description and project."""
    sql = (
        "SELECT stop - start FROM entry WHERE description = ? AND project_id IS ? "
        "AND stop IS NOT NULL ORDER BY start DESC LIMIT ?"
    )
    return [length for (length,) in db.rows(sql, (what.description, what.project_id, limit))]


def seconds_between(db: Database, begin: int, end: int, *, now: int) -> int:
    """How many seconds of entries lie between two moments; a running one counts up to `now`."""
    (seconds,) = totals_of(db, (begin, end), now=now)
    return seconds


def totals_of(db: Database, *stretches: tuple[int, int], now: int) -> tuple[int, ...]:
    """The same for each of several stretches of time, whose entries are read together.

    Finished entries are at most `MAX_SECONDS` long, so those that could reach into the range are
    found in the index by their start; a forgotten running one is looked up by itself.
    """
    first, last = min(begin for begin, _ in stretches), max(end for _, end in stretches)
    sums = ["ifnull(sum(max(0, min(stop, ?) - max(start, ?))), 0)"] * len(stretches)
    ends = [moment for begin, end in stretches for moment in (end, begin)]
    finished = db.row(
        f"SELECT {', '.join(sums)} FROM entry WHERE start < ? AND start >= ? AND stop > ?",
        (*ends, last, first - MAX_SECONDS, first),
    )
    current = running(db)
    if current is None:
        return finished
    return tuple(
        seconds + max(0, min(now, end) - max(current.start, begin))
        for seconds, (begin, end) in zip(finished, stretches, strict=True)
    )
