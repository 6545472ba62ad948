"""Undo and redo, which walk along the steps that `tray.store.undo_log` has recorded."""

import sqlite3
from collections.abc import Mapping, Sequence

from tray.language import tr
from tray.lean_typing import NamedTuple
from tray.local_errors import NotFound, Refused
from tray.model.verb_words import verb_word
from tray.sentences import together
from tray.store import arrivals, conflicts, outbox, remote_rows, statements
from tray.store.columns import image_of, json_object
from tray.store.database import Database, Row
from tray.store.undo_log import IMPORT, ChangedRow


class PastStep(NamedTuple):
    """A step that was undone, redone, or could be."""

    id: int
    at: int
    """When it was done, epoch seconds."""
    verb: str
    subject: str
    changed: tuple[ChangedRow, ...] = ()
    """The rows it changed; filled in by `undo` and `redo`."""
    kept: tuple[ChangedRow, ...] = ()
    """Of these, what undo has left, as the account had it before."""


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


def undo_step(db: Database, step_id: int) -> PastStep:
    """Take back one step, whatever came after it, exactly.

    Raises:
        Refused: it was taken back already, or one of its rows was changed since, by a later step
            or by something that is none. Nothing is forgotten.
    """
    with db.writing():
        found = db.row(
            "SELECT id, at, verb, subject FROM step WHERE id = ? AND NOT undone", (step_id,)
        )
        if not found:
            raise Refused(tr("That was taken back already, or is too long ago."))
        step = PastStep(*found)
        try:
            return _undone(db, step)
        except (_ChangedSinceError, sqlite3.IntegrityError) as error:
            raise _refused(step, tr("Undo what was done after it first, or edit it.")) from error


def undo(db: Database) -> PastStep:
    """Take back the latest step, exactly.

    Raises:
        NotFound: there is none.
        Refused: one of its rows was changed since by something that is not a step (by another
            device of the account, say). The step is forgotten, so that those before can be undone.
    """
    step = undoable(db)
    if step is None:
        raise NotFound(tr("There is nothing to undo."))
    try:
        with db.writing():
            return _undone(db, undoable(db) or step)
    except (_ChangedSinceError, sqlite3.IntegrityError) as error:
        db.run("DELETE FROM step WHERE id = ?", (step.id,))
        raise _refused(step, tr("Undo again to take back what was done before it.")) from error


def _undone(db: Database, step: PastStep) -> PastStep:
    came_back = dict(arrivals.in_place_of_deleted(db, step.id))
    for row_id, arrived in came_back.items():
        _take_over(db, row_id, arrived)
    changes = _changes(db, step.id)
    kept: list[ChangedRow] = []
    for table, row_id, before, after in reversed(changes):  # what refers to a row goes before it
        row = ChangedRow(table, row_id)
        if before is None and table != changes[-1][0] and _was_sent(db, row):
            continue  # made along the way, and by now it may be in use anywhere
        if before is None and remote_rows.is_adopted(db, *row):
            kept.append(row)
            continue
        # What came back elsewhere is set to what it was here, whatever it is by now.
        found = "{}" if after is None and row_id in came_back.values() else after
        _put_back(db, row, found=found, wanted=before)
    db.run("UPDATE step SET undone = 1 WHERE id = ?", (step.id,))
    return step._replace(changed=_rows_of(changes), kept=tuple(kept))


def redo(db: Database) -> PastStep:
    """Do the step that was undone last again, exactly.

    Raises:
        NotFound: there is none.
        Refused: one of its rows was changed since by something that is not a step. What was undone
            is forgotten, as each step needs those before it.
    """
    step = redoable(db)
    if step is None:
        raise NotFound(tr("There is nothing to redo."))
    try:
        with db.writing():
            return _redone(db, redoable(db) or step)
    except (_ChangedSinceError, sqlite3.IntegrityError) as error:
        db.run("DELETE FROM step WHERE undone")
        raise _refused(step, tr("Edit it instead.")) from error


