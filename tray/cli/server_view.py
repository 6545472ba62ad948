"""What the server has now of projects, clients, tags and tasks: shown, and kept nowhere."""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from tray.cli import account as shared
from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.online_calls import online, remote_id, workspace_id
from tray.language import tr
from tray.store import catalogue, remote_rows
from tray.store.catalogue import Kind, Thing
from tray.sync.workspace_rights import WorkspaceRights, rights
from tray.tracker.naming import folded

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.api.remote_values import RemoteThing

    Ask = Callable[[OnlineToggl], Sequence[RemoteThing]]

_USUAL_PAGE: Final = 50
_NAMED: Final = {"workspace_id": "workspace", "client_id": "client", "project_id": "project"}
_LEFT_OUT: Final = ("id", "at", "deleted", *_NAMED)


def print_list(context: Context, options: argparse.Namespace, ask: "Ask | None" = None) -> None:
    """List what the server has of a kind, as far as the options want it.

    Args:
        context: Of the command.
        options: Its words.
        ask: What is asked for; None: everything, or all of the workspace that is named.
    """
    shared.signed_in_account(context)
    if ask is not None:
        with online(context) as server:
            found = list(ask(server))
    elif options.workspace is None:
        workspaces = sorted(remote_rows.row_ids(context.db, "workspace"))
        with online(context) as server:
            found = list(server.things(options.kind, workspaces))
    else:
        found = _in_workspace(context, options)
    _print(context, options, [each for each in found if _is_wanted(each, options)])


def _in_workspace(context: Context, options: argparse.Namespace) -> "list[RemoteThing]":
    place = rights(context.db, workspace_id(context, options.workspace))
    is_paged = options.page is not None or options.per_page is not None
    with online(context) as server:
        if options.kind != "project" or not is_paged:
            return list(server.things_in(options.kind, place.remote_id))
        return list(
            server.project_page(
                place.remote_id,
                active=None if options.all else not options.archived,
                name=options.part or "",
                page=options.page or 1,
                per_page=options.per_page or _USUAL_PAGE,
            )
        )


def _is_wanted(thing: "RemoteThing", options: argparse.Namespace) -> bool:
    out_of_use = getattr(thing, "archived", False)
    everything = options.all or not hasattr(options, "archived")
    in_use = everything or out_of_use == options.archived
    fits = folded(getattr(options, "part", None) or "") in folded(thing.name)
    return in_use and fits and not getattr(thing, "deleted", False)


def _print(context: Context, options: argparse.Namespace, found: "Sequence[RemoteThing]") -> None:
    if options.json:
        listed = [as_json(context, options.kind, each) for each in found]
        formatting.print_json({"v": 1, f"{options.kind}s": listed})
        return
    if not found:
        print(tr("The server has none like that."))
        return
    rows = [_row(as_json(context, options.kind, each)) for each in found]
    print(formatting.table(rows, right=(0,)))


def _row(plain: dict[str, object]) -> list[str]:
    """The number here, if it is here; the name, what it belongs to, and whether it is in use."""
    beside = [plain.get("client") or plain.get("project") or "", plain["workspace"] or ""]
    notes = formatting.dim(tr("archived")) if plain.get("archived") else ""
    return [str(plain["id"] or ""), str(plain["name"]), *map(str, beside), notes]


def as_json(context: Context, kind: Kind, thing: "RemoteThing") -> dict[str, object]:
    """A thing of the server by its own fields; what it names is named as it is here."""
    fields = thing._asdict()
    known = remote_rows.of_remote(context.db, kind, thing.id)
    named = {
        name: _name(context, name, fields[column])
        for column, name in _NAMED.items()
        if column in fields and (name != "workspace" or kind != "task" or fields[column])
    }
    plain = {name: value for name, value in fields.items() if name not in _LEFT_OUT}
    return {
        "id": known.row_id if known else None,
        "remote_id": thing.id,
        **plain,
        "workspace": None,
        **named,
    }


def _name(context: Context, table: str, theirs: int | None) -> str | None:
    """What a thing of the server is called, as far as that is known here."""
    known = None if theirs is None else remote_rows.of_remote(context.db, table, theirs)
    return None if known is None else str(known.base.get("name"))


def one(context: Context, kind: Kind, thing: Thing) -> dict[str, object]:
    """What the server has of a thing of ours; one request.

    Raises:
        Refused: it is not there yet, or the protocol has no call for one.
        Gone: it was deleted there.
    """
    theirs = remote_id(context, kind, thing.id, thing.name)
    place, project = _place(context, thing), getattr(thing, "project_id", None)
    their_project = remote_rows.remote_id(context.db, "project", project or 0) or 0
    with online(context) as server:
        found = server.thing(kind, place.remote_id, theirs, project_id=their_project)
    return as_json(context, kind, found)


def _place(context: Context, thing: Thing) -> WorkspaceRights:
    project = getattr(thing, "project_id", None)
    owner = thing if project is None else catalogue.get(context.db, "project", project)
    return rights(context.db, getattr(owner, "workspace_id"))  # noqa: B009  # tasks have none


def projects_of(context: Context, client_id: int) -> "Ask":
    """What asks for the projects of a client of ours."""
    client = catalogue.get(context.db, "client", client_id)
    theirs = remote_id(context, "client", client.id, client.name)
    place = rights(context.db, client.workspace_id)
    return lambda server: server.projects_of_client(place.remote_id, theirs)


def tasks_of(context: Context, project_id: int) -> "Ask":
    """What asks for the tasks of a project of ours."""
    project = catalogue.get(context.db, "project", project_id)
    theirs = remote_id(context, "project", project.id, project.name)
    place = rights(context.db, project.workspace_id)
    return lambda server: server.tasks_of_project(place.remote_id, theirs)


def mine(context: Context) -> set[int]:
    """Our ids of the projects that the account takes part in; a request for each workspace."""
    user = shared.signed_in_account(context).user_id
    ours = remote_rows.row_ids(context.db, "project")
    with online(context) as server:
        parts = [
            part
            for workspace in sorted(remote_rows.row_ids(context.db, "workspace"))
            for part in server.project_members(workspace, user_id=user)
        ]
    return {ours[part.project_id] for part in parts if part.project_id in ours}
