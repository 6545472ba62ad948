"""Writes finished entries as clocks of Org mode: a heading for what was done, below its project.

What a heading cannot hold as it is stands in a property, as `sources.org` reads it; below each
clock, which shows minutes, an item notes the moments to the second.
"""

import json
from collections import defaultdict
from datetime import UTC, datetime, tzinfo
from typing import Final, TextIO

from tray.model import limits
from tray.store.database import Database
from tray.tracker.transfer.csv_out import ExportResult
from tray.tracker.transfer.named_entries import Finished, NamedEntry
from tray.tracker.transfer.sources.org import title_and_tags

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""As Org writes them in English, which it does not read."""

_NOTHING: Final = "-"
"""The heading of what has no description, as each needs one."""

_Place = tuple[str, str]
"""Project and client."""


def export_org(
    db: Database, file: TextIO, *, zone: tzinfo | None, between: tuple[int, int] | None = None
) -> ExportResult:
    """Write every finished entry, with clocks in `zone`; None is the computer's own."""
    with db.reading():
        finished = Finished(db, between)
        places: defaultdict[_Place, defaultdict[NamedEntry, list[NamedEntry]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for entry in finished:
            what = entry._replace(start=0, stop=0)
            places[entry.project, entry.client][what].append(entry)
    for (project, client), things in places.items():
        if project:
            shown = project.replace(":", " ")  # which could be taken for tags
            file.write(_heading(1, shown, {"PROJECT": project, "CLIENT": client}))
        for what, entries in things.items():
            file.write(_thing(2 if project else 1, what))
            file.write(":LOGBOOK:\n")
            for entry in reversed(entries):  # Org has the latest first
                file.write(_clock(entry, zone))
            file.write(":END:\n")
    return ExportResult(finished.count, finished.running, in_zone=True)


def _thing(level: int, what: NamedEntry) -> str:
    properties: dict[str, object] = {"TASK": what.task} if what.task else {}
    if what.billable:
        properties["BILLABLE"] = True
    title = limits.one_line(what.description) or _NOTHING
    if title_and_tags(title)[0] != what.description:
        properties["DESCRIPTION"] = what.description
    line = f"{title} :{':'.join(what.tags)}:" if what.tags else title
    if title_and_tags(line)[1] != what.tags:
        properties["TAGS"] = list(what.tags)
        line = title
    return _heading(level, line, properties)


def _heading(level: int, line: str, properties: dict[str, object]) -> str:
    lines = [f":{name}: {json.dumps(value)}" for name, value in properties.items()]
    drawer = [":PROPERTIES:", *lines, ":END:"] if lines else []
    return "\n".join([f"{'*' * level} {line}", *drawer]) + "\n"


def _clock(entry: NamedEntry, zone: tzinfo | None) -> str:
    begin, end = (datetime.fromtimestamp(moment, zone) for moment in (entry.start, entry.stop))
    minutes = entry.stop // 60 - entry.start // 60
    exact = "/".join(
        datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for moment in (entry.start, entry.stop)
    )
    length = f"{minutes // 60:>2}:{minutes % 60:02}"
    return f"CLOCK: {_stamp(begin)}--{_stamp(end)} => {length}\n- {exact}\n"


def _stamp(moment: datetime) -> str:
    return f"[{moment:%Y-%m-%d} {_DAYS[moment.weekday()]} {moment:%H:%M}]"
