"""The one account that the local copy may be connected to, and how far the exchange has come."""

from typing import Any, Final, NamedTuple

from tray.store.columns import SYNCED
from tray.store.database import Database


class Account(NamedTuple):
    """Who is signed in, and where the exchange stands; moments are epoch seconds."""

    url: str
    auth: str
    """``basic`` or ``bearer``."""
    connection: str
    user_id: int
    """The server's."""
    name: str
    signed_in: bool = True
    joined: str = "later"
    """What becomes of entries made before: ``upload``, ``keep`` or ``later``."""
    cursor: int = 0
    """The latest change seen, microseconds of the server's clock."""
    filled_to: int | None = None
    filled: bool = False
    compare: bool = False
    """Whether filling also finds what is gone from the server."""
    older_from: int | None = None
    older_next: str = ""
    skew: int = 0
    """The server's clock less this computer's, seconds."""
    catalogue_at: int | None = None
    asked_at: int = 0
    changed_at: int = 0
    last_sync: int | None = None
    failures: int = 0
    next_at: int = 0
    trouble: str = ""
    """The kind of error that holds everything up: the name of a class of `tray.errors`."""
    said: str = ""
    """The same as a sentence."""


_COLUMNS = ", ".join(Account._fields)


def read(db: Database) -> Account | None:
    """The account, signed in or not; None if there never was one, or it was forgotten."""
    row = db.row(f"SELECT {_COLUMNS} FROM account")
    if not row:
        return None
    found = Account(*row)
    return found._replace(
        signed_in=bool(found.signed_in), filled=bool(found.filled), compare=bool(found.compare)
    )


def write(db: Database, account: Account) -> None:
    """Make this the account; what another one left must have been cleared."""
    marks = ", ".join("?" * len(account))
    db.run(f"INSERT OR REPLACE INTO account (id, {_COLUMNS}) VALUES (1, {marks})", account)


def update(db: Database, **values: Any) -> None:
    """Set some columns, named as the fields of `Account`."""
    assignments = ", ".join(f"{name} = ?" for name in values)
    db.run(f"UPDATE account SET {assignments}", tuple(values.values()))


def clear(db: Database) -> None:
    """Forget the account and all that only has a meaning with it; what was tracked stays."""
    for table in ("account", "remote", "outbox", "apart", "made", "echo", "conflict", "bucket"):
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
    for table in reversed(SYNCED[:-1]):
        unused = " AND ".join(
            f"id NOT IN (SELECT {column} FROM {user} WHERE {column} IS NOT NULL)"
            for user, column in _USERS[table]
        )
        db.run(f"DELETE FROM {table} WHERE id IN ({shared.format(table)}) AND {unused}")
