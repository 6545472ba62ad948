"""How long 100,000 rows of a CSV file take to import, as a multiple of bare SQLite.

The measure beside it is one `executemany` of the very same rows into the same new database: it
goes through the same indexes and triggers, in one transaction, and is timed up to the end of its
commit, the sync to disk included. An import also reads and checks the file, looks names up, leaves
out what is there, records the step for undo and makes a backup.

Run it with ``python -m tests.benchmarks import``.
"""

import csv
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from tests.benchmarks.rows import Row, table
from tray.store.columns import COLUMNS
from tray.store.opening import open_database
from tray.tracker.transfer import import_file
from tray.tracker.transfer.csv_columns import HEADER

ROWS: Final = 100_000
ROUNDS: Final = 3
"""The best of each counts, so that the rest of the computer does not."""

AT_MOST: Final = 3.0
FIRST: Final = int(datetime(2011, 1, 3, 9, tzinfo=UTC).timestamp())
NOW: Final = int(datetime(2026, 11, 21, tzinfo=UTC).timestamp())
ZONE: Final = ZoneInfo("Europe/Berlin")


def report() -> Iterator[list[str]]:
    """Rows of a made-up report: 2,000 pieces of work in 60 projects of 12 clients, with 15 tags."""
    chance = random.Random(1)
    start = FIRST
    while True:
        seconds = chance.randrange(60, 7_000)
        piece = chance.randrange(2_000)
        project = piece % 60
        yield [
            *("", "", f"Client {project % 12}", f"Project {project}", "", f"Piece of work {piece}"),
            chance.choice(["Yes", "No"]),
            *local(start),
            *local(start + seconds),
            f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}",
            f"tag {piece % 5}, tag {5 + piece % 10}",
        ]
        start += seconds + chance.randrange(0, 2_000)


def local(moment: int) -> list[str]:
    return datetime.fromtimestamp(moment, ZONE).isoformat(" ")[:19].split()


def seconds_for_import(folder: Path, file: Path) -> float:
    with open_database(str(folder / "imported" / "toggl-tray.db")) as db:
        begin = time.perf_counter()
        result = import_file(db, str(file), now=NOW, zone=ZONE)
        seconds = time.perf_counter() - begin
    assert result.added == ROWS
    return seconds


def seconds_for_bare(folder: Path) -> float:
    """As `seconds_for_import`, from what that has left behind."""
    columns = ", ".join(COLUMNS["entry"])
    marks = ", ".join("?" * len(COLUMNS["entry"]))
    with open_database(str(folder / "imported" / "toggl-tray.db")) as imported:
        rows = imported.rows(f"SELECT {columns} FROM entry ORDER BY id")
        clients = imported.rows("SELECT * FROM client")
        projects = imported.rows("SELECT * FROM project")
    with open_database(str(folder / "bare" / "toggl-tray.db")) as db:
        with db.writing():
            db.run_many("INSERT INTO client VALUES (?, ?, ?, ?)", clients)
            db.run_many("INSERT INTO project VALUES (?, ?, ?, ?, ?, ?, ?)", projects)
        begin = time.perf_counter()
        with db.writing():
            db.run_many(f"INSERT INTO entry ({columns}) VALUES ({marks})", rows)
        return time.perf_counter() - begin


def run() -> list[Row]:
    """Import and bare insert, in turns."""
    imported, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "report.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([HEADER, *islice(report(), ROWS)])
        for number in range(ROUNDS):
            folder = Path(name) / str(number)
            imported.append(seconds_for_import(folder, file))
            bare.append(seconds_for_bare(folder))
    return [
        Row(f"bare executemany of {ROWS:,} entries", min(bare), "s", None),
        Row(f"import of {ROWS:,} CSV rows", min(imported), "s", None),
        Row("import to bare", min(imported) / min(bare), "x", AT_MOST),
    ]


if __name__ == "__main__":
    print(table(run()))
