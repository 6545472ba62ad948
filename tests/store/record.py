"""Records a database of the newest schema, to try later migrations on: ``python -m`` this.

Run it when a schema is final, and never again for that schema: what is recorded is what users have.
"""

import sqlite3
import tempfile
from pathlib import Path
from typing import Final

from tray.store.database import SCHEMA, Database
from tray.tracker import catalogue, entries, favourites, timer, undo
from tray.tracker.draft import Draft

NOW: Final = 1_795_000_000
FOLDER: Final = Path(__file__).parent / "recorded"


def use(db: Database) -> None:
    """Leave at least one row in every table."""
    client = catalogue.create_client(db, "Cooking Club", now=NOW).made_id
    project = catalogue.create_project(db, "Recipes", now=NOW, changes={"client_id": client})
    catalogue.create_task(db, project.made_id, "Soups", now=NOW)
    draft = Draft("Taste it; write “good”", "Recipes", "Soups", ("tasty", "hot"), billable=True)
    timer.start(db, draft, now=NOW)
    timer.stop(db, now=NOW + 600)
    entries.add(db, Draft("写食谱"), start=NOW + 700, stop=NOW + 900, now=NOW + 900)
    entries.duplicate(db, 2, now=NOW + 900)
    entries.delete(db, [3], now=NOW + 900)
    favourites.pin(db, draft, now=NOW + 900)
    timer.resume(db, 1, now=NOW + 1_000)
    undo.undo(db)


def dump(path: Path) -> str:
    """The database as SQL that makes it again."""
    connection = sqlite3.connect(path)
    statements = "\n".join(connection.iterdump())
    connection.close()
    return f"{statements}\nPRAGMA user_version = {SCHEMA};\n"


def recorded(schema: int) -> Path:
    """The file that holds a database of that schema."""
    return FOLDER / f"schema_{schema}.sql"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "toggl-tray.db")
        with Database(str(path)) as db:
            use(db)
        recorded(SCHEMA).write_text(dump(path), encoding="utf-8")
