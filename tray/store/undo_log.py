"""The only way the user's rows are changed: in recorded steps, which can be undone and redone.

A step is one transaction. With each row it changes goes an image of the changed columns before and
after; undo and redo walk along these. What has to be sent to the server of an account goes into the
outbox with it.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tray.language import tr
from tray.lean_contexts import contextmanager
from tray.lean_typing import Final, NamedTuple
from tray.local_errors import NotFound, Refused
from tray.model.verb_words import verb_word
from tray.sentences import together
from tray.store import arrivals, conflicts, journal, outbox, owed_stops, remote_rows, statements
from tray.store.columns import COLUMNS, FILLED_IN, RowValues, image_of, json_object
from tray.store.database import Database, Row
from tray.store.journal import JournalEntry

IMPORT: Final = "import"
"""The verb whose rows may come from the account itself, so that they are looked for there."""
DELETE_WITH_ENTRIES: Final = "delete project and its entries"
"""The verb by which a project takes its entries along, which the server is asked to do at once."""
KEEP_STEPS: Final = 1_000
"""How many steps can be undone; older ones are forgotten (the entries stay, of course)."""


Values = Sequence[object]
"""Of one row."""


class ChangedRow(NamedTuple):
    """One row that a step changed."""

    table: str
    row_id: int


class Step:
    """Changes rows inside the transaction of one step; made by `step`, never by hand."""

    def __init__(self, db: Database, step_id: int) -> None:
        self.db = db
        self.id = step_id
        self.subject = ""
        """What the step was done to, in the user's words; set by whoever does it."""
        self.changed: list[ChangedRow] = []

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """Add a row; return its new id."""
        sql = statements.insert(table, values)
        row_id = self.db.run(sql, tuple(values.values())).lastrowid or 0
        self._record(table, row_id)
        left_open = FILLED_IN.get(table, set()) - values.keys()
        self._set_after(table, row_id, tuple(x for x in COLUMNS[table] if x not in left_open))
        return row_id

    def insert_many(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Values],
        *,
        through: Callable[[Sequence[Values]], Iterable[Values]] = iter,
    ) -> None:
        """Add rows, with their values in the order of `columns`, as fast as SQLite can.

        `through` goes through them, and ends the step if it raises.
        """
        sequence = self.db.row("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        last = sequence[0] if sequence else 0  # the rows get the ids that follow it
        self.db.run_many(statements.insert(table, columns), through(rows))
        self.db.run(
            "INSERT INTO change (step_id, ordinal, of_table, row_id, after) "
            f"SELECT ?, id + ?, ?, id, {json_object(COLUMNS[table])} FROM {table} WHERE id > ?",
            (self.id, len(self.changed) - last, table, last),
        )
        self.changed += [ChangedRow(table, last + number) for number in range(1, len(rows) + 1)]
        outbox.add_after(self.db, table, last)

    def update(self, table: str, row_id: int, values: Mapping[str, object]) -> None:
        """Set some columns of a row that exists."""
        if not values:
            return
        self._record(table, row_id, before=json_object(tuple(values)))
        self.db.run(statements.update(table, values), (*values.values(), row_id))
        self._set_after(table, row_id, tuple(values))

    def update_many(self, table: str, row_ids: Sequence[int], values: Mapping[str, object]) -> None:
        """Set some columns of many rows that exist to the same, as fast as SQLite can."""
        some, names, first = statements.listed(row_ids), tuple(values), len(self.changed)
        which = "IN (SELECT value FROM json_each(?))"
        self.db.run(
            "INSERT INTO change (step_id, ordinal, of_table, row_id, before) "
            f"SELECT ?, ? + some.key + 1, ?, ours.id, {json_object(names)} "
            f"FROM json_each(?) AS some CROSS JOIN {table} AS ours ON ours.id = some.value",
            (self.id, first, table, some),
        )
        self.db.run(statements.update(table, values, f"id {which}"), (*values.values(), some))
        self.db.run(
            f"UPDATE change SET after = (SELECT {json_object(names)} FROM {table} "
            "WHERE id = row_id) WHERE step_id = ? AND ordinal > ?",
            (self.id, first),
        )
        self.changed += [ChangedRow(table, row_id) for row_id in row_ids]
        outbox.add_many(self.db, table, row_ids)

    def delete(self, table: str, row_id: int) -> None:
        """Remove a row that exists."""
        self._record(table, row_id, before=json_object(COLUMNS[table]))
        self.db.run(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        conflicts.drop_problems(self.db, table, row_id)

    def delete_many(self, table: str, row_ids: Sequence[int]) -> None:
        """Remove many rows that exist, as fast as SQLite can."""
        some, first = statements.listed(row_ids), len(self.changed)
        self.db.run(
            "INSERT INTO change (step_id, ordinal, of_table, row_id, before) "
            f"SELECT ?, ? + some.key + 1, ?, ours.id, {json_object(COLUMNS[table])} "
            f"FROM json_each(?) AS some CROSS JOIN {table} AS ours ON ours.id = some.value",
            (self.id, first, table, some),
        )
        self.db.run(f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (some,))
        self.changed += [ChangedRow(table, row_id) for row_id in row_ids]
        outbox.add_many(self.db, table, row_ids)
        for row_id in row_ids:
            conflicts.drop_problems(self.db, table, row_id)

    def _record(self, table: str, row_id: int, *, before: str = "NULL") -> None:
        self.changed.append(ChangedRow(table, row_id))
        outbox.add(self.db, table, row_id)
        source = "" if before == "NULL" else f" FROM {table} WHERE id = {row_id:d}"
        self.db.run(
            "INSERT INTO change (step_id, ordinal, of_table, row_id, before) "
            f"SELECT ?, ?, ?, ?, {before}{source}",
            (self.id, len(self.changed), table, row_id),
        )

    def _set_after(self, table: str, row_id: int, columns: tuple[str, ...]) -> None:
        self.db.run(
            f"UPDATE change SET after = (SELECT {json_object(columns)} FROM {table} WHERE id = ?) "
            "WHERE step_id = ? AND ordinal = ?",
            (row_id, self.id, len(self.changed)),
        )


@contextmanager
def step(db: Database, verb: str, *, now: int) -> Iterator[Step]:
    """One step of the user: committed when the block ends, gone without a trace if it raises.

    What had been undone before can no longer be redone. A step that changes nothing is not kept.
    """
    with db.writing():
        sql = "INSERT INTO step (at, verb, subject) VALUES (?, ?, '')"
        current = Step(db, db.run(sql, (now, verb)).lastrowid or 0)
        yield current
        if not current.changed:
            db.run("DELETE FROM step WHERE id = ?", (current.id,))
            return
        db.run("UPDATE step SET subject = ? WHERE id = ?", (current.subject, current.id))
        db.run("DELETE FROM step WHERE undone OR id <= ?", (current.id - KEEP_STEPS,))
        owed_stops.note(db, current.id, now=now)
        if db.writer:
            journal.add(
                db, JournalEntry(now, "program", f"{db.writer}: {verb} “{current.subject}”")
            )


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


def made_at(db: Database, made: ChangedRow, *, after: int) -> int | None:
    """When a step made a row, looking through those later than `after`; None if none did.

    What came from the server was made by no step.
    """
    ((at,),) = db.rows(
        "SELECT max(at) FROM step JOIN change ON step_id = id WHERE at > ? "
        "AND of_table = ? AND row_id = ? AND before IS NULL",
        (after, *made),
    )
    return None if at is None else int(str(at))


def as_made(db: Database, row: ChangedRow) -> RowValues | None:
    """A row as the user made it; None if that was too long ago, or it was made by no step."""
    found = db.row(
        "SELECT after FROM change WHERE of_table = ? AND row_id = ? AND before IS NULL "
        "AND after IS NOT NULL ORDER BY step_id LIMIT 1",
        row,
    )
    return image_of(found[0]) if found else None


class LastChange(NamedTuple):
    """The latest step that set a column of a row, and was not undone."""

    verb: str
    at: int
    """Epoch seconds."""
    value: object
    """What the column was set to."""


def last_change(db: Database, row: ChangedRow, column: str) -> LastChange | None:
    """How the user last set a column; None if that was too long ago, or never was."""
    path = f"$.{column}"
    found = db.row(
        "SELECT s.verb, s.at, json_extract(c.after, ?) FROM change AS c "
        "JOIN step AS s ON s.id = c.step_id WHERE c.of_table = ? AND c.row_id = ? "
        "AND NOT s.undone AND json_type(c.after, ?) IS NOT NULL "
        "ORDER BY c.step_id DESC, c.ordinal DESC LIMIT 1",
        (path, *row, path),
    )
    return LastChange(*found) if found else None


def starts_of_entries(step: Step) -> set[tuple[int, int]]:
    """The workspaces and starts, before and after, of the entries that a step has changed.

    Of many in one workspace only the first and the last are told.
    """
    some = statements.listed(row.row_id for row in step.changed if row.table == "entry")
    rows = step.db.rows(
        "WITH times (workspace_id, start) AS ("
        "SELECT workspace_id, start FROM entry WHERE id IN (SELECT value FROM json_each(?1)) "
        "UNION ALL SELECT ifnull(json_extract(c.before, '$.workspace_id'), e.workspace_id), "
        "json_extract(c.before, '$.start') FROM change AS c "
        "LEFT JOIN entry AS e ON e.id = c.row_id "
        "WHERE c.step_id = ?2 AND c.of_table = 'entry') "
        "SELECT workspace_id, min(start), max(start) FROM times "
        "WHERE start IS NOT NULL AND workspace_id IS NOT NULL GROUP BY workspace_id",
        (some, step.id),
    )
    return {(workspace, start) for workspace, *starts in rows for start in starts}


def deleted_by(db: Database, row: ChangedRow) -> str:
    """The verb of the step that deleted a row; empty if that was too long ago, or none did."""
    found = db.row(
        "SELECT s.verb FROM change AS c JOIN step AS s ON s.id = c.step_id WHERE c.of_table = ? "
        "AND c.row_id = ? AND c.after IS NULL AND NOT s.undone ORDER BY c.step_id DESC LIMIT 1",
        row,
    )
    return str(found[0]) if found else ""


def correct(db: Database, row: ChangedRow, column: str, was: object, is_: object) -> None:
    """Have steps know a value as the server has it, which took its own moment for ours.

    Else they could not be undone, as if somebody had changed it since.
    """
    path = f"$.{column}"
    for image in ("before", "after"):
        db.run(
            f"UPDATE change SET {image} = json_set({image}, ?, ?) WHERE of_table = ? "
            f"AND row_id = ? AND json_extract({image}, ?) = ?",
            (path, is_, *row, path, was),
        )


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


def last_changed(db: Database, table: str) -> int | None:
    """The id of the row of a table that was changed last, among those that are still there."""
    found = db.row(
        "SELECT row_id FROM step JOIN change ON step_id = step.id WHERE NOT undone "
        f"AND of_table = ? AND EXISTS (SELECT 1 FROM {table} WHERE {table}.id = row_id) "
        "ORDER BY step.id DESC, ordinal DESC LIMIT 1",
        (table,),
    )
    return found[0] if found else None


def replaced_by(db: Database, entry_id: int) -> int | None:
    """The entry that an edit made in place of one that is gone, as another workspace has it."""
    found = db.row(
        "SELECT made.row_id FROM change AS gone JOIN change AS made USING (step_id) "
        "JOIN step ON step.id = step_id WHERE step.verb = 'edit' AND NOT step.undone "
        "AND gone.of_table = 'entry' AND gone.row_id = ? AND gone.after IS NULL "
        "AND made.of_table = 'entry' AND made.before IS NULL "
        "ORDER BY step_id DESC, made.ordinal DESC LIMIT 1",
        (entry_id,),
    )
    return found[0] if found else None


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
