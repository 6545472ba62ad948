"""Walks back and forth along the recorded steps: undo and redo."""

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from tray.errors import NotFound, Refused
from tray.store import outbox
from tray.store.database import Database, Row
from tray.store.undo_log import Changed, image_of


class PastStep(NamedTuple):
    """A step that was undone, redone, or could be."""

    id: int
    at: int
    """When it was done, epoch seconds."""
    verb: str
    subject: str
    changed: tuple[Changed, ...] = ()
    """The rows it changed; filled in by `undo` and `redo`."""


def undoable(db: Database) -> PastStep | None:
    """The step that `undo` would take back."""
    found = db.row(
        "SELECT id, at, verb, subject FROM step WHERE NOT undone ORDER BY id DESC LIMIT 1"
    )
    return PastStep(*found) if found else None


def redoable(db: Database) -> PastStep | None:
    """The step that `redo` would do again."""
    found = db.row("SELECT id, at, verb, subject FROM step WHERE undone ORDER BY id LIMIT 1")
    return PastStep(*found) if found else None


def undo(db: Database) -> PastStep:
    """Take back the latest step, exactly.

    Raises:
        NotFound: there is none.
        Refused: one of its rows was changed since by something that is not a step (by another
            device of the account, say). The step is forgotten, so that those before can be undone.
    """
    step = undoable(db)
    if step is None:
        raise NotFound("There is nothing to undo.")
    try:
        with db.writing():
            return _undone(db, undoable(db) or step)
    except (_ChangedSinceError, sqlite3.IntegrityError) as error:
        db.run("DELETE FROM step WHERE id = ?", (step.id,))
        raise _refused(step, "Undo again to take back what was done before it.") from error


def _undone(db: Database, step: PastStep) -> PastStep:
    changes = _changes(db, step.id)
    for table, row_id, before, after in reversed(changes):
        _put_back(db, Changed(table, row_id), found=after, wanted=before)
    db.run("UPDATE step SET undone = 1 WHERE id = ?", (step.id,))
    return step._replace(changed=tuple(Changed(row[0], row[1]) for row in changes))


def redo(db: Database) -> PastStep:
    """Do the step that was undone last again, exactly.

    Raises:
        NotFound: there is none.
        Refused: one of its rows was changed since by something that is not a step. What was undone
            is forgotten, as each step needs those before it.
    """
    step = redoable(db)
    if step is None:
        raise NotFound("There is nothing to redo.")
    try:
        with db.writing():
            return _redone(db, redoable(db) or step)
    except (_ChangedSinceError, sqlite3.IntegrityError) as error:
        db.run("DELETE FROM step WHERE undone")
        raise _refused(step, "Edit it instead.") from error


def _redone(db: Database, step: PastStep) -> PastStep:
    changes = _changes(db, step.id)
    for table, row_id, before, after in changes:
        _put_back(db, Changed(table, row_id), found=before, wanted=after)
    db.run("UPDATE step SET undone = 0 WHERE id = ?", (step.id,))
    return step._replace(changed=tuple(Changed(row[0], row[1]) for row in changes))


def _changes(db: Database, step_id: int) -> list[Row]:
    return db.rows(
        "SELECT of_table, row_id, before, after FROM change WHERE step_id = ? ORDER BY ordinal",
        (step_id,),
    )


class _ChangedSinceError(Exception):
    """A row does not look as the step left it."""


def _refused(step: PastStep, hint: str) -> Refused:
    subject = f"“{step.subject}”" if step.subject else "What it was done to"
    return Refused(
        f"{subject} has been changed since, so this step ({step.verb}) stays as it is. {hint}"
    )


def _put_back(db: Database, row: Changed, *, found: str | None, wanted: str | None) -> None:
    """Turn a row from one image into the other, if it still looks like the first."""
    if row.table == "tag" and wanted is None and _is_in_use(db, row.row_id):
        return  # by what came from another device meanwhile
    outbox.note(db, row.table, row.row_id)
    if found is None:
        values = json.loads(wanted or "{}")
        _check_tags(db, values)
        marks = ", ".join("?" * len(values))
        db.run(
            f"INSERT INTO {row.table} (id, {', '.join(values)}) VALUES (?, {marks})",
            (row.row_id, *values.values()),
        )
        return
    columns = tuple(json.loads(found))
    sql = f"SELECT {image_of(columns)} FROM {row.table} WHERE id = ?"
    if db.row(sql, (row.row_id,)) != (found,):
        raise _ChangedSinceError
    if wanted is None:
        db.run(f"DELETE FROM {row.table} WHERE id = ?", (row.row_id,))
        outbox.end_questions(db, row.table, row.row_id)
        return
    values = json.loads(wanted)
    _check_tags(db, values)
    assignments = ", ".join(f"{column} = ?" for column in values)
    db.run(f"UPDATE {row.table} SET {assignments} WHERE id = ?", (*values.values(), row.row_id))


def _check_tags(db: Database, values: Mapping[str, object]) -> None:
    """Raise if one of the tags is gone: it was deleted on another device."""
    missing = "SELECT 1 FROM json_each(?) WHERE value NOT IN (SELECT id FROM tag)"
    if db.row(missing, (values.get("tag_ids", "[]"),)):
        raise _ChangedSinceError


def _is_in_use(db: Database, tag_id: int) -> bool:
    """Whether an entry has this tag; what was ever done tells that sooner than all entries."""
    used = "SELECT 1 FROM done, json_each(done.tag_ids) AS tag WHERE tag.value = ? LIMIT 1"
    return bool(db.row(used, (tag_id,)))
