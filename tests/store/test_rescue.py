"""What is put together from a damaged database and its backups, and how it takes its place."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.store import damage, programs
from tests.store.damage import NOW
from tray.errors import Busy, StorageError
from tray.store import backup, backup_paths, database_files, entries
from tray.store import catalogue as rows
from tray.store.database import Database
from tray.store.opening import SCHEMA, open_database
from tray.store.recovery import rescue, safe_opening
from tray.tracker import catalogue, timer, undo
from tray.tracker import entries as verbs
from tray.tracker.resolve import Draft


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return damage.make(tmp_path_factory.mktemp("made"))


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A database of its own for each test, not damaged yet."""
    return damage.copy(made, tmp_path / "data")


def lose_entries(path: Path) -> None:
    """Destroy the first page of the table of entries, without which none can be found."""
    damage.destroy(path, damage.root_of(path, "entry"))


def lose_entries_and_steps(path: Path) -> None:
    """Leave only the backup to say what entries there were."""
    lose_entries(path)
    damage.destroy(path, damage.root_of(path, "change"))


def add(db: Database, text: str) -> int:
    added = verbs.add(db, Draft(text), start=NOW + 5_000, stop=NOW + 5_060, now=NOW).entry
    assert added is not None
    return added.id


def test_a_sound_database_is_opened_without_a_word(path: Path) -> None:
    db, told = safe_opening.open_or_rescue(str(path), now=NOW)
    with db:
        assert len(list(entries.everything(db))) == damage.BACKED_UP + damage.LATER
    assert told == ()
    assert damage.set_aside(path) == []


def test_the_user_is_told_what_there_is_and_where_the_old_file_lies(path: Path) -> None:
    (copy,) = backup.newest_first(backup_paths.folder_of(str(path)))
    os.utime(copy, (NOW, NOW))
    lose_entries_and_steps(path)
    told = rescue.rescue(str(path), now=NOW)
    with open_database(str(path)) as db:
        latest = entries.latest(db)
    assert latest is not None
    assert told == (
        f"The database was damaged and has been rebuilt: it has {damage.BACKED_UP} entries, the "
        f"latest of {rescue._moment(latest.start)}. {damage.BACKED_UP} of them could not be read "
        f"there and come from the backup of {rescue._moment(NOW)}. Up to {damage.LATER} others "
        "could not be read anywhere. What was done before can no longer be undone. The damaged "
        f"file is kept as {path}.damaged-20261118T110640Z."
    )


def test_without_a_backup_that_is_said(path: Path) -> None:
    for copy in backup.newest_first(backup_paths.folder_of(str(path))):
        Path(copy).unlink()
    path.write_bytes(b"not a database, and too short for one")
    told = rescue.rescue(str(path), now=NOW)
    assert told.startswith(
        "The database was damaged and has been rebuilt: it has 0 entries. Nothing could be read of "
        "the damaged file. There was no backup to help. "
    )
    assert damage.all_entries(path) == []


def test_the_next_older_backup_is_taken_if_the_newest_is_damaged_too(path: Path) -> None:
    folder = Path(backup_paths.folder_of(str(path)))
    with open_database(str(path)) as db:
        newest = backup.daily(db, NOW + 86_400)
    assert newest is not None
    damage.destroy(Path(newest), 5)
    (folder / "daily-2030-01-01.db").write_text("no database")
    (folder / "daily-2030-01-02.db").write_bytes(b"")
    newer = folder / "daily-2030-01-03.db"
    newer.write_bytes((folder / "daily-2026-11-18.db").read_bytes())
    damage.change_inside(newer, f"PRAGMA user_version = {SCHEMA + 1}")
    lose_entries_and_steps(path)
    rescue.rescue(str(path), now=NOW)
    assert len(damage.all_entries(path)) == damage.BACKED_UP


def test_what_only_the_damaged_file_has_in_its_log_is_found(path: Path) -> None:
    page = damage.root_of(path, "entry_by_what")
    log = damage.crash(path, "in the log")
    damage.destroy(path, page)
    rescue.rescue(str(path), now=NOW)
    running = [entry.description for entry in damage.all_entries(path) if entry.running]
    assert running == ["in the log"]
    (aside,) = damage.set_aside(path)
    assert Path(f"{aside}-wal").read_bytes() == log


