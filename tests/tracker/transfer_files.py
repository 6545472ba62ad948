"""Files to import, and what a database holds before and after."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tray.model.entities import TimeEntry
from tray.store import entries as stored
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.tracker.transfer.importing import ImportResult, import_file

Refuses = Callable[..., AbstractContextManager[None]]

NOW: Final = int(datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp())
HEADER: Final = "Client,Project,Task,Description,Start date,Start time,Duration,Tags"
DAY: Final = "2026-11-20,09:30:00,01:00:00"
LATER: Final = "2026-11-20,12:30:00,01:00:00"
START: Final = NOW - 86_400 - 9_000
STOP: Final = START + 3_600

PARTS: Final = ("workspaces", "clients", "projects", "tasks", "tags", "favourites")
FIELDS: Final = (
    *("name", "archived", "colour", "description", "project", "client", "task"),
    *("tags", "billable", "start", "stop", "workspace"),
)


def bring_in(db: Database, content: str | bytes, **options: Any) -> ImportResult:
    path = Path(db.path).parent / "in.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_file(db, str(path), **{"now": NOW, "zone": UTC, **options})


def rows(*lines: str) -> str:
    return "\n".join([HEADER, *lines, ""])


def everything(db: Database) -> list[TimeEntry]:
    return list(stored.everything(db))


def contents(db: Database) -> dict[str, list[tuple[object, ...]]]:
    tables = (*COLUMNS, "past_activity")
    return {table: db.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}


def backup_of(*entry: dict[str, object], **parts: object) -> str:
    return json.dumps({"v": 1, "entries": list(entry), **parts})


ENTRY: Final[dict[str, object]] = {
    "description": "x",
    "start": "2026-11-20T09:30:00Z",
    "stop": "2026-11-20T10:30:00Z",
}
RUNNING: Final[dict[str, object]] = {"description": "x", "start": "2026-11-20T09:30:00Z"}
