"""Workspaces, clients, projects, tasks and tags as rows: what entries refer to."""

from collections.abc import Callable, Collection, Mapping

from tray.language import tr
from tray.lean_typing import Final, Literal, NamedTuple, overload
from tray.local_errors import NotFound
from tray.model import entities
from tray.model.distinctions import Distinctions, distinguish, labelled
from tray.model.entities import Client, Project, Tag, Task, TimeEntry, What, Workspace
from tray.model.field_words import kind_word
from tray.store.columns import COLUMNS
from tray.store.database import Database, Row

Kind = entities.Kind
Thing = Client | Project | Task | Tag

_SELECT: Final = {
    table: f"SELECT id, {', '.join(COLUMNS[table])} FROM {table}"
    for table in ("client", "project", "task", "tag")
}
_ORDER: Final = " ORDER BY name COLLATE NOCASE, id"


def _client(row: Row) -> Client:
    return Client(row[0], row[1], row[2], row[3] == 1, row[4], row[5])


def _project(row: Row) -> Project:
    id_, workspace, name, client, colour, archived, billable, *flags = row[:10]
    private, template, estimates = (None if flag is None else flag == 1 for flag in flags)
    usual = id_, workspace, name, client, colour, archived == 1, billable == 1
    return Project(*usual, private, template, estimates, *row[10:])


def _task(row: Row) -> Task:
    return Task(row[0], row[1], row[2], row[3] == 1, row[4], row[5])


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


def workspace_of_new(db: Database) -> int:
    """The id of the workspace that new things go to: the chosen one, else the oldest."""
    (found,) = db.row("SELECT id FROM workspace ORDER BY chosen DESC, id LIMIT 1")
    return int(found)


def choose_workspace(db: Database, workspace_id: int) -> None:
    """Have new things go to this workspace."""
    db.run("UPDATE workspace SET chosen = (id = ?)", (workspace_id,))


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
        raise NotFound(
            tr("There is no {kind} {id}.").format(kind=kind_word(kind), id=thing_id), kind=kind
        )
    return _MAKE[kind](row)


_UNIQUE: Final = Distinctions({}, {}, {})


class Names(NamedTuple):
    """The names behind the ids of entries, all read at once."""

    projects: dict[int, Project]
    clients: dict[int, Client]
    tasks: dict[int, Task]
    tags: dict[int, Tag]
    workspaces: Mapping[int, Workspace] = {}
    distinctions: Distinctions = _UNIQUE

    def project(self, project: Project) -> str:
        """What to call a project, which others of its name are not."""
        return labelled(project.name, self.distinctions.projects.get(project.id, ""))

    def client(self, client: Client) -> str:
        """What to call a client, which others of its name are not."""
        return labelled(client.name, self.distinctions.clients.get(client.id, ""))

    def tag(self, tag: Tag) -> str:
        """What to call a tag, which others of its name are not."""
        return labelled(tag.name, self.distinctions.tags.get(tag.id, ""))

    def workspace(self, thing: Thing) -> Workspace:
        """The workspace that it belongs to."""
        owner = self.projects[thing.project_id] if isinstance(thing, Task) else thing
        return self.workspaces[owner.workspace_id]

    def labels(self, kind: Kind) -> list[tuple[Thing, str]]:
        """All of that kind, and what to call each."""
        match kind:
            case "project":
                return [(each, self.project(each)) for each in self.projects.values()]
            case "client":
                return [(each, self.client(each)) for each in self.clients.values()]
            case "tag":
                return [(each, self.tag(each)) for each in self.tags.values()]
        return [(each, each.name) for each in self.tasks.values()]

    def with_distinctions(self) -> "Names":
        """The same, with what tells those of one name apart."""
        return self._replace(
            distinctions=Distinctions(
                distinguish(self.projects.values(), self.workspaces, self.clients),
                distinguish(self.clients.values(), self.workspaces, {}),
                distinguish(self.tags.values(), self.workspaces, {}),
            )
        )


def names(db: Database) -> Names:
    """Everything that entries refer to, by id."""
    return Names(
        {project.id: project for project in projects(db)},
        {client.id: client for client in clients(db)},
        {task.id: task for task in tasks(db)},
        {tag.id: tag for tag in tags(db)},
        {workspace.id: workspace for workspace in workspaces(db)},
    ).with_distinctions()


def names_of(db: Database, *whats: What | TimeEntry | None) -> Names:
    """Only the names that these need: a status need not read a thousand projects."""
    found = Names({}, {}, {}, {}, {workspace.id: workspace for workspace in workspaces(db)})
    for what in whats:
        if what is None:
            continue
        if what.project_id is not None:
            found.projects[what.project_id] = get(db, "project", what.project_id)
        if what.task_id is not None:
            found.tasks[what.task_id] = get(db, "task", what.task_id)
        for tag in what.tag_ids:
            found.tags[tag] = get(db, "tag", tag)
    for project_id in _namesakes(db, found.projects.values()):
        found.projects[project_id] = get(db, "project", project_id)
    for project in found.projects.values():
        if project.client_id is not None:
            found.clients[project.client_id] = get(db, "client", project.client_id)
    return found.with_distinctions()


def _namesakes(db: Database, of: Collection[Project]) -> list[int]:
    """The projects of the same names, these too."""
    wanted = {project.name.casefold() for project in of}
    rows: list[tuple[int, str]] = db.rows("SELECT id, name FROM project") if wanted else []
    return [project_id for project_id, name in rows if name.casefold() in wanted]
