"""Workspaces, clients, projects, tasks and tags as rows: what entries refer to."""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple, overload

from tray.errors import NotFound
from tray.model.entities import Client, Project, Tag, Task, Workspace
from tray.store.columns import COLUMNS
from tray.store.database import Database, Row

Kind = Literal["client", "project", "task", "tag"]
Thing = Client | Project | Task | Tag

_SELECT: Final = {
    table: f"SELECT id, {', '.join(COLUMNS[table])} FROM {table}"
    for table in ("client", "project", "task", "tag")
}
_ORDER: Final = " ORDER BY name COLLATE NOCASE, id"


def _client(row: Row) -> Client:
    return Client(row[0], row[1], row[2], row[3] == 1)


def _project(row: Row) -> Project:
    id_, workspace, name, client, colour, archived, billable = row
    return Project(id_, workspace, name, client, colour, archived == 1, billable == 1)


def _task(row: Row) -> Task:
    return Task(row[0], row[1], row[2], row[3] == 1)


def _tag(row: Row) -> Tag:
    return Tag(row[0], row[1], row[2], row[3] == 1)


_MAKE: Final[dict[Kind, Callable[[Row], Thing]]] = {
    "client": _client,
    "project": _project,
    "task": _task,
    "tag": _tag,
}


def workspaces(db: Database) -> list[Workspace]:
    """All workspaces, the oldest first."""
    return [Workspace(*row) for row in db.rows("SELECT id, name FROM workspace ORDER BY id")]


def clients(db: Database) -> list[Client]:
    """All clients by name, archived ones too."""
    return [_client(row) for row in db.rows(_SELECT["client"] + _ORDER)]


def projects(db: Database) -> list[Project]:
    """All projects by name, archived ones too."""
    return [_project(row) for row in db.rows(_SELECT["project"] + _ORDER)]


def tasks(db: Database) -> list[Task]:
    """All tasks by name, archived ones too."""
    return [_task(row) for row in db.rows(_SELECT["task"] + _ORDER)]


def tags(db: Database) -> list[Tag]:
    """All tags by name, archived ones too."""
    return [_tag(row) for row in db.rows(_SELECT["tag"] + _ORDER)]


@overload
def get(db: Database, kind: Literal["client"], thing_id: int) -> Client: ...
@overload
def get(db: Database, kind: Literal["project"], thing_id: int) -> Project: ...
@overload
def get(db: Database, kind: Literal["task"], thing_id: int) -> Task: ...
@overload
def get(db: Database, kind: Literal["tag"], thing_id: int) -> Tag: ...
def get(db: Database, kind: Kind, thing_id: int) -> Thing:
    """The client, project, task or tag with this id.

    Raises:
        NotFound: there is none.
    """
    row = db.row(f"{_SELECT[kind]} WHERE id = ?", (str(thing_id),))
    if not row:
        raise NotFound(f"There is no {kind} {thing_id}.", kind=kind)
    return _MAKE[kind](row)


class Names(NamedTuple):
    """The names behind the ids of entries, all read at once."""

    projects: dict[int, Project]
    clients: dict[int, Client]
    tasks: dict[int, Task]
    tags: dict[int, Tag]


def names(db: Database) -> Names:
    """Everything that entries refer to, by id."""
    return Names(
        {project.id: project for project in projects(db)},
        {client.id: client for client in clients(db)},
        {task.id: task for task in tasks(db)},
        {tag.id: tag for tag in tags(db)},
    )
