"""The one account that the local copy may be connected to, and how far the exchange has come."""

from tray.lean_enum import StrEnum
from tray.lean_typing import Final, NamedTuple, TypedDict, Unpack
from tray.sentences import read_stored, stored
from tray.store import statements
from tray.store.columns import SYNCED
from tray.store.database import Database


class SyncErrorKind(StrEnum):
    """What holds the exchange up; the values are stored, so that a class may be renamed."""

    NONE = ""
    OFFLINE = "offline"
    NO_ANSWER = "no_answer"
    INTERCEPTED = "intercepted"
    SERVER_FAILED = "server_failed"
    TOO_FAST = "too_fast"
    QUOTA_SPENT = "quota_spent"
    SIGN_IN_REFUSED = "sign_in_refused"
    GATEWAY_REFUSED = "gateway_refused"
    BAD_ADDRESS = "bad_address"
    UNTRUSTED_CERTIFICATE = "untrusted_certificate"
    ENDPOINT_GONE = "endpoint_gone"
    SERVER_REFUSED = "server_refused"
    PREMIUM_NEEDED = "premium_needed"
    NO_ACCESS = "no_access"
    GONE = "gone"
    ALREADY_STOPPED = "already_stopped"
    BAD_REPLY = "bad_reply"
    OTHER = "other"


class PullPosition(NamedTuple):
    """How much of what the server has was read; moments are epoch seconds."""

    cursor: int = 0
    """The latest change seen, microseconds of the server's clock."""
    history_from: int | None = None
    """Entries from this start on are here; None: reading them has not begun."""
    history_complete: bool = False
    """Whether all is here that the server gives without being asked for older entries."""
    find_deleted: bool = False
    """Whether reading history also finds what is gone from the server."""
    older_from: int | None = None
    """Older entries are wanted from here; None: none are."""
    older_next: str = ""
    """Where their next page begins, as `sync.pull.pages` writes it."""
    clock_skew: int = 0
    """The server's clock less this computer's, seconds."""
    catalogue_read_at: int | None = None
    """None: projects and the like have to be read."""
    changes_read_at: int = 0
    remote_change_at: int = 0
    """When something that was made elsewhere came last."""
    last_sync: int | None = None
    quota_read_at: int = 0
    formats_read_at: int | None = None
    """When the server was last asked how the account shows dates and times."""


class ErrorState(NamedTuple):
    """What holds the exchange up, and until when."""

    failures: int = 0
    """Requests that failed in a row."""
    next_request_at: int = 0
    """Epoch seconds."""
    error_kind: SyncErrorKind = SyncErrorKind.NONE
    error_text: str = ""
    """The same as a sentence."""
    not_before: int = 0
    """Until then the server itself wants to be left alone, epoch seconds."""


class LinkedAccount(NamedTuple):
    """Who is signed in, and where the exchange stands."""

    url: str
    auth: str
    """``basic`` or ``bearer``."""
    connection: str
    user_id: int
    """The server's."""
    name: str
    signed_in: bool = True
    email: str = ""
    """Empty while it is not known, as `time_zone`."""
    time_zone: str = ""
    """An IANA name: the zone in which the server writes reports."""
    token_mark: str = ""
    """By which a token of the environment is known to be of this account; see `api.secret`."""
    date_format: str | None = None
    """Such as ``DD.MM.YYYY``; None while it is not known, as the next three."""
    time_format: str | None = None
    """``H:mm`` or ``h:mm A``."""
    beginning_of_week: int | None = None
    """0 is Sunday, as in all that Toggl sends."""
    duration_format: str | None = None
    """``classic``, ``improved`` or ``decimal``."""
    pull: PullPosition = PullPosition()
    errors: ErrorState = ErrorState()


