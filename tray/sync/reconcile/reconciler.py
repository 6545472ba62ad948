"""Brings one row of ours and the server's version of it together, and remembers what both had."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from tray.model.field_words import english_word
from tray.model.limits import MAX_SECONDS
from tray.sentences import together, tr, tr_marked
from tray.store import account, conflicts, entries, in_flight, journal, outbox, remote_rows
from tray.store.columns import COLUMNS, RowValues, number, text
from tray.store.conflicts import ConflictRow
from tray.store.database import Database
from tray.store.entries import ids_from
from tray.store.in_flight import TAG_NAMES, names_text
from tray.store.journal import JournalEntry
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.sync.reconcile import deletions, doubles, merge, own_changes
from tray.sync.reconcile.mapping import Mapper
from tray.sync.reconcile.merge import FieldConflict, RunningEntry, as_stored, for_merging

_MICROSECONDS: Final = 1_000_000
_LATE_SECONDS: Final = 900
"""How long a request that got no answer may be under way until it is carried out."""
_DELETED_VERSION: Final = "deleted_version"
"""In the base of what was deleted here: the version that the user deleted."""
_MAY_BE_OF_TIMES: Final = (None, "start", "stop")
"""The fields of a refusal that may be due to what runs on the server."""
_LOCAL_COLUMNS: Final = {"tag": ("archived",)}
"""Columns that the server has nothing like."""


class Reconciler:
    """Works inside one transaction of its caller; made anew for each."""

    def __init__(self, db: Database, *, now: int) -> None:
        self.db = db
        self.now = now
        self.mapper = Mapper(db, now=now)
        found = account.read(db)
        self.clock_skew = found.pull.clock_skew if found else 0
        self.server_at = (now + self.clock_skew) * _MICROSECONDS
        """The server's present moment as far as it is known, microseconds."""
        (self._any_unanswered,) = db.row("SELECT EXISTS (SELECT 1 FROM unanswered_request)")

    def reconcile(self, known: RemoteRow, theirs: RowValues, *, at: int) -> bool:
        """Merge the server's version into our row; whatever it lacks of ours is left to be sent.

        Args:
            known: The row, with the version that both last had in common.
            theirs: The server's version now.
            at: When the server last changed it, microseconds of its clock.

        Returns:
            Whether our row has changed.
        """
        table, row_id = known.table, known.row_id
        ours = remote_rows.image(self.db, table, row_id)
        if ours is None:
            self._meet_deletion(known, theirs, at=at)
            return False
        known = from_deleted(known)
        self.mapper.learn(known._replace(at=max(at, known.at), base=theirs))
        theirs = {**theirs, **{name: ours[name] for name in _LOCAL_COLUMNS.get(table, ())}}
        incoming = self._without_late_updates(known, theirs, at=at)
        mine = ours
        if table == "entry":
            mine, incoming = self._agree_on_stop(known, ours, incoming, at=at)
        return self._merge(known, mine, incoming, at=at)

    def _merge(self, known: RemoteRow, mine: RowValues, incoming: RowValues, *, at: int) -> bool:
        """Merge `incoming` into a row; `mine` is the row, as far as it is to be kept."""
        table, row_id = known.table, known.row_id
        ours = remote_rows.image(self.db, table, row_id) or mine
        merged = merge.merge(
            for_merging(known.base),
            for_merging(mine),
            for_merging(incoming),
            ours_later=self._ours_later(table, row_id, ours, at),
            taken_back=self._sent_in_vain(known, incoming, at=at),
        )
        values = as_stored(merged.values)
        if table == "entry":
            self._keep_one_running(row_id, values)
        changed = {name: value for name, value in values.items() if value != ours[name]}
        self._write(table, row_id, changed)
        for each in merged.conflicts:
            self._record_conflict(table, row_id, each)
        self.update_outbox(table, row_id)
        return bool(changed)

    def _merge_double(self, double: RemoteRow, row_id: int, theirs: RowValues, *, at: int) -> None:
        """Take over what was changed elsewhere in an entry that is to go as the double of a row.

        Its end is left out where it ran: the server ends one when it gets the other.
        """
        ours = remote_rows.image(self.db, "entry", row_id)
        self.mapper.learn(doubles.with_base(double, theirs, at=at))
        if ours is None:
            return
        copy = doubles.as_copy_of(double, row_id)
        incoming = self._without_late_updates(copy, theirs, at=at)
        if copy.base["stop"] is None:
            incoming = {**incoming, "stop": None}
        self._merge(copy, ours, incoming, at=at)

    def _write(self, table: str, row_id: int, changed: RowValues) -> None:
        """Change a row as the server has it; what was refused of it may be taken now."""
        remote_rows.write(self.db, table, row_id, changed)
        if changed:
            outbox.resend_refused(self.db, table, row_id)

    def _meet_deletion(self, known: RemoteRow, theirs: RowValues, *, at: int) -> None:
        """Take in a version of what was deleted here, which is to be sent, or asked about.

        The version that was deleted is kept beside it, in case the deletion is undone.
        """
        table, row_id = known.table, known.row_id
        item = outbox.of(self.db, table, row_id)
        kept = doubles.kept_row(known)
        if kept is not None:
            self._merge_double(known, kept, theirs, at=at)
            outbox.ensure(self.db, table, row_id)
            return
        before = text(known.base, _DELETED_VERSION) or remote_rows.as_json(known.base)
        base = {**theirs, _DELETED_VERSION: before}
        self.mapper.learn(known._replace(at=max(at, known.at), base=base))
        if item is None:
            outbox.ensure(self.db, table, row_id)
            return
        was = {name: known.base[name] for name in theirs}
        late = self._without_late_updates(known._replace(base=was), theirs, at=at)
        edited = table == "entry" and late != was
        if edited and (not at or at // _MICROSECONDS > item.changed_at + self.clock_skew):
            outbox.update(
                self.db, item.id, state="refused", error=deletions.CHANGED_SINCE, field=None
            )
            self.report("refused", about(subject(theirs), tr_marked(deletions.CHANGED_SINCE)))

    def merge_restored(self, item: OutboxItem) -> None:
        """If a deletion was undone: bring the row together with what the server has by now."""
        known = remote_rows.of_row(self.db, item.table, item.row_id)
        if known is None or _DELETED_VERSION not in known.base:
            return
        if remote_rows.image(self.db, item.table, item.row_id) is not None:
            theirs = {name: known.base[name] for name in known.base if name != _DELETED_VERSION}
            self.reconcile(known, theirs, at=known.at)

    def _agree_on_stop(
        self, known: RemoteRow, ours: RowValues, theirs: RowValues, *, at: int
    ) -> tuple[RowValues, RowValues]:
        """Ours and theirs for the merge of an entry that both sides have stopped.

        The earlier stop stays, unless a user has named a later one. The server may have stopped it
        itself when it got the entry that follows here: at its present, not when the user did.
        """
        mine, other = number(ours, "stop"), number(theirs, "stop")
        if other is None and mine is not None and mine == known.base["stop"]:
            return self._stop_again(known, ours, theirs)
        if known.base["stop"] is not None or mine is None or other is None or mine == other:
            return ours, theirs
        followed = own_changes.is_followed(self.db, mine)
        if mine <= other and followed:
            if own_changes.is_followed_unsent(self.db, mine):
                own_changes.note_stopped_elsewhere(self.db, known.row_id, mine, other)
            return ours, {**theirs, "stop": None}
        if not own_changes.is_automatic_stop(self.db, known.row_id, ours):
            return ours, theirs
        if other <= mine + own_changes.STOP_SECONDS:
            if other < mine:
                self.report(
                    "merged",
                    tr(
                        "{subject} had been stopped on another device before; that stop was kept."
                    ).format(subject=subject(ours)),
                )
            return {**ours, "stop": None}, theirs
        if at and at // _MICROSECONDS - other > own_changes.STOP_SECONDS:
            return ours, theirs  # somebody may have named that moment
        later = FieldConflict("stop", {"stop": mine}, {"stop": other}, "ours")
        self._record_conflict("entry", known.row_id, later)
        return ours, {**theirs, "stop": None}

    def _stop_again(
        self, known: RemoteRow, ours: RowValues, theirs: RowValues
    ) -> tuple[RowValues, RowValues]:
        """Ours and theirs where an entry runs again, as somebody has taken back their own stop.

        If one made here had given way to that one, it counts again.
        """
        kept = number(ours, "stop") or 0
        stop = own_changes.stop_that_gave_way(self.db, known.row_id, kept)
        if stop is None:
            return ours, theirs
        self.report(
            "merged",
            tr("{subject} ran again on another device; it was stopped as it was here.").format(
                subject=subject(ours)
            ),
        )
        return {**ours, "stop": stop}, {**theirs, "stop": kept}

    def _without_late_updates(self, known: RemoteRow, theirs: RowValues, *, at: int) -> RowValues:
        """`theirs` without what is the work of late requests of ours, which no one else wants."""
        for request, sent in self._unanswered(known.table, known.row_id, at=at):
            late = {name: value for name, value in (sent or {}).items() if name in known.base}
            if not late or not self._is_as_sent(theirs, late, text(sent or {}, TAG_NAMES)):
                continue
            if any(theirs[name] != known.base[name] for name in late):  # else it was repeated
                theirs = {**theirs, **{name: known.base[name] for name in late}}
                in_flight.forget_unanswered(self.db, request)
        return theirs

    def _sent_in_vain(self, known: RemoteRow, theirs: RowValues, *, at: int) -> set[str]:
        """The columns of requests without an answer that are not there as they were sent."""
        sent = self._unanswered(known.table, known.row_id, at=at)
        fields = [field for _, each in sent for field in (each or {}).items()]
        return {
            name for name, value in fields if value not in (theirs.get(name), known.base.get(name))
        }

    def _is_as_sent(self, theirs: RowValues, sent: RowValues, tag_names: str) -> bool:
        """Whether the server has what was sent; tags of ours may be gone, so they go by name."""
        if tag_names:
            ids = ids_from(text(theirs, "tag_ids"))
            if names_text(map(self.mapper.tag_name, ids)) != tag_names:
                return False
            sent = {name: value for name, value in sent.items() if name != "tag_ids"}
        return all(theirs[name] == value for name, value in sent.items())

    def remember_unanswered(self, item: OutboxItem) -> None:
        """Know a change again that got no answer, should it be carried out late."""
        in_flight.remember_unanswered(self.db, item.id, at=self.server_at)
        self._any_unanswered = 1

    def _unanswered(
        self, table: str, row_id: int, *, at: int
    ) -> list[tuple[int, RowValues | None]]:
        """What was sent without an answer and may have been carried out `at`; 0 may be any time."""
        if not self._any_unanswered:
            return []
        since = at - _LATE_SECONDS * _MICROSECONDS
        return in_flight.unanswered(self.db, table, row_id, since=since)

    def late_deletions(self, known: RemoteRow, *, at: int) -> list[int]:
        """The requests of ours that may have deleted a thing which is wanted again since.

        It was deleted `at`, microseconds of the server's clock; 0 if the server did not say.
        """
        table, row_id = known.table, known.row_id
        late = [request for request, sent in self._unanswered(table, row_id, at=at) if sent is None]
        return late if remote_rows.image(self.db, table, row_id) is not None else []

    def deleted_by_us(self, known: RemoteRow, *, at: int = 0) -> bool:
        """Whether it was a request of ours that deleted a thing; then it is to be made anew.

        Args:
            known: Which.
            at: As for `late_deletions`.
        """
        table, row_id = known.table, known.row_id
        late = self.late_deletions(known, at=at)
        if not late:
            return False
        for request in late:
            in_flight.forget_unanswered(self.db, request)
        deletions.forget_gone(self.db, known)
        outbox.ensure(self.db, table, row_id)
        item = outbox.of(self.db, table, row_id)
        if item is not None:  # what was tried was tried on the one that is gone
            outbox.update(self.db, item.id, sent=None, attempts=0, next_at=0)
        return True

    def refused_timer(self) -> OutboxItem | None:
        """What runs here, if the server may have refused it as another was running there."""
        ours = entries.running(self.db)
        item = outbox.of(self.db, "entry", ours.id) if ours else None
        may_be = item and item.state == "refused" and item.field in _MAY_BE_OF_TIMES
        return item if may_be else None

    def delete_thing(self, table: str, row_id: int) -> None:
        """Take in that the server has a thing no more."""
        known = remote_rows.of_row(self.db, table, row_id)
        if known is not None and self.deleted_by_us(known):
            return
        image = remote_rows.image(self.db, table, row_id)
        deletions.delete_thing(self.db, table, row_id)
        if image is not None:
            self.report(
                "received",
                tr("The {kind} {name} was deleted elsewhere.").format(
                    kind=tr_marked(table), name=subject(image)
                ),
            )

    def delete_entry(
        self, known: RemoteRow, *, at: int = 0, confirmed: bool = False, quietly: bool = False
    ) -> bool:
        """Take in that the server has an entry no more; if a user has changed it here, ask first.

        Args:
            known: Which.
            at: When it was deleted, microseconds of the server's clock; 0 if that is not known.
            confirmed: Whether the server has said so, and does not only leave it out.
            quietly: Whether the journal keeps silent about it.

        Returns:
            Whether an entry that was here has gone.
        """
        db, row_id = self.db, known.row_id
        if self.deleted_by_us(known, at=at):
            return False
        ours = remote_rows.image(db, "entry", row_id)
        double = doubles.of_row(db, row_id)
        if double is not None and ours is not None:
            doubles.keep_double(db, double)
            self.update_outbox("entry", row_id)
            return False
        item = outbox.of(db, "entry", row_id)
        matters = item is not None and self._would_be_lost(known)
        if item is not None and matters and doubles.take_over(db, known):
            outbox.update(db, item.id, state="waiting", sent=None, attempts=0, error=None)
            self.update_outbox("entry", row_id)
            return False
        if item is not None and matters:
            deletions.mark_gone(db, item)
        else:
            deletions.delete_thing(db, "entry", row_id)
            in_flight.forget_creates(db, row_id)  # the same made anew is another
        if confirmed:
            deletions.forget_gone(db, known)
        if ours is not None and not quietly:
            if matters:
                self.report("refused", about(subject(ours), tr_marked(deletions.GONE)))
            else:
                sentence = tr("{name} was deleted on another device.")
                self.report("received", sentence.format(name=subject(known.base)))
        return ours is not None and not matters

    def _would_be_lost(self, known: RemoteRow) -> bool:
        """Whether something that a user has changed in an entry here would go with it.

        Not what the exchange itself has changed, as an end where another was started elsewhere, nor
        what the deletion of a project has; and nothing would if the account has the same once more,
        as where a deletion was undone there.
        """
        unsent = self.unsent("entry", known.row_id)
        if not unsent or deletions.deletion_behind(self.db, known, unsent):
            return False
        ours = remote_rows.image(self.db, "entry", known.row_id) or {}
        if len(remote_rows.equal_rows(self.db, "entry", ours)) > 1:
            return False
        stop, only_stops = unsent.get("stop"), unsent.keys() == {"stop"}
        return not only_stops or own_changes.is_stop_of_user(self.db, known.row_id, stop)

    def add(self, table: str, remote_id: int, theirs: RowValues, *, at: int) -> int:
        """Make a row for a thing of the server that is new to us; return its id."""
        values = {column: theirs[column] for column in COLUMNS[table]}
        if table == "entry":
            self._keep_one_running(0, values)
        row_id = remote_rows.insert(self.db, table, values)
        self.mapper.learn(RemoteRow(table, row_id, remote_id, at, theirs))
        if values != theirs:
            self.update_outbox(table, row_id)
        return row_id

    def add_finished(self, theirs: Mapping[int, tuple[RowValues, int]]) -> None:
        """Make rows for entries that are over and new to us; many cost little more than one.

        Args:
            theirs: By the server's ids, the entry and when the server last changed it.
        """
        if theirs:
            first = remote_rows.insert_many(
                self.db, "entry", [image for image, _ in theirs.values()]
            )
            known = [(remote_id, at) for remote_id, (_, at) in theirs.items()]
            remote_rows.save_new(self.db, "entry", first, known)

    def update_outbox(self, table: str, row_id: int) -> None:
        """Leave in the outbox what the server does not have yet, and nothing else."""
        if remote_rows.image(self.db, table, row_id) is None or self.unsent(table, row_id):
            outbox.ensure(self.db, table, row_id)
        else:
            outbox.drop(self.db, table, row_id)

    def unsent(self, table: str, row_id: int) -> RowValues:
        """The columns of a row that the server has otherwise, and can have as we do."""
        known = remote_rows.of_row(self.db, table, row_id)
        ours = remote_rows.image(self.db, table, row_id)
        return {} if known is None or ours is None else self.differences(known, ours)

    def differences(self, known: RemoteRow, ours: RowValues) -> RowValues:
        """As `unsent`, of a row that was read already."""
        different = {name: value for name, value in ours.items() if value != known.base.get(name)}
        if different:
            table = known.table
            lacking = (*self.mapper.plan_lacks(table, ours), *_LOCAL_COLUMNS.get(table, ()))
            for name in lacking:
                different.pop(name, None)
        return different

    def report(self, kind: str, sentence: str) -> None:
        """Write a line in the journal."""
        journal.add(self.db, JournalEntry(self.now, kind, sentence))

    def _ours_later(
        self, table: str, row_id: int, ours: RowValues, at: int
    ) -> Callable[[Iterable[str]], bool]:
        """Whether fields were changed here after the server's change, by the server's clock.

        The server only knows when a change reached it. What was changed here after that surely is
        the later one; of what was changed before, nobody can tell.
        """

        def later(fields: Iterable[str]) -> bool:
            item = outbox.of(self.db, table, row_id)
            if item is None:
                return True
            changed_at = own_changes.changed_at(self.db, item, ours, fields)
            return max(changed_at) + self.clock_skew >= at // _MICROSECONDS

        return later

    def _keep_one_running(self, row_id: int, values: RowValues) -> None:
        """If these values run, and another entry does too, stop the one that began earlier."""
        other = entries.running(self.db) if values["stop"] is None else None
        if other is None or other.id == row_id:
            return
        start = number(values, "start") or 0
        stopped = merge.stop_earlier(
            RunningEntry(other.id, other.start), RunningEntry(row_id, start)
        )
        if stopped.id == row_id:
            values["stop"] = min(stopped.stop, start + MAX_SECONDS)
            return
        stop = min(stopped.stop, other.start + MAX_SECONDS)
        self._write("entry", other.id, {"stop": stop})
        outbox.ensure(self.db, "entry", other.id)
        self.report(
            "merged",
            tr(
                "{name} was stopped where {next} begins, which was started later on another device."
            ).format(name=quoted(other.description), next=subject(values)),
        )

    def _record_conflict(self, table: str, row_id: int, found: FieldConflict) -> None:
        ours, theirs = as_stored(found.ours), as_stored(found.theirs)
        conflicts.add(
            self.db, ConflictRow(0, table, row_id, found.field, ours, theirs, found.kept, self.now)
        )
        image = remote_rows.image(self.db, table, row_id) or {}
        if found.kept == "ours":
            text_ = tr(
                "{name} was changed here and elsewhere ({field}); the change from this computer "
                "was kept."
            )
        else:
            text_ = tr(
                "{name} was changed here and elsewhere ({field}); the change from the other "
                "device was kept."
            )
        field = tr_marked(english_word(found.field))
        # The question about it goes with the row, which an undo may bring back.
        lost = theirs if found.kept == "ours" else ours
        words = text(lost, "description") or text(lost, "name")
        loss = tr("Not kept: {value}.").format(value=quoted(words)) if words else ""
        self.report("merged", together(text_.format(name=subject(image), field=field), loss))


def subject(values: RowValues) -> str:
    """How the entry or thing with these columns is called in a sentence."""
    return quoted(text(values, "description") or text(values, "name"))


def quoted(description: str) -> str:
    """How an entry or thing is called in a sentence."""
    if not description:
        return tr("an entry without description")
    return tr("“{name}”").format(name=description)


def about(name: str, sentence: str) -> str:
    """A sentence on something, with its name before."""
    return tr("{name}: {sentence}").format(name=name, sentence=sentence)


def from_deleted(known: RemoteRow) -> RemoteRow:
    """The version to merge from: of what was deleted here and is wanted again, that which was."""
    before = text(known.base, _DELETED_VERSION)
    return known._replace(base=json.loads(before)) if before else known
