"""Keeps two entries of the server that are one: which stays with the row, and which is to go."""

from typing import Final

from tray.store import outbox, remote_rows, removed_rows
from tray.store.columns import RowValues
from tray.store.database import Database
from tray.store.remote_rows import RemoteRow

_KEPT_ROW: Final = "kept_row"
"""In the base of the one that is to go: our row, which the other belongs to."""


def delete_double(db: Database, row_id: int, double: RemoteRow) -> None:
    """Have an entry of the server deleted that is the same as the one of a row."""
    spare_row = -double.remote_id  # there is no such row: that is what a deletion looks like
    base = {**double.base, _KEPT_ROW: row_id}
    remote_rows.save(db, double._replace(row_id=spare_row, base=base))
    outbox.ensure(db, "entry", spare_row)


def adopt_other(db: Database, row_id: int, remote_id: int, base: RowValues) -> None:
    """Have a row belong to another entry of the server, and the one it had deleted."""
    known = remote_rows.of_row(db, "entry", row_id)
    remote_rows.forget(db, "entry", row_id)
    remote_rows.save(db, RemoteRow("entry", row_id, remote_id, 0, base))
    if known is not None:
        delete_double(db, row_id, known)


def kept_row(double: RemoteRow) -> int | None:
    """The row that is kept, of an entry that is to be deleted as a double."""
    found = double.base.get(_KEPT_ROW)
    return None if found is None else int(found)


def of_row(db: Database, row_id: int) -> RemoteRow | None:
    """The entry that is to be deleted as the double of the one of a row."""
    found = db.row(
        "SELECT row_id FROM remote WHERE of_table = 'entry' AND row_id < 0 "
        "AND json_extract(base, ?) = ?",
        (f"$.{_KEPT_ROW}", row_id),
    )
    return remote_rows.of_row(db, "entry", found[0]) if found else None


def was_deleted_here(db: Database, row_id: int) -> bool:
    """Whether the row that a double belongs to was deleted by the user: then both are to go."""
    return remote_rows.image(db, "entry", row_id) is None


def keep_double(db: Database, double: RemoteRow) -> None:
    """The one that was to stay is gone: its row belongs to the double."""
    row_id = kept_row(double) or 0
    known = remote_rows.of_row(db, "entry", row_id)
    if known is not None:
        remote_rows.bury(db, known.remote_id)
    release(db, double)
    remote_rows.save(db, as_copy_of(double, row_id))
    item = outbox.of(db, "entry", row_id)
    if item is not None:  # to be made anew, or asked about
        outbox.update(db, item.id, state="waiting", sent=None, error=None)


def take_over(db: Database, known: RemoteRow) -> bool:
    """Have a row whose entry is gone belong to one that came instead, just as that had been.

    So it is where a deletion was undone elsewhere, which makes the entry anew.
    """
    for row_id in remote_rows.equal_rows(db, "entry", known.base):
        other = remote_rows.of_row(db, "entry", row_id)
        is_ours = remote_rows.is_changed_here(db, "entry", row_id) or outbox.of(db, "entry", row_id)
        if other is None or other.remote_id <= known.remote_id or is_ours:
            continue  # it was there before, or is wanted for itself
        remote_rows.bury(db, known.remote_id)
        removed_rows.delete(db, "entry", [row_id])
        remote_rows.save(db, other._replace(row_id=known.row_id))
        return True
    return False


def as_copy_of(double: RemoteRow, row_id: int) -> RemoteRow:
    """What the server has of a double, as if it were that of a row."""
    base = {name: value for name, value in double.base.items() if name != _KEPT_ROW}
    return double._replace(row_id=row_id, base=base)


def with_base(double: RemoteRow, theirs: RowValues, *, at: int) -> RemoteRow:
    """A double that was changed on the server."""
    base = {**theirs, _KEPT_ROW: double.base[_KEPT_ROW]}
    return double._replace(at=max(at, double.at), base=base)


def release(db: Database, double: RemoteRow) -> None:
    """Have an entry deleted no more as a double."""
    outbox.drop(db, "entry", double.row_id)
    remote_rows.forget(db, "entry", double.row_id)
