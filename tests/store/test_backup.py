"""The copies of a week, and those before something big."""

import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.store.storm import check
from tray.errors import StorageError
from tray.store import backup, backup_paths, health
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.recovery import rescue
from tray.tracker import timer
from tray.tracker.resolve import Draft

NOW = 1_795_000_000
DAY = 86_400


@pytest.fixture
def folder(db: Database) -> Path:
    return Path(backup_paths.folder_of(db.path))


def track(db: Database, text: str, now: int = NOW) -> None:
    timer.start(db, Draft(text), now=now)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def descriptions(path: str) -> list[str]:
    with open_database(path) as copy:
        check(copy)
        return [text for (text,) in copy.rows("SELECT description FROM entry ORDER BY id")]


def test_a_day_gets_one_copy_with_all_there_is(db: Database, folder: Path) -> None:
    track(db, "first")
    path = backup.daily(db, NOW)
    assert path == str(folder / "daily-2026-11-18.db")
    track(db, "second", NOW + 60)
    assert backup.daily(db, NOW + 60) is None
    assert descriptions(path) == ["first"]


def test_a_copy_is_for_the_user_alone(db: Database, folder: Path) -> None:
    path = backup.daily(db, NOW)
    assert path is not None
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_copies_of_the_last_seven_days_with_a_change_are_kept(
    db: Database, folder: Path
) -> None:
    days = [0, 1, 2, 5, 6, 20, 21, 22, 23, 40]
    for day in days:
        track(db, f"{day}", NOW + day * DAY)
        backup.daily(db, NOW + day * DAY)
    dates = [datetime.fromtimestamp(NOW + day * DAY, UTC).strftime("%Y-%m-%d") for day in days]
    assert names(folder) == [f"daily-{date}.db" for date in dates[-backup.KEEP_DAILY :]]
    assert descriptions(str(folder / names(folder)[0])) == ["0", "1", "2", "5"]


def test_copies_before_something_big_are_not_dropped(db: Database, folder: Path) -> None:
    backup.before_import(db, NOW)
    backup.before_migration(db, 1)
    for day in range(20):
        backup.daily(db, NOW + day * DAY)
    kept = [name for name in names(folder) if name.startswith("before-")]
    assert kept == ["before-import-20261118T110640Z.db", "before-schema-2.db"]


def test_the_newest_copy_comes_first_whatever_its_name(db: Database, folder: Path) -> None:
    made = [backup.daily(db, NOW), backup.before_import(db, NOW), backup.daily(db, NOW + DAY)]
    for age, path in enumerate(reversed(made)):
        assert path is not None
        os.utime(path, (NOW - age, NOW - age))
    (folder / "notes.txt").write_text("not a copy")
    assert backup.newest_first(str(folder)) == list(reversed(made))


def test_without_a_folder_there_are_no_copies(tmp_path: Path) -> None:
    assert backup.newest_first(str(tmp_path / "nowhere")) == []


def test_a_copy_made_while_others_write_is_consistent(db: Database, folder: Path) -> None:
    """Each verb writes entry, step and what is derived: half of one would show."""

    def write() -> None:
        with open_database(db.path) as other:
            for number in range(150):
                track(other, f"{number}", NOW + number)

    thread = threading.Thread(target=write)
    thread.start()
    copied = []
    for day in range(5):
        path = backup.daily(db, NOW + day * DAY)
        assert path is not None
        copied.append(descriptions(path))
        time.sleep(0.02)
    thread.join()
    for some in copied:
        assert some == [f"{number}" for number in range(len(some))]


def test_several_may_make_the_copy_of_the_day_at_once(db: Database, folder: Path) -> None:
    track(db, "kept")
    errors: list[Exception] = []

    def copy() -> None:
        with open_database(db.path) as other:
            ready.wait()
            try:
                backup.daily(other, NOW)
            except Exception as error:  # shown below, whatever it is
                errors.append(error)

    ready = threading.Barrier(4)
    threads = [threading.Thread(target=copy) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert names(folder) == ["daily-2026-11-18.db"]
    assert descriptions(str(folder / "daily-2026-11-18.db")) == ["kept"]


def test_what_a_killed_backup_left_goes_once_it_is_old(db: Database, folder: Path) -> None:
    folder.mkdir()
    for name, age in (("daily-2026-01-01.db.old.part", 3_700), ("daily-2026-01-02.db.new.part", 9)):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - age,) * 2)
    backup.daily(db, NOW)
    assert names(folder) == ["daily-2026-01-02.db.new.part", "daily-2026-11-18.db"]
    assert backup.newest_first(str(folder)) == [str(folder / "daily-2026-11-18.db")]


