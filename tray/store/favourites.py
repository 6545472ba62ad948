"""Favourites as rows, in the user's order."""

from typing import Final

from tray.errors import NotFound
from tray.language import tr
from tray.model.entities import Favourite
from tray.store.columns import ACTIVITY
from tray.store.database import Database, Row
from tray.store.entries import what_of

_SELECT: Final = f"SELECT id, position, {', '.join(ACTIVITY)} FROM favourite"


def _favourite(row: Row) -> Favourite:
    return Favourite(row[0], row[1], what_of(row[2:]))


def everything(db: Database) -> list[Favourite]:
    """All favourites from the top down."""
    return [_favourite(row) for row in db.rows(f"{_SELECT} ORDER BY position, id")]


def get(db: Database, favourite_id: int) -> Favourite:
    """The favourite with this id.

    Raises:
        NotFound: there is none.
    """
    row = db.row(f"{_SELECT} WHERE id = ?", (str(favourite_id),))
    if not row:
        raise NotFound(
            tr("There is no favourite {id}.").format(id=favourite_id),
            kind="favourite",
        )
    return _favourite(row)
