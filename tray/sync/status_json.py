"""How things stand, in the shape that scripts and hooks are given and that stays as it is."""

from tray.lean_typing import TYPE_CHECKING
from tray.model import formats
from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry, What
from tray.model.formats import iso_utc
from tray.settings import Settings
from tray.store import catalogue, entries
from tray.store.catalogue import Names
from tray.store.database import Database

if TYPE_CHECKING:
    from tray.sync.rate.quota import Bucket
    from tray.sync.status import Status


def status_json(
    db: Database, calendar: Calendar, chosen: Settings, *, now: int
) -> dict[str, object]:
    """What runs, how much was done, and how the account stands."""
    day = calendar.day_of(now)
    with db.reading():
        running = entries.running(db)
        names = catalogue.names_of(db, running)
        today, week = entries.totals_of(db, calendar.day(day), calendar.week(day), now=now)
        exchange = exchange_status(db, now)
    return {
        "v": 1,
        "running": running and _running_json(entry_json(running, names, now)),
        "today_seconds": today,
        "week_seconds": week,
        "day_goal_seconds": chosen.day_goal_minutes * MINUTE or None,
        "week_goal_seconds": chosen.week_goal_minutes * MINUTE or None,
        "sync": _sync_json(exchange),
    }


def exchange_status(db: Database, now: int) -> "Status | None":
    """How the exchange stands; looked up only with an account, so that others need not wait."""
    if not db.row("SELECT 1 FROM account"):
        return None
    from tray.sync import status

    return status.read(db, now=now)


def entry_json(entry: TimeEntry, names: Names, now: int) -> dict[str, object]:
    """An entry."""
    return {
        "id": entry.id,
        "description": entry.description,
        **project_json(entry, names),
        "task": None if entry.task_id is None else names.tasks[entry.task_id].name,
        "tags": [names.tags[tag].name for tag in entry.tag_ids],
        "billable": entry.billable,
        "start": iso_utc(entry.start),
        "stop": None if entry.stop is None else iso_utc(entry.stop),
        "duration_seconds": entry.seconds(now),
    }


def project_json(what: What | TimeEntry, names: Names) -> dict[str, str | None]:
    """A project with what tells it apart from others of its name."""
    project = None if what.project_id is None else names.projects[what.project_id]
    client = None if project is None else names.clients.get(project.client_id or 0)
    return {
        "project": project and project.name,
        "client": client and client.name,
        "workspace": names.workspaces[what.workspace_id].name,
    }


def bucket_json(bucket: "Bucket") -> dict[str, object]:
    """A count of requests."""
    return {
        "bucket": bucket.name,
        "remaining": bucket.remaining,
        "total": bucket.total,
        "resets_at": iso_utc(bucket.resets_at) if bucket.resets_at else None,
    }


def _sync_json(exchange: "Status | None") -> dict[str, object]:
    synced = exchange.last_sync if exchange else None
    return {
        "state": exchange.state if exchange else "no account",
        "pending": exchange.pending if exchange else 0,
        "refused": exchange.refused if exchange else 0,
        "last_sync": None if synced is None else formats.iso_utc(synced),
        "quota": [bucket_json(each) for each in exchange.buckets] if exchange else [],
    }


def _running_json(entry: dict[str, object]) -> dict[str, object]:
    elapsed = entry.pop("duration_seconds")
    entry.pop("stop")
    return {**entry, "elapsed_seconds": elapsed}
