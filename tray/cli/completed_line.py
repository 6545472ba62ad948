"""Goes on with a half-typed quick-entry line: as a line used before, or with one of the names."""

import re
from collections.abc import Sequence
from typing import Final

from tray.cli.context import Context
from tray.model.entities import TimeEntry
from tray.model.quick_entry import QuickEntry, SpanKind, read_line, write_line, write_tag
from tray.store import catalogue, entries
from tray.store.catalogue import Names, Thing
from tray.tracker.naming import folded

_RECENT: Final = 200
"""How many entries are looked at for lines used before."""


def lines(context: Context, typed: str) -> list[str]:
    """What the line could become; some do not begin with `typed`, which the caller sees to."""
    # With one letter more, a lone @ is the beginning of a project, and # of a tag.
    reading = read_line(f"{typed}x", now=context.now, zone=context.zone)
    last = reading.spans[-1]
    if last.kind is SpanKind.TEXT:
        return _used(context)
    kept, mark, word = typed[: last.begin], typed[last.begin], typed[last.begin + 1 :]
    things = _things(context, last.kind, reading.entry.project or "")
    names = [thing.name for thing in things if not thing.archived]
    in_quotes = word.startswith('"')
    return [f"{kept}{mark}{_name(name, in_quotes=in_quotes)}" for name in names]


def _used(context: Context) -> list[str]:
    names = catalogue.names(context.db)
    newest = entries.newest(context.db, _RECENT)
    return list(dict.fromkeys(_line(context, entry, names) for entry in newest))


def _line(context: Context, entry: TimeEntry, names: Names) -> str:
    written = QuickEntry(
        entry.description,
        None if entry.project_id is None else names.projects[entry.project_id].name,
        None if entry.task_id is None else names.tasks[entry.task_id].name,
        tuple(names.tags[tag].name for tag in entry.tag_ids),
        entry.billable,
    )
    return write_line(written, now=context.now, zone=context.zone)


def _things(context: Context, kind: SpanKind, project: str) -> Sequence[Thing]:
    """What has a name that can stand in a piece of the line."""
    if kind is SpanKind.PROJECT:
        return catalogue.projects(context.db)
    if kind is SpanKind.TAG:
        return catalogue.tags(context.db)
    if kind is not SpanKind.TASK:
        return ()
    owners = [
        each.id for each in catalogue.projects(context.db) if folded(each.name) == folded(project)
    ]
    return [task for task in catalogue.tasks(context.db) if task.project_id in owners]


def _name(name: str, *, in_quotes: bool) -> str:
    """A name as it stands in a line; in the way that goes on with what was typed."""
    plain = write_tag(name)[1:]
    if in_quotes:
        return plain if plain.startswith('"') else f'"{plain}"'
    return re.sub(r"(\W)", r"\\\1", name) if plain.startswith('"') else plain
