"""How the exchange with the account stands, in values and in one line of words."""

from tray import errors
from tray.errors import AccountError, BadAddress, BadReply, ItemError, RemoteError, Untrusted
from tray.lean_typing import Final, Literal, NamedTuple
from tray.store import account, outbox
from tray.store.account import SyncErrorKind
from tray.store.database import Database
from tray.sync.progress import HistoryProgress, history_progress
from tray.sync.rate import clock_skew, quota
from tray.sync.rate.quota import Bucket

State = Literal[
    "no account", "signed out", "in step", "waiting", "offline", "quota", "trouble", "attention"
]
_PASSING: Final = (BadAddress, Untrusted)
"""What the network of a hotel does, too, until one has signed in there: that is tried again."""


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
    error_text: str = ""
    """What is wrong, as a sentence."""
    local_only: int = 0
    """Entries that stay on this computer."""
    history_complete: bool = True
    """Whether the last three months are here."""
    clock_skew: int = 0
    """The server's clock less ours, if it is off by more than a minute."""
    buckets: tuple[Bucket, ...] = ()
    error_kind: SyncErrorKind = SyncErrorKind.NONE
    """The kind of what is wrong."""
    refused_entries: int = 0
    """How many of the refused are changes of entries."""
    history: HistoryProgress | None = None
    """How far the reading of history has come, while it is read."""

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
    buckets = _buckets(db, now)
    empty = [bucket for bucket in buckets if bucket.remaining == 0]
    open_conflicts, local_only = db.row(
        "SELECT (SELECT count(*) FROM conflict), (SELECT count(*) FROM local_only)"
    )
    status = Status(
        "in step",
        found.name,
        *count,
        open_conflicts,
        found.pull.last_sync,
        None,
        found.errors.error_text,
        local_only,
        found.pull.history_complete,
        found.pull.clock_skew if abs(found.pull.clock_skew) > clock_skew.WRONG_SECONDS else 0,
        buckets,
        found.errors.error_kind,
        outbox.refused_entries(db) if count.refused else 0,
        history_progress(found.pull, now=now),
    )
    if not found.signed_in:
        return status._replace(state="signed out")
    if is_for_user(found.errors.error_kind):
        return status._replace(state="trouble")
    if count.refused or open_conflicts:
        status = status._replace(state="attention")
    elif found.errors.error_kind:
        status = status._replace(state="offline", next_at=max(found.errors.next_request_at, now))
    elif empty:
        status = status._replace(state="quota", next_at=min(each.resets_at for each in empty))
    elif count.pending or not found.pull.history_complete:
        status = status._replace(state="waiting")
        if failed := outbox.next_try(db, now):
            status = status._replace(error_text=failed[0], next_at=failed[1])
    return status


def _buckets(db: Database, now: int) -> tuple[Bucket, ...]:
    """How many requests are left of each count, one's own first."""
    found = [quota.as_of(each, now) for each in quota.read_buckets(db).values()]
    return tuple(sorted(found, key=lambda bucket: (bucket.name != "user", bucket.name)))


_KINDS: Final[dict[type[RemoteError], SyncErrorKind]] = {
    errors.Offline: SyncErrorKind.OFFLINE,
    errors.NoAnswer: SyncErrorKind.NO_ANSWER,
    errors.Intercepted: SyncErrorKind.INTERCEPTED,
    errors.ServerFailed: SyncErrorKind.SERVER_FAILED,
    errors.TooFast: SyncErrorKind.TOO_FAST,
    errors.QuotaSpent: SyncErrorKind.QUOTA_SPENT,
    errors.SignInRefused: SyncErrorKind.SIGN_IN_REFUSED,
    errors.GatewayRefused: SyncErrorKind.GATEWAY_REFUSED,
    errors.BadAddress: SyncErrorKind.BAD_ADDRESS,
    errors.Unencrypted: SyncErrorKind.BAD_ADDRESS,
    errors.Untrusted: SyncErrorKind.UNTRUSTED_CERTIFICATE,
    errors.EndpointGone: SyncErrorKind.ENDPOINT_GONE,
    errors.ServerRefused: SyncErrorKind.SERVER_REFUSED,
    errors.PremiumNeeded: SyncErrorKind.PREMIUM_NEEDED,
    errors.NoAccess: SyncErrorKind.NO_ACCESS,
    errors.Gone: SyncErrorKind.GONE,
    errors.AlreadyStopped: SyncErrorKind.ALREADY_STOPPED,
    errors.BadReply: SyncErrorKind.BAD_REPLY,
    errors.TooLong: SyncErrorKind.BAD_REPLY,
}


def kind_of(error: RemoteError) -> SyncErrorKind:
    """What is stored of an error that holds the exchange up."""
    return _KINDS.get(type(error), SyncErrorKind.OTHER)


def is_for_user(kind: SyncErrorKind) -> bool:
    """Whether an error of this kind is the user's to deal with."""
    return _is(kind, AccountError)


def stops_sync(kind: SyncErrorKind) -> bool:
    """Whether nothing is sent after an error of this kind but the question whose token that is."""
    return is_for_user(kind) and not _is(kind, *_PASSING)


def is_useless_reply(kind: SyncErrorKind) -> bool:
    """Whether the server was reached, but a question to it was refused or not understood."""
    return _is(kind, ItemError, BadReply)


def _is(kind: SyncErrorKind, *classes: type[RemoteError]) -> bool:
    return any(kind == stored and issubclass(each, classes) for each, stored in _KINDS.items())
