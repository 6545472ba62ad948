"""Every kind of damage to the file: what the user is told, and that nothing is lost for it."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store import damage
from tray.errors import DamagedDatabase, NewerDatabase, StorageError
from tray.store import backup, backup_paths
from tray.store.opening import SCHEMA, open_database
from tray.store.recovery import safe_opening
from tray.tracker import timer
from tray.tracker.resolve import Draft


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return damage.make(tmp_path_factory.mktemp("made"))


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A database of its own for each test, not damaged yet."""
    return damage.copy(made, tmp_path / "data")


@pytest.mark.parametrize("zeros", [False, True], ids=["random bytes", "zeros"])
def test_no_page_takes_anything_along_when_it_goes(made: Path, tmp_path: Path, zeros: bool) -> None:
    before = damage.everything(made)
    for page in range(1, damage.pages(made) + 1):
        path = damage.copy(made, tmp_path / f"{page}")
        damage.destroy(path, page, zeros=zeros)
        damaged = path.read_bytes()
        told = damage.rescued(path)
        assert damage.everything(path) == before, f"page {page}: {told}"
        (aside,) = damage.set_aside(path)
        assert aside.read_bytes() == damaged
        assert f"The damaged file is kept as {aside}." in told


@pytest.mark.parametrize("seed", range(10))
def test_many_lost_pages_lose_nothing_that_was_backed_up(path: Path, seed: int) -> None:
    before = damage.everything(path)
    pages = random.Random(seed).sample(range(1, damage.pages(path) + 1), 10)
    damage.destroy(path, *pages)
    damage.rescued(path)
    after = damage.everything(path)
    old, later = after["entry"][: damage.BACKED_UP], after["entry"][damage.BACKED_UP :]
    assert old == before["entry"][: damage.BACKED_UP]
    assert {text for _, _, text, *_ in later} <= {text for _, _, text, *_ in before["entry"]}


@pytest.mark.parametrize(
    "length", [1, 15, 99, 100, 511, 512, 4095, 4096, 4097, "25 %", "50 %", "75 %", "97 %", -1]
)
def test_a_file_cut_off_anywhere_loses_nothing_that_was_backed_up(
    path: Path, length: int | str
) -> None:
    whole = path.read_bytes()
    end = length if isinstance(length, int) else len(whole) * int(length.split()[0]) // 100
    cut = whole[:end]
    path.write_bytes(cut)
    damage.rescued(path)
    assert {entry.id for entry in damage.all_entries(path)} >= set(range(1, damage.BACKED_UP + 1))
    (aside,) = damage.set_aside(path)
    assert aside.read_bytes() == cut


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def text_instead(path: Path) -> None:
    path.write_text("Shopping list: milk, bread\n" * 100, encoding="utf-8")


def without_schema_number(path: Path) -> None:
    damage.change_inside(path, "PRAGMA user_version = 0")


def header_gone(path: Path) -> None:
    damage.destroy(path, 1)


def only_the_log_left(path: Path) -> None:
    path.rename(f"{path}-wal")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (emptied, "is empty, but has backups."),
        (text_instead, "is damaged (file is not a database). "),
        (header_gone, "is damaged (file is not a database). "),
        (without_schema_number, "does not say which schema it has."),
        (only_the_log_left, "has nothing in it but a log of changes."),
    ],
)
def test_opening_says_what_is_wrong_and_rescuing_keeps_it(
    path: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    spoil(path)
    with pytest.raises(DamagedDatabase) as caught:
        open_database(str(path))
    assert str(caught.value).startswith(f"The database {path} {reason}")
    files = {file.name: file.read_bytes() for file in path.parent.glob("toggl*") if file.is_file()}
    damage.rescued(path)
    assert len(damage.all_entries(path)) >= damage.BACKED_UP
    kept = {file.read_bytes() for file in path.parent.glob(f"{path.name}.damaged-*")}
    assert kept == {
        content for name, content in files.items() if name == path.name or name.endswith("-wal")
    }


def test_damage_that_opening_does_not_touch_shows_when_it_is_read(path: Path) -> None:
    damage.destroy(path, damage.root_of(path, "entry"))
    with open_database(str(path)) as db, pytest.raises(DamagedDatabase, match="malformed"):
        timer.start(db, Draft("on a broken table"), now=damage.NOW)


def test_text_that_is_none_counts_as_damage_and_is_mended(path: Path) -> None:
    damage.change_inside(
        path, "UPDATE entry SET description = CAST(x'6162ff' AS TEXT) WHERE id = ?", 5
    )
    with open_database(str(path)) as db, pytest.raises(DamagedDatabase):
        db.rows("SELECT description FROM entry")
    damage.rescued(path)
    (mended,) = [entry for entry in damage.all_entries(path) if entry.id == 5]
    assert mended.description == "ab�"


def test_a_damaged_database_is_not_backed_up_over_the_sound_ones(path: Path) -> None:
    folder = backup_paths.folder_of(str(path))
    before = backup.newest_first(folder)
    damage.destroy(path, damage.root_of(path, "entry"))
    with open_database(str(path)) as db, pytest.raises(DamagedDatabase):
        backup.daily(db, damage.NOW + 10 * 86_400)
    assert backup.newest_first(folder) == before
    assert sorted(Path(folder).iterdir()) == [Path(each) for each in before]


def test_a_folder_in_the_place_of_the_database_stays(tmp_path: Path) -> None:
    path = tmp_path / "toggl-tray.db"
    (path / "something").mkdir(parents=True)
    with pytest.raises(StorageError, match="is a folder, and the database should be there"):
        safe_opening.open_or_rescue(str(path), now=damage.NOW)
    assert (path / "something").is_dir()


def test_a_later_schema_is_left_alone(path: Path) -> None:
    damage.change_inside(path, f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerDatabase) as caught:
        safe_opening.open_or_rescue(str(path), now=damage.NOW)
    assert str(caught.value) == (
        f"{path} was made by a later version of Toggl Tray (schema {SCHEMA + 1}; this one knows "
        f"{SCHEMA}). Nothing was changed. Update Toggl Tray to use it."
    )
    assert path.read_bytes() == before
    assert damage.set_aside(path) == []


def test_an_empty_file_without_backups_is_a_new_start(tmp_path: Path) -> None:
    path = tmp_path / "toggl-tray.db"
    path.write_bytes(b"")
    db, told = safe_opening.open_or_rescue(str(path), now=damage.NOW)
    with db:
        assert timer.start(db, Draft("first"), now=damage.NOW).entry is not None
    assert told == ()
