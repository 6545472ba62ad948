"""What the commands of the account share: where it is, the right to it, and the running tray."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tray import clock, credentials
from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.credentials import Patience
from tray.errors import Refused
from tray.ipc import lock
from tray.ipc.client import send
from tray.ipc.protocol import Command, Message
from tray.language import ntr, tr
from tray.model import formats
from tray.sentences import together
from tray.store import account
from tray.store.account import LinkedAccount
from tray.sync.sign_in import account_access, linking
from tray.sync.sign_in.account_access import Access
from tray.sync.sign_in.linking import Choice

_UNLOCKED_SECONDS: Final = 60
"""A user who is asked for the keyring's password has typed it by then."""
_PATIENCE_SECONDS: Final = 10


def waits_for_keyring() -> None:
    """Say why nothing happens."""
    print_notice(tr("Waiting for the keyring. It may be asking you to unlock it."))


def signed_in_account(context: Context) -> LinkedAccount:
    """The account that is signed in.

    Raises:
        Refused: nobody is.
    """
    there = account.read(context.db)
    if there is None or not there.signed_in:
        raise Refused(tr("Nobody is signed in. `toggl-tray login` does that."))
    return there


def access(context: Context) -> Access:
    """The access to the account that is signed in.

    Raises:
        Refused: nobody is, or the keyring does not tell the token.
        RemoteError: what was found cannot be used.
    """
    there = signed_in_account(context)
    secret_store = context.secret_store(Patience(_UNLOCKED_SECONDS, waits_for_keyring))
    known = account_access.find_access(
        context.db, secret_store, context.environ, settings=context.settings
    )
    if known is None:
        why = secret_store.problem or tr("The keyring has no token for {url}.").format(
            url=there.url
        )
        raise Refused(together(why, tr("Sign in again: `toggl-tray login`.")))
    return known


def by_environment(context: Context, choice: Choice = "later") -> bool:
    """Sign in as the environment says, if nobody is signed in; whether it said anything.

    Raises:
        Refused: the data here belongs to another account.
        RemoteError: it did not work.
    """
    given = credentials.from_environment(context.environ)
    there = account.read(context.db)
    if given is None or (there is not None and there.signed_in):
        return False
    known = account_access.access_by_environment(context.db, given, settings=context.settings)
    me = known.me()
    linking.sign_in(context.db, me, known.location, choice=choice, now=clock.now())
    account.update(context.db, token_mark=known.mark)
    print_notice(
        tr("Signed in as {name}, by TOGGL_API_TOKEN.").format(name=signed_in_account(context).name)
    )
    here = linking.entries_here(context.db)
    if here and choice == "later":
        print_notice(
            ntr(
                "Made here before: {count} entry, kept on this computer until "
                "`toggl-tray sync --upload`.",
                "Made here before: {count} entries, kept on this computer until "
                "`toggl-tray sync --upload`.",
                here,
            ).format(count=formats.number(here))
        )
    return True


@contextmanager
def silenced(context: Context) -> Iterator[None]:
    """Have nobody speak with the server in this block, so that no answer meets changed data.

    The account is signed out after it; `notify_tray` has the tray look again once it is not.

    Raises:
        Refused: who speaks with it does not leave off.
    """
    account.update(context.db, signed_in=False)
    notify_tray(context)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (held := lock.acquire(context.paths.sync_lock)) is None:
        if time.monotonic() > deadline:
            raise Refused(
                tr(
                    "The account is signed out, but the tray is still busy with it, so its data "
                    "stays. "
                    "Give the command again in a moment."
                )
            )
        time.sleep(lock.PAUSE_SECONDS)
    try:
        yield
    finally:
        held.release()


def notify_tray(context: Context) -> None:
    """Have a tray that runs look which account there is."""
    reply = send(context.paths, Message(Command.ACCOUNT))
    if reply is not None and not reply.ok:
        print_notice(reply.error)
