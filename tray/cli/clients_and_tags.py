"""The commands for clients and for tags."""

import argparse

from tray.cli import catalogue as shared
from tray.cli.context import Context
from tray.errors import BadLine
from tray.language import tr
from tray.model.entities import Project
from tray.tracker import catalogue
from tray.tracker.catalogue import ClientChanges


def configure_clients(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``clients``."""
    actions = shared.configure(parser, "client")
    create = shared.add_kind_action(
        actions, "client", "create", tr("make a client"), _create_client
    )
    create.add_argument("name")
    _add_options(create)
    change = shared.add_kind_action(
        actions,
        "client",
        "change",
        tr("change the notes or the reference of a client"),
        _change_client,
    )
    shared.add_which(change)
    change.add_argument("--name", help=tr("its new name"))
    _add_options(change)
    shared.add_archiving(actions, "client")
    shared.add_deleting(actions, "client", tr("delete clients; their projects stay, without one"))
    shared.add_merging(actions, "client")
    explanation = tr("list the projects of a client")
    projects = shared.add_kind_action(actions, "client", "projects", explanation, _list_projects)
    shared.add_which(projects)
    projects.add_argument("--all", action="store_true", help=tr("list archived ones too"))
    shared.add_refresh(projects)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--notes", metavar="TEXT", help=tr("empty takes them away"))
    parser.add_argument("--reference", metavar="TEXT", help=tr("what another system calls it"))


def configure_tags(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``tags``."""
    actions = shared.configure(parser, "tag")
    create = shared.add_kind_action(actions, "tag", "create", tr("make a tag"), _create_tag)
    create.add_argument("name")
    shared.add_archiving(actions, "tag")
    shared.add_deleting(actions, "tag", tr("delete tags; their entries stay, without them"))
    shared.add_merging(actions, "tag")


def run_clients(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``clients`` or ``tags`` without an action: list them."""
    if options.refresh:
        from tray.cli import server_view

        server_view.print_list(context, options)
        return
    shared.print_list(context, options)


run_tags = run_clients


def _create_client(context: Context, options: argparse.Namespace) -> None:
    outcome = catalogue.create_client(
        context.db, options.name, now=context.now, changes=_changes(options)
    )
    shared.tell(context, options, outcome, tr("Created {kind} {id}: {name}"))


def _change_client(context: Context, options: argparse.Namespace) -> None:
    chosen = shared.which(context, "client", options.which)
    changes = _changes(options)
    if options.name is not None:
        changes["name"] = options.name
    if not changes:
        raise BadLine(
            tr("Nothing to change was given. `toggl-tray clients change --help` shows what can be.")
        )
    outcome = catalogue.edit_client(context.db, chosen, changes, now=context.now)
    shared.tell(context, options, outcome, tr("Changed {kind} {id}: {name}"))


def _changes(options: argparse.Namespace) -> ClientChanges:
    changes: ClientChanges = {}
    if options.notes is not None:
        changes["notes"] = options.notes
    if options.reference is not None:
        changes["external_reference"] = options.reference
    return changes


def _list_projects(context: Context, options: argparse.Namespace) -> None:
    client = shared.which(context, "client", options.which)
    wanted = argparse.Namespace(**{**vars(options), "kind": "project"})
    if options.refresh:
        from tray.cli import server_view

        server_view.print_list(context, wanted, server_view.projects_of(context, client))
        return
    shared.print_list(
        context, wanted, lambda thing: isinstance(thing, Project) and thing.client_id == client
    )


def _create_tag(context: Context, options: argparse.Namespace) -> None:
    outcome = catalogue.create_tag(context.db, options.name, now=context.now)
    shared.tell(context, options, outcome, tr("Created {kind} {id}: {name}"))
