"""The main thread's hold on the exchange: starts it when there is an account, passes news on."""

import os
from typing import Final

from PySide6.QtCore import QObject, Slot

from tray.ipc import lock
from tray.paths import Paths
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.session.worker_thread import WorkerThread
from tray.settings import Settings
from tray.workers.background import KeyringThread
from tray.workers.sync_worker import SyncCommands, SyncContext, SyncWorker

LEAVE_MS: Final = 900
"""How long the worker may take to end; only the look-up of a server's name takes longer."""


class SyncThread(WorkerThread):
    """Owns the worker and its thread; without an account there are none."""

    def __init__(
        self, places: Paths, tracking: Tracking, keyring: KeyringThread, parent: QObject
    ) -> None:
        super().__init__("sync", parent, leave_ms=LEAVE_MS)
        self._tracking = tracking
        self._settings = Settings()
        self._context = SyncContext(
            places.database,
            places.crash_log,
            os.environ,
            keyring,
            lambda: lock.acquire(places.sync_lock),
            aside=True,
        )
        self.is_paused = True
        self._is_present = True
        self._worker: SyncWorker | None = None
        self._commands: SyncCommands | None = None
        tracking.changed.connect(self._on_changed)
        tracking.mending.connect(self.stop)

    def use(self, settings: Settings) -> None:
        """Speak with the server through the network that the settings name."""
        before, self._settings = self._settings, settings
        if (before.proxy, before.ca_file) != (settings.proxy, settings.ca_file):
            self.reload()

    @Slot()
    def resume(self) -> None:
        """Begin, or look which account there is now."""
        self.is_paused = False
        self.reload()

    @Slot()
    def pause(self) -> bool:
        """End the exchange until it is resumed; whether its thread has ended."""
        self.is_paused = True
        return self.stop()

    @Slot()
    def reload(self) -> None:
        """Look which account there is, and how it is reached."""
        if self._worker is None or self._commands is None:
            self._start()
        else:
            self._worker.cancel_request()
            self._commands.reload.emit(self._settings)

    @Slot()
    def push_soon(self) -> None:
        """Something is there to be exchanged."""
        if self._commands is not None:
            self._commands.push_soon.emit()

    @Slot()
    def refresh(self) -> None:
        """Somebody looks at what is here."""
        if self._commands is not None:
            self._commands.refresh.emit()

    @Slot()
    def sync_now(self) -> None:
        """Exchange everything now."""
        if self._commands is not None:
            self._commands.sync_now.emit()

    @Slot()
    def network_is_back(self) -> None:
        """There is a network again."""
        if self._commands is not None:
            self._commands.network_is_back.emit()

    @Slot(object)
    def be_present(self, present: bool) -> None:
        """Whether somebody is at the computer."""
        is_new = present is not self._is_present
        self._is_present = present
        if is_new and self._commands is not None:
            self._commands.be_present.emit(present)

    @Slot()
    def stop(self) -> bool:
        """End the worker, breaking off what is under way; whether its thread has ended."""
        if self._worker is not None and self._commands is not None:
            self._worker.prepare_stop()
            self._commands.stop.emit()
            self._commands.deleteLater()
            self._wait()
        self._worker = self._commands = None
        return self._have_ended

    def _start(self) -> None:
        """Begin, if there is an account or the environment names one."""
        sync = self._tracking.snapshot.sync
        signed_in = sync is not None and sync.state != "signed out"
        named = sync is None and bool(os.environ.get("TOGGL_API_TOKEN", "").strip())
        if self.is_paused or not (signed_in or named):
            return
        self._worker = SyncWorker(self._context, self._settings)
        self._commands = SyncCommands(self._worker, self)
        self._worker.sign_in_failed.connect(self._tracking.note_sign_in)
        self._run(self._worker)
        if not self._is_present:
            self._commands.be_present.emit(False)

    @Slot(object)
    def _on_changed(self, snapshot: Snapshot) -> None:
        if self._commands is None:
            self._start()
        elif snapshot.sync is not None and snapshot.sync.pending:
            self._commands.push_soon.emit()
