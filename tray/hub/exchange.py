"""Has the account follow what programs did, where no tray runs that does it."""

import logging
import os
import subprocess
import sys
import threading
from typing import Final

from tray import clock, program
from tray.common_settings import has_one_timer
from tray.errors import StorageError
from tray.ipc import lock
from tray.model.durations import DAY
from tray.paths import Paths
from tray.store import account, backup, entry_changes, outbox
from tray.store.opening import open_database
from tray.tracker import one_timer

_LOG: Final = logging.getLogger(__name__)
_GATHER_SECONDS: Final = 2.0
"""After something was written, in which more of it may come."""
_LOOK_SECONDS: Final = 600.0
"""How often changes made elsewhere are looked for: six requests of the thirty of an hour."""
_NO_WINDOW: Final = 0x0800_0000
_LONGEST_SECONDS: Final = 300


class ExchangeRunner(threading.Thread):
    """Runs ``sync`` after writes and now and then; a tray that runs does it itself."""

    def __init__(self, places: Paths) -> None:
        super().__init__(name="exchange", daemon=True)
        self._places = places
        self._written = threading.Event()
        self._over = threading.Event()
        self._kept_at = clock.now()

    def note_written(self) -> None:
        """Something was written that the account may have to be told; from any thread."""
        self._written.set()

    def stop(self) -> None:
        """Run nothing any more."""
        self._over.set()
        self._written.set()

    def run(self) -> None:
        """Wait for something to do, until `stop`."""
        while not self._over.is_set():
            was_written = self._written.wait(_LOOK_SECONDS)
            self._over.wait(_GATHER_SECONDS)
            self._written.clear()
            if not self._over.is_set():
                self._keep_changes()
                self._exchange(was_written=was_written)

    def _keep_changes(self) -> None:
        """Say once a day that somebody may still ask for changes."""
        now = clock.now()
        if 0 <= now - self._kept_at < DAY:
            return
        self._kept_at = now
        try:
            with open_database(self._places.database) as db:
                entry_changes.keep(db)
        except StorageError as error:
            _LOG.error("the database: %s", type(error).__name__)

    def _exchange(self, *, was_written: bool) -> None:
        if lock.holder(self._places.lock) is not None:
            return
        if was_written and has_one_timer(self._places.database):
            for sentence in one_timer.settle(os.environ, now=clock.now()):
                _LOG.error("%s", sentence)
        try:
            with open_database(self._places.database) as db:
                if was_written:
                    backup.daily(db, clock.now())
                found = account.read(db)
                pending = outbox.count(db).pending
        except StorageError as error:
            _LOG.error("the database: %s", type(error).__name__)
            return
        if found is None or not found.signed_in or (was_written and not pending):
            return
        try:
            done = subprocess.run(  # noqa: S603  # our own program
                program.command("sync"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_LONGEST_SECONDS,
                check=False,
                creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
            )
            _LOG.info("sync left with %d", done.returncode)
        except (OSError, subprocess.TimeoutExpired) as error:
            _LOG.error("sync: %s", type(error).__name__)
