"""The command for projects."""

import argparse
from typing import Any, Final

from tray.cli import catalogue as shared
from tray.cli import project_members
from tray.cli.commands import add_action
from tray.cli.context import Context
from tray.errors import BadLine
from tray.language import tr
from tray.model.amounts import read_amount
from tray.model.entities import Project, Task
from tray.store.catalogue import Thing
from tray.tracker import catalogue
from tray.tracker.catalogue import ProjectChanges

_NONE: Final = "none"


def configure_projects(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``projects``."""
    parser.add_argument("--client", metavar="NAME", help=tr("only those of this client"))
    parser.add_argument(
        "--mine",
        action="store_true",
        help=tr("only those you take part in (a request a workspace)"),
    )
    actions = shared.configure(parser, "project")
    create = shared.add_kind_action(actions, "project", "create", tr("make a project"), _create)
    create.add_argument("name")
    create.add_argument(
        "--like",
        metavar="PROJECT",
        help=tr("with the fields and open tasks of another, as a template"),
    )
    _add_fields(create)
    change = shared.add_kind_action(
        actions, "project", "change", tr("change any field of a project"), _change
    )
    change.add_argument("project", help=tr("its name or number"))
    change.add_argument("--name", help=tr("its new name"))
    _add_fields(change)
    shared.add_archiving(actions, "project")
    delete = shared.add_deleting(actions, "project", tr("delete projects, with their tasks"))
    delete.add_argument(
        "--entries",
        choices=("keep", "delete"),
        default="keep",
        help=tr("whether entries stay, without a project (as without it), or go"),
    )
    shared.add_merging(actions, "project")
    tasks = shared.add_kind_action(
        actions, "project", "tasks", tr("list the tasks of a project"), _list_tasks
    )
    shared.add_which(tasks)
    tasks.add_argument("--all", action="store_true", help=tr("list those that are done too"))
    shared.add_refresh(tasks)
    project_members.configure(actions, lambda context, word: shared.which(context, "project", word))
    task = add_action(
        actions, "add-task", explanation=tr("make a task of a project"), run=_add_task
    )
    task.set_defaults(kind="task")
    task.add_argument("project", help=tr("its name or number"))
    task.add_argument("name")


def _add_fields(parser: argparse.ArgumentParser) -> None:
    client = parser.add_mutually_exclusive_group()
    client.add_argument("--client", metavar="NAME", help=tr("made if there is none of that name"))
    client.add_argument("--no-client", action="store_true")
    parser.add_argument("--colour", "--color", metavar="#RRGGBB")
    flag = argparse.BooleanOptionalAction
    parser.add_argument("--billable", action=flag, help=tr("whether new entries are billable"))
    parser.add_argument("--private", action=flag, help=tr("whether only its members see it"))
    parser.add_argument("--template", action=flag, help=tr("whether others are made after it"))
    parser.add_argument("--active", action=flag, help=tr("whether it is in use"))
    parser.add_argument("--auto-estimates", action=flag, help=tr("whether its tasks' are added up"))
    parser.add_argument("--estimated-hours", type=_hours, metavar="HOURS|none")
    parser.add_argument("--rate", type=_cents, metavar="AMOUNT|none", help=tr("an hour"))
    parser.add_argument("--fixed-fee", type=_cents, metavar="AMOUNT|none")
    parser.add_argument("--start-date", metavar="YYYY-MM-DD", help=tr("empty takes it away"))
    parser.add_argument("--end-date", metavar="YYYY-MM-DD", help=tr("likewise"))


def _hours(text: str) -> int | str:
    if text == _NONE:
        return text
    if text.isdecimal() and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(
        tr("“{text}” is not a whole number of hours, or none").format(text=text)
    )


def _cents(text: str) -> int | str:
    """An amount in hundredths."""
    if text == _NONE:
        return text
    try:
        return read_amount(text)
    except BadLine as error:
        raise argparse.ArgumentTypeError(
            tr("“{text}” is not an amount such as 75.50, or none").format(text=text)
        ) from error


def run_projects(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``projects`` without an action: list them."""
    client = None if options.client is None else shared.which(context, "client", options.client)
    mine: set[int] | None = None
    if options.refresh or options.mine:
        from tray.cli import server_view

        if options.refresh and options.mine:
            raise BadLine(tr("Give either --mine or --refresh."))
        if options.refresh:
            ask = None if client is None else server_view.projects_of(context, client)
            server_view.print_list(context, options, ask)
            return
        mine = server_view.mine(context)

    def fits(thing: Thing) -> bool:
        is_of = client is None or (isinstance(thing, Project) and thing.client_id == client)
        return is_of and (mine is None or thing.id in mine)

    shared.print_list(context, options, fits)


def _create(context: Context, options: argparse.Namespace) -> None:
    like = None if options.like is None else shared.which(context, "project", options.like)
    outcome = catalogue.create_project(
        context.db, options.name, now=context.now, changes=_changes(options), like=like
    )
    shared.tell(context, options, outcome, tr("Created {kind} {id}: {name}"))


def _change(context: Context, options: argparse.Namespace) -> None:
    chosen = shared.which(context, "project", options.project)
    changes = _changes(options)
    if options.name is not None:
        changes["name"] = options.name
    if not changes:
        raise BadLine(
            tr(
                "Nothing to change was given. `toggl-tray projects change --help` shows what "
                "can be."
            )
        )
    outcome = catalogue.edit_project(context.db, chosen, changes, now=context.now)
    shared.tell(context, options, outcome, tr("Changed {kind} {id}: {name}"))


def _changes(options: argparse.Namespace) -> ProjectChanges:
    changes: Any = {}
    if options.no_client:
        changes["client_id"] = None
    for name, option in (
        *(("client", options.client), ("colour", options.colour), ("billable", options.billable)),
        *(("private", options.private), ("template", options.template)),
        *(("auto_estimates", options.auto_estimates), ("start_date", options.start_date)),
        *(("end_date", options.end_date), ("estimated_hours", options.estimated_hours)),
        *(("rate_cents", options.rate), ("fixed_fee_cents", options.fixed_fee)),
    ):
        if option is not None:
            is_none = option == _NONE and name.endswith(("hours", "cents"))
            changes[name] = None if is_none else option
    if options.active is not None:
        changes["archived"] = not options.active
    found: ProjectChanges = changes
    return found


def _list_tasks(context: Context, options: argparse.Namespace) -> None:
    project = shared.which(context, "project", options.which)
    wanted = argparse.Namespace(**{**vars(options), "kind": "task"})
    if options.refresh:
        from tray.cli import server_view

        server_view.print_list(context, wanted, server_view.tasks_of(context, project))
        return
    shared.print_list(
        context, wanted, lambda thing: isinstance(thing, Task) and thing.project_id == project
    )


def _add_task(context: Context, options: argparse.Namespace) -> None:
    project_id = shared.which(context, "project", options.project)
    outcome = catalogue.create_task(context.db, project_id, options.name, now=context.now)
    shared.tell(context, options, outcome, tr("Created {kind} {id}: {name}"))
