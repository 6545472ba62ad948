"""The columns of Toggl's detailed report, and how a cell holds what would mean something else.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, so a guard
goes before such a text. It is a no-break space: the apostrophe that is usual elsewhere would stay
in the text for good where Toggl imports it; white space is trimmed there, or at worst not seen.
Reading takes one guard away again. A text that begins with the guard itself gets another, so that
every text comes back exactly as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

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
)
"""The first line of the report as Toggl exports it without amounts of money."""

FIELDS: Final = {
    "user": "user",
    "member": "user",
    "email": "email",
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


class Layout(NamedTuple):
    """How a program writes such a report."""

    title: str
    """Of the program."""
    fields: Mapping[str, str]
    """What its columns are called, in lower case, and our word for each.

    Besides our fields there are ``start`` and ``stop`` for a whole moment in one cell, and ``date``
    for a day that both times are on, or that the end is the day after.
    """
    says_when_stopped: bool = False
    """Whether a row without an end is running, whatever its duration."""
    tag_mark: str = ","
    """What stands between tags."""


TOGGL: Final = Layout("Toggl", FIELDS)

NEWER: Final = {"member", "stop date", "stop time"}
"""Columns that only the newer report has, which writes `NOTHING` where there is nothing."""

NOTHING: Final = "-"

_GUARD: Final = "\N{NO-BREAK SPACE}"
_GUARDED: Final = re.compile(rf"{_GUARD}* *[-=+@－＝＋＠\t\r\n]")
"""What a spreadsheet may run, behind any number of guards."""


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula."""
    return _GUARD + text if _GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The text that was `guarded`."""
    return cell[1:] if cell.startswith(_GUARD) and _GUARDED.match(cell) else cell


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


_DAY: Final = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}")
_FRACTION: Final = re.compile(r"[.,][0-9]+")


def split_moment(cell: str) -> list[str]:
    """Day and time of day in a cell, whichever stands first; both empty if neither is there."""
    day = _DAY.search(cell)
    if day is None:
        return [cell.strip(), ""]
    before, after = cell[: day.start()], cell[day.end() :]
    time = before.strip() or after.strip().removeprefix("T").strip()
    return [day[0], _FRACTION.sub("", time)]
