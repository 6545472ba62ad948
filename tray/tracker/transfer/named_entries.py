"""Finished entries in names, as exports write them that know nothing of ids."""

from collections.abc import Iterator
from typing import NamedTuple

from tray.store import catalogue, entries
from tray.store.database import Database


class NamedEntry(NamedTuple):
    """One finished entry."""

    description: str
    project: str
    """Empty if it has none; so are client and task."""
    client: str
    task: str
    tags: tuple[str, ...]
    billable: bool
    start: int
    stop: int


class Finished:
    """The entries of a database, oldest first, without the one that runs; it is to be reading.

    Args:
        db: The store.
        between: Only what was started from the first of these moments up to the other.
    """

    def __init__(self, db: Database, between: tuple[int, int] | None) -> None:
        self.count = 0
        self.running = 0
        """How many had no end."""
        self.projects = {each.name for each in catalogue.projects(db)}
        self._db = db
        self._between = between

    def __iter__(self) -> Iterator[NamedEntry]:
        names = catalogue.names(self._db)
        for entry in entries.started(self._db, self._between):
            if entry.stop is None:
                self.running += 1
                continue
            self.count += 1
            project = None if entry.project_id is None else names.projects[entry.project_id]
            client = None if project is None else names.clients.get(project.client_id or 0)
            yield NamedEntry(
                entry.description,
                project.name if project else "",
                client.name if client else "",
                "" if entry.task_id is None else names.tasks[entry.task_id].name,
                tuple(names.tags[tag].name for tag in entry.tag_ids),
                entry.billable,
                entry.start,
                entry.stop,
            )
