"""JSON of Toggl's interfaces: takes a report that has names, and says what anything else is."""

from collections import Counter
from collections.abc import Collection
from typing import Any, Final

from tray.errors import BadFile
from tray.language import grouped, mark, tr, tr_marked
from tray.sentences import together
from tray.tracker.transfer import people
from tray.tracker.transfer.people import Person

Thing = dict[str, Any]

_EXPORT: Final = mark("Export a detailed report as CSV from Toggl and give that file.")


def as_backup(
    report: Thing, path: str, *, users: Collection[str], own: Person | None
) -> tuple[Thing, tuple[str, ...]]:
    """A page of the detailed report, version 2, in the shape of a backup; and remarks on it.

    Raises:
        NeedsChoice: it is of several people.
        BadFile: it is no such report.
    """
    rows = report["data"]
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise BadFile(what_it_is(report, path))
    rows_of = Counter(map(_person, rows))
    taken, remarks = people.choose(rows_of, path, wanted=users, own=own)
    total = report.get("total_count")
    if isinstance(total, int) and total > len(rows):
        remarks += (
            tr("This is one page of the report, with {count} of {total} entries.").format(
                count=grouped(len(rows)), total=grouped(total)
            ),
        )
    return {"entries": [_entry(row) for row in rows if _person(row) in taken]}, remarks


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and {"start", "end", "dur"} <= row.keys()


def _person(row: Thing) -> Person:
    name = row.get("user")
    return Person(name if isinstance(name, str) else "", "")


def _entry(row: Thing) -> Thing:
    names = ("description", "client", "project", "task", "tags", "start")
    return {
        **{name: row.get(name) for name in names},
        "stop": row["end"],
        "billable": bool(row.get("is_billable")),
    }


def what_it_is(parts: object, path: str) -> str:
    """A sentence on JSON that cannot be imported."""
    if isinstance(parts, dict):
        lists = [value for value in parts.values() if isinstance(value, list) and value]
        first: object = lists[0][0] if lists else parts
    else:
        first = parts[0] if isinstance(parts, list) and parts else None
    keys = first.keys() if isinstance(first, dict) else set()
    if "time_entries" in keys:
        kind = tr(
            "a detailed report of version 3 from Toggl, which has projects and tags as numbers"
        )
    elif "start" in keys and keys & {"workspace_id", "wid", "project_id", "pid", "duration"}:
        kind = tr("a list of time entries from Toggl, which has projects as numbers")
    elif "name" in keys and keys & {"workspace_id", "wid", "at"}:
        kind = tr("a list of projects, clients or tags from Toggl, which has no entries")
    else:
        kind = tr("JSON, but neither a report of Toggl's nor a backup of Toggl Tray's")
    is_kind = tr("{path} is {kind}.").format(path=path, kind=kind)
    return together(is_kind, tr_marked(_EXPORT))
