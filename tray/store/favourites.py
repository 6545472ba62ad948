"""Favourites as rows, in the user's order."""

from tray.errors import NotFound
from tray.model.entities import Favourite, What
from tray.store.database import Database, Row
from tray.store.entries import ids_from

_SELECT = (
    "SELECT id, position, workspace_id, description, project_id, task_id, tag_ids, billable "
    "FROM favourite"
)


def _favourite(row: Row) -> Favourite:
    id_, position, workspace, description, project, task, tag_ids, billable = row
    what = What(workspace, description, project, task, ids_from(tag_ids), billable == 1)
    return Favourite(id_, position, what)


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
        raise NotFound(f"There is no favourite {favourite_id}.", kind="favourite")
    return _favourite(row)
