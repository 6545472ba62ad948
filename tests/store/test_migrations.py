"""From every schema that users may have to the newest; `tests.store.record` records them."""

import re
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.record import recorded, schema_text, use
from tests.store.storm import check
from tray.errors import StorageError
from tray.store import backup, backup_paths, migrate, schema_files
from tray.store.database import Database
from tray.store.opening import SCHEMA, open_database

SCHEMAS = range(1, SCHEMA + 1)


def load(schema: int, path: Path) -> None:
    """Make the recorded database of a schema."""
    connection = sqlite3.connect(path)
    connection.executescript(recorded(schema).read_text(encoding="utf-8"))
    connection.close()


def schema_of(db: Database) -> list[tuple[object, ...]]:
    """Everything the database consists of, whatever the white space."""
    rows = db.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    return [(*row[:3], re.sub(r"\s+", " ", str(row[3])).replace('"', "")) for row in rows]


def with_more(folder: Path, **scripts: str) -> str:
    """A folder of migrations that goes on after ours, for a program later than this one."""
    folder.mkdir()
    for file in Path(schema_files.FOLDER).glob("*.sql"):
        (folder / file.name).write_bytes(file.read_bytes())
    for name, script in scripts.items():
        (folder / f"{SCHEMA + 1:04}_{name}.sql").write_text(script, encoding="utf-8")
    return str(folder)


ADD_NOTE = """
-- A column, and a trigger with a semicolon inside.
ALTER TABLE entry ADD COLUMN note TEXT NOT NULL DEFAULT 'none; yet';
CREATE TRIGGER noted AFTER UPDATE OF note ON entry BEGIN
  SELECT 1; SELECT 2;
END;
UPDATE entry SET note = 'moved'"""


def test_migrations_are_numbered_without_a_gap_up_to_the_schema() -> None:
    names = sorted(file.name for file in Path(schema_files.FOLDER).iterdir())
    assert [re.fullmatch(r"(\d{4})_[a-z_]+\.sql", name) is not None for name in names] == (
        [True] * SCHEMA
    )
    assert [int(name[:4]) for name in names] == list(SCHEMAS)


def test_there_is_a_recorded_database_of_every_schema() -> None:
    missing = [schema for schema in SCHEMAS if not recorded(schema).exists()]
    assert missing == [], "record it before the next migration: python -m tests.store.record"


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_recorded_database_comes_to_the_newest_schema_whole(schema: int, tmp_path: Path) -> None:
    path = tmp_path / "toggl-tray.db"
    load(schema, path)
    with (
        open_database(str(path)) as db,
        open_database(str(tmp_path / "new" / "toggl-tray.db")) as new,
    ):
        assert db.row("PRAGMA user_version") == (SCHEMA,)
        assert schema_of(db) == schema_of(new)
        check(db)
        assert db.rows("SELECT id, description, start, stop FROM entry") == [
            (1, "Taste it; write “good”", 1_795_000_000, 1_795_000_600),
            (2, "写食谱", 1_795_000_700, 1_795_000_900),
        ]
        assert db.row("SELECT count(*) FROM step WHERE undone") == (1,)


def test_the_newest_recorded_database_has_a_row_in_every_table(tmp_path: Path) -> None:
    path = tmp_path / "toggl-tray.db"
    load(SCHEMA, path)
    # Opened as our own it would first be made safe to exchange with a server, see store.doubt.
    with closing(sqlite3.connect(path)) as db:
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        counts = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone() for (name,) in tables}
    assert [name for name, count in counts.items() if count == (0,)] == []


def test_a_new_database_is_what_the_migrations_make(db: Database, tmp_path: Path) -> None:
    assert Path(schema_files.NEW).read_text(encoding="utf-8") == schema_text(), (
        "after a new migration: python -m tests.store.record"
    )
    with Database(str(tmp_path / "migrated.db")) as migrated:
        migrate.bring_up_to_date(migrated)
        kept = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        for sql in (
            "SELECT * FROM pragma_user_version",
            *(f"SELECT * FROM {t}" for (t,) in db.rows(kept)),
        ):
            assert db.rows(sql) == migrated.rows(sql), sql
        assert schema_of(db) == schema_of(migrated)


def test_of_two_first_starts_one_makes_the_database(tmp_path: Path) -> None:
    path = str(tmp_path / "new.db")
    with Database(path) as one, Database(path) as other:
        migrate.make_new(one)
        migrate.make_new(other)
        assert other.rows("SELECT name FROM workspace") == [("My workspace",)]


def test_before_a_migration_the_database_is_backed_up(db: Database, tmp_path: Path) -> None:
    use(db)
    before = db.rows("SELECT * FROM entry")
    migrate.bring_up_to_date(db, with_more(tmp_path / "more", note=ADD_NOTE))
    assert db.row("PRAGMA user_version") == (SCHEMA + 1,)
    assert db.rows("SELECT DISTINCT note FROM entry") == [("moved",)]
    (copy,) = backup.newest_first(backup_paths.folder_of(db.path))
    assert Path(copy).name == f"before-schema-{SCHEMA + 1}.db"
    with open_database(copy) as old:
        assert old.row("PRAGMA user_version") == (SCHEMA,)
        assert old.rows("SELECT * FROM entry") == before


def test_a_new_database_needs_no_backup(db: Database) -> None:
    assert not Path(backup_paths.folder_of(db.path)).exists()


def test_a_migration_that_fails_leaves_no_trace(db: Database, tmp_path: Path) -> None:
    use(db)
    before = schema_of(db)
    more = with_more(tmp_path / "more", note=f"{ADD_NOTE};\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate.bring_up_to_date(db, more)
    assert schema_of(db) == before
    assert db.row("PRAGMA user_version") == (SCHEMA,)


def test_without_a_backup_nothing_is_migrated(db: Database, tmp_path: Path) -> None:
    use(db)
    Path(backup_paths.folder_of(db.path)).write_text("in the way")
    with pytest.raises(StorageError):
        migrate.bring_up_to_date(db, with_more(tmp_path / "more", note=ADD_NOTE))
    assert db.row("PRAGMA user_version") == (SCHEMA,)


def test_of_two_who_migrate_at_once_one_does(db: Database, tmp_path: Path) -> None:
    use(db)
    more = with_more(tmp_path / "more", note=ADD_NOTE)

    def migrate_too() -> None:
        with open_database(db.path) as other:
            ready.wait()
            migrate.bring_up_to_date(other, more)

    ready = threading.Barrier(2)
    thread = threading.Thread(target=migrate_too)
    thread.start()
    ready.wait()
    migrate.bring_up_to_date(db, more)
    thread.join()
    assert db.row("PRAGMA user_version") == (SCHEMA + 1,)
    check(db)
