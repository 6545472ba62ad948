"""Which hooks failed, so that each is named once until it succeeds again."""

from tray.sentences import read_stored, stored
from tray.store.database import Database


def note(db: Database, name: str, sentence: str) -> bool:
    """Remember that a hook failed; whether that is new."""
    sql = "INSERT INTO hook_failure (name, message) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"
    return db.run(sql, (name, stored(sentence))).rowcount > 0


def forget(db: Database, name: str) -> None:
    """A hook has succeeded."""
    db.run("DELETE FROM hook_failure WHERE name = ?", (name,))


def everything(db: Database) -> dict[str, str]:
    """What was said of each hook that failed when it ran last."""
    rows = db.rows("SELECT name, message FROM hook_failure ORDER BY name")
    return {name: read_stored(message) for name, message in rows}


def take_new(db: Database) -> list[str]:
    """What the user has not been shown yet; whoever asks shows it."""
    if not db.row("SELECT 1 FROM hook_failure WHERE NOT shown LIMIT 1"):
        return []
    with db.writing():
        rows = db.rows("SELECT message FROM hook_failure WHERE NOT shown ORDER BY id")
        db.run("UPDATE hook_failure SET shown = 1")
    return [read_stored(message) for (message,) in rows]
