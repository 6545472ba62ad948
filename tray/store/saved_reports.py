"""Saved reports as rows, by name."""

from typing import NamedTuple

from tray.model.reports.report_definition import ReportDefinition, from_json
from tray.store.database import Database


class SavedReport(NamedTuple):
    """A report under the name that the user gave it."""

    id: int
    name: str
    definition: ReportDefinition


def all_saved(db: Database) -> list[SavedReport]:
    """All of them by name."""
    import json  # for which no command waits that has no need of it

    rows = db.rows("SELECT id, name, definition FROM saved_report ORDER BY name COLLATE NOCASE, id")
    return [SavedReport(id_, name, from_json(json.loads(text))) for id_, name, text in rows]


def named(db: Database, name: str) -> SavedReport | None:
    """The one of that name, whatever the case."""
    wanted = name.casefold()
    return next((each for each in all_saved(db) if each.name.casefold() == wanted), None)
