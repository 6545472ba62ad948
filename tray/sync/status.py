"""How the exchange with the account stands, in values and in one line of words."""

from typing import Final, Literal, NamedTuple

from tray.store import account, outbox, quota_rows
from tray.store.database import Database
from tray.sync.rate import clock_skew, quota
from tray.sync.rate.quota import Bucket
from tray.sync.trouble import is_for_user

State = Literal[
    "no account", "signed out", "in step", "waiting", "offline", "quota", "trouble", "attention"
]
_WRONG_CLOCK_SECONDS: Final = clock_skew.WRONG_SECONDS


class Status(NamedTuple):
    """How things stand; moments are epoch seconds."""

    state: State = "no account"
    """``attention``: something waits for the user; ``trouble``: nothing can be exchanged before
    the user has acted; ``quota``: the requests of this hour are used up."""
    account: str = ""
    """Whom it belongs to."""
    pending: int = 0
    refused: int = 0
    """Changes that the server refused, or of things it has no more."""
    conflicts: int = 0
    """Fields changed on both sides that the user has not seen yet."""
    last_sync: int | None = None
    next_at: int | None = None
    """When the server is asked again, if it has to be waited for."""
    said: str = ""
    """What is wrong, as a sentence."""
    apart: int = 0
    """Entries that stay on this computer."""
    filled: bool = True
    """Whether the last three months are here."""
    skew: int = 0
    """The server's clock less ours, if it is off by more than a minute."""
    buckets: tuple[Bucket, ...] = ()
    trouble: str = ""
    """The kind of what is wrong: the name of a class of `tray.errors`."""

    @property
    def needs_user(self) -> bool:
        """Whether the icon is to ask for attention."""
        return self.state in ("attention", "trouble")


def read(db: Database, *, now: int) -> Status:
    """Look it up; cheap enough for every refresh of the screen."""
    found = account.read(db)
    if found is None:
        return Status()
    count = outbox.count(db)
    books = _books(db, now)
    empty = [bucket for bucket in books if bucket.remaining == 0]
    open_conflicts, apart = db.row(
        "SELECT (SELECT count(*) FROM conflict), (SELECT count(*) FROM apart)"
    )
    status = Status(
        "in step",
        found.name,
        *count,
        open_conflicts,
        found.last_sync,
        None,
        found.said,
        apart,
        found.filled,
        found.skew if abs(found.skew) > _WRONG_CLOCK_SECONDS else 0,
        books,
        found.trouble,
    )
    if not found.signed_in:
        return status._replace(state="signed out")
    if is_for_user(found.trouble):
        return status._replace(state="trouble")
    if count.refused or open_conflicts:
        status = status._replace(state="attention")
    elif found.trouble:
        status = status._replace(state="offline", next_at=max(found.next_at, now))
    elif empty:
        status = status._replace(state="quota", next_at=min(each.resets_at for each in empty))
    elif count.pending or not found.filled:
        status = status._replace(state="waiting")
    return status


def _books(db: Database, now: int) -> tuple[Bucket, ...]:
    """How many requests are left of each count, one's own first."""
    found = [quota.as_of(Bucket(*kept), now) for kept in quota_rows.every(db).values()]
    return tuple(sorted(found, key=lambda bucket: (bucket.name != "user", bucket.name)))
