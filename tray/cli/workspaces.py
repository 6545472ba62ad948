"""The command for workspaces: which there are, where new things go, and the rules of each."""

import argparse
from typing import TYPE_CHECKING, Any, Final

from tray.cli import after_change, formatting
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.cli.online_calls import chosen_workspace, online, workspace_id
from tray.errors import BadLine, Refused
from tray.language import described, tr
from tray.model import formats
from tray.model.workspace_names import workspace_label
from tray.store import account, catalogue, remote_rows
from tray.sync import workspace_people
from tray.sync.workspace_rights import WorkspaceRights
from tray.tracker import workspaces

if TYPE_CHECKING:
    from tray.api.team_values import WorkspaceDetails, WorkspaceFields

_ROUNDING: Final = {"down": -1, "nearest": 0, "up": 1}
_WHO: Final = ("everyone", "admins")


def _paid() -> dict[str, str]:
    """What only a paid plan has, by its field."""
    return {
        "default_currency": tr("Another currency"),
        "default_hourly_rate": tr("An hourly rate"),
        "rounding": tr("Rounding"),
        "rounding_minutes": tr("Rounding"),
    }


def configure_workspaces(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``workspaces``."""
    parser.add_argument("--refresh", action="store_true", help=tr("ask the server (one request)"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))
    actions = add_actions(parser)
    show = add_action(actions, "show", explanation=tr("the rules of a workspace"), run=_show)
    _add_place(show)
    show.add_argument("--json", action="store_true", help=tr("as JSON"))
    use = add_action(actions, "use", explanation=tr("have new things go to a workspace"), run=_use)
    use.add_argument("place_of_new", metavar="workspace", help=tr("its name or number"))
    users = add_action(actions, "users", explanation=tr("everyone in a workspace"), run=_users)
    _add_place(users)
    users.add_argument("--json", action="store_true", help=tr("as JSON"))
    change = add_action(
        actions, "change", explanation=tr("change a workspace, as its administrator"), run=_change
    )
    _add_place(change)
    change.add_argument("--name", metavar="NAME", help=tr("the new name"))
    change.add_argument("--currency", metavar="CODE", help=tr("such as EUR, where the plan has it"))
    change.add_argument("--rate", type=float, metavar="AMOUNT", help=tr("an hour, likewise"))
    change.add_argument("--rounding", choices=_ROUNDING, help=tr("of reports, likewise"))
    change.add_argument("--rounding-minutes", type=int, metavar="MINUTES", help=tr("likewise"))
    change.add_argument("--projects", choices=_WHO, help=tr("who may create projects"))
    change.add_argument("--rates", choices=_WHO, help=tr("who sees billable rates"))
    change.add_argument("--dashboard", choices=_WHO, help=tr("who sees the dashboard"))
    change.add_argument("--json", action="store_true", help=tr("as JSON"))


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "workspace", nargs="?", help=tr("its name or number; else where new things go")
    )


def run_workspaces(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``workspaces`` without an action: list them."""
    if options.refresh:
        _list_of_server(context, options)
        return
    found = account.read(context.db)
    ours, chosen = catalogue.workspaces(context.db), catalogue.workspace_of_new(context.db)
    known = {} if found is None else {each.id: _known(context, each.id) for each in ours}
    if options.json:
        listed = [
            {
                "id": each.id,
                "name": each.name,
                "used_for_new": each.id == chosen,
                "role": _role(known.get(each.id)),
                "paid": _is_paid(known.get(each.id)),
            }
            for each in ours
        ]
        formatting.print_json({"v": 1, "workspaces": listed})
        return
    rows = [
        [str(row), workspace_label(name), _notes(known.get(row), used=row == chosen)]
        for row, name in ours
    ]
    print(formatting.table(rows, right=(0,)))


def _known(context: Context, workspace: int) -> WorkspaceRights | None:
    from tray.sync.workspace_rights import rights

    try:
        return rights(context.db, workspace)
    except Refused:
        return None


def _role(known: WorkspaceRights | None) -> str | None:
    if known is None or known.admin is None:
        return None
    return "admin" if known.admin else "user"


def _is_paid(known: WorkspaceRights | None) -> bool:
    return known is not None and known.premium


def _notes(known: WorkspaceRights | None, *, used: bool) -> str:
    notes = [tr("new things go here")] if used else []
    if known is None:
        return formatting.dim(described([*notes, tr("on this computer only")]))
    notes += [tr("admin")] if known.admin else []
    return formatting.dim(
        described([*notes, tr("paid plan") if known.premium else tr("free plan")])
    )


def _list_of_server(context: Context, options: argparse.Namespace) -> None:
    with online(context) as server:
        found = server.all_workspaces()
    if options.json:
        listed = [{**_details_json(each), **_ours(context, each)} for each in found]
        formatting.print_json({"v": 1, "workspaces": listed})
        return
    plans = {True: tr("paid plan"), False: tr("free plan")}
    rows = [[each.name, formatting.role(each.role), plans[each.premium]] for each in found]
    print(formatting.table(rows))


def _ours(context: Context, details: "WorkspaceDetails") -> dict[str, object]:
    known = remote_rows.of_remote(context.db, "workspace", details.id)
    return {"id": known.row_id if known else None}


def _details_json(details: "WorkspaceDetails") -> dict[str, object]:
    plain = details._asdict()
    for ours in ("id", "organization_id", "premium"):
        del plain[ours]
    return {**plain, "paid": details.premium}


def _show(context: Context, options: argparse.Namespace) -> None:
    place = chosen_workspace(context, options.workspace)
    with online(context) as server:
        details = server.workspace(place.remote_id)
    _print(context, details, as_json=options.json)


def _print(context: Context, details: "WorkspaceDetails", *, as_json: bool) -> None:
    if as_json:
        shape = {**_ours(context, details), **_details_json(details)}
        formatting.print_json({"v": 1, "workspace": shape})
        return
    rounding = next(word for word, value in _ROUNDING.items() if value == details.rounding)
    rate = details.default_hourly_rate
    minutes = details.rounding_minutes
    rows = [
        [tr("name"), details.name],
        [tr("your role"), formatting.role(details.role)],
        [tr("plan"), tr("paid") if details.premium else tr("free")],
        [tr("currency"), details.default_currency],
        [tr("rate an hour"), formats.amount(rate) if rate else tr("none")],
        [
            tr("rounding"),
            tr("{direction}, to {minutes} min").format(
                direction=_direction(rounding), minutes=minutes
            )
            if minutes
            else tr("none"),
        ],
        [tr("creates projects"), _who(details.only_admins_may_create_projects)],
        [tr("sees billable rates"), _who(details.only_admins_see_billable_rates)],
        [tr("sees the dashboard"), _who(details.only_admins_see_team_dashboard)],
    ]
    print(formatting.table([row for row in rows if row[1]]))


def _direction(word: str) -> str:
    return {"down": tr("down"), "nearest": tr("nearest"), "up": tr("up")}[word]


def _who(*only_admins: bool) -> str:
    return tr("admins") if only_admins[0] else tr("everyone")


def _use(context: Context, options: argparse.Namespace) -> None:
    chosen = workspace_id(context, options.place_of_new)
    workspaces.use_for_new(context.db, chosen)
    name = workspace_label(dict(catalogue.workspaces(context.db))[chosen])
    print(tr("New entries, projects, clients and tags go to {name}.").format(name=name))


def _users(context: Context, options: argparse.Namespace) -> None:
    place = chosen_workspace(context, options.workspace)
    with online(context) as server:
        found = workspace_people.users(server, context.db, place.remote_id)
    if options.json:
        formatting.print_json({"v": 1, "users": [each._asdict() for each in found]})
        return
    rows = [[each.name, each.email, tr("deactivated") if each.inactive else ""] for each in found]
    print(formatting.table(rows))


def _change(context: Context, options: argparse.Namespace) -> None:
    fields = _fields(options)
    if not fields:
        raise BadLine(tr("Name at least one thing to change, such as --name. --help lists them."))
    place = chosen_workspace(context, options.workspace)
    place.check_admin()
    for name, what in _paid().items():
        if name in fields:
            place.check_plan(what)
    with online(context) as server:
        details = server.update_workspace(place.remote_id, fields)
    after_change.pull(context)
    _print(context, details, as_json=options.json)


def _fields(options: argparse.Namespace) -> "WorkspaceFields":
    given: dict[str, Any] = {
        "name": options.name,
        "default_currency": options.currency,
        "default_hourly_rate": options.rate,
        "rounding": options.rounding and _ROUNDING[options.rounding],
        "rounding_minutes": options.rounding_minutes,
        "only_admins_may_create_projects": _only(options.projects),
        "only_admins_see_billable_rates": _only(options.rates),
        "only_admins_see_team_dashboard": _only(options.dashboard),
    }
    fields: Any = {name: value for name, value in given.items() if value is not None}
    return fields  # type: ignore[no-any-return]  # the names are those of the fields


def _only(who: str | None) -> bool | None:
    return None if who is None else who == "admins"
