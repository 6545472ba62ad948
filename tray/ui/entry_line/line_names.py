"""The names in a line: which project and task they mean, and what the tracker says against them."""

from tray.errors import Refused
from tray.language import tr
from tray.model.entities import Project, Task, TimeEntry, What
from tray.model.quick_entry.parsed_line import QuickEntry
from tray.sentences import together
from tray.store.catalogue import Names
from tray.tracker import matching
from tray.tracker.naming import did_you_mean
from tray.tracker.resolve import Draft


def projects_named(name: str, names: Names) -> list[Project]:
    """The projects that may be meant; several if they differ by their clients only."""
    return matching.projects_named(name, names)


def only_project(name: str, names: Names) -> Project | None:
    """The project of that name, archived or not; None if there is none, or there are several."""
    found = projects_named(name, names)
    return found[0] if len(found) == 1 else None


def refusal(entry: QuickEntry, names: Names) -> str:
    """Why the tracker would refuse the project or task of an entry; empty if it would not."""
    try:
        _meant(entry, names)
    except Refused as error:
        return str(error)
    return ""


def _meant(entry: QuickEntry, names: Names) -> tuple[Project | None, Task | None]:
    if entry.project is None:
        return None, None
    project = matching.project_named(entry.project, names)
    if project is None or entry.task is None:
        return project, None
    return project, matching.task_named(entry.task, project, names.tasks.values())


def question(entry: QuickEntry, names: Names) -> str:
    """What to ask if an entry needs a project or task that there is not yet; else empty.

    Raises:
        Refused: as `refusal` says.
    """
    project, task = _meant(entry, names)
    if entry.project is None or (project and (task or entry.task is None)):
        return ""
    again = tr("Press Enter again to create it.")
    if project is None:
        known = [each.name for each in names.projects.values() if not each.archived]
        sentence = tr("There is no project “{name}”.").format(name=entry.project)
        return together(sentence, did_you_mean(entry.project, known), again)
    sentence = tr("“{project}” has no task “{task}”.")
    return together(sentence.format(project=project.name, task=entry.task), again)


def merged(what: What, typed: QuickEntry, names: Names) -> QuickEntry:
    """Something done before, with the tags, the $ and the times that were typed beside it."""
    project = names.projects.get(what.project_id or 0)
    task = names.tasks.get(what.task_id or 0)
    tags = (names.tags[tag].name for tag in what.tag_ids if tag in names.tags)
    return QuickEntry(
        what.description,
        names.project(project) if project else None,
        task.name if project and task else None,
        tuple(dict.fromkeys((*tags, *typed.tags))),
        what.billable or typed.billable,
        typed.start,
        typed.stop,
    )


def line_of(entry: TimeEntry, names: Names) -> QuickEntry:
    """An entry as a line would say it, with its times."""
    times = QuickEntry(start=entry.start, stop=entry.stop)
    return merged(entry.what, times, names)


def draft_of(entry: QuickEntry, *, create_missing: bool, default: str | None = None) -> Draft:
    """What an entry is about, for the tracker; without a project it gets the `default` one."""
    billable = True if entry.billable else None
    project = default if entry.project is None and not entry.no_project else entry.project
    return Draft(entry.description, project, entry.task, entry.tags, billable, create_missing)
