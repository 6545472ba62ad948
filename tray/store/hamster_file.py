"""Reads the database of another program, the Hamster time tracker, without writing to it."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from tray.errors import BadFile
from tray.language import tr

_PATIENCE_SECONDS: Final = 20
_STEPS: Final = 10_000
"""Of SQLite's machine, after which it is asked whether it takes too long."""
_MOST_TEXT: Final = 1_000_000
"""Bytes in one cell."""
_TABLES: Final = ("facts", "activities", "categories", "tags", "fact_tags")
_FACTS: Final = """
    SELECT facts.id, start_time, end_time, facts.description, activities.name, categories.name
    FROM facts LEFT JOIN activities ON activities.id = activity_id
    LEFT JOIN categories ON categories.id = category_id
    ORDER BY start_time, facts.id
"""
_TAGS: Final = """
    SELECT fact_id, tags.name FROM fact_tags JOIN tags ON tags.id = tag_id ORDER BY fact_id, tag_id
"""


class HamsterFact(NamedTuple):
    """What was done, as Hamster keeps it."""

    start: str
    """Such as ``2026-11-21 09:30:00``, as the clocks showed it."""
    stop: str
    """Empty while it lasts."""
    description: str
    activity: str
    category: str
    tags: tuple[str, ...]


def is_hamsters(path: str) -> bool:
    """Whether that is such a database."""
    try:
        with closing(_opened(path)) as db:
            return "facts" in _tables(db)
    except sqlite3.Error:
        return False


def facts_in(path: str) -> list[HamsterFact]:
    """Everything that was done, by its start.

    Raises:
        BadFile: it is not Hamster's, cannot be read, or takes too long.
    """
    try:
        with closing(_opened(path)) as db:
            if not set(_TABLES) <= _tables(db):
                raise BadFile(
                    tr(
                        "{path} is a database, but not a whole one of Hamster's: it has not all of "
                        "its tables. Look whether it is the right file."
                    ).format(path=path)
                )
            tags: dict[object, list[str]] = {}
            for fact_id, name in db.execute(_TAGS):
                tags.setdefault(fact_id, []).append(_text(name))
            return [
                HamsterFact._make((*map(_text, columns), tuple(tags.get(fact_id, ()))))
                for fact_id, *columns in db.execute(_FACTS)
            ]
    except (sqlite3.Error, OverflowError) as error:
        raise BadFile(
            tr("{path} cannot be read as Hamster's database ({error}).").format(
                path=path, error=error
            )
        ) from error


def _opened(path: str) -> sqlite3.Connection:
    """A connection that writes nothing and gives up when it takes too long."""
    db = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    db.text_factory = lambda data: data.decode("utf-8", "replace")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_TEXT)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    db.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def _tables(db: sqlite3.Connection) -> set[str]:
    """The names of its tables, without views, which could be anything."""
    found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in found}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
