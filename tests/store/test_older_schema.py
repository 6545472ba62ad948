"""A database of an older schema: what it holds is there after all that may happen."""

import os
from pathlib import Path

import pytest

from tests.store import damage
from tests.store.record import NOW
from tests.store.storm import check
from tests.store.test_migrations import load
from tray.store import account, heartbeat, journal, migrate, outbox, quota_rows, reminders
from tray.store.account import ErrorState, PullPosition, SyncErrorKind
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.recovery import rescue

BEFORE = 3
"""The last schema before tables and columns were named anew."""
CONFIGURED = """
    UPDATE account SET cursor = 5, filled_to = 6, compare = 1, older_from = 7, older_next = 'p',
    skew = 8, catalogue_at = 9, asked_at = 10, changed_at = 11, last_sync = 12, failures = 13,
    next_at = 14, trouble = 'SignInRefused', said = 'No.'
"""
OUTBOX = "UPDATE outbox SET noted_at = 15, sent_at = 16, above = 17, alone = 1, next_at = 18"
COUNTED = "SELECT * FROM {} ORDER BY id"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database with rows in every table, made by the program of the schema before."""
    load(BEFORE, tmp_path / "recorded.db")
    path = tmp_path / "data" / "toggl-tray.db"
    path.parent.mkdir()
    with Database(str(path)) as db:
        db.run("PRAGMA journal_mode = WAL")
        migrate.bring_up_to_date(db, until=BEFORE)
        db.run("ATTACH ? AS recorded", (str(tmp_path / "recorded.db"),))
        for (name,) in db.rows("SELECT name FROM recorded.sqlite_schema WHERE type = 'table'"):
            if name != "done":  # triggers fill it
                db.run(f"DELETE FROM main.{name}")
                db.run(f"INSERT INTO main.{name} SELECT * FROM recorded.{name}")
        db.run(CONFIGURED)
        db.run(OUTBOX)
    return path


def rows(db: Database, table: str) -> list[tuple[object, ...]]:
    return db.rows(COUNTED.format(table) if table != "change" else "SELECT * FROM change")


def test_a_migration_keeps_every_row_of_every_table(old: Path) -> None:
    renamed = {
        "done": "past_activity",
        "apart": "local_only",
        "made": "sent_create",
        "echo": "unanswered_request",
        "bucket": "quota",
        "sign": "heartbeat",
    }
    with Database(str(old)) as db:
        names = [name for (name,) in db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        before = {name: rows(db, name) for name in names if not name.startswith("sqlite")}
    with open_database(str(old)) as db:
        check(db)
        for name in before.keys() - {"account"}:
            kept = [row[: len(before[name][0])] for row in rows(db, renamed.get(name, name))]
            assert kept == before[name] != []


def test_a_migration_keeps_the_account_and_what_holds_it_up(old: Path) -> None:
    with open_database(str(old)) as db:
        found = account.read(db)
        assert found is not None
        assert found[:6] == ("https://example.org/api/v9", "basic", "", 7, "Cook", True)
        assert (found.date_format, found.time_format, found.beginning_of_week) == (None, None, None)
        assert found.pull == PullPosition(5, 6, True, True, 7, "p", 8, 9, 10, 11, 12)
        assert found.errors == ErrorState(13, 14, SyncErrorKind.SIGN_IN_REFUSED, "No.")


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ("", SyncErrorKind.NONE),
        ("Offline", SyncErrorKind.OFFLINE),
        ("Untrusted", SyncErrorKind.UNTRUSTED_CERTIFICATE),
        ("RemoteError", SyncErrorKind.OTHER),
    ],
)
def test_what_was_stored_as_the_name_of_a_class_is_stored_as_a_kind(
    old: Path, stored: str, kind: SyncErrorKind
) -> None:
    with Database(str(old)) as db:
        db.run("UPDATE account SET trouble = ?", (stored,))
    with open_database(str(old)) as db:
        found = account.read(db)
        assert found is not None
        assert found.errors.error_kind is kind


@pytest.mark.parametrize("damaged", ["entry_by_what", "done_what", "step", "the first page"])
def test_a_damaged_one_is_rescued_whole(old: Path, damaged: str) -> None:
    damage.destroy(old, 1 if damaged == "the first page" else damage.root_of(old, damaged))
    rescue.rescue(str(old), now=NOW)
    with open_database(str(old)) as db:
        check(db)
        assert db.row("SELECT count(*) FROM entry") == (2,)
        assert db.rows("SELECT of_table, row_id FROM local_only") == [("entry", 2)]
        assert [item.changed_at for item in outbox.items(db, "waiting")] == [15]
        found = account.read(db)
        assert found is not None
        assert (found.name, found.pull.cursor, found.pull.clock_skew) == ("Cook", 5, 8)
        assert [line.text for line in journal.latest(db, 9)] == ["Signed in as Cook."]
        assert quota_rows.read_all(db) == {"user": ["user", 30, 29, NOW]}
        assert reminders.everything(db)["long run"].notified_at == NOW + 550
        assert heartbeat.read(db) == (NOW + 600, (NOW + 300, NOW + 500))


def test_a_backup_of_it_helps_where_the_database_is_lost(old: Path) -> None:
    folder = old.parent / "backups"
    folder.mkdir()
    with Database(str(old)) as db:
        db.run("VACUUM INTO ?", (str(folder / "daily-2026-11-18.db"),))
    for name in os.listdir(old.parent):
        if name.startswith(old.name):
            os.remove(old.parent / name)
    old.write_bytes(b"not a database, and too short for one")
    rescue.rescue(str(old), now=NOW)
    with open_database(str(old)) as db:
        check(db)
        assert db.row("SELECT count(*) FROM entry") == (2,)
        assert [item.changed_at for item in outbox.items(db, "waiting")] == [15]
        assert heartbeat.read(db) == (NOW + 600, (NOW + 300, NOW + 500))
