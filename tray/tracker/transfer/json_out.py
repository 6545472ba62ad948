"""Writes a complete backup as JSON: everything by name, one thing per line, times in UTC.

The shape, version 1::

    {"v": 1,
     "workspaces": ["My workspace"],
     "clients": [{"name": "Acme", "archived": false, "notes": "pays late"}],
     "projects": [{"name": "Site", "client": "Acme", "colour": "#0b83d9", "archived": false,
                   "billable": true, "rate_cents": 7550, "start_date": "2026-12-01"}],
     "tasks": [{"name": "Design", "project": "Site", "client": "Acme", "archived": false}],
     "tags": [{"name": "office", "archived": false}],
     "favourites": [{"description": "stand-up", "project": "Site", "client": "Acme",
                     "task": null, "tags": ["office"], "billable": true}],
     "entries": [{"description": …, …, "start": "2026-11-21T09:30:00Z", "stop": null}]}

A thing that is not in the first workspace says so with ``"workspace": "its name"``. An entry
without a stop is running. What clients, projects and tasks have besides goes by the names of the
columns that `FILLED_IN` lists, as far as it is set.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from tray.model.entities import Client, Project, Task, TimeEntry, What
from tray.model.formats import iso_utc
from tray.store import catalogue, entries, favourites
from tray.store.catalogue import Names
from tray.store.columns import FILLED_IN
from tray.store.database import Database
from tray.tracker.transfer.content import JSON_VERSION
from tray.tracker.transfer.csv_out import ExportResult

_encode: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False).encode


def export_json(
    db: Database, file: TextIO, *, between: tuple[int, int] | None = None
) -> ExportResult:
    """Write everything there is to `file`, which must be in UTF-8.

    Of the entries only those that were started `between` two moments, if these are given.
    """
    with db.reading():
        backup = _Backup(db, between)
        file.write(f'{{"v": {JSON_VERSION}')
        for part, things in backup.parts():
            file.write(f',\n"{part}": [')
            _write_lines(file, things)
            file.write("]")
        file.write("}\n")
        return ExportResult(backup.entry_count)


def _write_lines(file: TextIO, things: Iterable[object]) -> None:
    separator = "\n"
    for thing in things:
        file.write(separator + _encode(thing))
        separator = ",\n"


def _filled_in(kind: str, thing: Client | Project | Task) -> dict[str, object]:
    """What of a thing need not be set, and is."""
    there = thing._asdict()
    return {name: there[name] for name in sorted(FILLED_IN[kind]) if there[name] is not None}


class _Backup:
    """The parts of the file, made of the rows of `db`."""

    def __init__(self, db: Database, between: tuple[int, int] | None) -> None:
        self.entry_count = 0
        self._db = db
        self._between = between
        self._names: Names = catalogue.names(db)
        self._workspaces = {each.id: each.name for each in catalogue.workspaces(db)}
        self._first_workspace = next(iter(self._workspaces))

    def parts(self) -> Iterator[tuple[str, Iterable[object]]]:
        """The name and the things of each, in the order in which they refer to each other."""
        names = self._names
        yield "workspaces", self._workspaces.values()
        yield (
            "clients",
            (
                {
                    "name": each.name,
                    "archived": each.archived,
                    **_filled_in("client", each),
                    **self._workspace(each.workspace_id),
                }
                for each in names.clients.values()
            ),
        )
        yield "projects", map(self._project, names.projects)
        yield (
            "tasks",
            (
                {
                    "name": each.name,
                    **self._belonging(each.project_id),
                    "archived": each.archived,
                    **_filled_in("task", each),
                }
                for each in names.tasks.values()
            ),
        )
        yield (
            "tags",
            (
                {"name": each.name, "archived": each.archived, **self._workspace(each.workspace_id)}
                for each in names.tags.values()
            ),
        )
        yield "favourites", (self._what(each.what) for each in favourites.everything(self._db))
        yield "entries", map(self._entry, entries.started(self._db, self._between))

    def _workspace(self, workspace_id: int) -> dict[str, str]:
        if workspace_id == self._first_workspace:
            return {}
        return {"workspace": self._workspaces[workspace_id]}

    def _client(self, client_id: int | None) -> str | None:
        return None if client_id is None else self._names.clients[client_id].name

    def _project(self, project_id: int) -> dict[str, Any]:
        project = self._names.projects[project_id]
        return {
            "name": project.name,
            "client": self._client(project.client_id),
            "colour": project.colour,
            "archived": project.archived,
            "billable": project.billable,
            **_filled_in("project", project),
            **self._workspace(project.workspace_id),
        }

    def _belonging(self, project_id: int) -> dict[str, Any]:
        """What says to which project a task belongs."""
        project = self._names.projects[project_id]
        return {
            "project": project.name,
            "client": self._client(project.client_id),
            **self._workspace(project.workspace_id),
        }

    def _what(self, what: What | TimeEntry) -> dict[str, Any]:
        names = self._names
        project = None if what.project_id is None else names.projects[what.project_id]
        return {
            "description": what.description,
            "project": project and project.name,
            "client": project and self._client(project.client_id),
            "task": None if what.task_id is None else names.tasks[what.task_id].name,
            "tags": [names.tags[tag].name for tag in what.tag_ids],
            "billable": what.billable,
            **self._workspace(what.workspace_id),
        }

    def _entry(self, entry: TimeEntry) -> dict[str, Any]:
        self.entry_count += 1
        stop = None if entry.stop is None else iso_utc(entry.stop)
        return {**self._what(entry), "start": iso_utc(entry.start), "stop": stop}
