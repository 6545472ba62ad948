"""Saving a report under a name, and removing one."""

import json

from tray.errors import NotFound, Refused
from tray.language import tr
from tray.model.limits import clean_name
from tray.model.reports.report_definition import ReportDefinition, to_json
from tray.model.reports.report_range import is_range
from tray.store import saved_reports
from tray.store.database import Database
from tray.store.undo_log import step
from tray.tracker.outcome import Outcome, outcome


def save(db: Database, name: str, definition: ReportDefinition, *, now: int) -> Outcome:
    """Keep a report under a name, in place of the one that has it already.

    Raises:
        Refused: the name is empty, too long, or names days.
    """
    clean = clean_name("report", name)
    if is_range(clean):
        raise Refused(
            tr("“{name}” names days, so it cannot be the name of a report. Take another.").format(
                name=clean
            ),
            field="name",
        )
    text = json.dumps(to_json(definition), ensure_ascii=False)
    with step(db, "save report", now=now) as current:
        current.subject = clean
        known = saved_reports.named(db, clean)
        values = {"name": clean, "definition": text}
        if known is None:
            return outcome(
                "save report", current, created_id=current.insert("saved_report", values)
            )
        current.update("saved_report", known.id, values)
        return outcome("save report", current, created_id=known.id)


def remove(db: Database, name: str, *, now: int) -> Outcome:
    """Remove a saved report; what it shows stays.

    Raises:
        NotFound: there is none of that name.
    """
    known = saved_reports.named(db, name)
    if known is None:
        raise NotFound(tr("There is no saved report “{name}”.").format(name=name), kind="report")
    with step(db, "remove report", now=now) as current:
        current.subject = known.name
        current.delete("saved_report", known.id)
        return outcome("remove report", current)
