"""Under which ids our things are known outside: the server's, or ours where it has none.

Ours lie above those of any server and below what JavaScript's numbers hold. They follow from the id
of the row, which is never given twice: one that was told once means the same thing for ever, also
after that has got an id of the server's.
"""

from typing import Final

from tray.hub.api_reply import ApiError
from tray.store import entries, remote_rows, undo_log
from tray.store.database import Database

FIRST_LOCAL: Final = 9_000_000_000_000_000
"""To which the id of a row is added; the largest number that JavaScript tells from the next is
9,007,199,254,740,991."""
_MOST_ROWS: Final = 2**40


def wire_id(row_id: int, remote_id: int | None) -> int:
    """The id by which a row is known outside."""
    return FIRST_LOCAL + row_id if remote_id is None else remote_id


class WireIds:
    """Translates ids during one request."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[tuple[str, int], int] = {}
        self._read: set[str] = set()

    def of(self, table: str, row_id: int) -> int:
        """The id of one row."""
        found = self._known.get((table, row_id))
        if found is None:
            remote_id = remote_rows.remote_id(self._db, table, row_id)
            found = self._known[table, row_id] = wire_id(row_id, remote_id)
        return found

    def of_optional(self, table: str, row_id: int | None) -> int | None:
        """The id of one row, if there is one."""
        return None if row_id is None else self.of(table, row_id)

    def read_all(self, *tables: str) -> None:
        """Many rows of these tables are about to be asked for."""
        for table in tables:
            if table not in self._read:
                self._read.add(table)
                ids = remote_rows.row_ids(self._db, table).items()
                self._known.update({(table, row_id): remote_id for remote_id, row_id in ids})

    def row(self, table: str, number: int) -> int:
        """Our id for one that came from outside; 0 if there is no such thing."""
        found = remote_rows.row_id(self._db, table, number)
        if found is None and FIRST_LOCAL < number < FIRST_LOCAL + _MOST_ROWS:
            found = number - FIRST_LOCAL
        return found or 0

    def entry_row(self, number: int) -> int:
        """Our id of an entry; of one that moved to another workspace, that of what it became."""
        found = self.row("entry", number)
        for _ in range(10):
            if not found or entries.by_ids(self._db, (found,)):
                break
            found = undo_log.replaced_by(self._db, found) or 0
        if not found:
            raise ApiError(404, "Time entry not found")
        return found
