"""Which project or task a typed name means: one decision for what previews it and what does it."""

from collections.abc import Iterable
from functools import lru_cache

from tray.language import listed, tr, tr_marked
from tray.local_errors import Archived, Refused
from tray.model.distinctions import NO_CLIENT, labelled
from tray.model.entities import Project, Task
from tray.model.new_project import known_by
from tray.store.catalogue import Names
from tray.tracker.naming import folded

_folded = lru_cache(maxsize=4_096)(folded)
"""A preview compares the same names with each key."""


def _with_client(project: Project, names: Names) -> str:
    """``project (client)``, which is understood even where no other has that name."""
    client = names.clients.get(project.client_id or 0)
    return labelled(project.name, client.name if client else tr_marked(NO_CLIENT))


def projects_named(name: str, names: Names) -> list[Project]:
    """The projects that are called so, alone or with what tells them apart, whatever the case.

    Archived ones only if no other is.
    """
    wanted = {_folded(name), _folded(known_by(name))}
    fitting = [
        project
        for project in names.projects.values()
        if not wanted.isdisjoint(
            (
                _folded(project.name),
                _folded(names.project(project)),
                _folded(_with_client(project, names)),
            )
        )
    ]
    return [project for project in fitting if not project.archived] or fitting


def project_named(name: str, names: Names) -> Project | None:
    """The project that `name` means; None if there is none yet.

    Raises:
        Refused: several fit, or only an archived one.
    """
    found = projects_named(name, names)
    if not found:
        return None
    if found[0].archived:
        raise Archived(
            tr("The project “{name}” is archived. Take another, or restore it.").format(
                name=found[0].name
            ),
            kind="project",
            id=found[0].id,
        )
    if len(found) > 1:
        options = listed(tr("“{name}”").format(name=names.project(each)) for each in found)
        raise Refused(
            tr("Which “{name}”? There are {options}. Write it that way.").format(
                name=name, options=options
            ),
            field="project",
        )
    return found[0]


def task_named(name: str, project: Project, tasks: Iterable[Task]) -> Task | None:
    """The project's task that `name` means; None if there is none yet.

    Raises:
        Refused: it is archived.
    """
    wanted = _folded(name)
    for task in tasks:
        if task.project_id == project.id and _folded(task.name) == wanted:
            if task.archived:
                raise Archived(
                    tr("The task “{name}” is archived. Take another, or restore it.").format(
                        name=task.name
                    ),
                    kind="task",
                    id=task.id,
                )
            return task
    return None