def test_the_log_is_found_even_if_the_first_page_is_lost(path: Path) -> None:
    before = {entry.id for entry in damage.all_entries(path)}
    damage.crash(path, "in the log")
    damage.destroy(path, 1)
    damage.rescued(path)
    after = damage.all_entries(path)
    assert {entry.id for entry in after} == {*before, max(before) + 1}
    assert [entry.description for entry in after if entry.running] == ["in the log"]


def test_what_something_other_than_a_step_has_written_is_believed(path: Path) -> None:
    later = damage.BACKED_UP + 5
    damage.change_inside(path, "UPDATE entry SET description = 'synced' WHERE id = ?", later)
    damage.change_inside(path, "UPDATE entry SET billable = 7 WHERE id = 1")
    rescue.rescue(str(path), now=NOW)
    (found,) = [entry for entry in damage.all_entries(path) if entry.id == later]
    assert found.description == "synced"


def test_every_table_can_be_salvaged(path: Path) -> None:
    """One without an id, or kept by something else, has to be told to `salvage`."""
    with open_database(str(path)) as db:
        without_id = db.rows(
            "SELECT s.name FROM sqlite_schema AS s WHERE type = 'table' AND NOT EXISTS "
            "(SELECT 1 FROM pragma_table_info(s.name) WHERE name = 'id' AND type = 'INTEGER')"
        )
    assert {name for (name,) in without_id} == {
        *("sqlite_sequence", "change"),
        *("totalled_day", "day_total"),  # filled anew by the first report
        "entry_change",  # filled by the entries themselves
    }


def test_what_was_deleted_after_the_backup_stays_deleted(path: Path) -> None:
    with open_database(str(path)) as db:
        verbs.delete(db, [3, 4], now=NOW)
    lose_entries(path)
    rescue.rescue(str(path), now=NOW)
    assert {3, 4} & {entry.id for entry in damage.all_entries(path)} == set()


def test_steps_survive_where_no_row_was_lost(path: Path) -> None:
    damage.destroy(path, damage.root_of(path, "entry_by_time"))
    told = rescue.rescue(str(path), now=NOW)
    assert "undone" not in told
    with open_database(str(path)) as db:
        assert undo.redo(db)[1].verb == "stop"
        for _ in range(damage.LATER + 2):
            undo.undo(db)
        assert len(list(entries.everything(db))) == damage.BACKED_UP


def test_ids_are_not_used_again_after_a_loss(path: Path) -> None:
    lose_entries_and_steps(path)
    rescue.rescue(str(path), now=NOW)
    with open_database(str(path)) as db:
        assert add(db, "next") == damage.BACKED_UP + damage.LATER + 1


def test_an_entry_outlives_what_it_refers_to(path: Path) -> None:
    for copy in backup.newest_first(backup_paths.folder_of(str(path))):
        Path(copy).unlink()
    before = damage.all_entries(path)
    damage.destroy(path, *(damage.root_of(path, name) for name in ("project", "tag", "workspace")))
    rescue.rescue(str(path), now=NOW)
    after = damage.all_entries(path)
    assert [(entry.id, entry.description, entry.start, entry.stop) for entry in after] == [
        (entry.id, entry.description, entry.start, entry.stop) for entry in before
    ]
    with open_database(str(path)) as db:
        names = rows.names(db)
    assert {entry.project_id for entry in after} <= {None, *names.projects}
    assert {tag for entry in after for tag in entry.tag_ids} <= set(names.tags)


def test_a_task_goes_with_its_project_and_leaves_its_entries(path: Path) -> None:
    with open_database(str(path)) as db:
        task = catalogue.create_task(db, 8, "part", now=NOW).created_id
        entry = add(db, "with a task")
        verbs.edit(db, [entry], {"project_id": 8, "task_id": task}, now=NOW)
    for copy in backup.newest_first(backup_paths.folder_of(str(path))):
        Path(copy).unlink()
    damage.change_inside(path, "DELETE FROM project WHERE id = 8")
    rescue.rescue(str(path), now=NOW)
    (found,) = [each for each in damage.all_entries(path) if each.id == entry]
    assert (found.project_id, found.task_id) == (None, None)


