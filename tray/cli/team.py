"""The commands for who is in a workspace: members, invitations, groups, and what they are doing."""

import argparse
from typing import TYPE_CHECKING, Final

from tray.cli import arguments, formatting, prompts
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.cli.online_calls import add_workspace, chosen_workspace, online, person
from tray.errors import BadLine, NotConfirmed, ServerRefused
from tray.language import described, listed, tr
from tray.model import formats
from tray.sentences import together
from tray.store import catalogue, remote_rows
from tray.sync import workspace_people
from tray.sync.workspace_rights import WorkspaceRights

if TYPE_CHECKING:
    from tray.api.team_values import (
        Dashboard,
        Member,
        MemberFields,
        TeamActivity,
        WorkspaceDetails,
    )

_ROLES: Final = ("admin", "user", "projectlead", "teamlead")
_DAYS: Final = 7


def configure_members(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``members``."""
    add_workspace(parser)
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))
    actions = add_actions(parser)
    role = _action(actions, "role", tr("give a member another role"), _set_role)
    role.add_argument("role", choices=_ROLES)
    rate = _action(actions, "rate", tr("give a member a rate an hour"), _set_rate)
    rate.add_argument("amount", type=float)
    _action(actions, "deactivate", tr("keep a member out; what they tracked stays"), _deactivate)
    _action(actions, "activate", tr("let a member in again"), _activate)
    remove = _action(actions, "remove", tr("take a member out of the workspace"), _remove)
    remove.add_argument("--yes", action="store_true", help=tr("without asking"))


def _action(actions: object, name: str, explanation: str, run: object) -> argparse.ArgumentParser:
    parser = add_action(actions, name, explanation=explanation, run=run)  # type: ignore[arg-type]
    parser.add_argument("member", help=tr("name, e-mail address, or the number of `members`"))
    add_workspace(parser)
    return parser


def configure_invite(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``invite``."""
    parser.add_argument("emails", nargs="+", metavar="EMAIL")
    add_workspace(parser)
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def configure_groups(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``groups``."""
    add_workspace(parser)
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def configure_dashboard(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``dashboard``."""
    add_workspace(parser)
    parser.add_argument(
        "-n", "--limit", type=arguments.count, metavar="N", help=tr("the latest N activities only")
    )
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def run_members(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``members`` without an action: list them."""
    place = chosen_workspace(context, options.workspace)
    place.check_admin()
    with online(context) as server:
        found = workspace_people.members(server, context.db, place.remote_id)
    if options.json:
        formatting.print_json({"v": 1, "members": [each._asdict() for each in found]})
        return
    print(formatting.table([_row(each) for each in found], right=(0,)))


def _row(member: "Member") -> list[str]:
    notes = [] if member.joined else [tr("invited")]
    notes += [tr("deactivated")] if member.inactive else []
    notes += [] if member.rate is None else [formatting.rate(member.rate)]
    return [
        str(member.id),
        member.name,
        member.email,
        formatting.role(member.role),
        described(notes),
    ]


def _set_role(context: Context, options: argparse.Namespace) -> None:
    member = _change(context, options, {"role": options.role})
    role = formatting.role(options.role)
    print(tr("{label} is {role} now.").format(label=member.label, role=role))


def _set_rate(context: Context, options: argparse.Namespace) -> None:
    chosen_workspace(context, options.workspace).check_plan(tr("A rate of a member"))
    member = _change(context, options, {"rate": options.amount})
    print(
        tr("{label} costs {amount} an hour now.").format(
            label=member.label, amount=formats.amount(options.amount)
        )
    )


def _deactivate(context: Context, options: argparse.Namespace) -> None:
    member = _change(context, options, {"inactive": True})
    print(tr("{label} is deactivated; what they tracked stays.").format(label=member.label))


def _activate(context: Context, options: argparse.Namespace) -> None:
    member = _change(context, options, {"inactive": False})
    print(tr("{label} is let in again.").format(label=member.label))


def _change(context: Context, options: argparse.Namespace, fields: "MemberFields") -> "Member":
    place = chosen_workspace(context, options.workspace)
    place.check_admin()
    with online(context) as server:
        there = workspace_people.members(server, context.db, place.remote_id)
        member = person(there, options.member)
        server.update_member(place.remote_id, member.id, fields)
    return member


def _remove(context: Context, options: argparse.Namespace) -> None:
    place = chosen_workspace(context, options.workspace)
    place.check_admin()
    with online(context) as server:
        there = workspace_people.members(server, context.db, place.remote_id)
        member = person(there, options.member)
        _confirm(
            tr("Take {label} out of {name}?").format(label=member.label, name=place.name),
            yes=options.yes,
        )
        server.remove_member(place.remote_id, member.id)
    print(tr("{label} is no longer in {name}.").format(label=member.label, name=place.name))


def _confirm(question: str, *, yes: bool) -> None:
    if yes or (prompts.is_interactive() and prompts.agrees(question)):
        return
    raise NotConfirmed(together(question, tr("Nothing was changed.")))


def run_invite(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``invite``.

    Raises:
        ServerRefused: somebody was not invited.
    """
    for email in options.emails:
        if "@" not in email.strip("@ "):
            raise BadLine(tr("“{email}” is no e-mail address.").format(email=email))
    place = chosen_workspace(context, options.workspace)
    place.check_admin()
    with online(context) as server:
        outcomes = server.invite(_details(place), options.emails)
    if options.json:
        formatting.print_json({"v": 1, "invitations": [each._asdict() for each in outcomes]})
    else:
        rows = [
            [each.email, tr("invited") if each.invited else tr("not invited"), each.message]
            for each in outcomes
        ]
        print(formatting.table(rows))
    left_out = [each.email for each in outcomes if not each.invited]
    if left_out:
        raise ServerRefused(tr("Not invited: {left_out}.").format(left_out=listed(left_out)))


def _details(place: WorkspaceRights) -> "WorkspaceDetails":
    from tray.api import team_values

    return team_values.WorkspaceDetails(place.remote_id, place.name, place.organization_id)


def run_groups(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``groups``."""
    place = chosen_workspace(context, options.workspace)
    with online(context) as server:
        found = server.groups(_details(place))
    if options.json:
        formatting.print_json({"v": 1, "groups": [each._asdict() for each in found]})
    elif found:
        print(formatting.table([[each.name, listed(each.members)] for each in found]))
    else:
        print(tr("{name} has no groups.").format(name=place.name))


def run_dashboard(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``dashboard``."""
    place = chosen_workspace(context, options.workspace)
    with online(context) as server:
        found = server.dashboard(place.remote_id)
        users = workspace_people.users(server, context.db, place.remote_id)
    names = {each.id: each.name or each.email for each in users}
    shown = found._replace(activity=found.activity[: options.limit])
    if options.json:
        _print_json(context, shown, names)
    else:
        _print_dashboard(context, shown, names)


def _print_dashboard(context: Context, found: "Dashboard", names: dict[int, str]) -> None:
    if not found.most_active and not found.activity:
        print(tr("Nothing was tracked in the last days."))
        return
    print(formatting.bold(tr("Most active in the last seven days")))
    rows = [
        [_who(each.user_id, each.name, names), formats.length(each.seconds)]
        for each in found.most_active
    ]
    print(formatting.table(rows, right=(1,)))
    for heading, some in (
        (tr("Now"), [each for each in found.activity if each.start is not None]),
        (tr("Lately"), [each for each in found.activity if each.start is None]),
    ):
        if some:
            print(f"\n{formatting.bold(heading)}")
            print(formatting.table([_activity(context, each, names) for each in some]))


def _activity(context: Context, each: "TeamActivity", names: dict[int, str]) -> list[str]:
    if each.start is not None:
        length = max(0, context.now - each.start)
        when = tr("since {moment}").format(moment=formatting.moment(context, each.start))
    else:
        length = each.seconds
        when = (
            ""
            if each.stop is None
            else tr("until {moment}").format(moment=formatting.moment(context, each.stop))
        )
    what = each.description or tr("(no description)")
    project = _project(context, each.project_id) or ""
    return [_who(each.user_id, "", names), what, project, formats.length(length), when]


def _who(user_id: int, name: str, names: dict[int, str]) -> str:
    return name or names.get(user_id) or str(user_id)


def _project(context: Context, remote_project: int | None) -> str | None:
    if remote_project is None:
        return None
    known = remote_rows.of_remote(context.db, "project", remote_project)
    if known is None:
        return None
    found = catalogue.names(context.db).projects.get(known.row_id)
    return found and found.name


def _print_json(context: Context, found: "Dashboard", names: dict[int, str]) -> None:
    def moment(at: int | None) -> str | None:
        return None if at is None else formats.iso_utc(at)

    formatting.print_json(
        {
            "v": 1,
            "most_active": [
                {"user": _who(each.user_id, each.name, names), "seconds": each.seconds}
                for each in found.most_active
            ],
            "activity": [
                {
                    "user": _who(each.user_id, "", names),
                    "description": each.description,
                    "project": _project(context, each.project_id),
                    "running": each.start is not None,
                    "start": moment(each.start),
                    "stop": moment(each.stop),
                    "seconds": each.seconds
                    if each.start is None
                    else max(0, context.now - each.start),
                }
                for each in found.activity
            ],
        }
    )
