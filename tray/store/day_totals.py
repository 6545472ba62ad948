"""The time of each day by project, kept by triggers: what it comes to, and the days it is kept for.

A day for which none is kept is no fault, as whoever reads can always sum the entries themselves.
What is kept is only right for the very days of the user: another zone, or another hour at which
days begin, has others, and `keep` replaces them.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tray.model.limits import MAX_SECONDS
from tray.store.database import Database
from tray.store.entries import Condition, ids_to

_AT_ONCE: Final = 14
"""Days whose totals are made in one transaction, so that nobody else waits for long to write."""
_SUMS: Final = (
    "INSERT INTO day_total (day, workspace_id, project_id, billable, seconds, "
    "begun_seconds) SELECT begin, workspace_id, ifnull(project_id, 0), billable, "
    "sum(min(stop, end) - start), sum(stop - start) FROM totalled_day CROSS JOIN entry "
    "ON start >= begin AND start < end WHERE begin >= ? AND begin < ? AND stop IS NOT NULL "
    "GROUP BY begin, workspace_id, project_id, billable"
)
_ADD_PIECES: Final = (
    "INSERT INTO day_total (day, workspace_id, project_id, billable, seconds, "
    "begun_seconds) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET "
    "seconds = seconds + excluded.seconds"
)
_LONG: Final = (
    "SELECT workspace_id, ifnull(project_id, 0), billable, start, stop FROM entry "
    "WHERE start >= ? AND start < ? AND stop > ?"
)


class DaySum(NamedTuple):
    """What was finished in a day; seconds."""

    begin: int
    seconds: int
    billable: int
    begun: int
    """Of whole entries that began in it."""
    begun_billable: int


def covers(db: Database, begins: Sequence[int]) -> bool:
    """Whether totals are kept for these days, each from one of the moments to the next."""
    sql = "SELECT begin, end FROM totalled_day WHERE begin >= ? AND begin < ? ORDER BY begin"
    return db.rows(sql, (begins[0], begins[-1])) == _days(begins)


def _days(begins: Sequence[int]) -> list[tuple[int, int]]:
    """The days between these moments; a zone can leave one out."""
    return [(begin, end) for begin, end in pairwise(begins) if begin < end]


def can_tell(conditions: Iterable[Condition]) -> bool:
    """Whether what fits can be told from the totals, which know projects but no more."""
    return not any(
        each.spellings or each.task_ids or each.tag_ids or each.unsent for each in conditions
    )


def fitting(conditions: Iterable[Condition]) -> tuple[str, list[object]]:
    """The condition for a total to fit, to go on behind another one, and its parameters."""
    sql = ""
    parameters: list[object] = []
    for each in conditions:
        parts: list[str] = ["0"]
        for column, ids in (
            ("project_id", each.project_ids),
            ("workspace_id", each.workspace_ids),
        ):
            if ids:
                parts.append(f"{column} IN (SELECT value FROM json_each(?))")
                parameters.append(ids_to(ids))
        if each.billable is not None:
            parts.append("billable = ?")
            parameters.append(int(each.billable))
        sql += f" AND ({' OR '.join(parts)})"
    return sql, parameters


def by_day(
    db: Database, begin: int, end: int, conditions: Iterable[Condition] = ()
) -> list[DaySum]:
    """The days from one moment to another in which something was finished, in order."""
    also, parameters = fitting(conditions)
    rows = db.rows(
        "SELECT day, sum(seconds), sum(seconds * billable), sum(begun_seconds), "
        f"sum(begun_seconds * billable) FROM day_total WHERE day >= ? AND day < ?{also} "
        "GROUP BY day",
        [begin, end, *parameters],
    )
    return [DaySum(*row) for row in rows]


def keep(db: Database, begins: Sequence[int], went_on: Callable[[float], None]) -> None:
    """Keep totals of these days from now on, instead of others at the same time.

    Args:
        db: The store; nobody else writes to it for as long as some days take.
        begins: Moments; each day is from one to the next.
        went_on: Called with the share that is done; may raise to leave the rest for later.
    """
    wanted = _days(begins)
    there = {*db.rows("SELECT begin, end FROM totalled_day")}
    stale = {day for day in there if day[1] > begins[0] and day[0] < begins[-1]} - {*wanted}
    pieces = list(_together(day for day in wanted if day not in there))
    with db.replaceable():
        _forget(db, stale)
        for at, days in enumerate(pieces):
            went_on(at / len(pieces))
            _total(db, days)


def _together(days: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Days that follow each other, not too many at once."""
    found: list[tuple[int, int]] = []
    for day in days:
        if found and (len(found) == _AT_ONCE or found[-1][1] != day[0]):
            yield found
            found = []
        found.append(day)
    if found:
        yield found


def _forget(db: Database, days: Iterable[tuple[int, int]]) -> None:
    gone = [(begin,) for begin, _ in days]
    if gone:
        with db.writing():
            db.run_many("DELETE FROM day_total WHERE day = ?", gone)
            db.run_many("DELETE FROM totalled_day WHERE begin = ?", gone)


def _total(db: Database, days: Sequence[tuple[int, int]]) -> None:
    """Sum up days that follow each other, unless somebody else just has."""
    first, last = days[0][0], days[-1][1]
    with db.writing():
        if db.row("SELECT 1 FROM totalled_day WHERE end > ? AND begin < ?", (first, last)):
            return
        db.run_many("INSERT INTO totalled_day (begin, end) VALUES (?, ?)", days)
        db.run(_SUMS, (first, last))
        pieces = _pieces_after_first_day(db, days)
        db.run_many(_ADD_PIECES, [(*what, seconds) for what, seconds in pieces])


def _pieces_after_first_day(
    db: Database, days: Sequence[tuple[int, int]]
) -> list[tuple[tuple[int, int, int, int], int]]:
    """What of entries lies in these days after the day in which they began."""
    first, last = days[0][0], days[-1][1]
    begins = [begin for begin, _ in days]
    found = []
    spans = [(first - MAX_SECONDS, first, first), *((begin, end, end) for begin, end in days)]
    for span in spans:
        for workspace, project, billable, start, stop in db.rows(_LONG, span):
            at = bisect_right(begins, start)
            while at < len(days) and begins[at] < min(stop, last):
                begin, end = days[at]
                what = (begin, workspace, project, billable)
                found.append((what, min(stop, end) - begin))
                at += 1
    return found
