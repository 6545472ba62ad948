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
from tray.credentials import TokenStorage
from tray.errors import BadLine, NotConfirmed, Refused
from tray.language import tr
from tray.model.account_formats import DATE_FORMATS, DURATION_FORMATS, WEEKDAYS
from tray.sentences import together
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
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))
    actions = add_actions(parser)
    change = add_action(actions, "change", explanation=tr("change the profile"), run=_change)
    change.add_argument("--name", help=tr("the full name"))
    change.add_argument("--email", metavar="ADDRESS")
    change.add_argument("--zone", metavar="ZONE", help=tr("such as Europe/Berlin"))
    change.add_argument("--week-start", choices=WEEKDAYS)
    change.add_argument(
        "--dates", choices=DATE_FORMATS, help=tr("how Toggl's own pages write dates")
    )
    change.add_argument("--times", choices=_TIMES, help=tr("likewise times"))
    for word, explanation in (
        ("weekly", tr("the weekly report, by e-mail")),
        ("product", tr("news on Toggl, by e-mail")),
        ("timer", tr("letters about a timer left on, by e-mail")),
    ):
        change.add_argument(
            f"--mail-{word}", action=argparse.BooleanOptionalAction, help=explanation
        )
    change.add_argument(
        "--password", action="store_true", help=tr("asks for both, on the terminal")
    )
    add_action(
        actions,
        "reset-token",
        explanation=tr("make a new API token; every other computer has to sign in anew"),
        run=_reset_token,
    )


def configure_signup(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``signup``."""
    parser.add_argument("email")
    parser.add_argument("--url", default="", help=tr("the server's address; else Toggl's"))
    parser.add_argument(
        "--zone", metavar="ZONE", help=tr("such as Europe/Berlin; else this computer's")
    )
    parser.add_argument("--accept-terms", action="store_true", help=tr("without asking"))
    parser.epilog = tr("Asks for a password. A script writes it to the input, as one line.")


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
        [tr("name"), found.name],
        [tr("e-mail"), found.email],
        [tr("time zone"), found.time_zone],
        [tr("week starts on"), _weekday(week)],
        [tr("times"), found.timeofday_format],
        [tr("dates"), found.date_format],
        [tr("lengths"), DURATION_FORMATS.get(found.duration_format, found.duration_format)],
        [tr("weekly report"), _yes(found.send_weekly_report)],
        [tr("news on Toggl"), _yes(found.send_product_emails)],
        [tr("letters on timers"), _yes(found.send_timer_notifications)],
    ]
    print(formatting.table([row for row in rows if row[1]]))


def _weekday(name: str | None) -> str:
    return {
        None: "",
        "monday": tr("Monday"),
        "tuesday": tr("Tuesday"),
        "wednesday": tr("Wednesday"),
        "thursday": tr("Thursday"),
        "friday": tr("Friday"),
        "saturday": tr("Saturday"),
        "sunday": tr("Sunday"),
    }[name]


def _yes(value: bool | None) -> str:  # of a table's cell
    return "" if value is None else tr("yes") if value else tr("no")


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
        raise BadLine(tr("Name at least one thing to change, such as --zone. --help lists them."))
    with online(context) as server:
        account_profile.change(server, context.db, fields)
        found = account_profile.read(server, context.db)
    after_change.pull(context)
    _print(found, as_json=False)


def _check(options: argparse.Namespace) -> None:
    if options.zone is not None:
        _check_zone(options.zone)
    if options.email is not None and "@" not in options.email.strip("@ "):
        raise BadLine(tr("“{email}” is no e-mail address.").format(email=options.email))
    if options.name is not None and not options.name.strip():
        raise BadLine(tr("The name is empty. Write it after --name."))


def _check_zone(zone: str) -> None:
    if zone not in available_timezones():
        raise BadLine(tr("“{zone}” is no time zone. Write it as Europe/Berlin.").format(zone=zone))


def _passwords() -> dict[str, str]:
    present = prompts.secret(tr("Present password (not shown): "))
    return {"current_password": present, "password": _new_password()}


def _new_password() -> str:
    new = prompts.secret(tr("New password (not shown): "))
    if len(new) < _LEAST_PASSWORD:
        raise BadLine(
            tr("A password has at least {least_password} characters. Nothing was changed.").format(
                least_password=_LEAST_PASSWORD
            )
        )
    if prompts.is_interactive() and prompts.secret(tr("The same again: ")) != new:
        raise BadLine(tr("These were two different passwords. Nothing was changed."))
    return new


def _reset_token(context: Context, _: argparse.Namespace) -> None:
    there = shared.signed_in_account(context)
    if credentials.from_environment(context.environ) is not None:
        raise Refused(
            tr(
                "TOGGL_API_TOKEN is set, and its token would be worth nothing then. Sign in with "
                "`toggl-tray login`, unset it, and give the command again."
            )
        )
    store = context.secret_store()
    if store.read(there.url) is None:
        raise Refused(
            together(
                store.problem or tr("There is no keyring."), tr("The new token would be lost.")
            )
        )
    print(tr("Every other computer, phone and script that signs in with the present token stops."))
    if not (_agrees(tr("Make a new token?")) and _agrees(tr("Are you sure?"))):
        raise NotConfirmed(tr("The token is as it was."))
    with online(context) as server:
        token = server.reset_token()
    if there.auth == "session":
        print(tr("There is a new token. This computer is signed in by a session, which goes on."))
        return
    if store.save(there.url, token) is TokenStorage.MEMORY:
        print_notice(together(store.problem, tr("Sign in with the new token from your profile.")))
    shared.notify_tray(context)
    print(
        tr("There is a new token, and it is in the keyring. Sign in anew on your other computers.")
    )


def _agrees(question: str) -> bool:
    if prompts.is_interactive():
        return prompts.agrees(question)
    return prompts.secret(question).lower().startswith("y")


def _zone_of_computer(context: Context) -> str:
    named = context.environ.get("TZ", "").lstrip(":")
    zone = named or os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    if zone not in available_timezones():
        raise BadLine(
            tr("The time zone of this computer has no name. Give --zone, as Europe/Berlin.")
        )
    return zone


def run_signup(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``signup``."""
    zone = options.zone or context.settings.zone_name or _zone_of_computer(context)
    _check_zone(zone)
    url = options.url or context.environ.get("TOGGL_API_URL", "")
    address = read_address(url, unencrypted=context.settings.unencrypted_server)
    if not options.accept_terms:
        print(
            tr(
                "An account at {host} takes that you accept its terms of service\n"
                "and its privacy policy, which its own pages show, and that you are 16 or older."
            ).format(host=address.host)
        )
        if not prompts.is_interactive() or not prompts.agrees(tr("Do you accept them?")):
            raise NotConfirmed(
                tr("Nothing was sent. --accept-terms accepts them without a question.")
            )
    password = _new_password()
    account_access.sign_up(address, options.email, password, zone, settings=context.settings)
    print(
        tr("There is an account for {email}. The server may send a letter to confirm it.").format(
            email=options.email
        )
    )
    print(tr("`toggl-tray login` signs in."))
