"""How many requests are left of each count that the server keeps, as rows."""

import json
from collections.abc import Sequence

from tray.store.database import Database


def every(db: Database) -> dict[str, list[object]]:
    """What was kept of each bucket, by its name."""
    return {name: json.loads(kept) for name, kept in db.rows("SELECT name, kept FROM bucket")}


def keep(db: Database, name: str, values: Sequence[object]) -> None:
    """Remember how a bucket stands."""
    db.run(
        "INSERT INTO bucket (name, kept) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET kept = excluded.kept",
        (name, json.dumps(list(values))),
    )
