"""How many requests are left of each count that the server keeps, as rows."""

from collections.abc import Sequence

from tray.store.database import Database


def read_all(db: Database) -> dict[str, list[str | int]]:
    """What was kept of each bucket, by its name; without `json`, which takes time to load."""
    found: dict[str, list[str | int]] = {}
    sql = "SELECT name, value FROM quota, json_each(counts) ORDER BY quota.id, json_each.key"
    for name, value in db.rows(sql):
        found.setdefault(name, []).append(value)
    return found


def write(db: Database, name: str, values: Sequence[object]) -> None:
    """Remember how a bucket stands."""
    marks = ", ".join("?" * len(values))
    db.run(
        f"INSERT INTO quota (name, counts) VALUES (?, json_array({marks})) "
        "ON CONFLICT (name) DO UPDATE SET counts = excluded.counts",
        (name, *values),
    )
