"""Records what the migrations make: ``python -m`` this, whenever there is a new one.

`tray/store/schema.sql` is the schema alone, which new databases are made from. `recorded/` holds a
database of each schema with rows in it, to try later migrations on: once it was released it is
never recorded again, as it is what users have.
"""

import sqlite3
import tempfile
from datetime import UTC, date
from pathlib import Path
from typing import Final

from tray.model.calendar_event import FeedEvent
from tray.model.days import Calendar
from tray.model.filters import DayRange
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.model.reports.report_definition import ReportDefinition
from tray.store import (
    absences,
    account,
    conflicts,
    day_totals,
    entry_changes,
    feeds,
    heartbeat,
    hook_events,
    hook_failures,
    in_flight,
    journal,
    known_people,
    migrate,
    outbox,
    owed_stops,
    quota_rows,
    reminders,
    remote_rows,
    schema_files,
)
from tray.store.account import LinkedAccount, PullPosition
from tray.store.columns import RowValues
from tray.store.conflicts import ConflictRow
from tray.store.database import Database
from tray.store.heartbeat import Heartbeat
from tray.store.journal import JournalEntry
from tray.store.known_people import KnownPerson
from tray.store.opening import SCHEMA, open_database
from tray.store.remote_rows import RemoteRow
from tray.store.report_reading import day_begins
from tray.tracker import catalogue, entries, favourites, saved_reports, timer, undo
from tray.tracker.resolve import Draft

NOW: Final = 1_795_000_000
HEADING: Final = "-- Written from migrations/ by `python -m tests.store.record`; do not edit it.\n"
FOLDER: Final = Path(__file__).parent / "recorded"


def use(db: Database) -> None:
    """Leave at least one row in every table."""
    entry_changes.keep(db)
    hook_events.watch(db, hook_events.EVENTS)
    client = catalogue.create_client(db, "Cooking Club", now=NOW).created_id
    project = catalogue.create_project(db, "Recipes", now=NOW, changes={"client_id": client})
    catalogue.create_task(db, project.created_id, "Soups", now=NOW)
    draft = Draft("Taste it; write “good”", "Recipes", "Soups", ("tasty", "hot"), billable=True)
    timer.start(db, draft, now=NOW)
    timer.stop(db, now=NOW + 600)
    entries.add(db, Draft("写食谱"), start=NOW + 700, stop=NOW + 900, now=NOW + 900)
    entries.duplicate(db, 2, now=NOW + 900)
    entries.delete(db, [3], now=NOW + 900)
    favourites.pin(db, draft, now=NOW + 900)
    _report(db)
    timer.resume(db, 1, now=NOW + 1_000)
    undo.undo(db)
    _exchange(db)
    _leave(db)
    hook_failures.note(db, "start", "The hook start failed with exit code 1.")
    db.run("UPDATE entry SET billable = billable WHERE id = 1")  # as another program may write


def _exchange(db: Database) -> None:
    """As while changes are exchanged with an account."""
    with db.writing():
        account.write(
            db,
            LinkedAccount(
                "https://example.org/api/v9",
                "basic",
                "",
                7,
                "Cook",
                pull=PullPosition(history_complete=True),
            ),
        )
        base = remote_rows.image(db, "entry", 1) or {}
        remote_rows.save(db, RemoteRow("entry", 1, 2**32, 1, base))
        db.run("INSERT INTO local_only (of_table, row_id) VALUES ('entry', 2)")
        outbox.add(db, "entry", 1)
        item = outbox.items(db, "waiting")[0].id
        outbox.update(db, item, sent=remote_rows.as_json(base), attempts=1)
        in_flight.remember_create(db, item, at=1, maybe_repeated=True)
        in_flight.remember_unanswered(db, item, at=1)
        ours: RowValues = {"description": "Taste it"}
        theirs: RowValues = {"description": "Taste it all"}
        conflicts.add(db, ConflictRow(0, "entry", 1, "description", ours, theirs, "ours", NOW))
        journal.add(db, JournalEntry(NOW, "account", "Signed in as Cook."))
        known_people.keep(db, 9, [KnownPerson(7, "Cook", "cook@example.org")])
        quota_rows.write(db, "user", ("user", 30, 29, NOW))


def _leave(db: Database) -> None:
    """As when somebody went away while an entry ran, and has not said yet what to do."""
    away = AwayPeriod(NOW + 300, NOW + 500)
    with db.writing():
        absences.record(db, Absence(1, 1, Cause.IDLE, AbsenceState.OPEN, (away,)))
        reminders.record_notified(db, "long run", 1, at=NOW + 550)
        heartbeat.write(db, Heartbeat(NOW + 600, away))
        db.run(
            "INSERT INTO owed_stop (key, entry_id, begin, at, ordered) VALUES (?, 2, ?, ?, ?)",
            ("0123456789abcdef", NOW, NOW + 700, (NOW + 700) * 10**9),
        )
        owed_stops.settle(db, "fedcba9876543210")
    feed = feeds.add(db, "Club", "#0b83d9")
    event = FeedEvent("Market", NOW, NOW + 3_600)
    feeds.replace(db, feed, [event], etag="1", at=NOW, problem="")


def _report(db: Database) -> None:
    """As when somebody has looked at the reports, and kept one."""
    days = DayRange(date(2026, 11, 16), date(2026, 11, 22))
    day_totals.keep(db, day_begins(days, Calendar(UTC)), lambda _: None)
    saved_reports.save(db, "Kitchen", ReportDefinition("month"), now=NOW + 950)


def dump(path: Path) -> str:
    """The database as SQL that makes it again."""
    connection = sqlite3.connect(path)
    statements = "\n".join(connection.iterdump())
    connection.close()
    return f"{statements}\nPRAGMA user_version = {SCHEMA};\n"


def schema_text() -> str:
    """What makes a new database, as the migrations leave it."""
    with tempfile.TemporaryDirectory() as folder, Database(f"{folder}/new.db") as db:
        migrate.bring_up_to_date(db)
        kinds = "SELECT sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'"
        statements = [str(sql) for (sql,) in db.rows(kinds)]
        workspaces = db.rows("SELECT name FROM workspace")
    statements += [f"INSERT INTO workspace (name) VALUES ('{name}')" for (name,) in workspaces]
    statements += [f"PRAGMA user_version = {SCHEMA}"]
    return f"{HEADING}\n" + ";\n\n".join((*statements, "")).rstrip("\n") + "\n"


def recorded(schema: int) -> Path:
    """The file that holds a database of that schema."""
    return FOLDER / f"schema_{schema}.sql"


if __name__ == "__main__":
    Path(schema_files.NEW).write_text(schema_text(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "toggl-tray.db")
        with open_database(str(path)) as db:
            use(db)
        recorded(SCHEMA).write_text(dump(path), encoding="utf-8")
