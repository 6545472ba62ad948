"""The commands for projects (with their tasks), clients and tags."""

import argparse
from typing import TYPE_CHECKING

from tray.cli import arguments, formatting
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.errors import BadLine, NotFound, Refused
from tray.model.entities import Project
from tray.store import catalogue as stored
from tray.store.catalogue import Kind, Thing
from tray.tracker import catalogue
from tray.tracker.catalogue import ProjectChanges
from tray.tracker.naming import did_you_mean, folded
from tray.tracker.outcome import Outcome

if TYPE_CHECKING:
    from tray.cli.commands import Actions


def configure_projects(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``projects``."""
    actions = _configure(parser, "project")
    create = add_action(actions, "create", explanation="make a project", run=_create_project)
    create.add_argument("name")
    _add_project_options(create)
    explanation = "change the client, colour or billable of a project"
    change = add_action(actions, "change", explanation=explanation, run=_change_project)
    change.add_argument("project", help="its name or number")
    _add_project_options(change)
    task = add_action(actions, "add-task", explanation="make a task of a project", run=_add_task)
    task.add_argument("project", help="its name or number")
    task.add_argument("name")


def configure_clients(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``clients``."""
    actions = _configure(parser, "client")
    add_action(actions, "create", explanation="make a client", run=_create_client).add_argument(
        "name"
    )


def configure_tags(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``tags``."""
    actions = _configure(parser, "tag")
    add_action(actions, "create", explanation="make a tag", run=_create_tag).add_argument("name")


def _configure(parser: argparse.ArgumentParser, kind: Kind) -> "Actions":
    """What projects, clients and tags have in common; returns where to add more."""
    parser.add_argument("--all", action="store_true", help="list archived ones too")
    parser.add_argument("--json", action="store_true", help="list as JSON")
    parser.set_defaults(kind=kind)
    actions = add_actions(parser)
    rename = add_action(
        actions, "rename", explanation=f"give a {kind} another name; entries follow", run=_rename
    )
    rename.set_defaults(kind=kind)
    rename.add_argument("which", help="its name or number")
    rename.add_argument("name", help="the new name")
    for word, run, explanation in (
        ("archive", _archive, f"take a {kind} out of use; entries keep it"),
        ("restore", _restore, f"bring an archived {kind} back into use"),
    ):
        action = add_action(actions, word, explanation=explanation, run=run)
        action.set_defaults(kind=kind)
        action.add_argument("which", help="its name or number")
    return actions


def _add_project_options(parser: argparse.ArgumentParser) -> None:
    client = parser.add_mutually_exclusive_group()
    client.add_argument("--client", metavar="NAME", help="made if there is none of that name")
    client.add_argument("--no-client", action="store_true")
    parser.add_argument("--colour", "--color", metavar="#RRGGBB")
    parser.add_argument(
        "--billable", action=argparse.BooleanOptionalAction, help="whether new entries are billable"
    )


def run_projects(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``projects``, ``clients`` or ``tags`` without an action: list them."""
    names = stored.names(context.db)
    things = [thing for thing, _ in names.labels(options.kind)]
    shown = [thing for thing in things if options.all or not thing.archived]
    if options.json:
        listed = [_json(thing, names) for thing in shown]
        formatting.print_json({"v": 1, f"{options.kind}s": listed})
    elif things and not shown:
        print(f"All {options.kind}s are archived. `toggl-tray {options.kind}s --all` lists them.")
    elif not shown:
        print(f"No {options.kind}s yet. `toggl-tray {options.kind}s create NAME` makes one.")
    else:
        print(formatting.table([_row(thing, names) for thing in shown], right=(0,)))


run_clients = run_tags = run_projects


def _json(thing: Thing, names: stored.Names) -> dict[str, object]:
    plain: dict[str, object] = {"id": thing.id, "name": thing.name, "archived": thing.archived}
    if isinstance(thing, Project):
        client = None if thing.client_id is None else names.clients[thing.client_id].name
        tasks = [task.name for task in names.tasks.values() if task.project_id == thing.id]
        plain |= {"client": client, "colour": thing.colour, "billable": thing.billable}
        plain["tasks"] = tasks
    return plain | {"workspace": names.workspace(thing)}


def _row(thing: Thing, names: stored.Names) -> list[str]:
    notes = ["archived"] if thing.archived else []
    row = [str(thing.id), thing.name]
    if isinstance(thing, Project):
        row[1] = formatting.coloured(thing.name, thing.colour)
        notes += ["$"] if thing.billable else []
        tasks = [task.name for task in names.tasks.values() if task.project_id == thing.id]
        notes += [f"tasks: {', '.join(tasks)}"] if tasks else []
        row.append("" if thing.client_id is None else names.clients[thing.client_id].name)
    if len(names.workspaces) > 1:
        row.append(names.workspace(thing))
    return [*row, formatting.dim(", ".join(notes)) if notes else ""]


def _which(context: Context, kind: Kind, word: str) -> int:
    """The id of what is named by its name, with or without what tells it apart, or by its number.

    One in use comes before an archived one.

    Raises:
        NotFound: there is none.
        Refused: several have that name.
    """
    things = stored.names(context.db).labels(kind)
    named = [each for each in things if folded(word) in (folded(each[0].name), folded(each[1]))]
    fitting = [each for each in named if not each[0].archived] or named
    if len(fitting) > 1:
        numbers = " or ".join(str(thing.id) for thing, _ in fitting)
        raise Refused(f"Which “{word}”? There are several. Give its number: {numbers}.")
    if fitting:
        return fitting[0][0].id
    if arguments.is_id(word):
        found: Thing = stored.get(context.db, kind, int(word))
        return found.id
    meant = did_you_mean(word, [thing.name for thing, _ in things])
    raise NotFound(f"There is no {kind} “{word}”.{meant} `toggl-tray {kind}s --all` lists them.")


def _rename(context: Context, options: argparse.Namespace) -> None:
    chosen = _which(context, options.kind, options.which)
    outcome = catalogue.rename(context.db, options.kind, chosen, options.name, now=context.now)
    _say(context, options.kind, outcome, "Renamed")


def _archive(context: Context, options: argparse.Namespace) -> None:
    chosen = _which(context, options.kind, options.which)
    outcome = catalogue.archive(context.db, options.kind, chosen, now=context.now)
    _say(context, options.kind, outcome, "Archived")


def _restore(context: Context, options: argparse.Namespace) -> None:
    chosen = _which(context, options.kind, options.which)
    outcome = catalogue.archive(context.db, options.kind, chosen, now=context.now, archived=False)
    _say(context, options.kind, outcome, "Restored")


def _create_client(context: Context, options: argparse.Namespace) -> None:
    outcome = catalogue.create_client(context.db, options.name, now=context.now)
    _say(context, "client", outcome, "Created")


def _create_tag(context: Context, options: argparse.Namespace) -> None:
    outcome = catalogue.create_tag(context.db, options.name, now=context.now)
    _say(context, "tag", outcome, "Created")


def _create_project(context: Context, options: argparse.Namespace) -> None:
    outcome = catalogue.create_project(
        context.db, options.name, now=context.now, changes=_project_changes(options)
    )
    _say(context, "project", outcome, "Created")


def _change_project(context: Context, options: argparse.Namespace) -> None:
    chosen = _which(context, "project", options.project)
    changes = _project_changes(options)
    if not changes:
        raise BadLine(
            "Nothing to change was given. `toggl-tray projects change --help` shows what can be."
        )
    outcome = catalogue.edit_project(context.db, chosen, changes, now=context.now)
    _say(context, "project", outcome, "Changed")


def _project_changes(options: argparse.Namespace) -> ProjectChanges:
    changes: ProjectChanges = {}
    if options.no_client:
        changes["client_id"] = None
    elif options.client is not None:
        changes["client"] = options.client
    if options.colour is not None:
        changes["colour"] = options.colour
    if options.billable is not None:
        changes["billable"] = options.billable
    return changes


def _add_task(context: Context, options: argparse.Namespace) -> None:
    project_id = _which(context, "project", options.project)
    outcome = catalogue.create_task(context.db, project_id, options.name, now=context.now)
    _say(context, "task", outcome, "Created")


def _say(context: Context, kind: Kind, outcome: Outcome, word: str) -> None:
    thing: Thing = stored.get(context.db, kind, outcome.created_id)
    print(f"{word} {kind} {thing.id}: {thing.name}")
