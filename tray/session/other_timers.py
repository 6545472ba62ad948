"""Where one entry runs in all profiles together: has a start here end what runs in the others."""

import os

from PySide6.QtCore import QObject, Signal, Slot

from tray import clock
from tray.common_settings import has_one_timer
from tray.errors import StorageError
from tray.session.tracking import Tracking
from tray.store import owed_stops
from tray.tracker import one_timer
from tray.workers.background import run_aside


class OtherTimers(QObject):
    """Looks after each change for what is owed; another thread does it, one at a time.

    Args:
        tracking: what is tracked in this profile.
        parent: ends it.
    """

    failed = Signal(object)
    """A sentence: what could not be stopped."""
    _settled = Signal(object)

    def __init__(self, tracking: Tracking, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._is_settling = False
        self._problems: tuple[str, ...] = ()
        self._settled.connect(self._on_settled)

    def start(self) -> None:
        """Settle what a tray or command that was killed has left, in any profile."""
        self._tracking.changed.connect(self._on_changed)
        if has_one_timer(self._tracking.db.path):
            self._settle()

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        try:
            if not self._is_settling and owed_stops.pending(self._tracking.db):
                self._settle()
        except StorageError:
            return  # whoever shows what has changed says so

    def _settle(self) -> None:
        self._is_settling = True
        run_aside(self._work, name="other timers")

    def _work(self) -> None:
        problems: tuple[str, ...] = ()
        try:
            problems = one_timer.settle(os.environ, now=clock.now())
        finally:
            self._settled.emit(problems)

    @Slot(object)
    def _on_settled(self, problems: tuple[str, ...]) -> None:
        self._is_settling = False
        for sentence in problems:
            if sentence not in self._problems:
                self.failed.emit(sentence)
        self._problems = problems
