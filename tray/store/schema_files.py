"""The SQL files that make the database, statement by statement."""

import os
import sqlite3
from collections.abc import Iterator
from typing import Final

FOLDER: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "migrations")
NEW: Final = os.path.join(os.path.dirname(FOLDER), "schema.sql")
"""What all migrations together make, in a twentieth of their time: they rename a lot."""


def names_in(folder: str) -> list[str]:
    """The names of the files in order; the first makes schema 1."""
    return sorted(name for name in os.listdir(folder) if name.endswith(".sql"))


def statements_of(path: str) -> Iterator[str]:
    """The statements of a file, one by one: `executescript` would commit in between."""
    with open(path, encoding="utf-8") as file:
        script = file.read()
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


def statements_up_to(version: int) -> Iterator[str]:
    """What makes a new database of schema `version`."""
    names = names_in(FOLDER)
    paths = [os.path.join(FOLDER, name) for name in names[: max(0, version)]]
    for path in [NEW] if version == len(names) else paths:
        yield from statements_of(path)
