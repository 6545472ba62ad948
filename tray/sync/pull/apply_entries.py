"""Takes in time entries that the server has sent: new ones, changed ones and deleted ones."""

import time
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from tray.api.remote_values import RemoteEntry
from tray.model.limits import MAX_SECONDS
from tray.sentences import tr, tr_marked
from tray.store import entries as entries_here
from tray.store import hook_events, in_flight, outbox, remote_rows
from tray.store.columns import RowValues, number, text
from tray.store.database import Database
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.sync.pull import possible_copies
from tray.sync.pull.alike import RemoteVersion
from tray.sync.pull.match_sent import Matcher
from tray.sync.reconcile.deletions import DELETED_UNHEARD, mark_gone
from tray.sync.reconcile.own_changes import STOP_SECONDS
from tray.sync.reconcile.reconciler import (
    Reconciler,
    about,
    from_deleted,
    quoted,
    subject,
)

BATCH: Final = 100
"""Entries in one transaction: a few milliseconds, so that a click never waits for longer."""
_REST_SECONDS: Final = 0.000_6
"""Between two of these: long enough for whoever waits to have the next turn at writing."""
_MICROSECONDS: Final = 1_000_000


class PullResult(NamedTuple):
    """What came of some entries, as numbers of them."""

    added: int = 0
    changed: int = 0
    deleted: int = 0

    def __add__(self, other: object) -> "PullResult":
        """Both together."""
        if not isinstance(other, PullResult):
            return NotImplemented
        return PullResult(*(mine + yours for mine, yours in zip(self, other, strict=True)))


def apply_page(
    db: Database, entries: Sequence[RemoteEntry], *, now: int, quietly: bool = False
) -> PullResult:
    """Take in entries, a few in each transaction; whatever runs comes last.

    The server lists the newest first. Read from the end, an entry that was stopped by the start of
    another is stopped here before that one is started.
    """
    ordered = sorted(entries, key=lambda entry: entry.stop is None and not entry.deleted)
    result = PullResult()
    with db.replaceable():
        for first in range(0, len(ordered), BATCH):
            if first:
                time.sleep(_REST_SECONDS)
            with db.writing():
                reconciler = Reconciler(db, now=now)
                some = ordered[first : first + BATCH]
                _stop_local_timer(reconciler, some)
                result += apply_entries(reconciler, some, quietly=quietly)
                if quietly:
                    hook_events.forget_changes(db)
    return result


def _stop_local_timer(reconciler: Reconciler, some: Sequence[RemoteEntry]) -> None:
    """Stop what runs on this computer alone, if one of these runs: the account's goes on.

    One that begins later goes on anyway, and what was stopped here but not there is not heeded.
    """
    db = reconciler.db
    theirs = next((each for each in some if each.stop is None and not each.deleted), None)
    ours = entries_here.running(db)
    if theirs is None or ours is None or ours.start <= theirs.start:
        return
    stays = db.row("SELECT 1 FROM local_only WHERE of_table = 'entry' AND row_id = ?", (ours.id,))
    is_ours = remote_rows.of_remote(db, "entry", theirs.id) or in_flight.creates_with_start(
        db, theirs.start
    )
    if stays and not is_ours:
        stop = min(max(reconciler.now, ours.start), ours.start + MAX_SECONDS)
        remote_rows.write(db, "entry", ours.id, {"stop": stop})
        reconciler.report(
            "merged",
            tr("{name} was stopped, as {running} runs in the account.").format(
                name=quoted(ours.description), running=quoted(theirs.description)
            ),
        )


def apply_entries(
    reconciler: Reconciler, theirs: Iterable[RemoteEntry], *, quietly: bool = False
) -> PullResult:
    """Bring our rows in step with these, in the transaction of the caller.

    Args:
        agreement: Made for this transaction.
        theirs: In any order.
        quietly: Whether the journal keeps silent about each, as history would fill it.
    """
    return _EntryApplier(reconciler, quietly).apply(list(theirs))


