"""Mends the first pages of a damaged database, until SQLite finds the tables in the others.

The format: https://www.sqlite.org/fileformat2.html.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from tray.store.health import UNREADABLE

_PAGE: Final = 4096
_INTERIOR: Final = 5
"""The kind of a page of a table that only points to others."""


def make_readable(damaged: str, templates: Iterable[str]) -> bool:
    """Change the file `damaged` until its tables can be found; whether they can.

    The first page says how many there are, which is wrong of a file that was cut off; without it,
    SQLite looks for itself. The first and a few others say where each table begins. A new database
    of the same schema has its tables in the same places, so its pages can stand in for those.

    Args:
        damaged: The path of a copy of the damaged database.
        templates: The paths of new databases, one of each schema it may have.
    """
    if _has_tables(damaged):
        return True
    if os.path.getsize(damaged) <= _PAGE:
        return False
    _patch(damaged, {1: _without_size(_page(damaged, 1))})
    if _has_tables(damaged):
        return True
    return any(_can_stand_in(template, damaged) for template in templates)


def _can_stand_in(template: str, damaged: str) -> bool:
    """Put the template's pages in place, and the old ones back if they do not fit."""
    first = _page(template, 1)
    pages = {1: _without_size(first)}
    pages |= {number: _page(template, number) for number in _children(first)}
    before = {number: _page(damaged, number) for number in pages}
    _patch(damaged, pages)
    if _has_tables(damaged) and _fits(damaged):
        return True
    _patch(damaged, before)
    return False


def _page(path: str, number: int) -> bytes:
    with open(path, "rb") as file:
        file.seek((number - 1) * _PAGE)
        return file.read(_PAGE)


def _patch(path: str, pages: Mapping[int, bytes]) -> None:
    with open(path, "r+b") as file:
        for number, page in pages.items():
            file.seek((number - 1) * _PAGE)
            file.write(page)


def _without_size(first: bytes) -> bytes:
    """The first page, not saying how many there are."""
    return first[:28] + bytes(4) + first[32:]


def _children(first: bytes) -> list[int]:
    """The numbers of the pages that go on with the list of tables."""
    if first[100] != _INTERIOR:
        return []
    cells = range(112, 112 + 2 * int.from_bytes(first[103:105]), 2)
    places = [108, *(int.from_bytes(first[cell : cell + 2]) for cell in cells)]
    return [int.from_bytes(first[place : place + 4]) for place in places]


def _has_tables(path: str) -> bool:
    return "entry" in _names(path, "sqlite_schema")


def _fits(path: str) -> bool:
    """Whether the table that lists the highest ids of the others lies where the template has it."""
    found = _names(path, "sqlite_sequence")
    return bool(found) and found <= _names(path, "sqlite_schema")


def _names(path: str, table: str) -> set[object]:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA cell_size_check = ON")  # as when it is read
        return {name for (name,) in connection.execute(f"SELECT name FROM {table}")}
    except UNREADABLE:
        return set()
    finally:
        connection.close()
