"""Fetches what a command has changed on the server past the outbox."""

from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.cli.sync import exchange, have_tray_exchange
from tray.errors import TrayError
from tray.language import tr
from tray.sentences import together
from tray.store import account


def pull(context: Context) -> None:
    """Have it come here now, by the tray if one runs; if that fails, the next time brings it."""
    account.update(context.db, catalogue_read_at=None)
    try:
        if not have_tray_exchange(context, stay=False):
            exchange(context, stay=False)
    except TrayError as error:
        print_notice(together(tr("It is done; the copy here follows later."), str(error)))
