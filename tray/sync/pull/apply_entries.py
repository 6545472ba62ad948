"""Takes in time entries that the server has sent: new ones, changed ones and deleted ones."""

from collections.abc import Iterable
from typing import NamedTuple

from tray.api.remote_values import RemoteEntry
from tray.store import outbox, remote_rows
from tray.store.database import Database
from tray.store.remote_rows import Known
from tray.sync.pull.match_sent import News, Recognizer
from tray.sync.reconcile.deletions import GONE
from tray.sync.reconcile.reconciler import Agreement, named


class Taken(NamedTuple):
    """What came of some entries, as numbers of them."""

    added: int = 0
    changed: int = 0
    deleted: int = 0

    def __add__(self, other: object) -> "Taken":
        """Both together."""
        if not isinstance(other, Taken):
            return NotImplemented
        return Taken(*(mine + yours for mine, yours in zip(self, other, strict=True)))


def take_entries(
    agreement: Agreement, theirs: Iterable[RemoteEntry], *, quietly: bool = False
) -> Taken:
    """Bring our rows in step with these, in the transaction of the caller.

    Args:
        agreement: Made for this transaction.
        theirs: In any order.
        quietly: Whether the journal keeps silent about each, as history would fill it.
    """
    return _Receiver(agreement, quietly).take(list(theirs))


class _Receiver:
    def __init__(self, agreement: Agreement, quietly: bool) -> None:
        self._agreement = agreement
        self._db = agreement.db
        self._quietly = quietly

    def take(self, theirs: list[RemoteEntry]) -> Taken:
        terms = self._agreement.terms
        found = {each.id: News(each, terms.entry(each)) for each in theirs if not each.deleted}
        known = remote_rows.of_remotes(self._db, "entry", found)
        unheard = [news for remote_id, news in found.items() if remote_id not in known]
        if unheard:
            Recognizer(self._agreement).sort_out(unheard)
            known = remote_rows.of_remotes(self._db, "entry", found)
        taken = Taken(deleted=sum(self._deleted(each) for each in theirs if each.deleted))
        new = [news for news in unheard if news.theirs.id not in known]
        # Whatever stops does so before another is made to run: only one can.
        taken += self._add_finished([news for news in new if not _runs(news)])
        for news in sorted(found.values(), key=_runs):
            if news.theirs.id in known:
                taken += self._merge(news, known[news.theirs.id])
            elif _runs(news):
                taken += self._add_running(news)
        return taken

    def _add_finished(self, new: list[News]) -> Taken:
        """Add entries that are over; history has thousands of them."""
        self._agreement.add_finished({theirs.id: (image, theirs.at) for theirs, image in new})
        for news in new:
            self._say_new(news)
        return Taken(added=len(new))

    def _add_running(self, news: News) -> Taken:
        self._agreement.add("entry", news.theirs.id, news.image, at=news.theirs.at)
        self._say_new(news)
        return Taken(added=1)

    def _merge(self, news: News, known: Known) -> Taken:
        theirs, image = news
        if theirs.at and theirs.at < known.at:
            return Taken()  # an answer that was under way for long
        if not self._agreement.reach(known, image, at=theirs.at):
            return Taken()
        self._say(f"{named(theirs.description)} was changed on another device.")
        return Taken(changed=1)

    def _say_new(self, news: News) -> None:
        self._say(f"{named(news.theirs.description)} came from another device.")

    def _deleted(self, theirs: RemoteEntry) -> bool:
        known = remote_rows.of_remote(self._db, "entry", theirs.id)
        return known is not None and self.gone(known, at=theirs.at)

    def gone(self, known: Known, *, at: int = 0) -> bool:
        """Remove an entry that the server has no more; if it was changed here, ask first."""
        if self._agreement.deleted_by_us(known, at=at):
            return False
        untold = self._agreement.untold("entry", known.row_id)
        item = outbox.of(self._db, "entry", known.row_id)
        if untold and item is not None:
            remote_rows.forget(self._db, "entry", known.row_id)
            outbox.update(self._db, item.id, state="gone", error=GONE, field=None)
            return False
        there = remote_rows.image(self._db, "entry", known.row_id) is not None
        remote_rows.delete(self._db, "entry", [known.row_id])
        if there:
            self._say(f"{named(known.base['description'])} was deleted on another device.")
        return there

    def _say(self, sentence: str) -> None:
        if not self._quietly:
            self._agreement.say("received", sentence[0].upper() + sentence[1:])


def _runs(news: News) -> bool:
    return news.theirs.stop is None


def remove_missing(
    db: Database, agreement: Agreement, there: set[int], *, begin: int, end: int
) -> int:
    """Remove the entries starting from `begin` up to `end` that the server no longer has.

    Args:
        db: The store, inside a transaction.
        agreement: Made for this transaction.
        there: The server's ids of all that it has in that time.
        begin: Epoch seconds.
        end: Epoch seconds; not included.
    """
    receiver = _Receiver(agreement, quietly=False)
    rows = db.rows(
        "SELECT r.remote_id FROM entry AS e JOIN remote AS r "
        "ON r.of_table = 'entry' AND r.row_id = e.id WHERE e.start >= ? AND e.start < ?",
        (begin, end),
    )
    gone = [remote_id for (remote_id,) in rows if remote_id not in there]
    known = [remote_rows.of_remote(db, "entry", remote_id) for remote_id in gone]
    return sum(
        receiver.gone(each)
        for each in known
        if each is not None and begin <= each.base["start"] < end
    )
