"""Refuses another account or server than the one that the data here belongs to."""

from typing import Final, NamedTuple
from urllib.parse import urlsplit

from tray.api.remote_values import Me
from tray.errors import OtherAccount
from tray.sentences import tr
from tray.store import account
from tray.store.database import Database

_PORTS: Final = {"http": 80, "https": 443}


class ServerLocation(NamedTuple):
    """Where an account is."""

    url: str
    auth: str
    """``basic`` or ``bearer``."""
    connection: str = ""
    """Which of a gateway's connections."""


def check_same(db: Database, me: Me, url: str) -> None:
    """Refuse another account than the one that the data here belongs to.

    Raises:
        Refused: with what to do.
    """
    found = account.read(db)
    if found is not None and me.user_id != found.user_id:
        raise OtherAccount(
            tr(
                "The data here belongs to another account ({account}). Forget that one first."
            ).format(account=found.name or found.user_id)
        )
    check_server(db, url)


def check_server(db: Database, url: str) -> None:
    """Refuse another server than the one of the account that the data here belongs to.

    Another protocol of the same server is the same account.

    Raises:
        Refused: with what to do.
    """
    found = account.read(db)
    if found is not None and _server(found.url) != _server(url):
        host = urlsplit(found.url).hostname
        raise OtherAccount(
            tr(
                "The data here belongs to another account ({name} at {host}). Forget "
                "that one first."
            ).format(name=found.name, host=host)
        )


def _server(url: str) -> tuple[str, str | None, int | None]:
    """What of an address tells one server from another."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
