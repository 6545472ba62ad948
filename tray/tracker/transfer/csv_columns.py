"""The columns of Toggl's detailed report, and how a cell holds several tags."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

HEADER: Final = (
    "User",
    "Email",
    "Client",
    "Project",
    "Task",
    "Description",
    "Billable",
    "Start date",
    "Start time",
    "End date",
    "End time",
    "Duration",
    "Tags",
    "Amount ()",
)
"""The first line of the report as Toggl has always exported it."""

FIELDS: Final = {
    "client": "client",
    "project": "project",
    "task": "task",
    "description": "description",
    "billable": "billable",
    "start date": "start_date",
    "start time": "start_time",
    "end date": "stop_date",
    "stop date": "stop_date",
    "end time": "stop_time",
    "stop time": "stop_time",
    "duration": "duration",
    "tags": "tags",
}
"""What the columns we read are called, in lower case, and our word for each."""

NEWER: Final = {"member", "stop date", "stop time"}
"""Columns that only the newer report has, which writes `NOTHING` where there is nothing."""

NOTHING: Final = "-"


def join_tags(names: Iterable[str]) -> str:
    """Tags as Toggl writes them; one that has a comma in it is quoted the CSV way.

    Toggl does not quote it, and so makes two of one.
    """
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    if "," not in name and not name.startswith('"'):
        return name
    return '"' + name.replace('"', '""') + '"'


def split_tags(cell: str) -> Sequence[str]:
    """The tags in a cell, quoted or not."""
    if '"' in cell:
        reader = csv.reader(io.StringIO(cell, newline=""), skipinitialspace=True)
        names = [name for row in reader for name in row]
        if join_tags(names) == cell:
            return names
    return cell.split(",")
