"""The main thread's hold on who is there: starts the watch behind the icon, passes news on."""

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from tray.model.presence.due import ReminderKind
from tray.paths import Paths
from tray.session.tracking import Tracking
from tray.session.worker_thread import WorkerThread
from tray.settings import Settings
from tray.workers.presence_worker import PresenceCommands, PresencePaths, PresenceWorker, Snoozed

LEAVE_MS: Final = 2_000
"""How long the worker may take to end: it writes a few rows, for which others may have to wait."""


class PresenceThread(WorkerThread):
    """Owns the worker and its thread. Its signals are the worker's, on the main thread."""

    question_due = Signal(object)
    """The `Absence` whose question is to be put before the user now."""
    reminded = Signal(object)
    """A `Reminder`."""
    stopped = Signal(object)
    """What was stopped while nobody was there, as `AutomaticStop`, once somebody is."""
    support = Signal(object)
    """What can be noticed on this computer, as `Watched`."""
    present = Signal(object)
    """Whether the user has the screen; at the start, and when it has become another."""
    day_may_have_changed = Signal()
    """The computer has slept, or its clock was set."""

    def __init__(self, places: Paths, tracking: Tracking, parent: QObject) -> None:
        super().__init__("presence", parent, leave_ms=LEAVE_MS)
        self._places = PresencePaths(places.database, places.crash_log)
        self._tracking = tracking
        self._settings = Settings()
        self._wanted = False
        self._worker: PresenceWorker | None = None
        self._commands: PresenceCommands | None = None
        tracking.changed.connect(self._on_changed)
        tracking.mending.connect(self._on_mending)
        self.day_may_have_changed.connect(tracking.refresh_if_other_day)

    def use(self, settings: Settings) -> None:
        """Do what the user has set."""
        self._settings = settings
        if self._commands is not None:
            self._commands.use.emit(settings)

    def start(self) -> None:
        """Begin, once the icon is on the screen."""
        self._wanted = True
        self._start()

    @Slot(object)
    def dismissed(self, kind: ReminderKind) -> None:
        """The user has answered a reminder with nothing to be done."""
        if self._commands is not None:
            self._commands.dismissed.emit(kind)

    @Slot(object)
    def snoozed(self, snoozed: Snoozed) -> None:
        """The user does not want to be reminded for a while."""
        if self._commands is not None:
            self._commands.snoozed.emit(snoozed)

    def stop(self) -> bool:
        """Do what is to be done when the program ends; whether the thread has ended."""
        self._wanted = False
        return self._stop(quitting=True)

    def _start(self) -> None:
        if not self._wanted or self._worker is not None:
            return
        self._worker = worker = PresenceWorker(self._places, self._settings)
        self._commands = PresenceCommands(worker, self)
        worker.question_due.connect(self.question_due)
        worker.reminded.connect(self.reminded)
        worker.stopped.connect(self.stopped)
        worker.support.connect(self.support)
        worker.present.connect(self.present)
        worker.day_may_have_changed.connect(self.day_may_have_changed)
        self._run(worker)

    def _stop(self, *, quitting: bool) -> bool:
        if self._worker is not None and self._commands is not None:
            self._commands.stop.emit(quitting)
            self._commands.deleteLater()
            self._wait()
        self._worker = self._commands = None
        return self._have_ended

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        if self._commands is None:
            self._start()
        else:
            self._commands.running_changed.emit()

    @Slot()
    def _on_mending(self) -> None:
        self._stop(quitting=False)
