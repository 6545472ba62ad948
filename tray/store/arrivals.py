"""Finds entries of the account that came in place of what a step had made or deleted."""

from collections.abc import Iterator

from tray.lean_typing import Final
from tray.store.database import Database, Row

_MADE: Final = (
    "SELECT row_id, json_extract(after, '$.description'), json_extract(after, '$.workspace_id'), "
    "json_extract(after, '$.start'), json_extract(after, '$.stop') FROM change AS c "
    "WHERE step_id = ? AND of_table = 'entry' AND before IS NULL "
    "AND json_extract(after, '$.stop') IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM entry WHERE id = c.row_id) ORDER BY ordinal"
)
_ARRIVED: Final = (
    "SELECT id FROM entry AS e WHERE id > ? AND (? IS NULL OR description = ?) "
    "AND workspace_id = ? AND start = ? AND stop = ? "
    "AND EXISTS (SELECT 1 FROM remote WHERE of_table = 'entry' AND row_id = e.id) "
    "AND NOT EXISTS (SELECT 1 FROM change WHERE of_table = 'entry' AND row_id = e.id)"
)
"""What no step made or changed, and is later than what the step had made."""

_DELETED: Final = (
    "SELECT c.row_id, s.at, json_extract(before, '$.workspace_id'), "
    "json_extract(before, '$.start'), json_extract(before, '$.stop') "
    "FROM change AS c JOIN step AS s ON s.id = c.step_id "
    "WHERE step_id = ? AND of_table = 'entry' AND after IS NULL "
    "AND json_extract(before, '$.stop') IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM remote WHERE of_table = 'entry' AND row_id = c.row_id) ORDER BY ordinal"
)
"""What a step took away, here and on the server."""
_CAME_BACK: Final = (
    f"{_ARRIVED} AND EXISTS (SELECT 1 FROM remote WHERE of_table = 'entry' AND row_id = e.id "
    "AND at > 1000000 * (? + (SELECT clock_skew FROM account))) AND EXISTS ("
    "SELECT 1 FROM change WHERE of_table = 'entry' AND row_id = ? AND e.description IN "
    "(json_extract(before, '$.description'), json_extract(after, '$.description')))"
)
"""What has a name that the deleted entry ever had, and was changed there since (µs, its clock)."""


def in_place_of_deleted(db: Database, step_id: int) -> Iterator[tuple[int, int]]:
    """The id of each entry that a step deleted, and of the one that brought it back elsewhere.

    The account had deleted it and made it again, as it had been at some time, before the step is
    taken back here too.
    """
    taken: set[int] = set()
    for row_id, at, *place in db.rows(_DELETED, (step_id,)):
        found = db.rows(_CAME_BACK, (row_id, None, None, *place, at, row_id))
        arrived = next((each for (each,) in found if each not in taken), None)
        if arrived is not None:
            taken.add(arrived)
            yield row_id, arrived


def of_step(db: Database, step_id: int, *, times_alone: bool) -> Iterator[tuple[int, int]]:
    """The id of each entry that a step had made and undo took away, and of the one that came since.

    Args:
        db: The store.
        step_id: Which step.
        times_alone: Whether entries with the same start and stop are the same, whatever they say.
    """
    made = db.rows(_MADE, (step_id,))
    last = max((row_id for row_id, *_ in made), default=0)
    taken: set[int] = set()
    for by_description in (True, False) if times_alone else (True,):
        left: list[Row] = []
        for row_id, description, *place in made:
            name = description if by_description else None
            found = [each for (each,) in db.rows(_ARRIVED, (last, name, name, *place))]
            arrived = next((each for each in found if each not in taken), None)
            if arrived is None:
                left.append((row_id, description, *place))
                continue
            taken.add(arrived)
            yield row_id, arrived
        made = left
