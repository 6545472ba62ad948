"""How far entries have come on their way to the account, for who shows them."""

from collections.abc import Iterable
from enum import IntEnum

from tray.store import statements
from tray.store.database import Database


class Upload(IntEnum):
    """How far an entry has come on its way to the account; of several the highest counts."""

    DONE = 0
    """It is there, or there is no account."""
    LOCAL = 1
    """It is to stay on this computer."""
    WAITING = 2
    REFUSED = 3
    """It needs the user: refused, or gone on the server."""


def uploads_of(db: Database, entry_ids: Iterable[int]) -> dict[int, Upload]:
    """How far those of these entries have come that are not on the server as they are here."""
    ids = statements.listed(entry_ids)
    some = "of_table = 'entry' AND row_id IN (SELECT value FROM json_each(?))"
    found = dict.fromkeys(
        (row_id for (row_id,) in db.rows(f"SELECT row_id FROM local_only WHERE {some}", (ids,))),
        Upload.LOCAL,
    )
    for row_id, state in db.rows(f"SELECT row_id, state FROM outbox WHERE {some}", (ids,)):
        found[row_id] = Upload.REFUSED if state in ("refused", "gone") else Upload.WAITING
    return found
