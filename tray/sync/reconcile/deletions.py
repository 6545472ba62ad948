"""Has a deletion on one side take away the same on the other."""

from typing import Final

from tray.api.address import Version, read_address
from tray.language import mark
from tray.store import account, outbox, references, remote_rows, removed_rows, undo_log
from tray.store.columns import RowValues, number, text
from tray.store.database import Database
from tray.store.entries import ids_from
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.store.undo_log import DELETE_WITH_ENTRIES, ChangedRow

GONE: Final = mark("It was deleted on another device after you changed it here.")
DELETED_UNHEARD: Final = mark(
    "It was deleted on another device before this computer heard that the server had it."
)

CHANGED_SINCE: Final = mark("It was changed on another device after you deleted it here.")


def forget_gone(db: Database, known: RemoteRow) -> None:
    """The server has said that it has a thing no more; an entry is not taken for a new one again.

    A list that lacks it is no such word.
    """
    if known.table == "entry":
        remote_rows.bury(db, known.remote_id)
        return
    remote_rows.forget(db, known.table, known.row_id)
    follow(db, known)


def mark_gone(db: Database, item: OutboxItem, *, why: str = GONE) -> None:
    """Have the user asked about an entry that is wanted here and was deleted elsewhere.

    It is known again by what the server had last, should it come back.
    """
    known = remote_rows.of_row(db, item.table, item.row_id)
    sent = item.sent if known is None else remote_rows.as_json(known.base)
    remote_rows.forget(db, item.table, item.row_id)
    outbox.update(db, item.id, state="gone", sent=sent, error=why, field=None)


def delete_thing(db: Database, table: str, row_id: int) -> None:
    """Remove a thing and every reference to it, as the server does."""
    outbox.retry_refused(db, table, row_id)
    match table:
        case "tag":
            references.drop_tag(db, row_id)
        case "project":
            references.drop(db, "entry", "project_id", row_id)
            references.drop(db, "favourite", "project_id", row_id)
            tasks = [
                task for (task,) in db.rows("SELECT id FROM task WHERE project_id = ?", (row_id,))
            ]
            removed_rows.delete(db, "task", tasks)
        case "task":
            references.drop(db, "entry", "task_id", row_id)
            references.drop(db, "favourite", "task_id", row_id)
        case "client":
            references.drop(db, "project", "client_id", row_id)
    removed_rows.delete(db, table, [row_id])


_EMPTIED: Final = {
    "project_id": ("project", {"project_id", "task_id"}),
    "client_id": ("client", {"client_id"}),
    "task_id": ("task", {"task_id"}),
}
"""By the column that names a thing: its table, and what is empty once the thing is gone."""


def deletion_behind(db: Database, known: RemoteRow, changed: RowValues) -> tuple[str, int] | None:
    """What was deleted here and not yet there, if a change of a row is the work of that alone.

    Only Toggl's own server is known to take what it deletes off everything.
    """
    gone = [
        (table, number(known.base, column))
        for column, (table, emptied) in _EMPTIED.items()
        if column in changed and changed.keys() <= emptied and changed[column] is None
    ]
    if changed.keys() == {"tag_ids"}:
        left = set(ids_from(text(changed, "tag_ids")))
        had = set(ids_from(text(known.base, "tag_ids")))
        gone = [("tag", tag) for tag in sorted(had - left)] if left < had else []
    for table, row_id in gone[:1]:
        if row_id and _waits(db, table, row_id) and _is_toggl(db):
            return table, row_id
    return None


def takes_entry_along(db: Database, known: RemoteRow) -> int | None:
    """The project with which an entry that was deleted here will be deleted there, if any."""
    project = number(known.base, "project_id") if known.table == "entry" else None
    if project is None or not _waits(db, "project", project):
        return None
    return project if takes_entries_along(db, project) else None


def takes_entries_along(db: Database, project_id: int) -> bool:
    """Whether the server is to delete all entries of a project that was deleted here.

    It is not while one of them is wanted: that was moved out of it, or was changed elsewhere after
    it was deleted here.
    """
    verb = undo_log.deleted_by(db, ChangedRow("project", project_id))
    if verb != DELETE_WITH_ENTRIES or not _is_toggl_v9(db):
        return False
    pending = references.pending_entries(db, project_id)
    return not any(entry.is_here or entry.state == "refused" for entry in pending)


def follow_with_entries(db: Database, project_id: int) -> None:
    """The server has deleted a project with its entries: none is to be deleted by itself."""
    for entry in references.pending_entries(db, project_id):
        if not entry.is_here:
            remote_rows.bury(db, entry.remote_id)
            outbox.drop(db, "entry", entry.row_id)


def follow(db: Database, gone: RemoteRow) -> None:
    """The server has deleted a thing: what it did to others with it is known from now on."""
    if _is_toggl(db):
        references.drop_from_bases(db, gone.table, gone.row_id)


def _waits(db: Database, table: str, row_id: int) -> bool:
    """Whether a deletion has yet to be sent."""
    item = outbox.of(db, table, row_id)
    was_refused = item is not None and item.state == "refused"
    return item is not None and not was_refused and remote_rows.image(db, table, row_id) is None


def _is_toggl_v9(db: Database) -> bool:
    found = account.read(db)
    address = read_address(found.url) if found else None
    return address is not None and address.is_toggl and address.version is Version.V9


def _is_toggl(db: Database) -> bool:
    found = account.read(db)
    return found is not None and read_address(found.url).is_toggl
