"""The search for what may have arrived: what was not found where it would be may be sent."""

from tray.store import outbox
from tray.store.account import PullPosition
from tray.store.database import Database


def next_at(db: Database, pull: PullPosition, now: int) -> int | None:
    """From when on changes are asked for to find what may be there; None: nothing is looked for.

    What may be older than the history that is here is found by reading more of it.
    """
    if pull.find_deleted:
        return None
    is_all_read = pull.history_complete and pull.older_from is None
    if is_all_read and outbox.first_unverified_start(db) is not None:
        return 0
    return outbox.next_lookup_at(db, now)


def release_entries(db: Database, *, since: int | None) -> None:
    """Everything was read: what was looked for and is not there may be sent.

    Args:
        db: The store, inside a transaction.
        since: From which start on history was read, too, and with it all that may have been there
            before there was an account; None: it was not.
    """
    db.run(
        "UPDATE outbox SET state = 'waiting' WHERE state = 'unknown' AND of_table = 'entry' AND "
        "(sent IS NOT NULL OR (? IS NOT NULL "
        "AND row_id NOT IN (SELECT id FROM entry WHERE start < ?)))",
        (since, since),
    )


def release_things(db: Database) -> None:
    """The catalogue was read: what is not in it may be sent again."""
    db.run("UPDATE outbox SET state = 'waiting' WHERE state = 'unknown' AND of_table <> 'entry'")
