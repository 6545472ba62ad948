"""The only way the user's rows are changed: in recorded steps, which can be undone and redone.

A step is one transaction. With each row it changes goes an image of the changed columns before and
after; undo and redo (`tray.store.undoing`) walk along these. What has to be sent to the server of
an account goes into the outbox with it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tray.lean_contexts import contextmanager
from tray.lean_typing import Final, NamedTuple
from tray.store import outbox, owed_stops, statements
from tray.store.columns import COLUMNS, FILLED_IN, RowValues, image_of, json_object
from tray.store.database import Database

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
        self._drop_problems(table, [row_id])

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
        self._drop_problems(table, row_ids)

    def _drop_problems(self, table: str, row_ids: Sequence[int]) -> None:
        from tray.store import conflicts  # which starting and stopping need not load

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
            from tray.store import journal

            line = f"{db.writer}: {verb} “{current.subject}”"
            journal.add(db, journal.JournalEntry(now, "program", line))


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
