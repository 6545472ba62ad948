"""The options that choose entries by project, client, task, tag, workspace and billable."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tray.errors import NotFound
from tray.language import tr
from tray.model.field_words import kind_word
from tray.model.workspace_names import workspace_label
from tray.sentences import together
from tray.store.catalogue import Names

if TYPE_CHECKING:
    from tray.model.filters import Criterion

_KINDS: Final = ("project", "client", "task", "tag", "workspace")


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Declare them; each can be given several times, and then any of these fits."""
    group = parser.add_argument_group(tr("which entries (the same option again: any of these)"))
    for kind in _KINDS:
        group.add_argument(f"--{kind}", action="append", default=[], metavar="NAME")
    group.add_argument(
        "--without",
        action="append",
        default=[],
        choices=("project", "client", "task", "tag"),
        help=tr("that have none"),
    )
    group.add_argument(
        "--billable", action=argparse.BooleanOptionalAction, help=tr("that are, or are not")
    )


def has_filters(options: argparse.Namespace) -> bool:
    """Whether only some entries are wanted, whatever their description."""
    named = any(getattr(options, kind) for kind in (*_KINDS, "without"))
    return named or options.billable is not None


def criteria(options: argparse.Namespace, names: Names) -> "tuple[Criterion, ...]":
    """What was chosen.

    Raises:
        NotFound: nothing has such a name.
    """
    from tray.model.filters import Criterion, FilterKind

    found = [
        Criterion(FilterKind(kind), thing)
        for kind in _KINDS
        for name in getattr(options, kind)
        for thing in _named(kind, name, names)
    ]
    found += [Criterion(FilterKind(kind)) for kind in options.without]
    if options.billable is not None:
        found.append(Criterion(FilterKind.BILLABLE, int(options.billable)))
    return tuple(dict.fromkeys(found))


def _named(kind: str, name: str, names: Names) -> list[int]:
    """All that have a name: archived ones, too, as entries keep them."""
    from tray.tracker.naming import did_you_mean, folded

    wanted = folded(name)
    known = list(_labels(kind, names))
    fitting = [thing for thing, labels in known if wanted in map(folded, labels)]
    if not fitting:
        meant = did_you_mean(name, [labels[0] for _, labels in known])
        kind_of_list = kind if kind != "workspace" else ""
        raise NotFound(
            together(
                tr("There is no {kind} “{name}”.").format(kind=kind_word(kind), name=name), meant
            ),
            kind=kind_of_list,
        )
    return fitting


def _labels(kind: str, names: Names) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each thing with what it can be called."""
    match kind:
        case "workspace":
            for workspace in names.workspaces.values():
                yield workspace.id, (workspace_label(workspace.name), workspace.name)
        case "task":
            for task in names.tasks.values():
                project = names.projects[task.project_id]
                yield task.id, (task.name, f"{project.name}/{task.name}")
        case "project" | "client" | "tag":
            for thing, label in names.labels(kind):
                yield thing.id, (thing.name, label)