class AccountChanges(TypedDict, total=False):
    """Columns of the account, by the fields of `LinkedAccount` and of what it consists of."""

    url: str
    auth: str
    connection: str
    user_id: int
    name: str
    signed_in: bool
    email: str
    time_zone: str
    token_mark: str
    date_format: str | None
    time_format: str | None
    beginning_of_week: int | None
    duration_format: str | None
    cursor: int
    history_from: int | None
    history_complete: bool
    find_deleted: bool
    older_from: int | None
    older_next: str
    clock_skew: int
    catalogue_read_at: int | None
    changes_read_at: int
    remote_change_at: int
    last_sync: int | None
    quota_read_at: int
    formats_read_at: int | None
    failures: int
    next_request_at: int
    error_kind: SyncErrorKind
    error_text: str
    not_before: int


_IDENTITY: Final = LinkedAccount._fields[:-2]
_COLUMNS: Final = (*_IDENTITY, *PullPosition._fields, *ErrorState._fields)
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM account"
_ERRORS_FROM: Final = len(_COLUMNS) - len(ErrorState._fields)


def read(db: Database) -> LinkedAccount | None:
    """The account, signed in or not; None if there never was one, or it was forgotten."""
    row = db.row(_SELECT)
    if not row:
        return None
    pull = PullPosition(*row[len(_IDENTITY) : _ERRORS_FROM])
    failures, next_request_at, kind, text, not_before = row[_ERRORS_FROM:]
    found = LinkedAccount(*row[: len(_IDENTITY)])
    return found._replace(
        signed_in=bool(found.signed_in),
        pull=pull._replace(
            history_complete=bool(pull.history_complete), find_deleted=bool(pull.find_deleted)
        ),
        errors=ErrorState(
            failures, next_request_at, SyncErrorKind(kind), read_stored(text), not_before
        ),
    )


def write(db: Database, account: LinkedAccount) -> None:
    """Make this the account; what another one left must have been cleared."""
    sql = statements.insert("account", ("id", *_COLUMNS), key="id")
    errors = account.errors._replace(error_text=stored(account.errors.error_text))
    db.run(sql, (1, *account[:-2], *account.pull, *errors))


def update(db: Database, **changes: Unpack[AccountChanges]) -> None:
    """Set some columns."""
    if "error_text" in changes:
        changes["error_text"] = stored(changes["error_text"])
    db.run(statements.update("account", changes, "id = 1"), tuple(changes.values()))


def clear_error(db: Database) -> None:
    """Nothing holds the exchange up any more."""
    update(db, **ErrorState()._asdict())


_OF_ACCOUNT: Final = (
    "account",
    "remote",
    "outbox",
    "local_only",
    "sent_create",
    "unanswered_request",
    "conflict",
    "quota",
    "workspace_user",
)


def clear(db: Database) -> None:
    """Forget the account and all that only has a meaning with it; what was tracked stays."""
    for table in _OF_ACCOUNT:
        db.run(f"DELETE FROM {table}")


_USERS: Final = {
    "client": (("project", "client_id"),),
    "project": (("entry", "project_id"), ("favourite", "project_id"), ("task", "project_id")),
    "task": (("entry", "task_id"), ("favourite", "task_id")),
    "tag": (("entry, json_each(tag_ids)", "value"), ("favourite, json_each(tag_ids)", "value")),
}
"""What may still refer to a thing: from where, and the column with its id."""


def remove_shared(db: Database) -> None:
    """Remove what is on the server too; favourites and entries that stayed here keep what they use.

    What can be undone goes as well: it would bring rows back.
    """
    db.run("DELETE FROM step")
    shared = "SELECT row_id FROM remote WHERE of_table = '{}'"
    db.run(f"DELETE FROM entry WHERE id IN ({shared.format('entry')})")
    db.run("DELETE FROM entry_change WHERE deleted IS NOT NULL")
    db.run("DELETE FROM hook_row")  # no hook is told of each
    for table in reversed(SYNCED[:-1]):
        unused = " AND ".join(
            f"id NOT IN (SELECT {column} FROM {user} WHERE {column} IS NOT NULL)"
            for user, column in _USERS[table]
        )
        db.run(f"DELETE FROM {table} WHERE id IN ({shared.format(table)}) AND {unused}")
