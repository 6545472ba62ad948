"""A disk that is full, a folder or a file that may not be written; see `tests.store.child`."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.store import programs
from tests.store.storm import NOW
from tray.store.opening import open_database
from tray.tracker import timer
from tray.tracker.resolve import Draft

NAMESPACE: Final = programs.namespace()
NOBODY: Final = 65_534

SMALL_DISK: Final = 'mount -t tmpfs -o size=1m none "$1" && head -c 200000 /dev/zero >"$1/spare"'
FOR_READING: Final = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'


def test_ci_tries_real_disks_too() -> None:
    """Without any right to mount, as a plain user in a bare container, a limit has to do."""
    assert NAMESPACE or "CI" not in os.environ


@pytest.mark.parametrize("how", ["a limit", *(["a small disk"] if NAMESPACE else [])])
def test_on_a_full_disk_nothing_is_lost_and_all_can_be_seen(tmp_path: Path, how: str) -> None:
    path = str(tmp_path / "toggl-tray.db")
    if how == "a limit":
        report = programs.run("child", "full", path, "limit", "600000")
    else:
        within = programs.mounting(NAMESPACE, SMALL_DISK, str(tmp_path))
        spare = str(tmp_path / "spare")
        report = programs.run("child", "full", path, "spare", spare, within=within)
        assert report["backup_error"] == "DiskFull"
    assert len(report["told"]) >= 3
    assert report["error"] == "DiskFull"
    assert report["sentence"] == (
        f"There is no room left to write to {path}: the disk is full, or a quota is used up. "
        "Nothing was changed, and what was stored before is safe. Free some space, then try again."
    )
    assert report["seen"] == report["seen_again"] == report["told"]
    assert report["running"] == report["told"][-1]
    assert report["seen_with_room"] == [*report["told"], "with room"]
    assert report["intact"]


@pytest.mark.skipif(not NAMESPACE, reason="no right to mount")
def test_a_disk_that_was_full_before_is_not_called_one_without_permission(tmp_path: Path) -> None:
    path = str(tmp_path / "toggl-tray.db")
    within = programs.mounting(NAMESPACE, SMALL_DISK, str(tmp_path))
    report = programs.run("child", "filled", path, within=within)
    assert report["sentence"].startswith(f"There is no room left to write to {path}: ")
    assert report["error"] == "DiskFull"
    assert report["seen"] == ["before"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a database in which an entry runs, that other users can reach."""
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        inner = Path(outer, "data")
        with open_database(str(inner / "toggl-tray.db")) as db:
            timer.start(db, Draft("reading"), now=NOW)
        yield inner
        inner.chmod(0o755)


def look(folder: Path) -> dict[str, Any]:
    """What a user sees and does to whom permissions mean something; the files become theirs."""
    user = NOBODY if programs.is_root() else os.geteuid()
    for file in (folder, *folder.iterdir()):
        os.chown(file, user, -1)
    return programs.run("child", "look", str(folder / "toggl-tray.db"), str(user))


def check_can_only_be_read(report: dict[str, Any], path: Path) -> None:
    assert report["running"] == "reading"
    assert report["errors"][:2] == ["ReadOnly", "ReadOnly"]
    assert report["sentences"][0] == (
        f"{path} or its folder cannot be written (attempt to write a readonly database). "
        "Nothing was changed, and what was stored before is safe. "
        "Make both readable and writable for you."
    )


def test_a_folder_that_may_not_be_written_can_be_read(folder: Path) -> None:
    folder.chmod(0o555)
    report = look(folder)
    check_can_only_be_read(report, folder / "toggl-tray.db")
    assert "backups cannot be made (Permission denied)" in report["sentences"][2]


def test_a_file_that_may_not_be_written_can_be_read(folder: Path) -> None:
    file = folder / "toggl-tray.db"
    file.chmod(0o400)
    check_can_only_be_read(look(folder), file)
    file.chmod(0o600)
    assert look(folder)["errors"] == [], "nothing is left that hinders writing"


def test_a_disk_that_may_not_be_written_can_be_read(folder: Path) -> None:
    """Permissions do not stop root, a disk mounted for reading does."""
    path = folder / "toggl-tray.db"
    if NAMESPACE:
        within = programs.mounting(NAMESPACE, FOR_READING, str(folder))
        report = programs.run("child", "look", str(path), within=within)
    else:
        folder.chmod(0o555)
        report = look(folder)
    check_can_only_be_read(report, path)


def test_what_another_program_is_writing_can_be_read_without_writing(folder: Path) -> None:
    path = folder / "toggl-tray.db"
    with open_database(str(path)) as db:
        timer.start(db, Draft("latest"), now=NOW + 1)
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        assert look(folder)["running"] == "latest"


def test_a_log_that_cannot_be_read_back_is_not_passed_over(folder: Path) -> None:
    """After a crash the log has the latest; showing the rest as if it were all would be a lie."""
    path = folder / "toggl-tray.db"
    with open_database(str(path)) as db:
        timer.start(db, Draft("latest"), now=NOW + 1)
        log = Path(f"{path}-wal").read_bytes()
    Path(f"{path}-wal").write_bytes(log)
    folder.chmod(0o555)
    report = look(folder)
    assert (report["running"], report["errors"]) == (None, ["ReadOnly"])
    folder.chmod(0o755)
    assert look(folder)["running"] == "latest"


def test_a_database_that_may_not_be_read_is_said_so(folder: Path) -> None:
    (folder / "toggl-tray.db").chmod(0o000)
    report = look(folder)
    assert (report["running"], report["errors"]) == (None, ["ReadOnly"])
    assert "Make both readable and writable for you" in report["sentences"][0]


def test_the_first_start_in_a_folder_that_may_not_be_written_is_said_so(folder: Path) -> None:
    (folder / "toggl-tray.db").unlink()
    folder.chmod(0o555)
    report = look(folder)
    assert (report["running"], report["errors"]) == (None, ["ReadOnly"])
    assert not (folder / "toggl-tray.db").exists()
