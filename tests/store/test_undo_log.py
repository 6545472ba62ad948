import json
from pathlib import Path

import pytest

from tray.errors import NotFound, StorageError
from tray.store import undo_log, undoing
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.undo_log import ChangedRow, step

NOW = 1_760_000_000


def make_tag(db: Database, name: str, now: int = NOW) -> int:
    with step(db, "create tag", now=now) as current:
        current.subject = name
        return current.insert("tag", {"workspace_id": 1, "name": name})


def rename_and_fail(db: Database, tag: int) -> None:
    with step(db, "rename", now=NOW) as current:
        current.update("tag", tag, {"name": "gone"})
        raise StorageError("")


def images(db: Database) -> list[tuple[str, object, object]]:
    """Table, before and after of each change recorded."""
    return [
        (table, before and json.loads(before), after and json.loads(after))
        for table, before, after in db.rows(
            "SELECT of_table, before, after FROM change ORDER BY step_id, ordinal"
        )
    ]


def test_a_step_says_when_what_was_done_to_what(db: Database) -> None:
    make_tag(db, "deep")
    assert db.rows("SELECT at, verb, subject, undone FROM step") == [(NOW, "create tag", "deep", 0)]


def test_an_insert_is_recorded_with_all_columns_defaults_too(db: Database) -> None:
    make_tag(db, "deep")
    assert images(db) == [("tag", None, {"workspace_id": 1, "name": "deep", "archived": 0})]


def test_an_update_is_recorded_with_the_columns_it_sets(db: Database) -> None:
    tag = make_tag(db, "deep")
    with step(db, "rename", now=NOW) as current:
        current.update("tag", tag, {"name": "deeper", "archived": True})
    assert images(db)[1:] == [
        ("tag", {"name": "deep", "archived": 0}, {"name": "deeper", "archived": 1})
    ]


def test_a_delete_is_recorded_with_all_columns(db: Database) -> None:
    tag = make_tag(db, "deep")
    with step(db, "delete", now=NOW) as current:
        current.delete("tag", tag)
    assert images(db)[1:] == [("tag", {"workspace_id": 1, "name": "deep", "archived": 0}, None)]
    assert db.rows("SELECT * FROM tag") == []


def test_what_a_step_changed_is_listed_in_order(db: Database) -> None:
    with step(db, "mixed", now=NOW) as current:
        tag = current.insert("tag", {"workspace_id": 1, "name": "a"})
        client = current.insert("client", {"workspace_id": 1, "name": "b"})
        current.update("tag", tag, {"name": "c"})
    assert current.changed == [
        ChangedRow("tag", tag),
        ChangedRow("client", client),
        ChangedRow("tag", tag),
    ]


def test_many_rows_are_recorded_like_single_ones(db: Database) -> None:
    columns = ("workspace_id", "name")
    make_tag(db, "a")
    undoing.undo(db)
    with step(db, "import", now=NOW) as current:
        current.insert("client", {"workspace_id": 1, "name": "x"})
        current.insert_many("tag", columns, [(1, "b"), (1, "c")])
        current.insert_many("tag", columns, [])
        current.insert_many("client", columns, [(1, "y")])
        current.update("tag", 3, {"name": "d"})
    rows = db.rows("SELECT id, name FROM tag"), db.rows("SELECT id, name FROM client")
    assert rows == ([(2, "b"), (3, "d")], [(1, "x"), (2, "y")])
    assert [tuple(change) for change in current.changed] == [
        ("client", 1),
        ("tag", 2),
        ("tag", 3),
        ("client", 2),
        ("tag", 3),
    ]
    undoing.undo(db)
    assert db.rows("SELECT * FROM tag") == db.rows("SELECT * FROM client") == []
    undoing.redo(db)
    assert (db.rows("SELECT id, name FROM tag"), db.rows("SELECT id, name FROM client")) == rows


def test_the_tables_of_a_step_are_described_completely(db: Database) -> None:
    for table, columns in COLUMNS.items():
        in_database = [row[1] for row in db.rows(f"PRAGMA table_info({table})")]
        if table == "workspace":
            in_database.remove("chosen")  # which one new things go to is chosen by no step
        assert ["id", *sorted(columns)] == [in_database[0], *sorted(in_database[1:])]


def test_a_step_that_fails_leaves_no_trace(db: Database) -> None:
    kept = make_tag(db, "kept")
    with pytest.raises(StorageError):
        rename_and_fail(db, kept)
    assert db.rows("SELECT name FROM tag") == [("kept",)]
    assert db.rows("SELECT verb FROM step") == [("create tag",)]
    assert len(images(db)) == 1


def test_a_step_that_changes_nothing_is_not_kept(db: Database) -> None:
    tag = make_tag(db, "deep")
    with step(db, "nothing", now=NOW) as current:
        current.update("tag", tag, {})
    assert db.rows("SELECT verb FROM step") == [("create tag",)]


def test_only_a_step_that_changes_something_forgets_what_could_be_redone(db: Database) -> None:
    make_tag(db, "a")
    make_tag(db, "b")
    undoing.undo(db)
    with step(db, "nothing", now=NOW):
        pass
    assert undoing.redoable(db) is not None
    make_tag(db, "c")
    assert undoing.redoable(db) is None
    assert db.rows("SELECT subject FROM step ORDER BY id") == [("a",), ("c",)]
    assert len(images(db)) == 2


def test_ids_are_never_used_again(db: Database) -> None:
    first = make_tag(db, "a")
    undoing.undo(db)
    assert make_tag(db, "b") > first


def test_a_thousand_steps_are_kept(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert undo_log.KEEP_STEPS == 1_000
    monkeypatch.setattr(undo_log, "KEEP_STEPS", 5)
    for number in range(9):
        make_tag(db, str(number))
    assert [subject for (subject,) in db.rows("SELECT subject FROM step ORDER BY id")] == list(
        "45678"
    )
    for _ in range(5):
        undoing.undo(db)
    with pytest.raises(NotFound):
        undoing.undo(db)
    assert [name for (name,) in db.rows("SELECT name FROM tag ORDER BY id")] == list("0123")
    assert len(images(db)) == 5


def test_a_step_is_on_disk_when_it_has_ended(db: Database, tmp_path: Path) -> None:
    make_tag(db, "deep")
    with open_database(str(tmp_path / "toggl-tray.db")) as other:
        assert other.rows("SELECT name FROM tag") == [("deep",)]
        assert undoing.undo(other).subject == "deep"
    assert db.rows("SELECT name FROM tag") == []
