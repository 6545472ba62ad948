"""The history is searched to its end, and what of it does not stay in memory has a file."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from tests.benchmarks.data import DONE
from tray.model.suggest.shelf import BLOCK_ROWS, KEPT_BLOCKS
from tray.store.database import Database
from tray.tracker import suggestions

NOW: Final = 1_760_000_000
MORE_THAN_STAY: Final = BLOCK_ROWS * KEPT_BLOCKS + 10
linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what is open")
SLOTS: Final = (1, 0, 0, 0, 0, 0, 0, 0)


def fill(db: Database, count: int) -> None:
    """So many things done, the first the latest."""
    with db.writing():
        db.run_many(
            f"INSERT INTO past_activity ({DONE}) VALUES ({', '.join('?' * 16)})",
            (
                (1, f"thing {number}", None, None, "[]", 0, 1, NOW - number, *SLOTS)
                for number in range(count)
            ),
        )


def open_files(folder: Path) -> list[str]:
    """The files without a name that this process has open in a folder."""
    names = []
    for each in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one by which the folder was read
            names.append(str(each.readlink()))
    return [name for name in names if name.startswith(f"{folder}/") and "(deleted)" in name]


@linux
def test_what_is_done_seldom_is_found_in_a_file_that_ends_with_the_history(db: Database) -> None:
    folder = Path(db.path).parent
    names = sorted(folder.iterdir())
    fill(db, MORE_THAN_STAY)
    history = suggestions.load(db)
    assert len(history) == MORE_THAN_STAY
    last = f"thing {MORE_THAN_STAY - 1}"
    assert [each.done.what.description for each in history.search(last, now=NOW)] == [last]
    assert len(open_files(folder)) == 1
    assert sorted(folder.iterdir()) == names
    history.close()
    assert open_files(folder) == []


@linux
def test_a_usual_history_has_no_file(db: Database) -> None:
    fill(db, 100)
    history = suggestions.load(db)
    assert len(history) == 100
    assert open_files(Path(db.path).parent) == []
