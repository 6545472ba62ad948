"""Which projects, tasks and tags are offered, and which of them a typed name means."""

from collections.abc import Sequence

from tray.language import tr
from tray.model.distinctions import one_of_each_name
from tray.model.entities import Project, Task
from tray.store.catalogue import Names
from tray.tracker import matching
from tray.ui.entries.name_completer import MOST, NameChoice, fitting
from tray.ui.new_project_text import new_project_text, new_projects


def project_label(project_id: int | None, names: Names) -> str:
    """What a field shows for a project; empty for none."""
    project = names.projects.get(project_id or 0)
    return names.project(project) if project else ""


def project_labelled(label: str, names: Names) -> Project | None:
    """The only project in use that is called this, whatever the case."""
    found = matching.projects_named(label, names)
    return found[0] if len(found) == 1 and not found[0].archived else None


def task_named(name: str, project_id: int | None, names: Names) -> Task | None:
    """The task in use of that name in a project, whatever its case."""
    wanted = name.strip().casefold()
    for task in _tasks(project_id, names):
        if task.name.casefold() == wanted:
            return task
    return None


def projects(
    typed: str, names: Names, *, lately: Sequence[int] = (), most: int = MOST
) -> list[NameChoice]:
    """The projects to offer; without anything typed, none at all is the first.

    Args:
        typed: of a name.
        names: of all there are.
        lately: the ids of those that were used lately, which come before others.
        most: how many are offered.
    """
    ranks = {project_id: rank for rank, project_id in reversed([*enumerate(lately)])}
    active = [project for project in names.projects.values() if not project.archived]
    active.sort(key=lambda each: ranks.get(each.id, len(ranks)))
    known = [NameChoice(each.id, names.project(each), each.colour) for each in active]
    found = _offered(typed, known, tr("No project"), tr("Create project “{name}”"), most)
    if not found or found[-1].id or not found[-1].name:
        return found
    return [*found[:-1], *_new_projects(found[-1].name, names)]


def _new_projects(typed: str, names: Names) -> list[NameChoice]:
    """What a name can mean that no project has: one for a client, or of just that name."""
    meanings = new_projects(typed, names)
    return [
        NameChoice(0, each.label if each.client else typed, label=new_project_text(each))
        for each in meanings
    ]


def tasks(typed: str, project_id: int | None, names: Names) -> list[NameChoice]:
    """The tasks of a project to offer."""
    if project_id is None:
        return []
    known = [NameChoice(task.id, task.name) for task in _tasks(project_id, names)]
    return _offered(typed, known, tr("No task"), tr("Create task “{name}”"), MOST)


def clients(typed: str, names: Names) -> list[NameChoice]:
    """The clients to offer, each name once."""
    known = {
        each.name.casefold(): NameChoice(each.id, each.name)
        for each in names.clients.values()
        if not each.archived
    }
    return _offered(typed, [*known.values()], tr("No client"), tr("Create client “{name}”"), MOST)


def tags(
    typed: str, names: Names, *, but: Sequence[str] = (), workspace_id: int | None = None
) -> list[NameChoice]:
    """The tags to offer, each name once, without those that are there already.

    They are those of the workspace; of all, if it is not known.
    """
    taken = {name.casefold() for name in but}
    return fitting(
        typed,
        [
            NameChoice(tag.id, tag.name)
            for tag in one_of_each_name(names.tags.values(), workspace_id)
            if tag.name.casefold() not in taken
        ],
    )


def _offered(
    typed: str, known: list[NameChoice], none: str, create: str, most: int
) -> list[NameChoice]:
    wanted = typed.strip()
    found = fitting(wanted, known, most)
    if not wanted:
        return [NameChoice(0, "", label=none), *found[: most - 1]]
    if any(choice.name.casefold() == wanted.casefold() for choice in known):
        return found
    new = NameChoice(0, wanted, label=create.format(name=wanted))
    return [*found[: most - 1], new]


def _tasks(project_id: int | None, names: Names) -> list[Task]:
    return [
        task for task in names.tasks.values() if task.project_id == project_id and not task.archived
    ]
