"""Has hooks be told of what happens while the tray runs, by a process that nobody waits for."""

import os
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from tray.errors import StorageError
from tray.hooks import hook_nudge
from tray.paths import Paths
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import hook_events, hook_failures
from tray.workers.background import run_aside

_AGAIN_MS: Final = 60_000
"""Until what waits is tried again, if the process could not tell it."""


class HookStarter(QObject):
    """Looks after each change whether something is to be told; costs nothing without hooks."""

    failed = Signal(object)
    """A sentence: which hook failed, and why."""
    _ended = Signal()

    def __init__(self, places: Paths, tracking: Tracking, parent: QObject) -> None:
        super().__init__(parent)
        self._places, self._tracking = places, tracking
        self._settings = Settings()
        self.is_running = False
        """Whether a process is at it."""
        self._left: int | None = None
        """The event that the last process could not tell."""
        self._again = QTimer(self)
        self._again.setObjectName("tell hooks again")
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._retry)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_folder_changed)
        self._ended.connect(self._on_ended)
        tracking.changed.connect(self._look)

    def use(self, settings: Settings) -> None:
        """Run hooks or not."""
        self._settings = settings
        self._on_folder_changed()

    @property
    def events(self) -> frozenset[str]:
        """For which events there are hooks that are told."""
        return hook_events.watched(self._tracking.db)

    @Slot()
    def _on_folder_changed(self) -> None:
        """Look which hooks there are, and where to look for the first one."""
        folder = self._places.hooks
        seen = folder if os.path.isdir(folder) else self._places.settings
        watched = self._watcher.directories()
        if watched != [seen]:
            if watched:  # or Qt warns
                self._watcher.removePaths(watched)
            if os.path.isdir(seen):
                self._watcher.addPath(seen)
        hook_nudge.watch(self._tracking.db, self._places, self._settings)
        self._look()

    @Slot()
    def _retry(self) -> None:
        self._left = None
        self._look()

    @Slot()
    def _look(self) -> None:
        if self.is_running or self._again.isActive():
            return
        try:
            for sentence in hook_failures.take_new(self._tracking.db):
                self.failed.emit(sentence)
            waiting = hook_events.next_event(self._tracking.db)
        except StorageError:
            return  # whoever uses the database next says so
        if waiting is None:
            return
        if waiting.id == self._left:
            self._again.start(_AGAIN_MS)
            return
        self._left = waiting.id
        self.is_running = True
        run_aside(self._run, name="hooks")

    def _run(self) -> None:
        hook_nudge.run()
        try:
            self._ended.emit()
        except RuntimeError:
            return  # the tray has ended meanwhile

    @Slot()
    def _on_ended(self) -> None:
        self.is_running = False
        self._look()
