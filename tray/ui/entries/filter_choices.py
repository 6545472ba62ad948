"""The criteria that entries can be filtered by: what each is called, and which are offered."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from tray.language import tr
from tray.model import day_names, pinyin
from tray.model.filters import Criterion, DayRange, FilterKind, NamedRange
from tray.model.suggest import Name, match_names
from tray.model.workspace_names import workspace_label
from tray.store.catalogue import Names

MOST: Final = 40
"""Criteria that are offered at once; typing finds the others."""
ICONS: Final = {
    FilterKind.WORKSPACE: "workspace",
    FilterKind.CLIENT: "client",
    FilterKind.PROJECT: "projects",
    FilterKind.TASK: "task",
    FilterKind.TAG: "tag",
    FilterKind.BILLABLE: "billable",
    FilterKind.NOT_UPLOADED: "upload",
}


class Offer(NamedTuple):
    """A criterion that can be chosen."""

    criterion: Criterion
    label: str
    colour: str = ""
    """Of a project."""


def offers(typed: str, names: Names) -> list[Offer]:
    """The criteria that fit what was typed, the best first."""
    known = list(_all(names))
    if not typed.strip():
        return known[:MOST]
    searched = [
        Name(at, each.label, " ".join(pinyin.keys(each.label))) for at, each in enumerate(known)
    ]
    return [known[match.id] for match in match_names(typed, searched, MOST)]


def _all(names: Names) -> Iterable[Offer]:
    yield Offer(Criterion(FilterKind.NOT_UPLOADED), tr("Not uploaded"))
    yield Offer(Criterion(FilterKind.BILLABLE, 1), tr("Billable"))
    yield Offer(Criterion(FilterKind.BILLABLE, 0), tr("Not billable"))
    yield Offer(Criterion(FilterKind.PROJECT, 0), tr("No project"))
    yield Offer(Criterion(FilterKind.TAG, 0), tr("No tags"))
    if len(names.workspaces) > 1:
        for workspace_id, name in names.workspaces.values():
            yield Offer(Criterion(FilterKind.WORKSPACE, workspace_id), workspace_label(name))
    for project in sorted(names.projects.values(), key=lambda each: each.archived):
        criterion = Criterion(FilterKind.PROJECT, project.id)
        yield Offer(criterion, names.project(project), project.colour)
    for client in names.clients.values():
        yield Offer(Criterion(FilterKind.CLIENT, client.id), names.client(client))
    for tag in names.tags.values():
        yield Offer(Criterion(FilterKind.TAG, tag.id), names.tag(tag))
    for task in names.tasks.values():
        project = names.projects[task.project_id]
        yield Offer(Criterion(FilterKind.TASK, task.id), f"{task.name} ({names.project(project)})")


def chosen(criteria: Iterable[Criterion], names: Names) -> list[Offer]:
    """These criteria with their labels; what is gone has none."""
    by_criterion = {each.criterion: each for each in _all(names)}
    return [by_criterion.get(each, Offer(each, tr("Deleted"))) for each in criteria]


def kind_name(kind: FilterKind) -> str:
    """What is said of a criterion besides its label."""
    return {
        FilterKind.WORKSPACE: tr("Workspace"),
        FilterKind.CLIENT: tr("Client"),
        FilterKind.PROJECT: tr("Project"),
        FilterKind.TASK: tr("Task"),
        FilterKind.TAG: tr("Tag"),
        FilterKind.BILLABLE: "",
        FilterKind.NOT_UPLOADED: "",
    }[kind]


def range_name(name: NamedRange) -> str:
    """What a range of days is called."""
    return {
        NamedRange.TODAY: tr("Today"),
        NamedRange.YESTERDAY: tr("Yesterday"),
        NamedRange.THIS_WEEK: tr("This week"),
        NamedRange.LAST_WEEK: tr("Last week"),
        NamedRange.THIS_MONTH: tr("This month"),
        NamedRange.LAST_MONTH: tr("Last month"),
    }[name]


def days_name(days: DayRange) -> str:
    """``3 – 9 March 2026``, or one day of it."""
    return day_names.days(days.first, days.last)
