"""A database that was copied while something waited in it, and put back after that was sent."""

import shutil
from pathlib import Path

import pytest

from tests.sync.rig import Rig
from tray.store import outbox
from tray.tracker import timer
from tray.tracker.resolve import Draft


def start(rig: Rig, text: str) -> None:
    timer.start(rig.db, Draft(text), now=rig.now)
    rig.now += 600


@pytest.fixture
def copied(tmp_path: Path) -> Rig:
    """A computer with a copy of its folder in which two entries wait, that were sent since."""
    home = tmp_path / "home"
    home.mkdir()
    rig = Rig(home)
    rig.sign_in()
    rig.settle()
    start(rig, "one")
    start(rig, "two")
    assert outbox.count(rig.db).pending == 2
    rig.db.close()
    shutil.copytree(home, tmp_path / "copy")
    rig.db = rig.open()
    rig.start_engine()
    rig.settle()
    assert [entry[0] for entry in rig.theirs()] == ["one", "two"]
    rig.now += 3_600
    rig.db.close()
    return rig


def goes_on(rig: Rig) -> None:
    """What waits in the copy is not sent again, and what is done next is sent once."""
    rig.db = rig.open()
    rig.start_engine()
    rig.settle()
    start(rig, "three")
    rig.settle()
    assert sorted(entry[0] for entry in rig.theirs()) == ["one", "three", "two"]
    assert rig.ours() == rig.theirs()
    assert outbox.count(rig.db).pending == 0


def test_only_the_database_is_put_back(copied: Rig, tmp_path: Path) -> None:
    shutil.copyfile(tmp_path / "copy" / "toggl-tray.db", copied.path)
    goes_on(copied)


def test_the_whole_folder_is_put_back(copied: Rig, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "home")
    shutil.copytree(tmp_path / "copy", tmp_path / "home")
    goes_on(copied)


def test_the_whole_folder_is_written_over(copied: Rig, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "copy", tmp_path / "home", dirs_exist_ok=True)
    goes_on(copied)


def test_the_database_goes_on_on_another_computer(copied: Rig, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    copied.path = str(tmp_path / "new" / "toggl-tray.db")
    shutil.copyfile(tmp_path / "copy" / "toggl-tray.db", copied.path)
    goes_on(copied)


def test_a_program_that_just_starts_again_asks_for_nothing_twice(copied: Rig) -> None:
    copied.db = copied.open()
    (complete,) = copied.db.row("SELECT history_complete FROM account")
    assert complete == 1, "nothing is read anew"
