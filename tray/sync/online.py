"""Asks the server at once for what is not kept here, within the requests of the hour."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tray.errors import Refused, TryLater
from tray.sentences import tr, without_again
from tray.store.database import Database
from tray.sync.rate.ledger import Ledger

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.sync.sign_in.account_access import Access


@contextmanager
def at_once(db: Database, access: "Access", clock: Callable[[], int]) -> "Iterator[OnlineToggl]":
    """A connection for what is asked at once; each of its requests is counted.

    Raises:
        Refused: the server has no such call, or nobody has made sure whose token that is.
        RemoteError: of any kind, without a promise to try again: nobody does.
    """
    from tray.api.remote_api import NotOffered

    if not access.belongs_here:
        raise Refused(
            tr("The token has not been used here yet. Let the account be exchanged first.")
        )
    ledger = Ledger(db, clock)
    server = access.online(ledger.charge, ledger.check)
    try:
        with ledger.settling():
            yield server
    except NotOffered as error:
        raise Refused(
            tr("{host} does not offer this: {error}.").format(host=access.address.host, error=error)
        ) from None
    except TryLater as error:
        error.args = (without_again(str(error)),)
        raise
    finally:
        server.close()
