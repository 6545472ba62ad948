"""Which project and task the names in a line mean, as the tracker will decide when it starts."""

from functools import lru_cache

from tray.model.entities import Project, Task, What
from tray.model.quick_entry import QuickEntry
from tray.store.catalogue import Names
from tray.tracker.naming import did_you_mean, folded
from tray.tracker.resolve import Draft
from tray.ui.wording import tr

_folded = lru_cache(maxsize=4_096)(folded)
"""The same names are compared with each key."""


def project_meant(name: str, names: Names) -> Project | None:
    """The project of that name, or of that name and client; one in use before an archived one."""
    wanted = _folded(name)
    fitting = [
        project
        for project in names.projects.values()
        if wanted == _folded(project.name) or wanted == _folded(_with_client(project, names))
    ]
    return min(fitting, key=lambda project: project.archived, default=None)


def task_meant(name: str, project: Project, names: Names) -> Task | None:
    """The project's task of that name."""
    wanted = _folded(name)
    tasks = (task for task in names.tasks.values() if task.project_id == project.id)
    return next((task for task in tasks if _folded(task.name) == wanted), None)


def spoken(project: Project, names: Names) -> str:
    """What a line calls a project: its name, with its client where others in use have that name."""
    wanted = _folded(project.name)
    same = (each for each in names.projects.values() if _folded(each.name) == wanted)
    alone = all(each is project or each.archived for each in same)
    return project.name if alone else _with_client(project, names)


def _with_client(project: Project, names: Names) -> str:
    client = names.clients.get(project.client_id or 0)
    return f"{project.name} ({client.name if client else 'no client'})"  # as `tracker.draft` reads


def question(entry: QuickEntry, names: Names) -> str:
    """What to ask if an entry needs a project or task that there is not yet; else empty."""
    if entry.project is None:
        return ""
    project = project_meant(entry.project, names)
    if project is None:
        known = [each.name for each in names.projects.values() if not each.archived]
        sentence = tr("There is no project “{name}”.").format(name=entry.project)
        guess = did_you_mean(entry.project, known)
        return f"{sentence}{guess} {tr('Press Enter again to create it.')}"
    if entry.task is not None and task_meant(entry.task, project, names) is None:
        sentence = tr("“{project}” has no task “{task}”.")
        said = sentence.format(project=project.name, task=entry.task)
        return f"{said} {tr('Press Enter again to create it.')}"
    return ""


def merged(what: What, typed: QuickEntry, names: Names) -> QuickEntry:
    """Something done before, with the tags, the $ and the times that were typed beside it."""
    project = names.projects.get(what.project_id or 0)
    task = names.tasks.get(what.task_id or 0)
    tags = (names.tags[tag].name for tag in what.tag_ids if tag in names.tags)
    return QuickEntry(
        what.description,
        spoken(project, names) if project else None,
        task.name if project and task else None,
        tuple(dict.fromkeys((*tags, *typed.tags))),
        what.billable or typed.billable,
        typed.start,
        typed.stop,
    )


def draft_of(entry: QuickEntry, *, make_new: bool) -> Draft:
    """What an entry is about, for the tracker."""
    billable = True if entry.billable else None
    return Draft(entry.description, entry.project, entry.task, entry.tags, billable, make_new)
