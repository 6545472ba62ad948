"""What a request to change something consists of, and what comes back."""

from typing import Literal, NamedTuple

from tray.api.remote_values import RemoteEntry
from tray.store.columns import RowValues
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.sync.reconcile.mapping import Thing

Kind = Literal["create", "update", "delete"]


class Push(NamedTuple):
    """One request that changes something on the server."""

    kind: Kind
    items: tuple[OutboxItem, ...]
    """Several only if the same fields of several entries change alike."""
    workspace: int
    """The server's id."""
    known: RemoteRow | None
    """What the server has of it, unless it is made."""
    image: RowValues
    """Our row; empty if it was deleted."""
    changed: RowValues
    """The columns to send."""

    @property
    def item(self) -> OutboxItem:
        """The first item."""
        return self.items[0]


class PushReply(NamedTuple):
    """The server's reply to a push."""

    thing: RemoteEntry | Thing | None = None
    refused: dict[int, str] = {}  # noqa: RUF012  # never changed
    """Of several entries, the server's words for each of its ids that it refused."""
