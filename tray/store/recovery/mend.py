"""Mends the first pages of a damaged database, until SQLite finds the tables in the others.

The format: https://www.sqlite.org/fileformat2.html.
"""

import os
import sqlite3
from collections.abc import Mapping
from typing import Final

_PAGE: Final = 4096
_INTERIOR: Final = 5
"""The kind of a page of a table that only points to others."""


def make_readable(damaged: str, new: str) -> bool:
    """Change the file `damaged` until its tables can be found; whether they can.

    The first page says how many there are, which is wrong of a file that was cut off; without it,
    SQLite looks for itself. The first and a few others say where each table begins. A new database
    has its tables in the same places, so the pages of `new` can stand in for those.
    """
    if _has_tables(damaged):
        return True
    if os.path.getsize(damaged) <= _PAGE:
        return False
    _patch(damaged, {1: _without_size(_page(damaged, 1))})
    if _has_tables(damaged):
        return True
    first = _page(new, 1)
    others = {number: _page(new, number) for number in _children(first)}
    _patch(damaged, {1: _without_size(first), **others})
    return _has_tables(damaged) and _fits(damaged)


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
    """Whether a table lies where `new` has it: the one that lists the others' highest ids."""
    found = _names(path, "sqlite_sequence")
    return bool(found) and found <= _names(path, "sqlite_schema")


def _names(path: str, table: str) -> set[object]:
    connection = sqlite3.connect(path)
    try:
        return {name for (name,) in connection.execute(f"SELECT name FROM {table}")}
    except sqlite3.Error:
        return set()
    finally:
        connection.close()
