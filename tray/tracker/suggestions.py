"""Loads what suggestions are made from: all that was ever done, and what it can be found by."""

import os
from typing import IO

from tray.model.suggest.index import Index
from tray.model.suggest.shelf import Shelf
from tray.store import catalogue, past_activities
from tray.store.database import Database


def load(db: Database) -> Index:
    """The index over the whole local history, as it is now, to be closed.

    What of it does not stay in memory lies beside the database, in a file without a name: what
    was tracked is to have no name elsewhere, and for many systems a temporary folder is memory.
    (SQLite sorts a very long history in such a file of its own, in a temporary folder.)
    """
    past_activities.work_out_keys(db)
    clients = {client.id: client.name for client in catalogue.clients(db)}
    projects = {
        project.id: f"{project.name} {clients.get(project.client_id or 0, '')}".strip()
        for project in catalogue.projects(db)
    }
    folder = os.path.dirname(os.path.abspath(db.path))
    return Index(past_activities.best_first(db), projects, Shelf(lambda: _nameless_file(folder)))


def _nameless_file(folder: str) -> IO[bytes]:
    from tempfile import TemporaryFile  # which few histories need, and quick start waits for

    return TemporaryFile(dir=folder)
