"""Several processes and connections at one database; see `tests.store.crowd`."""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.rig.waiting import BUSY
from tests.store import programs
from tests.store.storm import NOW
from tray.errors import Busy, Refused, StorageError
from tray.store import backup, entries, health
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.recovery.restore import restore
from tray.tracker import timer
from tray.tracker.resolve import Draft


@pytest.mark.parametrize("first_start", [True, False])
def test_ten_processes_at_once_lose_nothing_and_never_run_two(
    tmp_path: Path, first_start: bool
) -> None:
    path = tmp_path / "data" / "toggl-tray.db"
    if not first_start:
        open_database(str(path)).close()
    report = programs.run("crowd", str(path))
    assert report["errors"] == []
    there = Counter(report["there"])
    assert len(report["told"]) == 500
    assert [name for name in report["told"] if there[name] != 1] == []
    assert report["most_running"] == 1
    assert [file.name for file in path.parent.iterdir() if file.suffix == ".db"] == [path.name]


def test_a_writer_waits_for_another(db: Database) -> None:
    done = threading.Event()

    def write() -> None:
        with open_database(db.path) as other:
            timer.start(other, Draft("after"), now=NOW)
        done.set()

    thread = threading.Thread(target=write)
    with db.writing():
        thread.start()
        assert not done.wait(0.2)
    thread.join()
    running = entries.running(db)
    assert running is not None
    assert running.description == "after"


def test_one_who_waits_too_long_is_told(db: Database) -> None:
    with open_database(db.path) as other, db.writing():
        other.run("PRAGMA busy_timeout = 50")
        with pytest.raises(Busy, match=r"Another program has held .* Try again"):
            timer.start(other, Draft("never"), now=NOW)
        assert entries.newest(other, 1) == []


def test_a_reader_sees_one_moment_and_hinders_no_writer(db: Database) -> None:
    with open_database(db.path) as other, db.reading():
        assert entries.newest(db, 9) == []
        begin = time.monotonic()
        timer.start(other, Draft("meanwhile"), now=NOW)
        assert time.monotonic() - begin < 1 * BUSY
        assert entries.newest(db, 9) == []
    assert len(entries.newest(db, 9)) == 1


def test_nothing_is_written_to_a_file_that_lost_its_name(db: Database) -> None:
    timer.start(db, Draft("kept"), now=NOW)
    moved = Path(db.path).rename(f"{db.path}.moved")
    for _ in range(2):
        with pytest.raises(StorageError, match=r"moved, deleted or replaced while it was in use"):
            timer.start(db, Draft("lost"), now=NOW + 1)
        Path(db.path).write_bytes(b"")  # somebody else's, of the same name
    Path(db.path).unlink()
    moved.rename(db.path)
    assert timer.stop(db, now=NOW + 2).entry is not None
    assert [entry.description for entry in entries.newest(db, 9)] == ["kept"]


_VISIT: Final = (
    "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); "
    "print(*(text for (text,) in db.execute('SELECT description FROM entry ORDER BY id'))); "
    "db.close()"
)


def seen_by_a_visitor(path: str) -> str:
    """What another process reads, which then takes its leave of the database."""
    argv = [sys.executable, "-c", _VISIT, path]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout.strip()


def _restore_itself(db: Database) -> None:
    with pytest.raises(Refused, match="is the database itself"):
        restore(db, db.path)


@pytest.mark.parametrize(
    "use",
    [
        lambda db: open_database(db.path).close(),
        lambda db: health.check(db.path),
        lambda db: backup.daily(db, NOW),
        _restore_itself,
    ],
    ids=["open it again", "check it", "copy it", "restore it from itself"],
)
def test_what_is_written_after_another_use_of_the_file_is_found_by_others(
    db: Database, use: Callable[[Database], object]
) -> None:
    """SQLite's locks go when their process closes any file descriptor of the database."""
    timer.start(db, Draft("before"), now=NOW)
    use(db)
    assert seen_by_a_visitor(db.path) == "before"
    timer.start(db, Draft("after"), now=NOW + 60)
    assert seen_by_a_visitor(db.path) == "before after"
