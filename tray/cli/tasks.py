"""The command for tasks."""

import argparse

from tray.cli import assignees
from tray.cli import catalogue as shared
from tray.cli.context import Context
from tray.language import tr
from tray.model.entities import Task
from tray.store import catalogue as stored
from tray.store.catalogue import Thing
from tray.tracker import catalogue
from tray.tracker.catalogue import TaskChanges


def configure_tasks(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``tasks``."""
    parser.add_argument("--project", metavar="NAME", help=tr("only those of this project"))
    parser.add_argument("--mine", action="store_true", help=tr("only those that you are to do"))
    actions = shared.configure(parser, "task", "done")
    create = shared.add_kind_action(
        actions, "task", "create", tr("make a task of a project"), _create
    )
    create.add_argument("project", help=tr("its name or number"))
    create.add_argument("name")
    create.add_argument("--estimate", metavar="LENGTH", help=tr("how long it takes: 1:30, 45m, 2h"))
    create.add_argument(
        "--assign", metavar="WHO", help=tr("“me”, a name, an e-mail address or a number")
    )
    estimate = shared.add_kind_action(
        actions, "task", "estimate", tr("say how long tasks take"), _estimate
    )
    shared.add_which(estimate, several=True)
    estimate.add_argument("length", help=tr("1:30, 45m, 2h or none"))
    assign = shared.add_kind_action(
        actions, "task", "assign", tr("say who is to do tasks"), _assign
    )
    shared.add_which(assign, several=True)
    assign.add_argument("who", help=tr("“me”, “nobody”, a name, an e-mail address or a number"))
    for word, explanation in (
        ("done", tr("mark tasks as done; entries keep them")),
        ("reopen", tr("take up tasks again that were done")),
    ):
        action = shared.add_kind_action(actions, "task", word, explanation, shared.change_use)
        action.set_defaults(word=word)
        shared.add_which(action, several=True)
    shared.add_deleting(actions, "task", tr("delete tasks; their entries keep the project"))
    shared.add_merging(actions, "task")


def run_tasks(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``tasks`` without an action: list them."""
    project = None if options.project is None else shared.which(context, "project", options.project)
    if options.refresh:
        from tray.cli import server_view

        ask = None if project is None else server_view.tasks_of(context, project)
        server_view.print_list(context, options, ask)
        return
    user = assignees.me(context) if options.mine else None

    def fits(thing: Thing) -> bool:
        if not isinstance(thing, Task):
            return False
        return project in (None, thing.project_id) and user in (None, thing.user_id)

    shared.print_list(context, options, fits)


def _create(context: Context, options: argparse.Namespace) -> None:
    project_id = shared.which(context, "project", options.project)
    changes: TaskChanges = {}
    if options.estimate is not None:
        changes["estimated_seconds"] = _length(options.estimate)
    if options.assign is not None:
        changes["user_id"] = assignees.of_projects(context, options.assign, [project_id])
    outcome = catalogue.create_task(
        context.db, project_id, options.name, now=context.now, changes=changes
    )
    shared.tell(context, options, outcome, tr("Created {kind} {id}: {name}"))


def _estimate(context: Context, options: argparse.Namespace) -> None:
    _edit(context, options, {"estimated_seconds": _length(options.length)})


def _assign(context: Context, options: argparse.Namespace) -> None:
    chosen = [stored.get(context.db, "task", each) for each in shared.all_of(context, options)]
    projects = [each.project_id for each in chosen]
    _edit(context, options, {"user_id": assignees.of_projects(context, options.who, projects)})


def _edit(context: Context, options: argparse.Namespace, changes: TaskChanges) -> None:
    ids = shared.all_of(context, options)
    outcome = catalogue.edit_tasks(context.db, ids, changes, now=context.now)
    shared.tell(context, options, outcome, tr("Changed {kind} {id}: {name}"), ids=ids)


def _length(text: str) -> int | None:
    from tray.model import typed_times

    return None if text == "none" else typed_times.read_length(text)