def test_what_entries_refer_to_comes_back_from_the_backup_though_its_table_can_be_read(
    path: Path,
) -> None:
    before = damage.everything(path)
    damage.change_inside(path, "DELETE FROM project WHERE id = 8")
    told = rescue.rescue(str(path), now=NOW)
    assert damage.everything(path) == before
    assert "1 projects, clients, tags and favourites were restored." in told


@pytest.mark.parametrize(
    "nonsense",
    [
        "billable = 7",
        "stop = start - 1",
        "start = 0, stop = 10",
        "start = 1 << 60, stop = 1 << 60",
        "stop = start + 400000000",
        "tag_ids = 'no list'",
    ],
)
def test_a_row_against_the_rules_is_not_believed(path: Path, nonsense: str) -> None:
    before = damage.all_entries(path)
    damage.change_inside(path, f"UPDATE entry SET {nonsense} WHERE id = 7")
    damage.destroy(path, damage.root_of(path, "entry_by_time"))
    rescue.rescue(str(path), now=NOW)
    assert damage.all_entries(path) == before


def test_only_the_later_of_two_running_entries_runs_on(path: Path) -> None:
    with open_database(str(path)) as db:
        timer.start(db, Draft("running in the backup"), now=NOW + 4_000)
        backup.before_import(db, NOW)
        timer.start(db, Draft("running since"), now=NOW + 5_000)
    damage.destroy(path, damage.root_of(path, "change"))
    damage.change_inside(path, "DELETE FROM entry WHERE description = ?", "running in the backup")
    damage.change_inside(path, "UPDATE entry SET billable = 7 WHERE id = 1")
    rescue.rescue(str(path), now=NOW)
    times = {entry.description: (entry.start, entry.stop) for entry in damage.all_entries(path)}
    assert times["running in the backup"] == (NOW + 4_000, NOW + 5_000)
    assert times["running since"] == (NOW + 5_000, None)


def test_the_new_file_is_private(path: Path) -> None:
    lose_entries(path)
    rescue.rescue(str(path), now=NOW)
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_rescues_in_one_second_keep_both_damaged_files(path: Path) -> None:
    contents = []
    for page in ("entry", "entry_by_time"):
        damage.destroy(path, damage.root_of(path, page))
        contents.append(path.read_bytes())
        rescue.rescue(str(path), now=NOW)
    kept = damage.set_aside(path)
    assert [file.name.partition("damaged-")[2] for file in kept] == [
        "20261118T110640Z",
        "20261118T110640Z-2",
    ]
    assert [file.read_bytes() for file in kept] == contents


def test_nothing_is_repaired_while_somebody_has_it_open(path: Path) -> None:
    lose_entries(path)
    damaged = path.read_bytes()
    told: list[str] = []
    thread = threading.Thread(target=lambda: told.append(rescue.rescue(str(path), now=NOW)))
    with open_database(str(path)):
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        assert path.read_bytes() == damaged
    thread.join()
    assert "has been rebuilt" in told[0]


def test_who_waits_too_long_to_repair_it_is_told(path: Path) -> None:
    with (
        open_database(str(path)),
        pytest.raises(Busy, match=r"while another Toggl Tray has it open\. Quit that one"),
        database_files.alone(str(path), patience_ms=50),
    ):
        pass


def test_nobody_opens_what_is_being_repaired(path: Path) -> None:
    def look() -> None:
        with open_database(str(path)) as db:
            seen.append(len(entries.newest(db, 10)))

    seen: list[int] = []
    thread = threading.Thread(target=look)
    with database_files.alone(str(path)):
        with pytest.raises(Busy, match=r"is being repaired\. Try again"):
            database_files.attend(str(path), patience_ms=50)
        thread.start()
        thread.join(0.2)
        assert seen == []
    thread.join()
    assert seen == [10]


