"""What a hook reads from its input: what happened, and how things stand, as JSON."""

import json
from contextlib import suppress
from typing import NamedTuple

from tray.errors import NotFound
from tray.model import formats
from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.sentences import read_stored
from tray.settings import Settings
from tray.store import catalogue, entries
from tray.store.database import Database
from tray.store.hook_events import HookEvent, Image
from tray.sync import status_json


def message(db: Database, event: HookEvent, chosen: Settings, *, now: int) -> bytes:
    """The text for all hooks of an event, in UTF-8."""
    details = {name: value for name, value in event.details.items() if name != "changes"}
    if "changes" in event.details:
        details["changes"] = [
            {"before": _entry(db, before, now), "after": _entry(db, after, now)}
            for before, after in changes(event)
        ]
    problem = details.get("problem")
    if isinstance(problem, dict):
        details["problem"] = {**problem, "said": read_stored(problem["said"])}
    calendar = Calendar(chosen.zone, chosen.day_start_hour, chosen.first_weekday)
    content = {
        "v": 1,
        "event": event.event,
        "id": event.id,
        "at": formats.iso_utc(event.at),
        "origin": event.origin,
        "program": event.program or None,
        **details,
        "status": status_json.status_json(db, calendar, chosen, now=now),
    }
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


class EntryImages(NamedTuple):
    """An entry that was changed."""

    before: TimeEntry | None
    """None: it is new."""
    after: TimeEntry | None
    """None: it is gone."""


def changes(event: HookEvent) -> list[EntryImages]:
    """The entries that were changed, as far as hooks are told of each."""
    listed = event.details.get("changes", [])
    assert isinstance(listed, list)  # noqa: S101  # the store has written it
    return [
        EntryImages(_of(row_id, before), _of(row_id, after)) for row_id, before, after in listed
    ]


def _of(row_id: int, image: Image) -> TimeEntry | None:
    return None if image is None else entries.from_row((row_id, *image))


def _entry(db: Database, entry: TimeEntry | None, now: int) -> dict[str, object] | None:
    """An entry, without the names of what is gone since."""
    if entry is None:
        return None
    while True:
        try:
            names = catalogue.names_of(db, entry)
            return status_json.entry_json(entry, names, now)
        except (NotFound, KeyError):
            if entry.project_id is None and not entry.tag_ids:
                raise
            entry = _without_gone(db, entry)


def _without_gone(db: Database, entry: TimeEntry) -> TimeEntry:
    tags = tuple(tag for tag in entry.tag_ids if _is_there(db, "tag", tag))
    project, task = entry.project_id, entry.task_id
    if task is not None and not _is_there(db, "task", task):
        task = None
    if project is None or not _is_there(db, "project", project):
        project = task = None
    return entry._replace(project_id=project, task_id=task, tag_ids=tags)


def _is_there(db: Database, kind: catalogue.Kind, thing_id: int) -> bool:
    with suppress(NotFound):
        catalogue.get(db, kind, thing_id)
        return True
    return False
