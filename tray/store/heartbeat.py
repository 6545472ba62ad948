"""The latest sign of life: when the program last ran, and who was away last."""

from tray.lean_typing import NamedTuple
from tray.model.presence.presence_values import AwayPeriod
from tray.store.database import Database


class Heartbeat(NamedTuple):
    """What the next run of the program has to know of this one."""

    alive_at: int
    """When it was last known to run, epoch seconds."""
    away: AwayPeriod | None = None
    """The latest absence that counts, which may have lasted then."""


def read(db: Database) -> Heartbeat | None:
    """The latest; None if the program never ran."""
    row = db.row("SELECT alive_at, away_begin, away_back FROM heartbeat")
    if not row:
        return None
    alive_at, begin, back = row
    return Heartbeat(alive_at, None if begin is None else AwayPeriod(begin, back))


def write(db: Database, heartbeat: Heartbeat) -> None:
    """Replace the one before."""
    db.run(
        "INSERT OR REPLACE INTO heartbeat (id, alive_at, away_begin, away_back) "
        "VALUES (1, ?, ?, ?)",
        (heartbeat.alive_at, *(heartbeat.away or (None, None))),
    )
