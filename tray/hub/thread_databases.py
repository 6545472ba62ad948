"""The connection to the database that each thread of the server has."""

import threading

from tray.store.database import Database
from tray.store.opening import open_database


class ThreadDatabases:
    """Opens a connection for a thread when it first needs one, and another if the file is."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._local = threading.local()

    def mine(self) -> Database:
        """The connection of this thread, through which nobody in particular writes yet."""
        db: Database | None = getattr(self._local, "db", None)
        if db is not None and not db.is_in_place:
            self.forget()
            db = None
        if db is None:
            db = self._local.db = open_database(self._path)
            db.keep_little()
        db.writer = ""
        return db

    def forget(self) -> None:
        """Close the connection of this thread; the next request opens another."""
        db: Database | None = getattr(self._local, "db", None)
        if db is not None:
            self._local.db = None
            db.close()
