"""All that is known of one project, client, task or tag, as a table to read."""

from collections.abc import Mapping
from datetime import date

from tray.cli import formatting
from tray.language import listed, tr
from tray.model import day_names, formats
from tray.model.workspace_names import workspace_label


def table(values: Mapping[str, object], people: Mapping[int, str]) -> str:
    """A line for each field that has a value.

    Args:
        values: By the names that ``--json`` has for them, those of the server too.
        people: What users are called.
    """
    rows = [[_called(name), _shown(name, value, people)] for name, value in values.items()]
    return formatting.table([row for row in rows if row[1]])


def _shown(name: str, value: object, people: Mapping[int, str]) -> str:
    match name, value:
        case (_, None | [] | "") | ("assignee_name", _):
            return ""
        case _, bool():
            return tr("yes") if value else tr("no")
        case "assignee" | "user_id", int():
            return people.get(value, str(value))
        case "seconds" | "estimated_seconds", int():
            return formats.exact_length(value)
        case "rate_cents" | "fixed_fee_cents", int():
            return formats.decimal(f"{value / 100:.2f}")
        case "entries", int():
            return formats.number(value)
        case _, float():
            return formats.decimal(f"{value:.2f}")
        case _, list():
            return listed(map(str, value))
        case _, str():
            return _text(name, value)
    return str(value)


def _text(name: str, value: str) -> str:
    if name == "workspace":
        return workspace_label(value)
    return _date(value) if name in ("start_date", "end_date") else value


def _date(written: str) -> str:
    """A date as it is shown; whatever else a server has for one, as it is."""
    try:
        return day_names.short_date(date.fromisoformat(written))
    except ValueError:
        return written


def _called(name: str) -> str:
    return {
        "id": tr("id"),
        "remote_id": tr("id on the server"),
        "name": tr("name"),
        "archived": tr("archived"),
        "client": tr("client"),
        "colour": tr("colour"),
        "billable": tr("billable"),
        "tasks": tr("tasks"),
        "private": tr("private"),
        "template": tr("template"),
        "auto_estimates": tr("auto estimates"),
        "rate": tr("rate"),
        "rate_cents": tr("rate"),
        "estimated_hours": tr("estimated hours"),
        "estimated_seconds": tr("estimate"),
        "fixed_fee": tr("fixed fee"),
        "fixed_fee_cents": tr("fixed fee"),
        "start_date": tr("start date"),
        "end_date": tr("end date"),
        "notes": tr("notes"),
        "reference": tr("reference"),
        "external_reference": tr("reference"),
        "project": tr("project"),
        "projects": tr("projects"),
        "done": tr("done"),
        "assignee": tr("assignee"),
        "assignee_name": tr("assignee"),
        "user_id": tr("assignee"),
        "workspace": tr("workspace"),
        "entries": tr("entries"),
        "seconds": tr("time"),
    }[name]
