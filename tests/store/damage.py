"""Databases with something to lose, and ways to damage them."""

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Final

from tests.benchmarks.data import fill
from tests.store.storm import check
from tray.model.entities import TimeEntry
from tray.store import backup, entries, instance_mark
from tray.store.opening import open_database
from tray.store.recovery import rescue, safe_opening
from tray.tracker import catalogue, favourites, timer, undo
from tray.tracker.resolve import Draft

NOW: Final = 1_795_000_000
PAGE: Final = 4096
BACKED_UP: Final = 400
"""How many entries the backup has."""
LATER: Final = 30
"""How many were begun after it."""


def make(folder: Path) -> Path:
    """A database whose newest backup is a day's work behind; return its path."""
    path = folder / "toggl-tray.db"
    with open_database(str(path)) as db:
        fill(db, entries=BACKED_UP, now=NOW)
        favourites.pin(db, Draft("pinned", "Project 8"), now=NOW)
        backup.daily(db, NOW)
        for number in range(LATER):
            draft = Draft(f"later {number}", "new project", tags=("new tag",), create_missing=True)
            timer.start(db, draft, now=NOW + number * 60)
        catalogue.rename(db, "project", 7, "Another name", now=NOW)
        timer.stop(db, now=NOW + 3_600)
        undo.undo(db)
    return path


def copy(made: Path, folder: Path) -> Path:
    """A copy of what `make` has made, to be damaged."""
    shutil.copytree(made.parent, folder)
    mark = instance_mark.read(str(made))
    if mark is not None:
        instance_mark.write(str(folder / made.name), mark)  # as if it had been made there
    return folder / made.name


def all_entries(path: Path) -> list[TimeEntry]:
    """Every entry of a database, which is opened and checked as a whole."""
    with open_database(str(path)) as db:
        check(db)
        return list(entries.everything(db))


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the user has put into a database: all but what is derived and the steps."""
    tables = ("workspace", "client", "project", "task", "tag", "entry", "favourite")
    with open_database(str(path)) as db:
        check(db)
        return {table: db.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}


def pages(path: Path) -> int:
    """How many pages a database has."""
    return path.stat().st_size // PAGE


def destroy(path: Path, *numbers: int, zeros: bool = False) -> None:
    """Overwrite pages, 1 being the first, with random bytes or zeros."""
    chance = random.Random(sum(numbers))
    with path.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE)
            file.write(bytes(PAGE) if zeros else chance.randbytes(PAGE))


def root_of(path: Path, name: str) -> int:
    """The number of the first page of a table or an index."""
    connection = sqlite3.connect(path)
    ((number,),) = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)
    ).fetchall()
    connection.close()
    return int(number)


def change_inside(path: Path, sql: str, *parameters: object) -> None:
    """Change a database past all its rules, as a bug or a curious user could."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    with connection:
        connection.execute(sql, parameters)
    connection.close()


def crash(path: Path, text: str) -> bytes:
    """Start an entry and leave the files as a crash would; return the log, which alone has it."""
    log = Path(f"{path}-wal")
    with open_database(str(path)) as db:
        timer.start(db, Draft(text), now=NOW + 7_000)
        files = {file: file.read_bytes() for file in (path, log)}
    for file, content in files.items():
        file.write_bytes(content)
    return files[log]


def set_aside(path: Path) -> list[Path]:
    """The damaged files that are kept beside a database, without their logs."""
    return sorted(
        file
        for file in path.parent.glob(f"{path.name}.damaged-*")
        if not file.name.endswith(("-wal", "-shm"))
    )


def rescued(path: Path) -> str:
    """Repair a database, whether opening it shows the damage or not; return what was told."""
    db, told = safe_opening.open_or_rescue(str(path), now=NOW + 9_000)
    db.close()
    return told[0] if told else rescue.rescue(str(path), now=NOW + 9_000)
