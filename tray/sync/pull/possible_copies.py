"""Finds entries of the server that may be copies of one of ours, though nothing proves it.

So it is where a request was answered, something on the way had repeated it, and the copy was
changed elsewhere before this computer saw it; or where a request got no answer, and what may have
come of it begins later than what was sent. Both stay, and the user is asked.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tray.model.durations import DAY
from tray.store import conflicts, in_flight, remote_rows
from tray.store.columns import RowValues, number, text
from tray.store.conflicts import COPY, ConflictRow
from tray.store.database import Database
from tray.store.outbox import OutboxItem
from tray.sync.pull.alike import RemoteVersion, is_edited_copy, repeated_within, starts_alike
from tray.sync.reconcile.own_changes import STOP_SECONDS

_MICROSECONDS: Final = 1_000_000


class _Sent(NamedTuple):
    """What was sent to make an entry."""

    row_id: int
    values: RowValues
    remote_id_above: int
    maybe_repeated: bool


def find(
    db: Database,
    remote: RemoteVersion,
    missing: Sequence[OutboxItem],
    known: Mapping[int, RowValues],
) -> int | None:
    """The row that an entry, which is new here, may be a copy of.

    Args:
        db: The store.
        remote: The entry.
        missing: What was sent, and is not known to be there.
        known: By their ids, the entries that come along with it.
    """
    for sent in _candidates(db, remote, missing):
        ours = remote_rows.image(db, "entry", sent.row_id)
        if ours is None or remote.theirs.id <= sent.remote_id_above:
            continue
        remote_id = remote_rows.remote_id(db, "entry", sent.row_id)
        if remote_id != remote.theirs.id and (
            _starts_the_same(sent, remote)
            or _was_moved(sent, known.get(remote_id or 0, ours), remote)
        ):
            return sent.row_id
    return None


def ask(db: Database, row_id: int, original: int, *, now: int) -> None:
    """Have the user asked whether a row is a copy of another."""
    conflicts.add(db, ConflictRow(0, "entry", row_id, COPY, {}, {"id": original}, "ours", now))


def _candidates(
    db: Database, remote: RemoteVersion, missing: Sequence[OutboxItem]
) -> Iterator[_Sent]:
    start = remote.theirs.start
    end = start + DAY if remote.theirs.stop is None else remote.theirs.stop
    made = in_flight.creates_with_start(db, start)
    made += in_flight.creates_between(db, start - DAY, end, text(remote.image, "description"))
    for each in made:
        until = each.at + repeated_within(each) * _MICROSECONDS
        if not in_flight.has_made_before(db, remote.theirs.id, since=until):
            yield _Sent(each.row_id, each.sent, each.remote_id_above, each.maybe_repeated)
    for item in missing:
        yield _Sent(item.row_id, json.loads(item.sent or "{}"), item.remote_id_above, True)


def _starts_the_same(sent: _Sent, remote: RemoteVersion) -> bool:
    """Whether it began in the very second; where that was typed, one other thing may differ."""
    typed = sent.values["stop"] is not None
    alike = starts_alike(sent.values, remote)
    return alike and (not typed or is_edited_copy(sent.values, remote))


def _was_moved(sent: _Sent, ours: RowValues, remote: RemoteVersion) -> bool:
    """Whether it is called the same, covers some time of ours, and can be one that was moved.

    What runs since its present moment was not changed since it was started.
    """
    theirs = remote.theirs
    if theirs.stop is None and theirs.at // _MICROSECONDS - theirs.start <= STOP_SECONDS:
        return False
    start, stop = number(ours, "start") or 0, number(ours, "stop")
    begin = max(start, theirs.start)
    ends = [each for each in (stop, theirs.stop) if each is not None]
    shared = min(ends, default=begin + 1) - begin
    # what was made in the moment when the other ended touches it
    touches = shared > 0 or (shared == 0 and sent.maybe_repeated)
    return touches and is_edited_copy(sent.values, remote)