def _redone(db: Database, step: PastStep) -> PastStep:
    for row_id, arrived in arrivals.of_step(db, step.id, times_alone=step.verb == IMPORT):
        _take_over(db, row_id, arrived)
    changes = _changes(db, step.id)
    for table, row_id, before, after in changes:
        row = ChangedRow(table, row_id)
        may_be_left = table != changes[-1][0] or remote_rows.is_adopted(db, *row)
        if before is None and may_be_left and _is_there(db, row):
            continue
        _put_back(db, row, found=before, wanted=after)
    if step.verb == IMPORT:
        outbox.look_for_made(db, step.id)
    db.run("UPDATE step SET undone = 0 WHERE id = ?", (step.id,))
    return step._replace(changed=_rows_of(changes))


def _take_over(db: Database, row_id: int, arrived: int) -> None:
    """Have steps mean an entry of the account in place of the equal one that they made."""
    sql = "UPDATE change SET row_id = ? WHERE of_table = 'entry' AND row_id = ?"
    db.run(sql, (arrived, row_id))
    outbox.drop(db, "entry", row_id)
    remote_rows.mark_adopted(db, "entry", arrived)


def _rows_of(changes: Sequence[Row]) -> tuple[ChangedRow, ...]:
    return tuple(ChangedRow(table, row_id) for table, row_id, _, _ in changes)


def _is_there(db: Database, row: ChangedRow) -> bool:
    return bool(db.row(f"SELECT 1 FROM {row.table} WHERE id = ?", (row.row_id,)))


def _was_sent(db: Database, row: ChangedRow) -> bool:
    """Whether the server has a row, or may have it."""
    return bool(
        db.row(
            "SELECT 1 FROM remote WHERE of_table = ? AND row_id = ? UNION ALL "
            "SELECT 1 FROM outbox WHERE of_table = ? AND row_id = ? AND sent IS NOT NULL",
            (*row, *row),
        )
    )


def _changes(db: Database, step_id: int) -> list[Row]:
    return db.rows(
        "SELECT of_table, row_id, before, after FROM change WHERE step_id = ? ORDER BY ordinal",
        (step_id,),
    )


class _ChangedSinceError(Exception):
    """A row does not look as the step left it."""


def _refused(step: PastStep, hint: str) -> Refused:
    return Refused(
        together(
            (
                tr("“{subject}” has been changed since, so this step ({verb}) stays as it is.")
                if step.subject
                else tr(
                    "What it was done to has been changed since, so this step ({verb}) stays as "
                    "it is."
                )
            ).format(subject=step.subject, verb=verb_word(step.verb)),
            hint,
        )
    )


def _put_back(db: Database, row: ChangedRow, *, found: str | None, wanted: str | None) -> None:
    """Turn a row from one image into the other, if it still looks like the first."""
    if row.table == "tag" and wanted is None and _is_in_use(db, row.row_id):
        return  # by what came from another device meanwhile
    outbox.add(db, row.table, row.row_id)
    if found is None:
        values = image_of(wanted or "{}")
        _check_tags(db, values)
        sql = statements.insert(row.table, ("id", *values))
        db.run(sql, (row.row_id, *values.values()))
        return
    columns = tuple(image_of(found))
    sql = f"SELECT {json_object(columns)} FROM {row.table} WHERE id = ?"
    # SQLite made both texts, of the same columns in the same order: equal rows are equal texts.
    if db.row(sql, (row.row_id,)) != (found,):
        raise _ChangedSinceError
    if wanted is None:
        db.run(f"DELETE FROM {row.table} WHERE id = ?", (row.row_id,))
        conflicts.drop_problems(db, row.table, row.row_id)
        return
    values = image_of(wanted)
    _check_tags(db, values)
    db.run(statements.update(row.table, values), (*values.values(), row.row_id))


def _check_tags(db: Database, values: Mapping[str, object]) -> None:
    """Raise if one of the tags is gone: it was deleted on another device."""
    missing = "SELECT 1 FROM json_each(?) WHERE value NOT IN (SELECT id FROM tag)"
    if db.row(missing, (values.get("tag_ids", "[]"),)):
        raise _ChangedSinceError


def _is_in_use(db: Database, tag_id: int) -> bool:
    """Whether an entry has this tag; what was ever done tells that sooner than all entries."""
    used = (
        "SELECT 1 FROM past_activity AS a, json_each(a.tag_ids) AS tag WHERE tag.value = ? LIMIT 1"
    )
    return bool(db.row(used, (tag_id,)))
