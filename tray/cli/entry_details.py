"""The commands for one entry as the server has it: what it knows, and with whom it is shared."""

import argparse
from typing import TYPE_CHECKING

from tray.cli import account as shared
from tray.cli import arguments, formatting
from tray.cli.context import Context
from tray.cli.messages import times
from tray.cli.online_calls import online, person, remote_id
from tray.errors import BadLine
from tray.language import listed, tr
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.store import account, catalogue, entries, remote_rows
from tray.sync import status_json, workspace_people
from tray.sync.workspace_rights import rights

if TYPE_CHECKING:
    from tray.api.team_values import EntryDetails, SharedWith


def configure_show(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``show``."""
    parser.add_argument("entry", help=tr("its number, or last, or running"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def configure_share(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``share``."""
    parser.add_argument("entry", help=tr("its number, or last, or running"))
    parser.add_argument(
        "users", nargs="*", metavar="USER", help=tr("name, e-mail address or number")
    )
    parser.add_argument("--nobody", action="store_true", help=tr("share it with nobody any more"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def run_show(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``show``: what is here, and beside it what the server has."""
    entry = entries.get(context.db, arguments.entry_id(context, options.entry))
    found = account.read(context.db)
    known = remote_rows.remote_id(context.db, "entry", entry.id)
    details = None
    if found is not None and found.signed_in and known is not None:
        with online(context) as server:
            details = server.entry_details(known)
    _print(context, entry, details, as_json=options.json)


def run_share(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``share``."""
    if bool(options.users) == options.nobody:
        raise BadLine(tr("Name who is to see it, or give --nobody."))
    entry = entries.get(context.db, arguments.entry_id(context, options.entry))
    shared.signed_in_account(context)
    title = entry.description or tr("The entry")
    known = remote_id(context, "entry", entry.id, title)
    workspace = rights(context.db, entry.workspace_id)
    with online(context) as server:
        ids = []
        if options.users:
            users = workspace_people.users(server, context.db, workspace.remote_id)
            ids = [person(users, word).id for word in options.users]
        details = server.share_entry(workspace.remote_id, known, ids)
    if options.json:
        formatting.print_json({"v": 1, "shared_with": _shared_json(details)})
        return
    names = listed(each.name or str(each.user_id) for each in details.shared_with)
    print(tr("Shared with {names}.").format(names=names) if names else tr("Shared with nobody."))


def _print(
    context: Context, entry: TimeEntry, details: "EntryDetails | None", *, as_json: bool
) -> None:
    names = catalogue.names_of(context.db, entry)
    if as_json:
        formatting.print_json(
            {
                "v": 1,
                "entry": status_json.entry_json(entry, names, context.now),
                "server": details and _json(details),
            }
        )
        return
    print(f"{formatting.title(entry, names)} {times(context, entry)}")
    if details is None:
        print(formatting.dim(tr("It is on this computer only.")))
        return
    print(formatting.table([row for row in _rows(context, details) if row[1]]))


def _rows(context: Context, details: "EntryDetails") -> list[list[str]]:
    project = details.project
    if project and details.project_active is False:
        project = tr("{project} (archived)").format(project=project)
    end = details.stop and context.times.date_and_time(details.stop)
    changed = details.changed_at and context.times.date_and_time(details.changed_at)
    return [
        [tr("on the server"), str(details.id)],
        [tr("description"), details.description],
        [tr("of"), details.user_name],
        [tr("client"), details.client],
        [tr("project"), project],
        [tr("task"), details.task],
        [tr("tags"), listed(details.tags)],
        [tr("billable"), tr("yes") if details.billable else tr("no")],
        [tr("begin"), context.times.date_and_time(details.start)],
        [tr("end"), end or tr("running")],
        [tr("shared with"), listed(map(_sharer, details.shared_with))],
        [tr("you may"), listed(details.permissions)],
        [tr("last change"), changed or ""],
    ]


def _sharer(user: "SharedWith") -> str:
    name = user.name or str(user.user_id)
    return name if user.accepted else tr("{name} (not accepted yet)").format(name=name)


def _json(details: "EntryDetails") -> dict[str, object]:
    plain = details._asdict()
    plain["tags"], plain["permissions"] = list(details.tags), list(details.permissions)
    plain["shared_with"] = _shared_json(details)
    for name in ("start", "stop", "changed_at"):
        moment = plain[name]
        plain[name] = None if moment is None else formats.iso_utc(moment)
    return plain


def _shared_json(details: "EntryDetails") -> list[dict[str, object]]:
    return [each._asdict() for each in details.shared_with]
