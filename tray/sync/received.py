"""Takes in time entries that the server has sent: new ones, changed ones and deleted ones."""

import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from tray.api.values import RemoteEntry
from tray.store import outbox, remote
from tray.store.database import Database
from tray.store.outbox import Item
from tray.store.remote import Image, Known
from tray.sync.agree import Agreement, named
from tray.sync.likeness import TWIN_SECONDS, is_copy, is_sent

GONE: Final = "It was deleted on another device after you changed it here."
_MICROSECONDS: Final = 1_000_000
_SAME: Final = ("start", "stop", "description", "project_id", "workspace_id")


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


class _News(NamedTuple):
    """An entry of the server in our columns."""

    theirs: RemoteEntry
    image: Image
    known: Known | None


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
        self._unknown: list[Item] | None = None
        self._kept_here: bool | None = None

    def take(self, theirs: list[RemoteEntry]) -> Taken:
        found = [self._news(each) for each in theirs if not each.deleted]
        found = [each for each in map(self._recognized, found) if each is not None]
        taken = Taken(deleted=sum(self._deleted(each) for each in theirs if each.deleted))
        # Whatever stops does so before another is made to run: only one can.
        for news in sorted(found, key=lambda news: news.image["stop"] is None):
            taken += self._take(news)
        return taken

    def _news(self, theirs: RemoteEntry) -> _News:
        known = remote.of_remote(self._db, "entry", theirs.id)
        return _News(theirs, self._agreement.terms.entry(theirs), known)

    def _recognized(self, news: _News) -> _News | None:
        """The same with the row it belongs to, if it is one of ours; None if it is a mere copy."""
        if news.known is not None:
            return news
        known = self._asked_for(news) or self._kept_apart(news)
        if known is None and self._is_spare_copy(news):
            return None
        return news._replace(known=known)

    def _take(self, news: _News) -> Taken:
        theirs, image, known = news
        if known is None:
            self._agreement.add("entry", theirs.id, image, at=theirs.at)
            self._say(f"{named(theirs.description)} came from another device.")
            return Taken(added=1)
        if theirs.at and theirs.at < known.at:
            return Taken()  # an answer that was under way for long
        if not self._agreement.reach(known, image, at=theirs.at):
            return Taken()
        self._say(f"{named(theirs.description)} was changed on another device.")
        return Taken(changed=1)

    def _deleted(self, theirs: RemoteEntry) -> bool:
        known = remote.of_remote(self._db, "entry", theirs.id)
        return known is not None and self.gone(known)

    def gone(self, known: Known) -> bool:
        """Remove an entry that the server has no more; if it was changed here, ask first."""
        untold = self._agreement.untold("entry", known.row_id)
        item = outbox.of(self._db, "entry", known.row_id)
        if untold and item is not None:
            remote.forget(self._db, "entry", known.row_id)
            outbox.update(self._db, item.id, state="gone", error=GONE, field=None)
            return False
        there = remote.image(self._db, "entry", known.row_id) is not None
        remote.delete(self._db, "entry", [known.row_id])
        if there:
            self._say(f"{named(known.base['description'])} was deleted on another device.")
        return there

    def _asked_for(self, news: _News) -> Known | None:
        """The row whose sending got no answer, if this is what it became."""
        if self._unknown is None:
            items = outbox.items(self._db, "unknown")
            self._unknown = [item for item in items if item.table == "entry"]
        for item in self._unknown:
            sent = self._sent(item)
            if sent is None or news.theirs.id <= item.above:
                continue
            same = is_sent if item.sent else is_copy
            if not same(sent, news.image):
                continue
            self._unknown.remove(item)
            outbox.update(self._db, item.id, state="waiting", attempts=0, next_at=0)
            known = Known("entry", item.row_id, news.theirs.id, 0, sent)
            self._agreement.terms.learn(known)
            return known
        return None

    def _sent(self, item: Item) -> Image | None:
        return json.loads(item.sent) if item.sent else remote.image(self._db, "entry", item.row_id)

    def _kept_apart(self, news: _News) -> Known | None:
        """The same entry, made here before there was an account, and kept here."""
        if self._kept_here is None:
            self._kept_here = bool(self._db.row("SELECT 1 FROM apart LIMIT 1"))
        if not self._kept_here:
            return None
        image = news.image
        row = self._db.row(
            "SELECT id FROM entry WHERE start = ? AND stop IS ? AND description = ? "
            "AND project_id IS ? AND workspace_id = ? AND id IN "
            "(SELECT row_id FROM apart WHERE of_table = 'entry')",
            tuple(image[name] for name in _SAME),
        )
        if not row:
            return None
        self._db.run("DELETE FROM apart WHERE of_table = 'entry' AND row_id = ?", row)
        known = Known("entry", row[0], news.theirs.id, 0, image)
        self._agreement.terms.learn(known)
        return known

    def _is_spare_copy(self, news: _News) -> bool:
        """Whether something on the way has doubled our request; the copy is then to be deleted."""
        for row_id, text, above, at, doubtful in self._db.rows(
            "SELECT row_id, sent, above, at, doubtful FROM made ORDER BY id"
        ):
            theirs = news.theirs
            soon = abs(theirs.at - at) <= TWIN_SECONDS * _MICROSECONDS
            if theirs.id <= above or not (doubtful or soon):
                continue
            if is_copy(json.loads(text), news.image):
                self._strike(row_id, news)
                return True
        return False

    def _strike(self, row_id: int, news: _News) -> None:
        """Have one of the two deleted: the one that does not run, if ours does."""
        spare = Known("entry", -news.theirs.id, news.theirs.id, news.theirs.at, news.image)
        known = remote.of_row(self._db, "entry", row_id)
        ours = remote.image(self._db, "entry", row_id)
        runs = ours is not None and ours["stop"] is None and news.theirs.stop is None
        if known is not None and runs:
            # The server has stopped the first of the two when it got the second.
            remote.forget(self._db, "entry", row_id)
            remote.keep(self._db, known._replace(row_id=-known.remote_id))
            remote.keep(self._db, spare._replace(row_id=row_id))
            spare = known._replace(row_id=-known.remote_id)
        else:
            remote.keep(self._db, spare)
        outbox.ensure(self._db, "entry", spare.row_id)
        self._agreement.say(
            "merged",
            f"{named(news.theirs.description)} had arrived on the server twice; one is removed.",
        )

    def _say(self, sentence: str) -> None:
        if not self._quietly:
            self._agreement.say("received", sentence[0].upper() + sentence[1:])


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
    known = [remote.of_remote(db, "entry", remote_id) for remote_id in gone]
    return sum(
        receiver.gone(each)
        for each in known
        if each is not None and begin <= each.base["start"] < end
    )
