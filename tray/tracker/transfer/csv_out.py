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
from tray.tracker.transfer.csv_columns import HEADER, join_tags


class ExportResult(NamedTuple):
    """How many entries were written, and how many were not."""

    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks for here
    left_out_running: int = 0


def export_csv(db: Database, file: TextIO, *, zone: tzinfo | None) -> ExportResult:
    """Write every finished entry to `file`, oldest first, with times in `zone`.

    Args:
        file: Opened with ``newline=""``, as lines end with CR LF (RFC 4180); in UTF-8.
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADER)
    count = running = 0
    with db.reading():
        names = catalogue.names(db)
        for entry in entries.everything(db):
            if entry.stop is None:
                running += 1
                continue
            writer.writerow(_cells(entry, entry.stop, names, zone=zone))
            count += 1
    return ExportResult(count, running)


def _cells(entry: TimeEntry, stop: int, names: Names, *, zone: tzinfo | None) -> list[str]:
    project = names.projects[entry.project_id] if entry.project_id is not None else None
    client_id = project.client_id if project else None
    return [
        "",
        "",
        names.clients[client_id].name if client_id is not None else "",
        project.name if project else "",
        names.tasks[entry.task_id].name if entry.task_id is not None else "",
        entry.description,
        "Yes" if entry.billable else "No",
        *_date_and_time(entry.start, zone),
        *_date_and_time(stop, zone),
        _duration(stop - entry.start),
        join_tags(names.tags[tag].name for tag in entry.tag_ids),
        "",
    ]


def _date_and_time(moment: int, zone: tzinfo | None) -> tuple[str, str]:
    text = datetime.fromtimestamp(moment, zone).isoformat()
    return text[:10], text[11:19]


def _duration(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}"
