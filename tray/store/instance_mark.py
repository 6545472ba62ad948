"""A file beside the database that tells whether the database is still the one that was used here.

SQLite's header has room for the id of an instance. The file knows it too, and how far the database
had come: a database that is behind is an earlier copy, or has lost its log. It also knows the lock
file beside it by what no copy of that has, its number and time of change in the file system; so a
folder that was copied as a whole shows it.
"""

import os

from tray.lean_contexts import suppress
from tray.lean_typing import Final, NamedTuple

_MOST_BYTES: Final = 120


class Mark(NamedTuple):
    """What a database was when it was last written here."""

    instance: int
    """The id in its header."""
    schema: int
    generation: int
    """The sum of the highest ids of its tables: what is recorded, sent or received adds to it."""


def read(database_path: str) -> Mark | None:
    """What the file says; None if there is none, or none that was written in its place."""
    try:
        with open(_path_of(database_path), "rb") as file:
            instance, schema, generation, *place = map(int, file.read(_MOST_BYTES).split())
        in_place = place == _place(database_path)
    except (OSError, ValueError):
        return None
    return Mark(instance, schema, generation) if in_place else None


def write(database_path: str, mark: Mark) -> None:
    """Keep a mark; where that cannot be done, the database counts as a copy when opened next."""
    with suppress(OSError):
        text = " ".join(map(str, (*mark, *_place(database_path))))
        descriptor = os.open(_path_of(database_path), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, text.ljust(_MOST_BYTES).encode())  # at once, or not at all
        finally:
            os.close(descriptor)


def remove(database_path: str) -> None:
    """Forget what the database was, as it is about to become another."""
    with suppress(OSError):
        os.remove(_path_of(database_path))


def _path_of(database_path: str) -> str:
    return f"{database_path}.instance"


def _place(database_path: str) -> list[int]:
    """What tells the lock file from a copy of it; it is never written to."""
    status = os.stat(f"{database_path}.lock")
    return [status.st_ino, status.st_ctime_ns]
