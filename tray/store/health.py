"""Looks whether a database is what it should be: its pages, schema, rules, references and texts.

It only reads, on a connection of its own: 100,000 entries take a second, or a fifth of that if not
every index, reference and text is looked at.
"""

import os
import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import Final

from tray.errors import DamagedDatabase, StorageError
from tray.language import mark, tr, tr_marked
from tray.store import schema_files
from tray.store.connecting import PATIENCE_MS, uri_of
from tray.store.sqlite_errors import damaged, translated

UNREADABLE: Final = (DamagedDatabase, sqlite3.Error, UnicodeDecodeError, MemoryError)
"""What reading bytes that are not what they should be ends in."""

_FIRST_SECOND: Final = -62_135_510_400
_LAST_SECOND: Final = 253_402_128_000
"""The second day of the year 1 and the last but one of 9999: what any time zone can show."""

_TAGS: Final = (
    "SELECT 1 FROM {table} AS t WHERE tag_ids <> '[]' AND (json_type(tag_ids) <> 'array' OR EXISTS "
    "(SELECT 1 FROM json_each(t.tag_ids) WHERE type <> 'integer' "
    "OR value NOT IN (SELECT id FROM tag))) LIMIT 1"
)
NO_COLOUR: Final = f"colour NOT GLOB '#{'[0-9a-fA-F]' * 6}'"
"""The condition for a project's colour to be none."""
_VALUES: Final = {
    mark("the time of an entry cannot be read"): (
        f"SELECT 1 FROM entry WHERE start NOT BETWEEN {_FIRST_SECOND} AND {_LAST_SECOND} "
        f"OR stop > {_LAST_SECOND} LIMIT 1"
    ),
    mark("the tags of an entry cannot be read"): _TAGS.format(table="entry"),
    mark("the tags of a favourite cannot be read"): _TAGS.format(table="favourite"),
    mark(
        "the colour of a project cannot be read"
    ): f"SELECT 1 FROM project WHERE {NO_COLOUR} LIMIT 1",
}
"""Queries that find something only where no rule of the schema helps."""


def check(path: str, *, thorough: bool = True) -> None:
    """Raise if the database at `path` is not sound.

    Raises:
        DamagedDatabase: it is not.
        StorageError: it cannot be looked at.
    """
    if found := fault(path, thorough=thorough):
        raise damaged(path, found)


def explain(path: str, error: Exception) -> None:
    """Raise if the database at `path` may be the reason of an error that nobody expected.

    Raises:
        DamagedDatabase: it is not sound.
    """
    if found := fault(path):
        raise damaged(path, found) from error


def fault(path: str, *, thorough: bool = True) -> str:
    """What is wrong with the database at `path`; empty if nothing is.

    Raises:
        StorageError: it cannot be looked at.
    """
    try:
        with closing(_opened(path)) as connection:
            connection.execute("BEGIN")
            return _fault(connection, thorough=thorough)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        known = translated(error, path)
        if isinstance(known, StorageError) and not isinstance(known, DamagedDatabase):
            raise known from error
        return _one_line(str(error))
    except MemoryError:  # a length that is none
        return tr("something in it cannot be read")


def has_schema(path: str, version: int) -> bool:
    """Whether the database at `path` consists of what that schema does, whatever it says."""
    try:
        with closing(_opened(path)) as connection:
            return _schema_of(connection) == _expected_schema(version)
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _opened(path: str) -> sqlite3.Connection:
    is_for_reading = not os.access(path, os.W_OK) and not os.path.exists(f"{path}-wal")
    # With “mode=ro”, SQLite passes over the rules of tables.
    mode = "immutable=1" if is_for_reading else "mode=rw"
    connection = sqlite3.connect(
        f"{uri_of(path)}?{mode}",
        uri=True,
        timeout=PATIENCE_MS / 1000,
        isolation_level=None,
    )
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _fault(connection: sqlite3.Connection, *, thorough: bool) -> str:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if _schema_of(connection) != _expected_schema(version):
        return tr("it has not the tables and rules of schema {version}").format(version=version)
    pages = "PRAGMA integrity_check(1)" if thorough else "PRAGMA quick_check(1)"
    (found,) = connection.execute(pages).fetchone()
    if found != "ok":
        return _one_line(found)
    return _values(connection) if thorough else ""


def _values(connection: sqlite3.Connection) -> str:
    """What of the values cannot be used."""
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        return tr("a row of “{table}” refers to one that is not there").format(table=table)
    for what, query in _VALUES.items():
        if connection.execute(query).fetchone():
            return tr_marked(what)
    return _sequences(connection) or _texts(connection)


def _one_line(found: str) -> str:
    return re.sub(r"^\*\*\* in database main \*\*\*\s+|\s+", " ", found).strip()[:200]


def _schema_of(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """All that a database consists of, whatever the white space."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema "
        "WHERE name NOT LIKE 'sqlite_stat%'"
    )
    return {(*row[:3], re.sub(r'["\s]+', " ", row[3])) for row in rows}


@cache
def _expected_schema(version: int) -> set[tuple[str, ...]]:
    """The same of a new database of that version; empty if there is none that we know."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in schema_files.statements_up_to(version):
            connection.execute(statement)
        return _schema_of(connection)


def _sequences(connection: sqlite3.Connection) -> str:
    """Whether ids would be given again that rows have."""
    for table in _tables(connection, "AND sql LIKE '%AUTOINCREMENT%'"):
        (highest,) = connection.execute(f"SELECT max(id) FROM {table}").fetchone()
        sequence = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        if highest and highest > (sequence.fetchone() or (0,))[0]:
            return tr("the highest id of “{table}” is not known").format(table=table)
    return ""


def _texts(connection: sqlite3.Connection) -> str:
    """Whether something that should be text is none: reading it fails."""
    for table in _tables(connection):
        for _ in connection.execute(f"SELECT * FROM {table}"):
            pass
    return ""


def _tables(connection: sqlite3.Connection, condition: str = "") -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        + condition
    )
    return [name for (name,) in found]
