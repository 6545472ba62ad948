"""What a request to change something consists of, and what comes back."""

from typing import Literal, NamedTuple

from tray.api.remote_values import RemoteEntry, TagAction
from tray.store.columns import RowValues, number, text
from tray.store.entries import ids_from, ids_to
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.sync.reconcile.mapping import Thing

Kind = Literal["create", "update", "delete"]


class TagDelta(NamedTuple):
    """Tags that each of several entries gets, or loses, beside those it has."""

    action: TagAction
    tag_ids: tuple[int, ...]

    def applied(self, tag_ids: str) -> str:
        """The column of an entry's tags after that."""
        before, named = set(ids_from(tag_ids)), set(self.tag_ids)
        return ids_to(before | named if self.action == "add" else before - named)


class Push(NamedTuple):
    """One request that changes something on the server."""

    kind: Kind
    items: tuple[OutboxItem, ...]
    """Several only if the same fields of several change alike, or several things are deleted."""
    workspace: int
    """The server's id."""
    known: RemoteRow | None
    """What the server has of it, unless it is made."""
    image: RowValues
    """Our row; empty if it was deleted."""
    changed: RowValues
    """The columns to send."""
    with_entries: bool = False
    """Whether a project is deleted with its entries."""
    stops_now: bool = False
    """Whether the entry is stopped at the server's present moment, which is ours."""

    tag_change: TagDelta | None = None
    """Of several entries whose tags differ: what becomes of them, and not what they are."""

    def sent_for(self, base: RowValues) -> RowValues:
        """The columns of a row as they are sent, of which the server has `base`."""
        if self.tag_change is None:
            return self.changed
        return {"tag_ids": self.tag_change.applied(text(base, "tag_ids"))}

    @property
    def may_meet_a_stop(self) -> bool:
        """Whether it would overwrite a stop made elsewhere that is not known yet."""
        times = self.changed.keys() & {"start", "stop"}
        runs = self.known is not None and self.known.base.get("stop") is None
        return self.item.table == "entry" and bool(times) and runs and not self.stops_now

    @property
    def project_id(self) -> int:
        """Ours of the project that a task belongs to; 0 of anything else."""
        base = self.known.base if self.known else {}
        return number(self.image or base, "project_id") or 0

    @property
    def item(self) -> OutboxItem:
        """The first item."""
        return self.items[0]


class PushReply(NamedTuple):
    """The server's reply to a push."""

    thing: RemoteEntry | Thing | None = None
    """As the server has it now; of a double that was to be deleted: it was changed meanwhile."""
    refused: dict[int, str] = {}  # noqa: RUF012  # never changed
    """Of several entries, the server's words for each of its ids that it refused."""
    other_is_gone: bool = False
    """Of an entry that was to be deleted as the double of another: that one is gone already."""
