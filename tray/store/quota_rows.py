"""How many requests are left of each count that the server keeps, as rows."""

from collections.abc import Sequence
from typing import Any

from tray.store.database import Database


def every(db: Database) -> dict[str, list[Any]]:
    """What was kept of each bucket, by its name; without `json`, which takes time to load."""
    found: dict[str, list[Any]] = {}
    sql = "SELECT name, value FROM bucket, json_each(kept) ORDER BY bucket.id, json_each.key"
    for name, value in db.rows(sql):
        found.setdefault(name, []).append(value)
    return found


def keep(db: Database, name: str, values: Sequence[object]) -> None:
    """Remember how a bucket stands."""
    marks = ", ".join("?" * len(values))
    db.run(
        f"INSERT INTO bucket (name, kept) VALUES (?, json_array({marks})) "
        "ON CONFLICT (name) DO UPDATE SET kept = excluded.kept",
        (name, *values),
    )
