"""The commands for the user of the account: profile, password, a new token, and signing up."""

import argparse
import os
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import available_timezones

from tray import credentials
from tray.api.address import read_address
from tray.cli import account as shared
from tray.cli import after_change, formatting, prompts
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.cli.online_calls import online
from tray.cli.streams import print_notice
from tray.credentials import SecretStore, TokenStorage
from tray.errors import BadLine, NotConfirmed, Refused
from tray.model.account_formats import DATE_FORMATS, WEEKDAYS
from tray.sync import account_profile
from tray.sync.sign_in import account_access

if TYPE_CHECKING:
    from tray.api.team_values import Profile

_TIMES: Final = {"24h": "H:mm", "12h": "h:mm A"}
_LEAST_PASSWORD: Final = 6
_LETTERS: Final = {
    "weekly": "send_weekly_report",
    "product": "send_product_emails",
    "timer": "send_timer_notifications",
}


def configure_profile(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``profile``."""
    parser.add_argument("--json", action="store_true", help="as JSON, its shape in the README")
    actions = add_actions(parser)
    change = add_action(actions, "change", explanation="change the profile", run=_change)
    change.add_argument("--name", help="the full name")
    change.add_argument("--email", metavar="ADDRESS")
    change.add_argument("--zone", metavar="ZONE", help="such as Europe/Berlin")
    change.add_argument("--week-start", choices=WEEKDAYS)
    change.add_argument("--dates", choices=DATE_FORMATS, help="how Toggl's own pages write dates")
    change.add_argument("--times", choices=_TIMES, help="likewise times")
    for word, what in (
        ("weekly", "the weekly report"),
        ("product", "news on Toggl"),
        ("timer", "letters about a timer left on"),
    ):
        change.add_argument(
            f"--mail-{word}", action=argparse.BooleanOptionalAction, help=f"{what}, by e-mail"
        )
    change.add_argument("--password", action="store_true", help="asks for both, on the terminal")
    add_action(
        actions,
        "reset-token",
        explanation="make a new API token; every other computer has to sign in anew",
        run=_reset_token,
    )


def configure_signup(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``signup``."""
    parser.add_argument("email")
    parser.add_argument("--url", default="", help="the server's address; else Toggl's")
    parser.add_argument(
        "--zone", metavar="ZONE", help="such as Europe/Berlin; else this computer's"
    )
    parser.add_argument("--accept-terms", action="store_true", help="without asking")
    parser.epilog = "Asks for a password. A script writes it to the input, as one line."


def run_profile(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``profile`` without an action: show it."""
    with online(context) as server:
        found = account_profile.read(server, context.db)
    _print(found, as_json=options.json)


def _print(found: "Profile", *, as_json: bool) -> None:
    week = None if found.beginning_of_week is None else WEEKDAYS[found.beginning_of_week % 7]
    if as_json:
        formatting.print_json(
            {
                "v": 1,
                "name": found.name,
                "email": found.email,
                "zone": found.time_zone,
                "week_start": week,
                "times": found.timeofday_format or None,
                "dates": found.date_format or None,
                "lengths": found.duration_format or None,
                "mail_weekly": found.send_weekly_report,
                "mail_product": found.send_product_emails,
                "mail_timer": found.send_timer_notifications,
            }
        )
        return
    rows = [
        ["name", found.name],
        ["e-mail", found.email],
        ["time zone", found.time_zone],
        ["week starts on", (week or "").capitalize()],
        ["times", found.timeofday_format],
        ["dates", found.date_format],
        ["lengths", found.duration_format],
        ["weekly report", _yes(found.send_weekly_report)],
        ["news on Toggl", _yes(found.send_product_emails)],
        ["letters on timers", _yes(found.send_timer_notifications)],
    ]
    print(formatting.table([row for row in rows if row[1]]))


def _yes(value: bool | None) -> str:  # of a table's cell
    return "" if value is None else "yes" if value else "no"


def _change(context: Context, options: argparse.Namespace) -> None:
    given: dict[str, Any] = {
        "fullname": options.name,
        "email": options.email,
        "timezone": options.zone,
        "beginning_of_week": options.week_start and WEEKDAYS.index(options.week_start),
        "date_format": options.dates,
        "timeofday_format": options.times and _TIMES[options.times],
        **{field: getattr(options, f"mail_{word}") for word, field in _LETTERS.items()},
    }
    fields: Any = {name: value for name, value in given.items() if value is not None}
    _check(options)
    shared.signed_in_account(context)
    if options.password:
        fields |= _passwords()
    if not fields:
        raise BadLine("Name at least one thing to change, such as --zone. --help lists them.")
    with online(context) as server:
        account_profile.change(server, context.db, fields)
        found = account_profile.read(server, context.db)
    after_change.pull(context)
    _print(found, as_json=False)


def _check(options: argparse.Namespace) -> None:
    if options.zone is not None:
        _check_zone(options.zone)
    if options.email is not None and "@" not in options.email.strip("@ "):
        raise BadLine(f"“{options.email}” is no e-mail address.")
    if options.name is not None and not options.name.strip():
        raise BadLine("The name is empty. Write it after --name.")


def _check_zone(zone: str) -> None:
    if zone not in available_timezones():
        raise BadLine(f"“{zone}” is no time zone. Write it as Europe/Berlin.")


def _passwords() -> dict[str, str]:
    present = prompts.secret("Present password (not shown): ")
    return {"current_password": present, "password": _new_password()}


def _new_password() -> str:
    new = prompts.secret("New password (not shown): ")
    if len(new) < _LEAST_PASSWORD:
        raise BadLine(f"A password has at least {_LEAST_PASSWORD} characters. Nothing was changed.")
    if prompts.is_interactive() and prompts.secret("The same again: ") != new:
        raise BadLine("These were two different passwords. Nothing was changed.")
    return new


def _reset_token(context: Context, _: argparse.Namespace) -> None:
    there = shared.signed_in_account(context)
    if credentials.from_environment(context.environ) is not None:
        raise Refused(
            "TOGGL_API_TOKEN is set, and its token would be worth nothing then. Sign in with "
            "`toggl-tray login`, unset it, and give the command again."
        )
    store = SecretStore()
    if store.read(there.url) is None:
        raise Refused(f"{store.problem or 'There is no keyring.'} The new token would be lost.")
    print("Every other computer, phone and script that signs in with the present token stops.")
    if not (_agrees("Make a new token?") and _agrees("Are you sure?")):
        raise NotConfirmed("The token is as it was.")
    with online(context) as server:
        token = server.reset_token()
    if there.auth == "session":
        print("There is a new token. This computer is signed in by a session, which goes on.")
        return
    if store.save(there.url, token) is TokenStorage.MEMORY:
        print_notice(f"{store.problem} Sign in with the new token from your profile.")
    shared.notify_tray(context)
    print("There is a new token, and it is in the keyring. Sign in anew on your other computers.")


def _agrees(question: str) -> bool:
    if prompts.is_interactive():
        return prompts.agrees(question)
    return prompts.secret(question).lower().startswith("y")


def _zone_of_computer(context: Context) -> str:
    named = context.environ.get("TZ", "").lstrip(":")
    zone = named or os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    if zone not in available_timezones():
        raise BadLine("The time zone of this computer has no name. Give --zone, as Europe/Berlin.")
    return zone


def run_signup(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``signup``."""
    zone = options.zone or context.settings.zone_name or _zone_of_computer(context)
    _check_zone(zone)
    url = options.url or context.environ.get("TOGGL_API_URL", "")
    address = read_address(url, unencrypted=context.settings.unencrypted_server)
    if not options.accept_terms:
        print(f"An account at {address.host} takes that you accept its terms of service")
        print("and its privacy policy, which its own pages show, and that you are 16 or older.")
        if not prompts.is_interactive() or not prompts.agrees("Do you accept them?"):
            raise NotConfirmed("Nothing was sent. --accept-terms accepts them without a question.")
    password = _new_password()
    account_access.sign_up(address, options.email, password, zone, settings=context.settings)
    print(f"There is an account for {options.email}. The server may send a letter to confirm it.")
    print("`toggl-tray login` signs in.")
