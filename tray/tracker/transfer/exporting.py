"""Writes entries in the format that is wanted."""

from datetime import tzinfo
from typing import NamedTuple, TextIO

from tray.store.database import Database
from tray.tracker.transfer.csv_out import ExportResult, export_csv
from tray.tracker.transfer.ical_out import export_icalendar
from tray.tracker.transfer.json_out import export_json
from tray.tracker.transfer.org_out import export_org
from tray.tracker.transfer.people import NOBODY, Person
from tray.tracker.transfer.timewarrior_out import export_months, export_timewarrior


class ExportOptions(NamedTuple):
    """How entries are to be written."""

    format: str
    """One of `EXPORT_FORMATS`."""
    zone: tzinfo | None
    """Of times that are written without one; None is the computer's."""
    person: Person = NOBODY
    """Whose time it is."""
    now: int = 0
    between: tuple[int, int] | None = None
    """Only what was started from the first of these moments up to the other."""


def export(db: Database, file: TextIO, options: ExportOptions) -> ExportResult:
    """Write entries to `file`, opened with ``newline=""`` in UTF-8."""
    zone, between = options.zone, options.between
    match options.format:
        case "json":
            return export_json(db, file, between=between)
        case "timewarrior":
            return export_timewarrior(db, file, between=between)
        case "icalendar":
            return export_icalendar(db, file, now=options.now, between=between)
        case "org":
            return export_org(db, file, zone=zone, between=between)
        case _:
            return export_csv(db, file, zone=zone, person=options.person, between=between)


def export_folder(db: Database, folder: str, options: ExportOptions) -> ExportResult:
    """Write Timewarrior's files into a folder, one for each month.

    Raises:
        BadFile: they cannot be written, or one of them is there.
    """
    return export_months(db, folder, zone=options.zone)