def test_a_copy_that_cannot_be_made_is_said_and_harms_nothing(db: Database, folder: Path) -> None:
    track(db, "kept")
    folder.write_text("a file where the folder should be")
    with pytest.raises(StorageError, match=r"backups"):
        backup.daily(db, NOW)
    assert descriptions(db.path) == ["kept"]


def test_a_copy_that_cannot_get_its_name_leaves_nothing(db: Database, folder: Path) -> None:
    (folder / "before-schema-2.db" / "something").mkdir(parents=True)
    with pytest.raises(StorageError, match=r"The backup .*before-schema-2\.db cannot be written"):
        backup.before_migration(db, 1)
    assert names(folder) == ["before-schema-2.db"]


def test_a_copy_can_simply_be_put_in_the_place_of_the_database(db: Database, folder: Path) -> None:
    track(db, "then")
    path = backup.daily(db, NOW)
    assert path is not None
    track(db, "after that", NOW + 60)
    db.close()
    Path(db.path).write_bytes(Path(path).read_bytes())
    with open_database(db.path) as restored, open_database(db.path) as reader:
        assert restored.row("PRAGMA journal_mode") == ("wal",)
        with restored.writing():
            assert reader.rows("SELECT description FROM entry") == [("then",)]


def test_a_clock_that_was_ahead_once_does_not_stop_the_copies(db: Database, folder: Path) -> None:
    future = NOW + 3 * 365 * DAY
    for now in (future + day * DAY for day in range(8)):
        track(db, "later", now)
        backup.daily(db, now)
    for day in range(7):
        now = NOW + day * DAY
        track(db, f"{day}", now)
        made = backup.daily(db, now)
        assert made is not None
        assert os.path.exists(made)
        assert backup.daily(db, now + 60) is None, "each write would copy everything again"
        assert len(names(folder)) == backup.KEEP_DAILY
    assert names(folder)[0] == "daily-2026-11-18.db", "those of the future are gone"


def test_of_many_imports_the_last_copies_are_kept(db: Database, folder: Path) -> None:
    made = [backup.before_import(db, NOW + number) for number in range(40)]
    for number, path in enumerate(made[-backup.KEEP_BEFORE :]):
        os.utime(path, (NOW + number, NOW + number))
    backup.before_removal(db, NOW)
    backup.before_import(db, NOW + 40)
    assert len(names(folder)) == backup.KEEP_BEFORE + 1
    assert str(folder / "before-import-20261118T110720Z.db") in backup.newest_first(str(folder))


def test_a_copy_that_holds_more_than_those_that_stay_is_not_dropped(
    db: Database, folder: Path
) -> None:
    for number in range(3):
        track(db, f"{number}", NOW + number)
    full = backup.daily(db, NOW)
    with db.writing():
        db.run("DELETE FROM entry WHERE id > 1")
    for day in range(1, 20):
        backup.daily(db, NOW + day * DAY)
    assert full == str(folder / "daily-2026-11-18.db")
    assert len(names(folder)) == backup.KEEP_DAILY + 1
    assert descriptions(full) == ["0", "1", "2"]


def test_a_home_whose_name_is_no_text_gets_copies(tmp_path: Path) -> None:
    home = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    with open_database(os.path.join(home, "toggl-tray.db")) as db:
        track(db, "kept")
        made = backup.daily(db, NOW)
        assert made == os.path.join(home, "backups", "daily-2026-11-18.db")
        path = db.path
    with open(path, "r+b") as file:
        file.truncate(9_000)
    rescue.rescue(path, now=NOW)
    assert descriptions(path) == ["kept"]


def test_rows_that_a_damaged_page_hides_are_not_left_out_of_a_copy(
    db: Database, folder: Path
) -> None:
    """Of each wrong bit in a page's number of rows: SQLite itself says nothing, and drops some."""
    for number in range(120):
        track(db, f"{number}", NOW + number)
    path = db.path
    db.close()
    whole = Path(path).read_bytes()
    before = descriptions(path)
    for page in range(1, len(whole) // 4096):
        for bit in range(7):
            Path(path).write_bytes(whole)
            with Path(path).open("r+b") as file:
                file.seek(page * 4096 + 4)
                file.write(bytes([whole[page * 4096 + 4] ^ 1 << bit]))
            assert health.fault(path)
    Path(path).write_bytes(whole)
    assert descriptions(path) == before
