"""Writes finished entries as rows of Toggl's detailed report.

The report has no place for an entry that is still running, nor for favourites, colours, what is
archived, and workspaces: for a complete copy there is JSON.
"""

import csv
from datetime import datetime, tzinfo
from typing import NamedTuple, TextIO

from tray.model.entities import TimeEntry
from tray.store import catalogue, entries
from tray.store.catalogue import Names
from tray.store.database import Database
from tray.tracker.transfer.csv_columns import HEADER, guarded, join_tags
from tray.tracker.transfer.people import NOBODY, Person


class ExportResult(NamedTuple):
    """How many entries were written, and how many were not."""

    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks for here
    left_out_running: int = 0
    without_email: bool = False
    """Whether there is a column for an address, which is empty."""
    in_zone: bool = False
    """Whether the times are in the zone that was given."""


def export_csv(
    db: Database,
    file: TextIO,
    *,
    zone: tzinfo | None,
    person: Person = NOBODY,
    between: tuple[int, int] | None = None,
) -> ExportResult:
    """Write every finished entry to `file`, oldest first, with times in `zone`.

    Args:
        db: The store.
        file: Opened with ``newline=""``, as lines end with CR LF (RFC 4180); in UTF-8.
        zone: None is the computer's own.
        person: Whose time it is. Toggl's import takes no row without an address.
        between: Only what was started from the first of these moments up to the other.
    """
    whose = [guarded(person.name), guarded(person.email)]
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADER)
    count = running = 0
    with db.reading():
        names = catalogue.names(db)
        for entry in entries.started(db, between):
            if entry.stop is None:
                running += 1
                continue
            writer.writerow(whose + _cells(entry, entry.stop, names, zone=zone))
            count += 1
    return ExportResult(count, running, without_email=not person.email, in_zone=True)


def _cells(entry: TimeEntry, stop: int, names: Names, *, zone: tzinfo | None) -> list[str]:
    project = names.projects[entry.project_id] if entry.project_id is not None else None
    client_id = project.client_id if project else None
    texts = [
        names.clients[client_id].name if client_id is not None else "",
        project.name if project else "",
        names.tasks[entry.task_id].name if entry.task_id is not None else "",
        entry.description,
    ]
    return [
        *map(guarded, texts),
        "Yes" if entry.billable else "No",
        *_start_and_stop(entry.start, stop, zone),
        _duration(stop - entry.start),
        guarded(join_tags(names.tags[tag].name for tag in entry.tag_ids)),
    ]


def _start_and_stop(start: int, stop: int, zone: tzinfo | None) -> list[str]:
    """Date and time of each; within the second run of a repeated hour the offset tells which.

    It stands with the end, which Toggl's import does not read.
    """
    begin, end = (datetime.fromtimestamp(moment, zone) for moment in (start, stop))
    cells = [text for each in (begin, end) for text in each.isoformat()[:19].split("T")]
    if begin.fold and end.fold:
        cells[3] += end.astimezone(zone).isoformat()[19:]
    return cells


def _duration(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}"
