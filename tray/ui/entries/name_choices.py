"""Which projects, tasks and tags are offered, and which of them a typed name means."""

from collections import Counter
from collections.abc import Sequence

from tray.model.entities import Project, Task
from tray.store.catalogue import Names
from tray.ui.entries.name_completer import MOST, NameChoice, fitting
from tray.ui.wording import tr


def project_labels(names: Names) -> dict[int, str]:
    """What each project is called: with its client where several have its name."""
    same = Counter(project.name.casefold() for project in names.projects.values())
    return {
        project.id: project.name
        if same[project.name.casefold()] == 1
        else f"{project.name} ({_client(project, names)})"
        for project in names.projects.values()
    }


def _client(project: Project, names: Names) -> str:
    client = names.clients.get(project.client_id or 0)
    return client.name if client else tr("no client")


def project_labelled(label: str, names: Names) -> Project | None:
    """The project in use that is called this, whatever the case."""
    wanted = label.strip().casefold()
    for project_id, its in project_labels(names).items():
        if its.casefold() == wanted and not names.projects[project_id].archived:
            return names.projects[project_id]
    return None


def task_named(name: str, project_id: int | None, names: Names) -> Task | None:
    """The task in use of that name in a project, whatever its case."""
    wanted = name.strip().casefold()
    for task in _tasks(project_id, names):
        if task.name.casefold() == wanted:
            return task
    return None


def projects(typed: str, names: Names) -> list[NameChoice]:
    """The projects to offer; without anything typed, none at all is the first."""
    labels = project_labels(names)
    active = [project for project in names.projects.values() if not project.archived]
    known = [NameChoice(each.id, labels[each.id], each.colour) for each in active]
    return _offered(typed, known, tr("No project"), tr("Create project “{name}”"))


def tasks(typed: str, project_id: int | None, names: Names) -> list[NameChoice]:
    """The tasks of a project to offer."""
    if project_id is None:
        return []
    known = [NameChoice(task.id, task.name) for task in _tasks(project_id, names)]
    return _offered(typed, known, tr("No task"), tr("Create task “{name}”"))


def tags(typed: str, names: Names, *, but: Sequence[str] = ()) -> list[NameChoice]:
    """The tags to offer, without those that are there already."""
    taken = {name.casefold() for name in but}
    active = [tag for tag in names.tags.values() if not tag.archived]
    return fitting(
        typed, [NameChoice(t.id, t.name) for t in active if t.name.casefold() not in taken]
    )


def _offered(typed: str, known: list[NameChoice], none: str, create: str) -> list[NameChoice]:
    wanted = typed.strip()
    found = fitting(wanted, known)
    if not wanted:
        return [NameChoice(0, "", label=none), *found[: MOST - 1]]
    if any(choice.name.casefold() == wanted.casefold() for choice in known):
        return found
    new = NameChoice(0, wanted, label=create.format(name=wanted))
    return [*found[: MOST - 1], new]


def _tasks(project_id: int | None, names: Names) -> list[Task]:
    return [
        task for task in names.tasks.values() if task.project_id == project_id and not task.archived
    ]
