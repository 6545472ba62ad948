"""From the names in a file to the ids of what they mean here; makes what is new."""

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from tray.model.colours import next_colour
from tray.model.entities import Client, Project, Tag, Task
from tray.store import catalogue
from tray.store.catalogue import Kind
from tray.store.undo_log import Step
from tray.tracker.naming import folded
from tray.tracker.transfer.content import Content, Label, Listed


class Ids(NamedTuple):
    """A label, looked up."""

    workspace_id: int
    project_id: int | None
    task_id: int | None
    tag_ids: tuple[int, ...]
    """Ascending, without repeats."""
    billable: bool


class Lookup:
    """Finds what names mean, and makes it if there is no such thing.

    A name means the thing that is written exactly so, else one that is so but for case. What
    exists stays as it is: the file's colours and archived flags are for new things. The client of
    an entry without a project is left out, as an entry cannot hold it. The first workspace of the
    file is the first one here, unless there is one of its name.
    """

    def __init__(self, step: Step, content: Content) -> None:
        self.made: dict[Kind, list[str]] = {"client": [], "project": [], "task": [], "tag": []}
        """The names of what has been made."""
        self._step = step
        self._ids: dict[Label, Ids] = {}
        workspaces = catalogue.workspaces(step.db)
        self._home = workspaces[0].id
        self._workspaces = {each.name: each.id for each in workspaces}
        for first in content.workspaces[:1]:
            self._workspaces.setdefault(first, self._home)
        names = catalogue.names(step.db)
        self._client_names = {each.id: each.name for each in names.clients.values()}
        self._projects: dict[str, list[Project]] = {}
        """By their folded name."""
        for project in names.projects.values():
            self._projects.setdefault(folded(project.name), []).append(project)
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

    def ids(self, label: Label) -> Ids:
        """The ids behind a label."""
        found = self._ids.get(label)
        if found is None:
            found = self._ids[label] = self._look_up(label)
        return found

    def make_listed(self, listed: Listed) -> None:
        """See that something the file lists by itself is there."""
        label, values = listed.label, listed.values
        workspace_id = self._workspace(label.workspace) or self._home
        match listed.kind:
            case "client":
                self._found_or_made("client", workspace_id, label.client or "", values)
            case "project":
                self._project(label, values)
            case "task":
                self._found_or_made("task", self._project(label, {}).id, label.task, values)
            case "tag":
                self._found_or_made("tag", workspace_id, label.tags[0], values)

    def _look_up(self, label: Label) -> Ids:
        workspace_id = self._workspace(label.workspace) or self._home
        project_id = task_id = None
        if label.project:
            project = self._project(label, {})
            workspace_id, project_id = project.workspace_id, project.id
            if label.task:
                task_id = self._found_or_made("task", project_id, label.task, {})
        tags = {self._found_or_made("tag", workspace_id, name, {}) for name in label.tags}
        return Ids(workspace_id, project_id, task_id, tuple(sorted(tags)), label.billable)

    def _workspace(self, name: str | None) -> int | None:
        if name is None:
            return None
        if name not in self._workspaces:
            self._workspaces[name] = self._step.insert("workspace", {"name": name})
        return self._workspaces[name]

    def _project(self, label: Label, values: dict[str, object]) -> Project:
        """The project of a label; of several, an active one goes before an archived one."""
        workspace_id = self._workspace(label.workspace)
        fitting = [
            project
            for project in self._projects.get(folded(label.project), ())
            if workspace_id in (None, project.workspace_id)
            and (label.client is None or folded(self._client_of(project)) == folded(label.client))
        ]
        if not fitting:
            return self._make_project(label, workspace_id or self._home, values)
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

    def _make_project(self, label: Label, workspace_id: int, values: dict[str, object]) -> Project:
        client_id = None
        if label.client:
            client_id = self._found_or_made("client", workspace_id, label.client, {})
        everyone = itertools.chain.from_iterable(self._projects.values())
        used = [project.colour for project in everyone if not project.archived]
        columns = {
            "workspace_id": workspace_id,
            "name": label.project,
            "client_id": client_id,
            "colour": next_colour(used),
            **values,
        }
        project: Project = catalogue.get(self._step.db, "project", self._make("project", columns))
        self._projects.setdefault(folded(project.name), []).append(project)
        return project

    def _found_or_made(self, kind: Kind, scope: int, name: str, values: dict[str, object]) -> int:
        """The id of the client, task or tag of that name in a workspace or project."""
        exact, loose = (kind, scope, name), (kind, scope, folded(name))
        found = self._known.get(exact) or self._known.get(loose)
        if found is None:
            belongs = "project_id" if kind == "task" else "workspace_id"
            found = self._make(kind, {belongs: scope, "name": name, **values})
            self._known[exact] = self._known[loose] = found
            if kind == "client":
                self._client_names[found] = name
        return found

    def _make(self, kind: Kind, values: dict[str, object]) -> int:
        self.made[kind].append(str(values["name"]))
        return self._step.insert(kind, values)
