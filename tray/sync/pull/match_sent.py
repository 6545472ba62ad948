"""Recognizes entries of the server that came from this computer, though no reply has confirmed it.

The API has nothing to mark a request with, so an entry is known by what was sent. It may be the one
that a request without answer has made, a second copy that something on the way has made of it, or
one that is here and there since it was exported from one and imported to the other.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tray.api.remote_values import RemoteEntry
from tray.store import account, in_flight, outbox, remote_rows, undo_log
from tray.store.columns import RowValues
from tray.store.in_flight import SentCreate
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.store.undo_log import ChangedRow
from tray.sync.pull.alike import (
    RemoteVersion,
    base_of,
    covers_start,
    is_edited_copy,
    is_equal,
    is_exact_copy,
    is_unchanged,
    keeps_name,
    repeated_within,
    starts_alike,
)
from tray.sync.reconcile import doubles
from tray.sync.reconcile.mapping import Mapper
from tray.sync.reconcile.own_changes import STOP_SECONDS

_MICROSECONDS: Final = 1_000_000
_LOCAL_CANDIDATES: Final = (
    "SELECT e.id, o.id IS NULL OR o.state = 'unknown' FROM entry AS e "
    "LEFT JOIN outbox AS o ON o.of_table = 'entry' AND o.row_id = e.id "
    "WHERE e.start = ? AND e.description = ? "
    "AND NOT EXISTS (SELECT 1 FROM remote WHERE of_table = 'entry' AND row_id = e.id) "
    "AND (EXISTS (SELECT 1 FROM local_only WHERE of_table = 'entry' AND row_id = e.id) "
    "OR (o.state IN ('unknown', 'waiting') AND o.sent IS NULL)) ORDER BY 2 DESC, e.id"
)
"""Entries that were not sent yet, and whether the server may have had them before."""


_UNVERIFIED_CANDIDATES: Final = (
    "SELECT e.id FROM entry AS e CROSS JOIN outbox AS o ON o.of_table = 'entry' "
    "AND o.row_id = e.id WHERE o.state = 'unknown' AND o.sent IS NULL "
    "AND e.start = ? AND e.stop = ? ORDER BY e.workspace_id <> ?, e.id LIMIT 1"
)
"""Entries of which the server may have had others than they are here."""


class Matcher:
    """Works inside one transaction of its caller; made anew for each."""

    def __init__(
        self, mapper: Mapper, on_copy: Callable[[str], None], known: Mapping[int, RowValues]
    ) -> None:
        """Keep what belongs together.

        Args:
            mapper: Where.
            on_copy: Hears the description of each copy.
            known: By their ids, the entries that come along with those that are matched.
        """
        self._mapper = mapper
        self._on_copy = on_copy
        self._known = known
        self._db = mapper.db
        (self._any_sent_creates, self._any_local_candidates) = self._db.row(
            "SELECT EXISTS (SELECT 1 FROM sent_create), EXISTS (SELECT 1 FROM local_only) OR "
            "EXISTS (SELECT 1 FROM outbox WHERE state IN ('unknown', 'waiting') AND sent IS NULL)"
        )
        self._unknown: list[OutboxItem] | None = None
        self._gone = outbox.items(self._db, "gone")
        signed_in = account.read(self._db)
        self._clock_skew = signed_in.pull.clock_skew if signed_in else 0

    def match(self, unmatched: Sequence[RemoteVersion]) -> None:
        """Connect each of these with the row it belongs to; have mere copies deleted.

        What fits exactly comes first, so that nothing takes the place of another.
        """
        left = [remote for remote in unmatched if not self._match_missing(remote)]
        left = [remote for remote in left if not self._match_exactly(remote)]
        left = [remote for remote in left if not self._match_gone(remote)]
        left = [remote for remote in left if not self._match_made_alike(remote)]
        for fits in (is_edited_copy, starts_alike):
            left = [remote for remote in left if not self._match_unanswered(remote, fits)]
        left = [remote for remote in left if not self._match_times(remote)]
        for remote in left:
            self._match_edited_copy(remote)

    def _match_missing(self, remote: RemoteVersion) -> bool:
        """Whether a request of ours has made it that got no answer; whoever made the same knows."""
        if self._any_sent_creates:
            for made in self._same_as_sent(remote):
                if remote.theirs.id > made.remote_id_above and self._is_missing(made.row_id):
                    self._adopt(made.row_id, remote, made.sent)
                    return True
        return False

    def _same_as_sent(self, remote: RemoteVersion) -> list[SentCreate]:
        return [
            made
            for made in in_flight.creates_with_start(self._db, remote.theirs.start)
            if is_exact_copy(self._as_left(made, remote), remote)
        ]

    def _as_left(self, made: SentCreate, remote: RemoteVersion) -> RowValues:
        """What was sent, without a project that is gone: the server takes it off every copy."""
        known = remote_rows.of_row(self._db, "entry", made.row_id)
        if known is None or remote.image["project_id"] is not None:
            return made.sent
        there = self._known.get(known.remote_id, known.base)
        if there["project_id"] is not None:
            return made.sent
        return {**made.sent, "project_id": None, "task_id": None}

    def _match_exactly(self, remote: RemoteVersion) -> bool:
        return (self._any_sent_creates and self._match_sent_create(remote)) or (
            self._any_local_candidates and self._match_local(remote)
        )

    def _match_sent_create(self, remote: RemoteVersion) -> bool:
        """Whether it is a further copy, or another computer's, of what a request of ours made."""
        candidates = sorted(self._same_as_sent(remote), key=self._remote_id)
        if any(self._is_disproved(made, remote) for made in candidates):
            return False
        after = [made for made in candidates if remote.theirs.id > made.remote_id_above]
        for made in [each for each in candidates if not each.paired][:1]:
            if self._yields(made, remote):
                in_flight.mark_paired(self._db, made)
                doubles.adopt_other(
                    self._db, made.row_id, remote.theirs.id, base_of(made.sent, remote)
                )
                remote_rows.mark_adopted(self._db, "entry", made.row_id)
                self._on_copy(remote.theirs.description)
                return True
        for made in sorted(after, key=lambda each: each.paired):
            if _may_be_copy(made, remote.theirs):
                in_flight.mark_paired(self._db, made)
                spare = RemoteRow("entry", 0, remote.theirs.id, remote.theirs.at, remote.image)
                doubles.delete_double(self._db, made.row_id, spare)
                self._on_copy(remote.theirs.description)
                return True
        return False

    def _is_disproved(self, made: SentCreate, remote: RemoteVersion) -> bool:
        """Whether this is what `made` was to make, and another entry was taken for it, renamed.

        Then both stay: the row is that other entry by now.
        """
        ours = self._remote_id(made)
        tries = in_flight.creates_with_start(self._db, remote.theirs.start)
        was_equal = any(each.paired for each in tries if each.row_id == made.row_id)
        guessed = not was_equal and remote_rows.is_adopted(self._db, "entry", made.row_id)
        if not guessed or remote.theirs.id <= ours:
            return False
        in_flight.mark_paired(self._db, made)  # a further one is a copy of this one
        return True

    def _match_made_alike(self, remote: RemoteVersion) -> bool:
        """Whether another computer has made the same as this one, which was changed before it went.

        Of the two only this one can tell, so ours goes, and what was changed is sent to the other.
        """
        if not self._any_sent_creates or remote.theirs.stop is None:
            return False
        for sent in in_flight.creates_with_start(self._db, remote.theirs.start):
            made = self._as_made(sent.row_id)
            if sent.paired or not self._remote_id(sent) or is_exact_copy(sent.sent, remote):
                continue  # of what was sent as it was made, the other may think the same
            if made and is_equal(made, remote):
                in_flight.mark_paired(self._db, sent)
                doubles.adopt_other(self._db, sent.row_id, remote.theirs.id, made)
                remote_rows.mark_adopted(self._db, "entry", sent.row_id)
                self._on_copy(remote.theirs.description)
                return True
        return False

    def _remote_id(self, made: SentCreate) -> int:
        return remote_rows.remote_id(self._db, "entry", made.row_id) or 0

    def _yields(self, made: SentCreate, remote: RemoteVersion) -> bool:
        """Whether ours is the one of two equal entries that goes: so whoever made it decides alike.

        The one with the lower id stays; of two that were sent running, the server has stopped the
        first when it got the second, which stays. Where there are several of both, the first of one
        side goes with the first of the other.
        """
        ours = self._remote_id(made)
        if not ours:
            return False
        if made.sent["stop"] is None:
            return remote.theirs.id > ours and _was_left_running(remote.theirs)
        return remote.theirs.id < ours

    def _is_missing(self, row_id: int) -> bool:
        """Whether the server is not known to have a row that it is to have.

        Of one that it has no more, and that was changed here, it may have a further copy.
        """
        known = remote_rows.remote_id(self._db, "entry", row_id)
        return known is None and outbox.of(self._db, "entry", row_id) is not None

    def _adopt(self, row_id: int, remote: RemoteVersion, base: RowValues) -> None:
        """Connect a row with the server's entry, of which `base` is what both had at first."""
        item = outbox.of(self._db, "entry", row_id)
        if item is not None:
            outbox.update(
                self._db, item.id, state="waiting", attempts=0, next_at=0, sent=None, error=None
            )
        self._mapper.learn(RemoteRow("entry", row_id, remote.theirs.id, 0, base_of(base, remote)))

    def _match_local(self, remote: RemoteVersion) -> bool:
        """Whether the same entry was here before it could be exchanged; the server's wins.

        It may have been changed since, here or there, but not in its start and description.
        """
        rows = self._db.rows(
            _LOCAL_CANDIDATES, (remote.image["start"], remote.image["description"])
        )
        for row_id, was_there in rows:
            ours = remote_rows.image(self._db, "entry", row_id) or {}
            made = self._as_made(row_id) or ours
            alike = is_equal(made, remote) or is_equal(ours, remote)
            if alike or (was_there and is_edited_copy(ours, remote)):
                self._adopt_theirs(row_id, remote, made)
                return True
        return False

    def _match_gone(self, remote: RemoteVersion) -> bool:
        """Whether one that was deleted elsewhere is back, as where that was undone.

        It is as the server had it last, and what was changed here is sent, or as it is here.
        """
        for item in self._gone:
            before = json.loads(item.sent or "{}")
            ours = remote_rows.image(self._db, "entry", item.row_id) or {}
            if (before and is_equal(before, remote)) or (ours and is_equal(ours, remote)):
                self._gone.remove(item)
                self._adopt(item.row_id, remote, before or ours)
                return True
        return False

    def _match_times(self, remote: RemoteVersion) -> bool:
        """Whether it is the same as one that may have come from the account, by its times alone.

        A file need not say of which workspace it is.
        """
        if not self._any_local_candidates or remote.theirs.stop is None:
            return False
        place = (remote.image[name] for name in ("start", "stop", "workspace_id"))
        for (row_id,) in self._db.rows(_UNVERIFIED_CANDIDATES, (*place,)):
            self._adopt_theirs(row_id, remote, self._as_made(row_id) or remote.image)
            return True
        return False

    def _as_made(self, row_id: int) -> RowValues | None:
        """An entry as it came here: what was changed since is kept."""
        return undo_log.as_made(self._db, ChangedRow("entry", row_id))

    def _adopt_theirs(self, row_id: int, remote: RemoteVersion, base: RowValues) -> None:
        """Connect a row with an entry that the account had already."""
        outbox.clear_local_only(self._db, "entry", row_id)
        self._adopt(row_id, remote, base)
        remote_rows.mark_adopted(self._db, "entry", row_id)

    def _match_unanswered(
        self, remote: RemoteVersion, fits: Callable[[RowValues, RemoteVersion], bool]
    ) -> bool:
        """Whether it was made by a request without answer, and then changed."""
        item = self._unanswered(remote, fits)
        if item is None:
            return False
        was = json.loads(item.sent or "{}")
        self._adopt(item.row_id, remote, was)
        if was["description"] != remote.image["description"]:
            remote_rows.mark_adopted(self._db, "entry", item.row_id)
        return True

    def made_and_deleted(self, theirs: RemoteEntry) -> OutboxItem | None:
        """What a request without answer has made, where somebody has deleted that since.

        Called once those that are still there are matched. It is no proof, as no entry says who has
        made it, so the user is to be asked.
        """
        starts = {json.loads(item.sent or "{}").get("start") for item in self.missing()}
        if theirs.start not in starts:
            return None
        remote = RemoteVersion(theirs, self._mapper.entry(theirs))
        item = self._unanswered(remote, is_edited_copy) or self._unanswered(remote, starts_alike)
        return item if item and self._is_after_sending(item, remote) else None

    def missing(self) -> list[OutboxItem]:
        """What was sent to be made without an answer, and is not known to be there."""
        if self._unknown is None:
            tried = outbox.tried(self._db, "entry")
            self._unknown = [item for item in tried if self._is_missing(item.row_id)]
        return self._unknown

    def _unanswered(
        self, remote: RemoteVersion, fits: Callable[[RowValues, RemoteVersion], bool]
    ) -> OutboxItem | None:
        """What was sent without an answer, and may have become this."""
        missing = self.missing()
        for item in missing:
            was = json.loads(item.sent or "{}")
            after = remote.theirs.id > item.remote_id_above
            if after and fits(was, remote) and self._is_no_other(item, was, remote):
                missing.remove(item)
                if self._is_missing(item.row_id):
                    return item
        return None

    def _is_no_other(self, item: OutboxItem, was: RowValues, remote: RemoteVersion) -> bool:
        """Whether an entry of the same moment is not one that another computer made.

        One of another name is ours only if it was renamed: so it was changed after ours was sent.
        One that was typed, at a moment that may be round, is ours if only its name was changed.
        One of the same name that does not cover the beginning of ours may well be another.
        """
        if not covers_start(was, remote):
            return False
        if keeps_name(was, remote):
            return True
        if was["stop"] is not None:
            return is_edited_copy(was, remote)
        return self._is_after_sending(item, remote, by=STOP_SECONDS)

    def _is_after_sending(self, item: OutboxItem, remote: RemoteVersion, *, by: int = 0) -> bool:
        """Whether the server has changed an entry more than so many seconds after one was sent."""
        sent_at = (item.sent_at or 0) + self._clock_skew
        return remote.theirs.at // _MICROSECONDS > sent_at + by

    def _match_edited_copy(self, remote: RemoteVersion) -> None:
        """Let a row belong to a further copy of it that was changed elsewhere in one thing.

        Only of a request that got no answer there may be copies as late as that. One of another
        name may be another entry that began in the same second, and both stay, as do two of which
        the computer that made the other could have ours deleted with the same right.
        """
        for made in in_flight.creates_with_start(self._db, remote.theirs.start):
            known = remote_rows.of_row(self._db, "entry", made.row_id)
            if not made.maybe_repeated or made.paired or known is None:
                continue
            between = made.remote_id_above < remote.theirs.id < known.remote_id
            fits = keeps_name(made.sent, remote) and is_edited_copy(made.sent, remote)
            base = base_of(made.sent, remote)
            if between and fits and is_unchanged(known.base, base):
                in_flight.mark_paired(self._db, made)
                doubles.adopt_other(self._db, made.row_id, remote.theirs.id, base)
                self._on_copy(remote.theirs.description)
                return


def _was_left_running(theirs: RemoteEntry) -> bool:
    """Whether an entry runs, or ran until the server stopped it at its present moment."""
    if theirs.stop is None:
        return True
    return 0 <= theirs.at // _MICROSECONDS - theirs.stop <= STOP_SECONDS


def _may_be_copy(made: SentCreate, theirs: RemoteEntry) -> bool:
    """Whether an entry can be a further copy of one that is known: then it came soon after it."""
    return abs(theirs.at - made.at) <= repeated_within(made) * _MICROSECONDS
