"""Which entries of a file are new here, when the same may be there several times over."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tray.store import entries
from tray.store.database import Database
from tray.tracker.transfer.content import Row
from tray.tracker.transfer.lookup import Ids, Lookup

Key = tuple[Any, ...]
"""What makes two entries the same: what was done (but for its workspace), start and stop."""


class News:
    """The entries of `rows` that `db` does not have, each as often as it has too few of it."""

    def __init__(self, db: Database, rows: Sequence[Row], lookup: Lookup, *, now: int) -> None:
        self.added: list[tuple[object, ...]] = []
        """The columns of each new entry, in the order of `steps.COLUMNS`."""
        self.already_there = 0
        self.remarks: list[str] = []
        """Why an entry that is running in the file is not among the new ones."""
        running = entries.running(db)
        self._running = running and running.description
        self._here = _here(db, rows)
        for row in rows:
            ids = lookup.ids(row.label)
            if self._take(row, ids):
                self.already_there += 1
            elif row.stop is not None or self._may_run(row, now):
                self.added.append(_columns(row, ids))

    def _take(self, row: Row, ids: Ids) -> bool:
        """Whether there is one such entry here for this row alone.

        What is still running in the file may have been stopped here since.
        """
        what = (row.description, *ids[1:])
        if row.stop is None:
            return any(key[:-1] == (*what, row.start) for key in self._here)
        for stretch in ((row.start, row.stop), row.other):
            if stretch and self._here[key := (*what, *stretch)]:
                self._here[key] -= 1
                return True
        return False

    def _may_run(self, row: Row, now: int) -> bool:
        name = row.description or "An entry"
        if row.start > now:
            self.remarks.append(f"“{name}” was left out, as it is to start in the future.")
        elif self._running is not None:
            self.remarks.append(
                f"“{name}” was left out, as it is running in the file while "
                f"“{self._running or 'an entry'}” is running here. Stop that, then import again."
            )
        else:
            self._running = row.description
            return True
        return False


def _here(db: Database, rows: Sequence[Row]) -> Counter[Key]:
    """How often each entry is here, in the time that the file is about."""
    starts = [row.start for row in rows] + [row.other[0] for row in rows if row.other]
    if not starts:
        return Counter()
    # An entry's fields from its description on make a key.
    return Counter(
        entry[2:] for entry in entries.starting_between(db, min(starts), max(starts) + 1)
    )


def _columns(row: Row, ids: Ids) -> tuple[object, ...]:
    workspace_id, project_id, task_id, tag_ids, billable = ids
    return (
        workspace_id,
        row.description,
        project_id,
        task_id,
        entries.ids_to(tag_ids),
        billable,
        row.start,
        row.stop,
    )