class _EntryApplier:
    def __init__(self, reconciler: Reconciler, quietly: bool) -> None:
        self._reconciler = reconciler
        self._db = reconciler.db
        self._quietly = quietly

    def apply(self, theirs: list[RemoteEntry]) -> PullResult:
        mapper = self._reconciler.mapper
        self._retry_refused_timer(theirs)
        gone = remote_rows.buried(self._db, [each.id for each in theirs])
        strange = self._strange(each for each in theirs if each.deleted and each.id not in gone)
        deleted = sum(self._deleted(each) for each in theirs if each.deleted)
        theirs = [each for each in theirs if each.id not in gone]
        found = {
            each.id: RemoteVersion(each, mapper.entry(each)) for each in theirs if not each.deleted
        }
        known = remote_rows.of_remotes(self._db, "entry", found)
        unmatched = [remote for remote_id, remote in found.items() if remote_id not in known]
        result = PullResult(deleted=deleted)
        originals: dict[int, int | None] = {}
        if unmatched or strange:
            for remote_id in _ended_before(unmatched, [found[each] for each in known]):
                result += self._merge(found.pop(remote_id), known[remote_id])
            there = {each: remote.image for each, remote in found.items() if each in known}
            matcher = Matcher(mapper, self._report_copy, there)
            matcher.match(unmatched)
            for each in strange:
                self._ask_if_ours(each, matcher.made_and_deleted(each))
            known = remote_rows.of_remotes(self._db, "entry", found)
            originals = {
                remote.theirs.id: possible_copies.find(self._db, remote, matcher.missing(), there)
                for remote in unmatched
                if remote.theirs.id not in known
            }
        new = [remote for remote in unmatched if remote.theirs.id not in known]
        # Whatever stops does so before another is made to run: only one can.
        result += self._add_finished([remote for remote in new if not _runs(remote)])
        for remote in sorted(found.values(), key=_runs):
            if remote.theirs.id in known:
                result += self._merge(remote, known[remote.theirs.id])
            elif _runs(remote):
                result += self._add_running(remote)
        for remote in new:
            self._ask_if_copy(remote, originals[remote.theirs.id])
        return result

    def _ask_if_copy(self, remote: RemoteVersion, original: int | None) -> None:
        """Ask the user about what may be one entry that is on the server twice."""
        row_id = remote_rows.row_id(self._db, "entry", remote.theirs.id)
        ours = remote_rows.image(self._db, "entry", original) if original else None
        if row_id is None or original is None or ours is None:
            return
        possible_copies.ask(self._db, row_id, original, now=self._reconciler.now)
        self._reconciler.report(
            "refused",
            tr("{other} from another device may be {name} from this computer; both stay.").format(
                name=subject(ours), other=subject(remote.image)
            ),
        )

    def _strange(self, deleted: Iterable[RemoteEntry]) -> list[RemoteEntry]:
        """Those that were made and deleted without this computer knowing of them."""
        by_id = {each.id: each for each in deleted}
        known = remote_rows.of_remotes(self._db, "entry", by_id)
        return [each for remote_id, each in by_id.items() if remote_id not in known]

    def _ask_if_ours(self, theirs: RemoteEntry, item: OutboxItem | None) -> None:
        """Ask the user about what may have been made here, and was deleted elsewhere.

        It is neither made again nor removed: perhaps another computer began in the same second.
        """
        if item is None or remote_rows.image(self._db, "entry", item.row_id) is None:
            return
        remote_rows.bury(self._db, theirs.id)
        mark_gone(self._db, item, why=DELETED_UNHEARD)
        about_it = about(quoted(theirs.description), tr_marked(DELETED_UNHEARD))
        self._reconciler.report("refused", about_it)

    def _retry_refused_timer(self, theirs: list[RemoteEntry]) -> None:
        """Send what runs here anew, if it was refused while another ran there that now does not."""
        item = self._reconciler.refused_timer()
        if item is not None:
            refused_at = (item.sent_at or 0) + self._reconciler.clock_skew
            if any(self._has_ended(each, since=refused_at) for each in theirs):
                outbox.resend_refused(self._db, "entry", item.row_id)

    def _has_ended(self, theirs: RemoteEntry, *, since: int) -> bool:
        """Whether an entry runs no more that may have run at a moment."""
        known = remote_rows.of_remote(self._db, "entry", theirs.id)
        if known is not None:
            ended = theirs.deleted or theirs.stop is not None
            return ended and known.base["stop"] is None
        return theirs.stop is not None and theirs.stop >= since

    def _add_finished(self, new: list[RemoteVersion]) -> PullResult:
        """Add entries that are over; history has thousands of them."""
        self._reconciler.add_finished({theirs.id: (image, theirs.at) for theirs, image in new})
        for remote in new:
            self._report_new(remote)
            self._hint_overlap(remote.image)
        return PullResult(added=len(new))

    def _add_running(self, remote: RemoteVersion) -> PullResult:
        self._reconciler.add("entry", remote.theirs.id, remote.image, at=remote.theirs.at)
        self._report_new(remote)
        return PullResult(added=1)

    def _merge(self, remote: RemoteVersion, known: RemoteRow) -> PullResult:
        theirs, image = remote
        if theirs.at and theirs.at < known.at:
            return PullResult()  # an answer that was under way for long
        if not self._reconciler.reconcile(known, image, at=theirs.at):
            return PullResult()
        before = text(known.base, "description")
        changed = tr("{name} was changed on another device.")
        if theirs.description != before:
            changed = tr("{name} was changed on another device; it was {before} before.")
        self._report(changed.format(name=quoted(theirs.description), before=quoted(before)))
        if (image["start"], image["stop"]) != (known.base["start"], known.base["stop"]):
            self._hint_overlap(image)
        return PullResult(changed=1)

    def _hint_overlap(self, image: RowValues) -> None:
        """Say so if an entry covers time that was tracked on this computer, too; both stay."""
        start, stop = number(image, "start") or 0, number(image, "stop")
        if self._quietly or stop is None:
            return
        name = text(image, "description")
        for other in entries_here.overlapping(self._db, start, stop):
            is_same = (other.description, other.start, other.stop) == (name, start, stop)
            if is_same or not self._is_from_here(other.id):
                continue
            end = stop if other.stop is None else min(other.stop, stop)
            minutes = max(1, round((end - max(other.start, start)) / 60))
            self._report(
                tr(
                    "{name} from another device and {other} from this computer overlap by "
                    "{minutes} min."
                ).format(name=quoted(name), other=quoted(other.description), minutes=minutes)
            )

    def _is_from_here(self, row_id: int) -> bool:
        """Whether an entry was made on this computer lately."""
        made = self._db.row("SELECT 1 FROM sent_create WHERE row_id = ?", (row_id,))
        return bool(made) or remote_rows.remote_id(self._db, "entry", row_id) is None

    def _report_copy(self, description: str) -> None:
        sentence = tr("{name} had arrived on the server twice; one is removed.").format(
            name=quoted(description)
        )
        self._reconciler.report("merged", sentence)

    def _report_new(self, remote: RemoteVersion) -> None:
        self._report(
            tr("{name} came from another device.").format(name=quoted(remote.theirs.description))
        )

    def _deleted(self, theirs: RemoteEntry) -> bool:
        known = remote_rows.of_remote(self._db, "entry", theirs.id)
        if known is None:
            return False
        if self._reconciler.late_deletions(known, at=theirs.at):
            # It is made anew as it was in the end, whoever had changed it before it was deleted.
            self._merge(self._as_deleted(theirs, known), known)
        return self._reconciler.delete_entry(
            known, at=theirs.at, confirmed=True, quietly=self._quietly
        )

    def _as_deleted(self, theirs: RemoteEntry, known: RemoteRow) -> RemoteVersion:
        """The version that was deleted.

        A project or tags that are unknown here may be gone as well: they do not count as changed.
        """
        mapper, before = self._reconciler.mapper, from_deleted(known).base
        kept: RowValues = {}
        found = theirs
        if theirs.project_id not in (None, *mapper.row_ids("project")):
            kept |= {name: before[name] for name in ("project_id", "task_id")}
            found = found._replace(project_id=None, task_id=None)
        if not mapper.row_ids("tag").keys() >= {*theirs.tag_ids}:
            kept |= {"tag_ids": before["tag_ids"]}
            found = found._replace(tag_ids=(), tags=())
        return RemoteVersion(theirs, {**mapper.entry(found), **kept})

    def _report(self, sentence: str) -> None:
        if not self._quietly:
            self._reconciler.report("received", sentence)


