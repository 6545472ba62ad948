"""From the names in a file to the ids of what they mean here; makes what is new."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tray.language import tr
from tray.model.colours import rarest
from tray.model.entities import Client, Project, Tag, Task
from tray.store import catalogue
from tray.store.catalogue import Kind
from tray.store.undo_log import Step
from tray.tracker.naming import folded
from tray.tracker.transfer.content import Content, EntryLabel, ListedThing


class Ids(NamedTuple):
    """A label, looked up."""

    workspace_id: int
    project_id: int | None
    task_id: int | None
    tag_ids: tuple[int, ...]
    """Ascending, without repeats."""
    billable: bool


class _UnknownError(Exception):
    """There is no such thing here yet, and none is to be made."""


class Lookup:
    """Finds what names mean, and makes it if there is no such thing.

    A name means the thing that is written exactly so, else one that is so but for case. What
    exists stays as it is: the file's colours and archived flags are for new things. The client of
    an entry without a project is left out, as an entry cannot hold it. The first workspace of the
    file is the first one here, unless there is one of its name. What has no project and names no
    workspace is in the first that has all its tags.
    """

    def __init__(self, step: Step, content: Content) -> None:
        self.made: dict[Kind, list[str]] = {"client": [], "task": [], "tag": []}
        """The names of what has been made, except projects."""
        self._made_projects: list[Project] = []
        self._step = step
        self._ids: dict[EntryLabel, Ids] = {}
        self._found: dict[EntryLabel, Ids | None] = {}
        workspaces = catalogue.workspaces(step.db)
        self._home = workspaces[0].id
        self._workspaces = {each.name: each.id for each in workspaces}
        for first in content.workspaces[:1]:
            self._workspaces.setdefault(first, self._home)
        names = catalogue.names(step.db)
        self._client_names = {each.id: each.name for each in names.clients.values()}
        self._projects: dict[tuple[str, str | None], list[Project]] = {}
        """By their name and that of their client, both folded; and by their name alone."""
        self._colours: Counter[str] = Counter()
        """How many projects in use have each."""
        self._chosen: dict[tuple[str, str | None, int | None], Project] = {}
        """By name, client and workspace, as a label has them."""
        for project in names.projects.values():
            self._add_project(project)
        self._known: dict[tuple[Kind, int, str], int] = {}
        """Clients, tasks and tags by what they belong to, and by their name or that folded."""
        self._learn("client", ((each.workspace_id, each) for each in names.clients.values()))
        self._learn("task", ((each.project_id, each) for each in names.tasks.values()))
        self._learn("tag", ((each.workspace_id, each) for each in names.tags.values()))

    def _learn(self, kind: Kind, things: Iterable[tuple[int, Client | Task | Tag]]) -> None:
        known = list(things)
        for scope, thing in known:
            self._known.setdefault((kind, scope, folded(thing.name)), thing.id)
        for scope, thing in known:
            self._known[kind, scope, thing.name] = thing.id

    def find(self, label: EntryLabel) -> Ids | None:
        """The ids behind a label; None if some of it is not here."""
        if label not in self._found:
            try:
                self._found[label] = self._look_up(label, make=False)
            except _UnknownError:
                self._found[label] = None
        return self._found[label]

    def ids(self, label: EntryLabel) -> Ids:
        """The ids behind a label; what is not here yet is made."""
        found = self._ids.get(label)
        if found is None:
            found = self._ids[label] = self._look_up(label, make=True)
        return found

    def make_listed(self, listed: ListedThing) -> None:
        """See that something the file lists by itself is there."""
        label, values = listed.label, listed.values
        workspace_id = self._workspace(label.workspace, make=True) or self._home
        match listed.kind:
            case "client":
                self._thing("client", workspace_id, label.client or "", values)
            case "project":
                self._project(label, values)
            case "task":
                self._thing("task", self._project(label, {}).id, label.task, values)
            case "tag":
                self._thing("tag", workspace_id, label.tags[0], values)

    def _look_up(self, label: EntryLabel, *, make: bool) -> Ids:
        new: dict[str, object] | None = {} if make else None
        project_id = task_id = None
        if label.project:
            project = self._project(label, new)
            workspace_id, project_id = project.workspace_id, project.id
            if label.task:
                task_id = self._thing("task", project_id, label.task, new)
        else:
            workspace_id = self._workspace(label.workspace, make=make) or self._home_of(label.tags)
        tags = {self._thing("tag", workspace_id, name, new) for name in label.tags}
        return Ids(workspace_id, project_id, task_id, tuple(sorted(tags)), label.billable)

    def _workspace(self, name: str | None, *, make: bool) -> int | None:
        if name is None:
            return None
        if name not in self._workspaces:
            if not make:
                raise _UnknownError
            self._workspaces[name] = self._step.insert("workspace", {"name": name})
        return self._workspaces[name]

    def _home_of(self, tags: Sequence[str]) -> int:
        """The first workspace that has all these tags; if none has, the first of all."""
        for workspace_id in self._workspaces.values() if tags else ():
            if all(("tag", workspace_id, folded(name)) in self._known for name in tags):
                return workspace_id
        return self._home

    def _project(self, label: EntryLabel, new: dict[str, object] | None) -> Project:
        """The project of a label; of several, an active one goes before an archived one.

        Args:
            label: Names it.
            new: More columns of one that has to be made; None: none is made.
        """
        workspace_id = self._workspace(label.workspace, make=new is not None)
        key = (label.project, label.client, workspace_id)
        if key not in self._chosen:
            client = None if label.client is None else folded(label.client)
            fitting = [
                project
                for project in self._projects.get((folded(label.project), client), ())
                if workspace_id in (None, project.workspace_id)
            ]
            if not fitting and new is None:
                raise _UnknownError
            if not fitting:
                fitting = [self._make_project(label, workspace_id or self._home, new or {})]
            self._chosen[key] = self._best(fitting, label)
        return self._chosen[key]

    def _best(self, fitting: Iterable[Project], label: EntryLabel) -> Project:
        return min(
            fitting,
            key=lambda project: (
                project.name != label.project,
                label.client not in (None, self._client_of(project)),
                project.archived,
                project.id,
            ),
        )

    def _client_of(self, project: Project) -> str:
        return "" if project.client_id is None else self._client_names[project.client_id]

    def _add_project(self, project: Project) -> None:
        name, client = folded(project.name), folded(self._client_of(project))
        self._projects.setdefault((name, client), []).append(project)
        self._projects.setdefault((name, None), []).append(project)
        if not project.archived:
            self._colours[project.colour] += 1

    def _make_project(
        self, label: EntryLabel, workspace_id: int, values: dict[str, object]
    ) -> Project:
        client_id = None
        if label.client:
            client_id = self._thing("client", workspace_id, label.client, {})
        columns: dict[str, Any] = {
            "workspace_id": workspace_id,
            "name": label.project,
            "client_id": client_id,
            "colour": rarest(self._colours),
            "archived": False,
            "billable": False,
            **values,
        }
        project = Project(id=self._step.insert("project", columns), **columns)
        self._add_project(project)
        self._made_projects.append(project)
        return project

    def made_projects(self) -> tuple[str, ...]:
        """The names of projects that have been made; with the client if others share a name."""
        return tuple(
            f"{each.name} ({self._client_of(each) or tr('no client')})"
            if len(self._projects[folded(each.name), None]) > 1
            else each.name
            for each in self._made_projects
        )

    def _thing(self, kind: Kind, scope: int, name: str, new: dict[str, object] | None) -> int:
        """The id of the client, task or tag of that name in a workspace or project."""
        exact, loose = (kind, scope, name), (kind, scope, folded(name))
        found = self._known.get(exact) or self._known.get(loose)
        if found is None:
            if new is None:
                raise _UnknownError
            belongs = "project_id" if kind == "task" else "workspace_id"
            found = self._step.insert(kind, {belongs: scope, "name": name, **new})
            self.made[kind].append(name)
            self._known[exact] = self._known[loose] = found
            if kind == "client":
                self._client_names[found] = name
        return found
