"""Which entries of a file are new here, when the same may be there several times over."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tray.language import tr
from tray.store import entries
from tray.store.database import Database
from tray.tracker.transfer.content import ImportRow
from tray.tracker.transfer.lookup import Ids, Lookup

Key = tuple[Any, ...]
"""What makes two entries the same: what was done (but for its workspace), start and stop."""

Stretch = tuple[int, int | None]
"""Start and stop."""


class NewEntries:
    """The entries of `rows` that `db` does not have, each as often as it has too few of it.

    One that is here with the same start and stop is taken for the same, though its description,
    project or tags were changed on one side.
    """

    def __init__(
        self, db: Database, rows: Sequence[ImportRow], lookup: Lookup, *, now: int
    ) -> None:
        self.rows: list[ImportRow] = []
        """What is to be added."""
        self.differing: list[ImportRow] = []
        """What is here at the same times, with other fields."""
        self.remarks: list[str] = []
        """Why an entry that is running in the file is not among the new ones."""
        running = entries.running(db)
        self._running = running and running.description
        self._here = _here(db, rows)
        self._started = {key[:-1] for key in self._here}
        unknown = [row for row in rows if not self._matches(row, lookup.find(row.label))]
        self.already_there = len(rows) - len(unknown)
        """How many rows are here as they are."""
        self._times: Counter[Stretch] = Counter()
        """How many entries that no row was found for are here at the same times."""
        for key, count in self._here.items():
            self._times[key[-2:]] += count
        self._starts = {start for start, _ in self._times}
        for row in unknown:
            if self._matches_times(row):
                self.differing.append(row)
            elif row.stop is not None or self._may_run(row, now):
                self.rows.append(row)

    def _matches(self, row: ImportRow, ids: Ids | None) -> bool:
        """Whether there is one such entry here for this row alone.

        What is still running in the file may have been stopped here since.
        """
        if ids is None:
            return False
        what = (row.description, *ids[1:])
        if row.stop is None:
            return (*what, row.start) in self._started
        for stretch in ((row.start, row.stop), row.other):
            if stretch and self._here[key := (*what, *stretch)]:
                self._here[key] -= 1
                return True
        return False

    def _matches_times(self, row: ImportRow) -> bool:
        """Whether there is one entry here at its times that no other row was found for."""
        if row.stop is None:
            return row.start in self._starts
        for stretch in ((row.start, row.stop), row.other):
            if stretch and self._times[stretch]:
                self._times[stretch] -= 1
                return True
        return False

    def _may_run(self, row: ImportRow, now: int) -> bool:
        name = row.description or tr("An entry")
        if row.start > now:
            self.remarks.append(
                tr("“{name}” was left out, as it is to start in the future.").format(name=name)
            )
        elif self._running is not None:
            self.remarks.append(
                tr(
                    "“{name}” was left out, as it is running in the file while “{other}” is "
                    "running here. Stop that, then import again."
                ).format(name=name, other=self._running or tr("an entry"))
            )
        else:
            self._running = row.description
            return True
        return False


def _here(db: Database, rows: Sequence[ImportRow]) -> Counter[Key]:
    """How often each entry is here, in the time that the file is about."""
    starts = [row.start for row in rows] + [row.other[0] for row in rows if row.other]
    if not starts:
        return Counter()
    # An entry's fields from its description on make a key.
    return Counter(
        entry[2:] for entry in entries.starting_between(db, min(starts), max(starts) + 1)
    )


def columns_of(row: ImportRow, ids: Ids) -> tuple[object, ...]:
    """Of a new entry, in the order of `undo_log.COLUMNS`."""
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
