"""Absences as rows: the questions that wait for an answer, and those that were answered.

Only the worker of presence makes and changes them, until they are answered, which is a step.
"""

import json
from collections.abc import Iterable
from typing import Final

from tray.errors import NotFound
from tray.language import tr
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.store.database import Database, Row

_COLUMNS: Final = "id, entry_id, cause, state, stretches"
_UNANSWERED: Final = "state IN ('open', 'waiting')"


def get(db: Database, absence_id: int) -> Absence:
    """The absence with this id.

    Raises:
        NotFound: there is none, as it turned out to be too short to matter.
    """
    row = db.row(f"SELECT {_COLUMNS} FROM absence WHERE id = ?", (absence_id,))
    if not row:
        raise NotFound(tr("That absence was too short to matter. There is nothing to answer."))
    return _absence(row)


def unanswered(db: Database) -> list[Absence]:
    """The open one, then those that wait for their turn."""
    sql = f"SELECT {_COLUMNS} FROM absence WHERE {_UNANSWERED} ORDER BY state, id"
    return [_absence(row) for row in db.rows(sql)]


def latest_answered(db: Database) -> Absence | None:
    """The latest one of which the user has said what it was."""
    sql = f"SELECT {_COLUMNS} FROM absence WHERE state = 'answered' ORDER BY id DESC LIMIT 1"
    row = db.row(sql)
    return _absence(row) if row else None


def next_id(db: Database) -> int:
    """An id that no absence ever had."""
    row = db.row("SELECT seq FROM sqlite_sequence WHERE name = 'absence'")
    return int(row[0]) + 1 if row else 1


def record(db: Database, absence: Absence) -> None:
    """Add a new one, or write what has become of one; once it is answered it stays as it is."""
    db.run(
        f"INSERT INTO absence ({_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
        f"SET state = excluded.state, stretches = excluded.stretches WHERE {_UNANSWERED}",
        (absence.id, absence.entry_id, absence.cause, absence.state, _written(absence.stretches)),
    )


def forget(db: Database, absence_id: int) -> None:
    """Remove one that was too short to matter, unless it was answered."""
    db.run(f"DELETE FROM absence WHERE id = ? AND {_UNANSWERED}", (absence_id,))


def mark_undone(db: Database, absence_id: int) -> None:
    """Have it be what it will be again once its answer, which follows, is taken back."""
    db.run("UPDATE absence SET state = 'undone' WHERE id = ?", (absence_id,))


def _absence(row: Row) -> Absence:
    id_, entry_id, cause, state, stretches = row
    found = tuple(AwayPeriod(begin, back) for begin, back in json.loads(stretches))
    return Absence(id_, entry_id, Cause(cause), AbsenceState(state), found)


def _written(stretches: Iterable[AwayPeriod]) -> str:
    return json.dumps(list(stretches), separators=(",", ":"))
