"""What SQLite says, and what the user is told instead."""

import sqlite3

import pytest

from tray.errors import Busy, DamagedDatabase, DiskFull, ReadOnly, StorageError
from tray.store.sqlite_errors import translated

PATH = "/home/someone/toggl-tray.db"


def error(code: int, text: str = "what SQLite says") -> sqlite3.Error:
    failure = sqlite3.OperationalError(text)
    failure.sqlite_errorcode = code
    return failure


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_IOERR_WRITE, DiskFull),
        (sqlite3.SQLITE_IOERR_SHMSIZE, DiskFull),
        (sqlite3.SQLITE_READONLY, ReadOnly),
        (sqlite3.SQLITE_READONLY_DIRECTORY, ReadOnly),
        (sqlite3.SQLITE_CANTOPEN, ReadOnly),
        (sqlite3.SQLITE_PERM, ReadOnly),
        (sqlite3.SQLITE_BUSY, Busy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Busy),
        (sqlite3.SQLITE_LOCKED, Busy),
        (sqlite3.SQLITE_CORRUPT, DamagedDatabase),
        (sqlite3.SQLITE_CORRUPT_INDEX, DamagedDatabase),
        (sqlite3.SQLITE_NOTADB, DamagedDatabase),
        (sqlite3.SQLITE_IOERR, StorageError),
        (sqlite3.SQLITE_IOERR_FSYNC, StorageError),
        (sqlite3.SQLITE_IOERR_READ, StorageError),
    ],
)
def test_each_failure_has_its_kind_and_names_the_file_and_what_to_do(
    code: int, kind: type[StorageError]
) -> None:
    told = translated(error(code), PATH)
    assert type(told) is kind
    assert PATH in str(told)
    assert str(told).endswith(".")
    assert any(word in str(told) for word in ("again", "Make", "Check the disk"))


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_ERROR])
def test_a_bug_stays_itself(code: int) -> None:
    bug = error(code)
    assert translated(bug, PATH) is bug


def test_an_error_without_a_code_is_a_bug() -> None:
    bug = sqlite3.ProgrammingError("Cannot operate on a closed database.")
    assert translated(bug, PATH) is bug


def test_text_that_is_none_is_damage() -> None:
    failure = sqlite3.OperationalError(
        "Could not decode to UTF-8 column 'name' with text 'a\ufffd'"
    )
    assert isinstance(translated(failure, PATH), DamagedDatabase)


def test_a_full_disk_is_told_so() -> None:
    assert str(translated(error(sqlite3.SQLITE_FULL), PATH)) == (
        f"There is no room left to write to {PATH}: the disk is full, or a quota is used up. "
        "Nothing was changed, and what was stored before is safe. Free some space, then try again."
    )
