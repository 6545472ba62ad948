"""Decides which projects, clients, tags or tasks are listed, in which order, and what of each."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from tray.model import pinyin
from tray.model.entities import Project, Task
from tray.model.suggest.fold import fold
from tray.model.workspace_names import workspace_label
from tray.store.catalogue import Kind, Names, Thing
from tray.store.totals import Total, Totals

SortBy = Literal["name", "month", "total"]
_NOTHING: Final = Total()


class Row(NamedTuple):
    """One thing as it is listed."""

    kind: Kind
    id: int
    name: str
    beside: str = ""
    """The client of a project, the project of a task, else the workspace if there are several."""
    colour: str = ""
    """Of its dot; empty for none."""
    billable: bool = False
    archived: bool = False
    total: Total = _NOTHING


class Wanted(NamedTuple):
    """What the user has asked to see."""

    kind: Kind = "project"
    words: str = ""
    archived: bool = False
    """Whether what is archived is listed, too."""
    workspace_id: int | None = None
    """Only what belongs to it; None: everything."""
    sort_by: SortBy = "name"


def rows(names: Names, totals: Totals, wanted: Wanted) -> list[Row]:
    """The rows from the top down; what is archived comes last."""
    words = [fold(word) for word in wanted.words.split()]
    found = [
        row
        for thing in _things(names, wanted)
        if _fits(row := _row(names, totals, wanted.kind, thing), words)
    ]
    return sorted(found, key=_ORDER[wanted.sort_by])


def of_clients(names: Names, projects: Totals) -> dict[int, Total]:
    """What was done for each client, from what was done for each project."""
    found: dict[int, Total] = {}
    for project in names.projects.values():
        if project.client_id is not None:
            before = found.get(project.client_id, _NOTHING)
            found[project.client_id] = before.plus(projects.get(project.id, _NOTHING))
    return found


def _things(names: Names, wanted: Wanted) -> list[Thing]:
    tables: Mapping[Kind, Mapping[int, Thing]] = {
        "project": names.projects,
        "client": names.clients,
        "tag": names.tags,
        "task": names.tasks,
    }
    return [
        thing
        for thing in tables[wanted.kind].values()
        if (wanted.archived or not thing.archived)
        and (
            wanted.workspace_id is None
            or wanted.workspace_id == workspace_of(names, wanted.kind, thing.id)
        )
    ]


def workspace_of(names: Names, kind: Kind, thing_id: int) -> int:
    """The id of the workspace that a thing belongs to."""
    match kind:
        case "project":
            return names.projects[thing_id].workspace_id
        case "client":
            return names.clients[thing_id].workspace_id
        case "tag":
            return names.tags[thing_id].workspace_id
    return names.projects[names.tasks[thing_id].project_id].workspace_id


def _row(names: Names, totals: Totals, kind: Kind, thing: Thing) -> Row:
    about = thing.name, _beside(names, thing)
    total = totals.get(thing.id, _NOTHING)
    if isinstance(thing, Project):
        return Row(kind, thing.id, *about, thing.colour, thing.billable, thing.archived, total)
    colour = names.projects[thing.project_id].colour if isinstance(thing, Task) else ""
    return Row(kind, thing.id, *about, colour, archived=thing.archived, total=total)


def _beside(names: Names, thing: Thing) -> str:
    if isinstance(thing, Project):
        client = names.clients.get(thing.client_id or 0)
        return client.name if client else ""
    if isinstance(thing, Task):
        return names.project(names.projects[thing.project_id])
    return workspace_label(names.workspace(thing).name) if len(names.workspaces) > 1 else ""


def _fits(row: Row, words: list[str]) -> bool:
    """Whether each word is in its name or beside it, or begins it as it is typed in Latin."""
    if not words:
        return True
    text, keys = _searched(row.name, row.beside)
    return all(word in text or any(key.startswith(word) for key in keys) for word in words)


@lru_cache(maxsize=8_192)
def _searched(name: str, beside: str) -> tuple[str, tuple[str, ...]]:
    """What a row is found by, which is asked for with each key of a search."""
    return fold(f"{name} {beside}"), () if name.isascii() else pinyin.keys(name)


def _by_name(row: Row) -> tuple[object, ...]:
    return row.archived, row.name.casefold(), row.beside.casefold(), row.id


_ORDER: Final = {
    "name": _by_name,
    "month": lambda row: (row.archived, -row.total.month_seconds, *_by_name(row)),
    "total": lambda row: (row.archived, -row.total.seconds, *_by_name(row)),
}
