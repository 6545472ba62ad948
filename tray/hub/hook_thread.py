"""Has hooks be told of what programs did, where no tray runs that does it."""

import logging
import os
import threading
from typing import Final

from tray.errors import StorageError
from tray.hooks import hook_nudge
from tray.hub.live_settings import LiveSettings
from tray.ipc import lock
from tray.paths import Paths
from tray.store import hook_events
from tray.store.opening import open_database

_LOG: Final = logging.getLogger(__name__)


class HookThread(threading.Thread):
    """Waits until something was written; the process that tells is another."""

    def __init__(self, places: Paths) -> None:
        super().__init__(name="hooks", daemon=True)
        self._places = places
        self._settings = LiveSettings(places.settings_file)
        self._written = threading.Event()
        self._is_over = False

    def note_written(self) -> None:
        """Something was written that hooks may have to be told; from any thread."""
        self._written.set()

    def stop(self) -> None:
        """Start nothing any more."""
        self._is_over = True
        self._written.set()

    def run(self) -> None:
        """Look which hooks there are, then wait for something to tell, until `stop`."""
        self._look()
        while True:
            self._written.wait()
            self._written.clear()
            if self._is_over:
                return
            self._look()

    def _look(self) -> None:
        if not os.path.isdir(self._places.hooks) or lock.holder(self._places.lock) is not None:
            return
        try:
            with open_database(self._places.database) as db:
                hook_nudge.watch(db, self._places, self._settings.now())
                is_waiting = hook_events.is_waiting(db)
        except StorageError as error:
            _LOG.error("the database: %s", type(error).__name__)
            return
        if is_waiting:
            hook_nudge.run()