def test_of_several_who_find_the_damage_one_repairs_it(path: Path) -> None:
    before = damage.everything(path)
    damage.destroy(path, 1)
    program = (sys.executable, "-m", "tests.store.child", "rescue", str(path))
    finders = [
        subprocess.Popen(program, cwd=programs.ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    said = [finder.communicate()[0] for finder in finders]
    assert [finder.returncode for finder in finders] == [0] * 6
    assert sum("has been rebuilt" in each for each in said) == 1, said
    assert all('"error": ""' in each for each in said), said
    assert damage.everything(path) == before
    assert len(damage.set_aside(path)) == 1


def test_no_kill_of_a_rescue_loses_anything(tmp_path: Path) -> None:
    report = programs.run("cut_short", str(tmp_path), "25")
    assert report["cut_short"] > 5, "hardly any kill hit a rescue"


class Cut(BaseException):
    """As if the power went."""


@pytest.mark.parametrize("renamed", range(5))
def test_a_rescue_cut_short_between_two_names_is_finished(
    path: Path, monkeypatch: pytest.MonkeyPatch, renamed: int
) -> None:
    page = damage.root_of(path, "entry")
    log = damage.crash(path, "in the log")
    damage.destroy(path, page)
    renames = iter(range(renamed))
    rename = os.replace

    def rename_or_die(old: str, new: str) -> None:
        if next(renames, None) is None:
            raise Cut
        rename(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", rename_or_die)
        with pytest.raises(Cut):
            rescue.rescue(str(path), now=NOW)
    assert path.exists() == (renamed < 2)
    told = damage.rescued(path)
    assert ("had been cut short. It is finished now" in told) == (renamed >= 2)
    assert "in the log" in {entry.description for entry in damage.all_entries(path)}
    (aside,) = damage.set_aside(path)
    assert str(aside) in told
    if renamed >= 2:  # else the opening has moved the log into the damaged file, as always
        assert Path(f"{aside}-wal").read_bytes() == log


def test_without_room_for_the_new_one_the_damaged_one_stays(path: Path) -> None:
    lose_entries(path)
    damage.destroy(path, 1)
    damaged = path.read_bytes()
    report = programs.run("child", "rescue", str(path), f"{len(damaged) // 2}")
    assert report["error"] == "DiskFull"
    assert report["sentence"] == (
        f"The database {path} is damaged, and could not be repaired (File too large). Nothing "
        "was deleted. Free about 2 MB beside it, then try again."
    )
    assert path.read_bytes() == damaged
    assert damage.set_aside(path) == []
    assert not Path(f"{path}.rescue").exists()


def test_what_was_repaired_meanwhile_is_not_repaired_again(path: Path) -> None:
    told = rescue.rescue(str(path), now=NOW)
    assert told == f"The database {path} was looked over. Nothing is wrong with it any more."
    assert damage.set_aside(path) == []


def test_a_database_that_is_gone_is_begun_anew_and_its_backup_kept_for_good(path: Path) -> None:
    path.unlink()
    db, (told,) = safe_opening.open_or_rescue(str(path), now=NOW)
    with db:
        assert entries.newest(db, 1) == []
        for day in range(1, 12):
            timer.start(db, Draft(f"{day}"), now=NOW + day)
            backup.daily(db, NOW + day * 86_400)
    kept = Path(backup_paths.folder_of(str(path)), "before-new-start-20261118T110640Z.db")
    assert told == (
        f"There was no database at {path}, so a new one was begun. The newest backup of the one "
        f"before is {kept}. To go back to that, quit Toggl Tray and copy it to {path}."
    )
    path.write_bytes(kept.read_bytes())
    assert len(damage.all_entries(path)) == damage.BACKED_UP


def test_a_first_start_says_nothing(tmp_path: Path) -> None:
    db, told = safe_opening.open_or_rescue(str(tmp_path / "data" / "toggl-tray.db"), now=NOW)
    db.close()
    assert told == ()


def test_a_folder_that_cannot_be_written_is_said_so(path: Path) -> None:
    path.write_text("no database")
    Path(f"{path}.lock").unlink(missing_ok=True)
    Path(f"{path}.lock").mkdir()
    with pytest.raises(StorageError, match="its folder cannot be written"):
        safe_opening.open_or_rescue(str(path), now=NOW)
    assert path.read_text() == "no database"
