"""Wakes whoever shows an elapsed time just when its text changes, and nobody else."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from tray.workers.precise_timer import make_precise


class Ticker(QObject):
    """Calls back each time the elapsed time of an entry completes another step.

    It is off until `follow` gives it a start, and each tick is due on the entry's own seconds, not
    on the clock's: so the minute on the icon changes when the minute is over.
    """

    def __init__(
        self, step_seconds: int, tick: Callable[[], None], parent: QObject, *, name: str
    ) -> None:
        super().__init__(parent)
        self._step = step_seconds
        self._tick = tick
        self._start: int | None = None
        self._timer = QTimer(self)
        self._timer.setObjectName(name)
        self._timer.setSingleShot(True)
        # A coarse one may come most of a second too early, and so twice a step.
        make_precise(self._timer)
        self._timer.timeout.connect(self._on_timeout)

    def follow(self, start: int | None) -> None:
        """Tick from now on for an entry that began at `start` (epoch seconds); None: be off."""
        self._start = start
        if start is None:
            self._timer.stop()
        else:
            self._arm(start)

    @property
    def active(self) -> bool:
        """Whether a tick is due some time."""
        return self._timer.isActive()

    def _arm(self, start: int) -> None:
        self._timer.start(milliseconds_to_next(time.time(), start, self._step))

    @Slot()
    def _on_timeout(self) -> None:
        if self._start is not None:
            self._arm(self._start)
            self._tick()


def milliseconds_to_next(now: float, start: int, step: int) -> int:
    """How long until the time since `start` is a whole number of steps again, and a bit over."""
    remaining = step - (now - start) % step
    return int(remaining * 1000) + 5
