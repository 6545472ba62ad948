"""The command that parts this computer and its account."""

import argparse

from tray import clock, credentials
from tray.api.address import Auth, stored_address
from tray.cli import account as shared
from tray.cli import prompts
from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.credentials import SecretStore
from tray.errors import Refused, RemoteError
from tray.language import ntr, tr
from tray.model import formats
from tray.sentences import together
from tray.store import account, backup, outbox
from tray.store.account import LinkedAccount
from tray.sync.sign_in import account_access, linking
from tray.sync.sign_in.linking import Parting


def _choices() -> dict[Parting, str]:
    return {
        "keep": tr("keep everything; what waits is sent when you sign in again"),
        "forget": tr("keep the entries as this computer's own, and forget the account"),
    }


def _outcome(parting: Parting) -> str:
    return {
        "keep": tr("All data stays here; signing in again goes on from there."),
        "forget": tr("All data stays here, as this computer's own."),
        "remove": tr("What the account has is gone from here."),
    }[parting]


def configure_logout(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``logout``."""
    group = parser.add_mutually_exclusive_group()
    for parting, explanation in (
        ("keep", tr("keep all data, and go on when the same account signs in again (the default)")),
        ("forget", tr("keep all data as this computer's own, and forget the account")),
        (
            "remove",
            tr("remove what the account has, too, after a backup; not while something waits"),
        ),
    ):
        group.add_argument(
            f"--{parting}", dest="parting", action="store_const", const=parting, help=explanation
        )


def run_logout(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``logout``."""
    found = account.read(context.db)
    parting: Parting | None = options.parting
    if found is None or (not found.signed_in and parting in (None, "keep")):
        raise Refused(tr("Nobody is signed in."))
    parting = parting or _choose_parting(context)
    if parting == "remove":
        linking.check_all_sent(context.db)
    if parting != "keep":
        with shared.silenced(context):
            pass
    if parting == "remove":
        path = backup.before_removal(context.db, context.now)
        print(tr("The database as it was before is kept in {path}.").format(path=path))
    linking.sign_out(context.db, parting, now=clock.now())
    secret_store = context.secret_store()
    _end_session(context, found, secret_store)
    secret_store.delete(found.url)
    shared.notify_tray(context)
    print(together(tr("{name} is signed out.").format(name=found.name), _outcome(parting)))
    if credentials.from_environment(context.environ) is not None:
        print_notice(
            tr("TOGGL_API_TOKEN is still set; `toggl-tray sync` and the tray sign in by it again.")
        )
    elif secret_store.problem:
        print_notice(secret_store.problem)


def _end_session(context: Context, found: LinkedAccount, secret_store: SecretStore) -> None:
    """Have the cookie be worth nothing any more, if that is what the account was signed in by."""
    cookie = secret_store.read(found.url) if found.auth == Auth.SESSION else None
    if cookie is None:
        return
    try:
        account_access.close_session(stored_address(found.url), cookie, settings=context.settings)
    except RemoteError as error:
        print_notice(
            together(tr("The session goes on at the server until it expires."), str(error))
        )


def _choose_parting(context: Context) -> Parting:
    """What becomes of the data; asked only if some of it is nowhere else."""
    waiting = sum(outbox.count(context.db))
    if not waiting or not prompts.is_interactive():
        return "keep"
    question = ntr(
        "{count} change has not reached the account yet:",
        "{count} changes have not reached the account yet:",
        waiting,
    ).format(count=formats.number(waiting))
    return prompts.choice(question, _choices(), "keep")
