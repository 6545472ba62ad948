"""How much time went into each project, task and tag, counted a piece of the entries at a time."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from tray.store.database import Database
from tray.store.entries import ids_from

Counted = Literal["project", "task", "tag"]
_COLUMNS: Final[dict[Counted, str]] = {
    "project": "project_id",
    "task": "task_id",
    "tag": "tag_ids",
}


class Total(NamedTuple):
    """What was done for one thing."""

    entries: int = 0
    seconds: int = 0
    month_seconds: int = 0
    """What of it lies in the month that was asked for."""

    def plus(self, other: "Total") -> "Total":
        """Both together."""
        return Total(*(one + more for one, more in zip(self, other, strict=True)))


Totals = Mapping[int, Total]


def last_id(db: Database) -> int:
    """The highest id of an entry, up to which there is something to count."""
    (found,) = db.row("SELECT ifnull(max(id), 0) FROM entry")
    return int(found)


def of_ids(
    db: Database, kind: Counted, first: int, last: int, month: tuple[int, int], *, now: int
) -> dict[int, Total]:
    """By thing, what the entries from one id to another come to.

    Args:
        db: The store.
        kind: Of the things; an entry counts for each of its tags.
        first: The lowest id of an entry that counts.
        last: The highest.
        month: From when to when a month is, epoch seconds.
        now: Up to when what runs is counted.
    """
    column = _COLUMNS[kind]
    rows = db.rows(
        f"SELECT {column}, count(*), sum(max(0, ifnull(stop, ?) - start)), "
        "sum(max(0, min(ifnull(stop, ?), ?) - max(start, ?))) "
        f"FROM entry WHERE id BETWEEN ? AND ? AND {column} IS NOT NULL GROUP BY {column}",
        (now, now, month[1], month[0], first, last),
    )
    if kind != "tag":
        return {row[0]: Total(*row[1:]) for row in rows}
    found: dict[int, Total] = defaultdict(Total)
    for tag_ids, *numbers in rows:
        for tag in ids_from(tag_ids):
            found[tag] = found[tag].plus(Total(*numbers))
    return found


def of_one(db: Database, kind: Counted, thing_id: int, *, now: int) -> Total:
    """What was done for one thing in all; the month is left out."""
    condition = f"{_COLUMNS[kind]} = ?"
    if kind == "tag":
        condition = "tag_ids <> '[]' AND ? IN (SELECT value FROM json_each(tag_ids))"
    length = "ifnull(sum(max(0, ifnull(stop, ?) - start)), 0)"
    row = db.row(f"SELECT count(*), {length} FROM entry WHERE {condition}", (now, thing_id))
    return Total(*row)
