"""The actions of ``projects users``: who takes part in a project, and as what."""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tray.cli import formatting
from tray.cli.commands import add_action
from tray.cli.context import Context
from tray.cli.online_calls import online, person, remote_id
from tray.errors import BadLine, NotFound, ServerRefused
from tray.language import described, listed, tr
from tray.model.entities import Project
from tray.store import catalogue
from tray.sync import workspace_people
from tray.sync.workspace_rights import WorkspaceRights, rights

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.api.team_values import ProjectMember, ProjectMemberFields, User
    from tray.cli.commands import Actions

_WhichProject = Callable[[Context, str], int]


class _Place(NamedTuple):
    project: Project
    remote_id: int
    workspace: WorkspaceRights


def configure(actions: "Actions", which: _WhichProject) -> None:
    """Declare ``projects users PROJECT`` and what can be done there.

    Args:
        actions: Those of ``projects``.
        which: Finds our id of the project that a word names.
    """
    explanation = tr("who takes part in a project; add, change and remove them")
    parser = add_action(actions, "users", explanation=explanation, run=_run)
    parser.set_defaults(which_project=which)
    parser.add_argument("project", help=tr("its name or number"))
    parser.add_argument(
        "action", nargs="?", choices=list(_ACTIONS), help=tr("what to do; else they are listed")
    )
    parser.add_argument(
        "users", nargs="*", metavar="USER", help=tr("name, e-mail address or number")
    )
    parser.add_argument(
        "--manager",
        action=argparse.BooleanOptionalAction,
        help=tr("whether they manage the project"),
    )
    parser.add_argument("--rate", type=float, metavar="AMOUNT", help=tr("an hour, for a paid plan"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def _run(context: Context, options: argparse.Namespace) -> None:
    project = catalogue.get(context.db, "project", options.which_project(context, options.project))
    workspace = rights(context.db, project.workspace_id)
    place = _Place(project, remote_id(context, "project", project.id, project.name), workspace)
    if options.action is None:
        _list(context, place, as_json=options.json)
        return
    if not options.users:
        raise BadLine(tr("Name at least one user, by name or e-mail address."))
    if options.rate is not None:
        workspace.check_plan(tr("A rate in a project"))
    _ACTIONS[options.action](context, place, options)


def _list(context: Context, place: _Place, *, as_json: bool) -> None:
    with online(context) as server:
        parts = server.project_members(place.workspace.remote_id, place.remote_id)
        there = workspace_people.users(server, context.db, place.workspace.remote_id)
    users = {each.id: each for each in there}
    if as_json:
        listed = [_json(each, users.get(each.user_id)) for each in parts]
        formatting.print_json({"v": 1, "users": listed})
    elif parts:
        print(formatting.table([_row(each, users.get(each.user_id)) for each in parts]))
    else:
        print(tr("Nobody was added to {name}.").format(name=place.project.name))


def _json(part: "ProjectMember", user: "User | None") -> dict[str, object]:
    return {
        "id": part.id,
        "user_id": part.user_id,
        "name": user and user.name,
        "email": user and user.email,
        "manager": part.manager,
        "rate": part.rate,
    }


def _row(part: "ProjectMember", user: "User | None") -> list[str]:
    notes = [tr("manager")] if part.manager else []
    notes += [] if part.rate is None else [formatting.rate(part.rate)]
    name, email = (user.name, user.email) if user else (str(part.user_id), "")
    return [name, email, described(notes)]


def _add(context: Context, place: _Place, options: argparse.Namespace) -> None:
    fields = _fields(options)
    with online(context) as server:
        users = _users(server, context, place, options.users)
        added = server.add_project_members(
            place.workspace.remote_id, place.remote_id, [each.id for each in users], fields
        )
    _tell(
        tr("Added to {project}: {names}."),
        place,
        users,
        added.failed,
        as_json=options.json,
    )


def _change(context: Context, place: _Place, options: argparse.Namespace) -> None:
    fields = _fields(options)
    if not fields:
        raise BadLine(tr("Say what to change: --manager, --no-manager or --rate."))
    with online(context) as server:
        users, ids = _parts(server, context, place, options.users)
        bulk = server.update_project_members(place.workspace.remote_id, [*ids], fields)
    failed = {ids[each]: words for each, words in bulk.failed.items() if each in ids}
    _tell(tr("Changed in {project}: {names}."), place, users, failed, as_json=options.json)


def _remove(context: Context, place: _Place, options: argparse.Namespace) -> None:
    with online(context) as server:
        users, ids = _parts(server, context, place, options.users)
        bulk = server.remove_project_members(place.workspace.remote_id, [*ids])
    failed = {ids[each]: words for each, words in bulk.failed.items() if each in ids}
    _tell(
        tr("Removed from {project}: {names}."),
        place,
        users,
        failed,
        as_json=options.json,
    )


_ACTIONS = {"add": _add, "change": _change, "remove": _remove}


def _users(
    server: "OnlineToggl", context: Context, place: _Place, words: Sequence[str]
) -> "list[User]":
    there = workspace_people.users(server, context.db, place.workspace.remote_id)
    found = [person(there, word) for word in words]
    return list({each.id: each for each in found}.values())


def _parts(
    server: "OnlineToggl", context: Context, place: _Place, words: Sequence[str]
) -> "tuple[list[User], dict[int, int]]":
    """Who is meant, and for each part in the project whose it is."""
    users = _users(server, context, place, words)
    parts = server.project_members(place.workspace.remote_id, place.remote_id)
    by_user = {each.user_id: each.id for each in parts}
    for each in users:
        if each.id not in by_user:
            raise NotFound(
                tr("{name} takes no part in {project}.").format(
                    name=each.name or each.email, project=place.project.name
                ),
                kind="member",
            )
    return users, {by_user[each.id]: each.id for each in users}


def _fields(options: argparse.Namespace) -> "ProjectMemberFields":
    given: dict[str, Any] = {"manager": options.manager, "rate": options.rate}
    fields: Any = {name: value for name, value in given.items() if value is not None}
    return fields  # type: ignore[no-any-return]  # the names are those of the fields


def _tell(
    sentence: str,
    place: _Place,
    users: "Sequence[User]",
    failed: dict[int, str],
    *,
    as_json: bool,
) -> None:
    """What became of each.

    Raises:
        ServerRefused: it was not done for some.
    """
    names = [each.name or each.email for each in users if each.id not in failed]
    left_out = [
        f"{each.name or each.email}{f' ({failed[each.id]})' if failed[each.id] else ''}"
        for each in users
        if each.id in failed
    ]
    if as_json:
        formatting.print_json({"v": 1, "done": names, "failed": left_out})
    elif names:
        print(sentence.format(project=place.project.name, names=listed(names)))
    if left_out:
        raise ServerRefused(
            tr("The server did not do it for {left_out}.").format(left_out=listed(left_out))
        )