def _runs(remote: RemoteVersion) -> bool:
    return remote.theirs.stop is None


def _ended_before(unmatched: Sequence[RemoteVersion], known: Sequence[RemoteVersion]) -> list[int]:
    """The known ones that had ended before a running one of the others came.

    If that is a late copy, it was not the server that ended the entry it is a copy of.
    """
    running = [each.theirs.at for each in unmatched if _runs(each)]
    until = min(running, default=0) - STOP_SECONDS * _MICROSECONDS
    return [each.theirs.id for each in known if not _runs(each) and each.theirs.at < until]


def remove_missing(
    db: Database, reconciler: Reconciler, there: set[int], *, begin: int, end: int
) -> int:
    """Remove the entries starting from `begin` up to `end` that the server no longer has.

    Args:
        db: The store, inside a transaction.
        agreement: Made for this transaction.
        there: The server's ids of all that it has in that time.
        begin: Epoch seconds.
        end: Epoch seconds; not included.
    """
    rows = db.rows(
        "SELECT r.remote_id FROM entry AS e JOIN remote AS r "
        "ON r.of_table = 'entry' AND r.row_id = e.id WHERE e.start >= ? AND e.start < ?",
        (begin, end),
    )
    missing = [remote_id for (remote_id,) in rows if remote_id not in there]
    known = [remote_rows.of_remote(db, "entry", remote_id) for remote_id in missing]
    return sum(
        reconciler.delete_entry(each)
        for each in known
        if each is not None and begin <= (number(each.base, "start") or 0) < end
    )
