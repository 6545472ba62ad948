from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tray.errors import NotFound, Refused
from tray.store import undoing
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.store.undo_log import ChangedRow, Step, step
from tray.store.undoing import PastStep

NOW = 1_760_000_000
Check = Callable[..., AbstractContextManager[None]]


def contents(db: Database) -> list[list[tuple[object, ...]]]:
    return [db.rows(f"SELECT * FROM {table} ORDER BY id") for table in COLUMNS]


def insert_entry(current: Step, description: str, start: int, stop: int | None) -> int:
    values = {"workspace_id": 1, "description": description, "start": start, "stop": stop}
    return current.insert("entry", values)


def add(db: Database, description: str, start: int = NOW, stop: int | None = NOW + 60) -> int:
    with step(db, "add", now=NOW) as current:
        current.subject = description
        return insert_entry(current, description, start, stop)


def delete(db: Database, entry_id: int) -> None:
    with step(db, "delete", now=NOW) as current:
        current.delete("entry", entry_id)


def test_there_may_be_nothing_to_undo_or_redo(db: Database, refused: Check) -> None:
    assert undoing.undoable(db) is None
    assert undoing.redoable(db) is None
    with refused("nothing to undo", error=NotFound):
        undoing.undo(db)
    with refused("nothing to redo", error=NotFound):
        undoing.redo(db)


def test_undo_and_redo_walk_back_and_forth_step_by_step(db: Database) -> None:
    seen = [contents(db)]
    report = add(db, "Report")
    seen.append(contents(db))
    add(db, "Tea", NOW + 60, None)
    seen.append(contents(db))
    delete(db, report)
    seen.append(contents(db))
    for expected in (2, 1, 0):
        undoing.undo(db)
        assert contents(db) == seen[expected]
    for expected in (1, 2, 3):
        undoing.redo(db)
        assert contents(db) == seen[expected]


def test_what_would_be_undone_or_redone_can_be_asked(db: Database) -> None:
    first = add(db, "Report")
    second = add(db, "Tea")
    assert undoing.undoable(db) == PastStep(2, NOW, "add", "Tea")
    assert undoing.undo(db) == PastStep(2, NOW, "add", "Tea", (ChangedRow("entry", second),))
    assert undoing.undoable(db) == PastStep(1, NOW, "add", "Report")
    assert undoing.redoable(db) == PastStep(2, NOW, "add", "Tea")
    undoing.undo(db)
    assert undoing.redoable(db) == PastStep(1, NOW, "add", "Report")
    assert undoing.redo(db).changed == (ChangedRow("entry", first),)


def test_rows_that_depend_on_each_other_come_and_go_in_order(db: Database) -> None:
    with step(db, "start", now=NOW) as current:
        client = current.insert("client", {"workspace_id": 1, "name": "Acme"})
        values = {"workspace_id": 1, "name": "Web", "client_id": client, "colour": "#0b83d9"}
        project = current.insert("project", values)
        task = current.insert("task", {"project_id": project, "name": "Design"})
        entry = insert_entry(current, "x", NOW, None)
        current.update("entry", entry, {"project_id": project, "task_id": task})
    after = contents(db)
    undoing.undo(db)
    assert not any(contents(db)[1:])
    undoing.redo(db)
    assert contents(db) == after


@pytest.mark.parametrize(
    "text", ["", "a'b\"c\\", "ünïcode ✓ 👩\u200d👧", "line\x00nul\x1b", "\ufeff"]
)
def test_any_text_comes_back_as_it_was(db: Database, text: str) -> None:
    entry = add(db, text)
    delete(db, entry)
    undoing.undo(db)
    assert db.rows("SELECT description FROM entry") == [(text,)]
    undoing.undo(db)
    undoing.redo(db)
    assert db.rows("SELECT description FROM entry") == [(text,)]


@contextmanager
def forgotten(db: Database, *words: str) -> Iterator[None]:
    """A step is refused and forgotten; nothing else has changed."""
    before, steps = contents(db), db.row("SELECT count(*) FROM step")[0]
    with pytest.raises(Refused) as caught:
        yield
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert contents(db) == before
    assert db.row("SELECT count(*) FROM step") == (steps - 1,)


def test_a_step_whose_row_was_changed_by_other_means_is_not_undone(
    db: Database,
) -> None:
    entry = add(db, "Report")
    db.run("UPDATE entry SET description = 'Changed' WHERE id = ?", (entry,))
    with forgotten(db, "“Report” has been changed since", "(add)", "Undo again"):
        undoing.undo(db)


def test_a_change_of_other_columns_does_not_hinder(db: Database) -> None:
    entry = add(db, "Report")
    with step(db, "edit", now=NOW) as current:
        current.update("entry", entry, {"stop": NOW + 90})
    db.run("UPDATE entry SET description = 'Changed' WHERE id = ?", (entry,))
    undoing.undo(db)
    assert db.rows("SELECT description, stop FROM entry") == [("Changed", NOW + 60)]


def test_a_step_whose_row_is_gone_is_not_undone(db: Database) -> None:
    entry = add(db, "")
    db.run("DELETE FROM entry WHERE id = ?", (entry,))
    with forgotten(db, "What it was done to has been changed since", "(add)"):
        undoing.undo(db)


def test_a_step_is_not_redone_where_its_row_has_come_back_already(
    db: Database,
) -> None:
    entry = add(db, "Report")
    undoing.undo(db)
    db.run(
        "INSERT INTO entry (id, workspace_id, start, stop) VALUES (?, 1, ?, ?)", (entry, NOW, NOW)
    )
    with forgotten(db, "“Report” has been changed since"):
        undoing.redo(db)


def test_a_second_entry_is_not_made_to_run(db: Database) -> None:
    entry = add(db, "Report", NOW, None)
    with step(db, "stop", now=NOW) as current:
        current.subject = "Report"
        current.update("entry", entry, {"stop": NOW + 60})
    db.run("INSERT INTO entry (workspace_id, start) VALUES (1, ?)", (NOW,))
    with forgotten(db, "“Report” has been changed since", "(stop)"):
        undoing.undo(db)


def test_an_entry_does_not_come_back_without_its_project(db: Database) -> None:
    db.run("INSERT INTO project (workspace_id, name, colour) VALUES (1, 'Web', '#0b83d9')")
    with step(db, "add", now=NOW) as current:
        entry = insert_entry(current, "Report", NOW, NOW)
        current.update("entry", entry, {"project_id": 1})
    delete(db, entry)
    db.run("DELETE FROM project")
    with forgotten(db, "has been changed since", "(delete)"):
        undoing.undo(db)


def test_after_a_refused_undo_the_step_before_it_can_be_undone(db: Database) -> None:
    add(db, "Earlier")
    later = add(db, "Later")
    db.run("UPDATE entry SET description = 'Changed elsewhere' WHERE id = ?", (later,))
    with forgotten(db, "Undo again"):
        undoing.undo(db)
    assert undoing.undo(db).subject == "Earlier"
    assert db.rows("SELECT description FROM entry") == [("Changed elsewhere",)]
