"""The only way rows are changed: one step of the user, recorded so that it can be undone.

A step is one transaction. With each row it changes goes an image of the changed columns before and
after; `tray.store.history` walks along these. What the server of an account has to be told is noted
in the outbox with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from tray.store import outbox
from tray.store.database import Database

COLUMNS: Final = {
    "workspace": ("name",),
    "client": ("workspace_id", "name", "archived"),
    "project": ("workspace_id", "name", "client_id", "colour", "archived", "billable"),
    "task": ("project_id", "name", "archived"),
    "tag": ("workspace_id", "name", "archived"),
    "entry": (
        "workspace_id",
        "description",
        "project_id",
        "task_id",
        "tag_ids",
        "billable",
        "start",
        "stop",
    ),
    "favourite": (
        "position",
        "workspace_id",
        "description",
        "project_id",
        "task_id",
        "tag_ids",
        "billable",
    ),
    "absence": ("entry_id", "cause", "state", "stretches"),
}
"""The tables whose rows the user changes, and their columns beside ``id``."""

KEEP_STEPS: Final = 1_000
"""How many steps can be undone; older ones are forgotten (the entries stay, of course)."""


class Changed(NamedTuple):
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
        self.changed: list[Changed] = []

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """Add a row; return its new id."""
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
        row_id = self.db.run(sql, tuple(values.values())).lastrowid or 0
        self._record(table, row_id)
        self._set_after(table, row_id, COLUMNS[table])
        return row_id

    def insert_many(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        """Add rows, with their values in the order of `columns`, as fast as SQLite can."""
        sequence = self.db.row("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        last = sequence[0] if sequence else 0  # the rows get the ids that follow it
        marks = ", ".join("?" * len(columns))
        self.db.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        self.db.run(
            "INSERT INTO change (step_id, ordinal, of_table, row_id, after) "
            f"SELECT ?, id + ?, ?, id, {image_of(COLUMNS[table])} FROM {table} WHERE id > ?",
            (self.id, len(self.changed) - last, table, last),
        )
        self.changed += [Changed(table, last + number) for number in range(1, len(rows) + 1)]
        outbox.note_after(self.db, table, last)

    def update(self, table: str, row_id: int, values: Mapping[str, object]) -> None:
        """Set some columns of a row that exists."""
        if not values:
            return
        self._record(table, row_id, before=image_of(tuple(values)))
        assignments = ", ".join(f"{column} = ?" for column in values)
        self.db.run(f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), row_id))
        self._set_after(table, row_id, tuple(values))

    def delete(self, table: str, row_id: int) -> None:
        """Remove a row that exists."""
        self._record(table, row_id, before=image_of(COLUMNS[table]))
        self.db.run(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        outbox.end_questions(self.db, table, row_id)

    def _record(self, table: str, row_id: int, *, before: str = "NULL") -> None:
        self.changed.append(Changed(table, row_id))
        outbox.note(self.db, table, row_id)
        source = "" if before == "NULL" else f" FROM {table} WHERE id = {row_id:d}"
        self.db.run(
            "INSERT INTO change (step_id, ordinal, of_table, row_id, before) "
            f"SELECT ?, ?, ?, ?, {before}{source}",
            (self.id, len(self.changed), table, row_id),
        )

    def _set_after(self, table: str, row_id: int, columns: tuple[str, ...]) -> None:
        self.db.run(
            f"UPDATE change SET after = (SELECT {image_of(columns)} FROM {table} WHERE id = ?) "
            "WHERE step_id = ? AND ordinal = ?",
            (row_id, self.id, len(self.changed)),
        )


def image_of(columns: tuple[str, ...]) -> str:
    """The SQL expression for these columns of a row as a JSON object."""
    return "json_object(" + ", ".join(f"'{column}', {column}" for column in columns) + ")"


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
