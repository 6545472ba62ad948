"""Counts the time of each project, task or tag between keys and clicks, so that none waits."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray import clock
from tray.errors import TrayError
from tray.session.tracking import Tracking
from tray.store import totals
from tray.store.totals import Counted, Total

_AT_ONCE: Final = 5_000
"""Entries that are counted before keys, clicks and painting have their turn: some milliseconds."""


class TotalsReader(QObject):
    """Reads the entries from the newest to the oldest; begins anew when told to."""

    ready = Signal()
    """All is counted."""

    def __init__(self, tracking: Tracking, parent: QObject) -> None:
        super().__init__(parent)
        self.totals: dict[int, Total] = {}
        """What was counted last, by thing."""
        self._tracking = tracking
        self._kind: Counted = "project"
        self._counted: dict[int, Total] = {}
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setObjectName("totals of projects")
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def read(self, kind: Counted) -> None:
        """Count all; until that is done, `totals` stay as they are if they are of this kind."""
        if kind != self._kind:
            self.totals = {}
        self._kind = kind
        self._counted = {}
        self._left = totals.last_id(self._tracking.db)
        self._now = clock.now()
        self._month = self._tracking.calendar.month(self._tracking.calendar.day_of(self._now))
        self._timer.start()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()

    @Slot()
    def _on_turn(self) -> None:
        first = max(1, self._left - _AT_ONCE + 1)
        try:
            some = totals.of_ids(
                self._tracking.db, self._kind, first, self._left, self._month, now=self._now
            )
        except TrayError:
            self._timer.stop()  # whoever changes something next is told why
            return
        for thing, total in some.items():
            self._counted[thing] = self._counted.get(thing, Total()).plus(total)
        self._left = first - 1
        if not self._left:
            self._timer.stop()
            self.totals = self._counted
            self.ready.emit()
