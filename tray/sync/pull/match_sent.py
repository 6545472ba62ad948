"""Recognizes entries of the server that came from this computer, though no reply has confirmed it.

The API has nothing to mark a request with, so an entry is known by what was sent. It may be the one
that a request without answer has made, a second copy that something on the way has made of it, or
one that is here and there since it was exported from one and imported to the other.
"""

import json
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from tray.api.remote_values import RemoteEntry
from tray.model.durations import DAY
from tray.store import in_flight, outbox, remote_rows
from tray.store.columns import RowValues
from tray.store.in_flight import SentCreate
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.sync.reconcile.mapping import Mapper

TWIN_SECONDS: Final = 10
"""A request that something on the way has sent twice arrives twice within this."""
"""For how long a request without answer may have been carried out once more."""
_MICROSECONDS: Final = 1_000_000
_LOCAL_CANDIDATES: Final = (
    "SELECT id FROM entry WHERE start = ? AND description = ? "
    "AND NOT EXISTS (SELECT 1 FROM remote WHERE of_table = 'entry' AND row_id = entry.id) "
    "AND (EXISTS (SELECT 1 FROM local_only WHERE of_table = 'entry' AND row_id = entry.id) "
    "OR EXISTS (SELECT 1 FROM outbox WHERE of_table = 'entry' AND row_id = entry.id "
    "AND state = 'unknown' AND sent IS NULL)) ORDER BY id"
)
"""Entries that the server may have had before."""


_FIELDS: Final = (("description",), ("project_id", "task_id"), ("tag_ids",), ("start",), ("stop",))
"""What is compared; columns that change together count as one."""


class RemoteVersion(NamedTuple):
    """An entry of the server in our columns."""

    theirs: RemoteEntry
    image: RowValues


class Matcher:
    """Works inside one transaction of its caller; made anew for each."""

    def __init__(self, mapper: Mapper, on_copy: Callable[[str], None]) -> None:
        """Keep what belongs together in `mapper`; `on_copy` hears the description of each copy."""
        self._mapper = mapper
        self._on_copy = on_copy
        self._db = mapper.db
        (self._any_sent_creates, self._any_local_candidates) = self._db.row(
            "SELECT EXISTS (SELECT 1 FROM sent_create), EXISTS (SELECT 1 FROM local_only) "
            "OR EXISTS (SELECT 1 FROM outbox WHERE state = 'unknown' AND sent IS NULL)"
        )
        self._unknown: list[OutboxItem] | None = None

    def match(self, unmatched: Sequence[RemoteVersion]) -> None:
        """Connect each of these with the row it belongs to; have mere copies deleted.

        What fits exactly comes first, so that nothing takes the place of another.
        """
        left = [remote for remote in unmatched if not self._match_exactly(remote)]
        for remote in left:
            self._match_edited(remote)

    def _match_exactly(self, remote: RemoteVersion) -> bool:
        return (self._any_sent_creates and self._match_sent_create(remote)) or (
            self._any_local_candidates and self._match_local(remote)
        )

    def _match_sent_create(self, remote: RemoteVersion) -> bool:
        """Whether a request of ours has made it."""
        candidates = [
            made
            for made in in_flight.creates_with_start(self._db, remote.theirs.start)
            if remote.theirs.id > made.remote_id_above and _is_exact_copy(made.sent, remote.image)
        ]
        for made in candidates:
            if self._is_missing(made.row_id):
                self._adopt(made.row_id, remote, made.sent)
                return True
        for made in candidates:
            if _may_be_copy(made, remote.theirs.at):
                self._delete_copy(made.row_id, remote)
                return True
        return False

    def _is_missing(self, row_id: int) -> bool:
        """Whether the server is not known to have a row that it is to have."""
        known = remote_rows.remote_id(self._db, "entry", row_id)
        item = outbox.of(self._db, "entry", row_id)
        return known is None and item is not None and item.state != "gone"

    def _adopt(self, row_id: int, remote: RemoteVersion, base: RowValues) -> None:
        """Connect a row with the server's entry, of which `base` is what both had at first."""
        item = outbox.of(self._db, "entry", row_id)
        if item is not None:
            outbox.update(self._db, item.id, state="waiting", attempts=0, next_at=0, sent=None)
        self._mapper.learn(RemoteRow("entry", row_id, remote.theirs.id, 0, base))

    def _delete_copy(self, row_id: int, remote: RemoteVersion) -> None:
        """Have one of two copies deleted: the one that does not run, if ours does."""
        spare = RemoteRow(
            "entry", -remote.theirs.id, remote.theirs.id, remote.theirs.at, remote.image
        )
        known = remote_rows.of_row(self._db, "entry", row_id)
        ours = remote_rows.image(self._db, "entry", row_id)
        runs = ours is not None and ours["stop"] is None and remote.theirs.stop is None
        if known is not None and runs:
            # The server has stopped the first of the two when it got the second.
            remote_rows.forget(self._db, "entry", row_id)
            remote_rows.save(self._db, known._replace(row_id=-known.remote_id))
            remote_rows.save(self._db, spare._replace(row_id=row_id))
            spare = known._replace(row_id=-known.remote_id)
        else:
            remote_rows.save(self._db, spare)
        outbox.ensure(self._db, "entry", spare.row_id)
        self._on_copy(remote.theirs.description)

    def _match_local(self, remote: RemoteVersion) -> bool:
        """Whether the same entry was here before it could be exchanged; the server's wins.

        It may have been changed since in one thing, but not in its start and description.
        """
        rows = self._db.rows(
            _LOCAL_CANDIDATES, (remote.image["start"], remote.image["description"])
        )
        for (row_id,) in rows:
            ours = remote_rows.image(self._db, "entry", row_id) or {}
            if _is_edited_copy(ours, remote.image):
                outbox.clear_local_only(self._db, "entry", row_id)
                self._adopt(row_id, remote, ours)
                return True
        return False

    def _match_edited(self, remote: RemoteVersion) -> bool:
        """Whether it was made by a request without answer, and then changed in one thing."""
        if self._unknown is None:
            items = outbox.items(self._db, "unknown")
            self._unknown = [item for item in items if item.table == "entry" and item.sent]
        for item in self._unknown:
            was = json.loads(item.sent or "{}")
            if remote.theirs.id > item.remote_id_above and _is_edited_copy(was, remote.image):
                self._unknown.remove(item)
                if self._is_missing(item.row_id):
                    self._adopt(item.row_id, remote, was)
                    return True
        return False


def _may_be_copy(made: SentCreate, at: int) -> bool:
    """Whether an entry that was last changed `at` can be a further copy of one that is known."""
    within = DAY if made.maybe_repeated else TWIN_SECONDS
    return abs(at - made.at) <= within * _MICROSECONDS


def _is_edited_copy(sent: RowValues, found: RowValues) -> bool:
    """Whether `found` is what was sent, changed elsewhere in one thing at most.

    That the server itself has stopped it, because another was started, is no change.
    """
    if sent["workspace_id"] != found["workspace_id"]:
        return False
    different = _differences(sent, found)
    if "start" in different:
        return different == ["start"] and bool(sent["description"])
    return len(different) <= 1


def _is_exact_copy(sent: RowValues, found: RowValues) -> bool:
    """Whether `found` is what was sent, in everything."""
    return sent["workspace_id"] == found["workspace_id"] and not _differences(sent, found)


def _differences(sent: RowValues, found: RowValues) -> list[str]:
    names = [unit[0] for unit in _FIELDS if any(sent.get(name) != found.get(name) for name in unit)]
    if sent["stop"] is None and "stop" in names:
        names.remove("stop")
    return names
