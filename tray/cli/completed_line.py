"""Goes on with a half-typed quick-entry line: as a line used before, or with one of the names."""

import re
from typing import Final

from tray.cli.context import Context
from tray.model.distinctions import one_of_each_name
from tray.model.entities import TimeEntry
from tray.model.quick_entry.parsed_line import QuickEntry, SpanKind
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.write import write_line, write_tag
from tray.store import catalogue, entries
from tray.store.catalogue import Names
from tray.tracker import matching

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
    found = _names(context, last.kind, reading.entry.project or "")
    in_quotes = word.startswith('"')
    return [f"{kept}{mark}{_name(name, in_quotes=in_quotes)}" for name in found]


def _used(context: Context) -> list[str]:
    names = catalogue.names(context.db)
    newest = entries.newest(context.db, _RECENT)
    return list(dict.fromkeys(_line(context, entry, names) for entry in newest))


def _line(context: Context, entry: TimeEntry, names: Names) -> str:
    written = QuickEntry(
        entry.description,
        None if entry.project_id is None else names.project(names.projects[entry.project_id]),
        None if entry.task_id is None else names.tasks[entry.task_id].name,
        tuple(names.tags[tag].name for tag in entry.tag_ids),
        entry.billable,
    )
    return write_line(written, now=context.now, zone=context.zone)


def _names(context: Context, kind: str, project: str) -> list[str]:
    """The names that can stand in a piece of the line."""
    names = catalogue.names(context.db)
    called = matching.projects_named(project, names)
    if kind is SpanKind.PROJECT:
        return [names.project(each) for each in names.projects.values() if not each.archived]
    if kind is SpanKind.TAG:
        workspace_id = called[0].workspace_id if len(called) == 1 else None
        return [tag.name for tag in one_of_each_name(names.tags.values(), workspace_id)]
    if kind is not SpanKind.TASK:
        return []
    owners = {each.id for each in called}
    tasks = (task for task in names.tasks.values() if task.project_id in owners)
    return [task.name for task in tasks if not task.archived]


def _name(name: str, *, in_quotes: bool) -> str:
    """A name as it stands in a line; in the way that goes on with what was typed."""
    plain = write_tag(name)[1:]
    if in_quotes:
        return plain if plain.startswith('"') else f'"{plain}"'
    return re.sub(r"(\W)", r"\\\1", name) if plain.startswith('"') else plain
