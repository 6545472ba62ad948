"""What each worker does alike: it opens the store, reports a failure once, and begins anew."""

import logging
from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from tray.errors import TrayError
from tray.store.database import Database
from tray.workers.precise_timer import make_precise

T = TypeVar("T")

_log: Final = logging.getLogger(__name__)


class Worker(QObject):
    """Has no parent, as it is moved to its thread; all its slots run there, `start` first."""

    failed = Signal(object)
    """A sentence for the user: what of this computer keeps it from working."""
    ended = Signal()
    """It has stopped, and the thread may end."""

    def __init__(self, crash_log: str) -> None:
        super().__init__()
        self._crash_log = crash_log
        self._db: Database | None = None
        self._reported = ""
        """The failure that was reported last, until it has passed."""

    def start(self) -> None:
        """Begin, on the thread of its own."""
        raise NotImplementedError

    def _guarded(self, turn: Callable[[], T], fail: Callable[[str], T]) -> T:
        """Carry out a command; no failure of one keeps the next from being heard."""
        try:
            return turn()
        except TrayError as error:
            _log.warning("%s: %s", type(self).__name__, type(error).__name__)
            return fail(str(error))
        except Exception as error:  # a bug: this work must not end for ever because of it
            from tray.log import record_crash

            return fail(record_crash(self._crash_log, error))

    def _report(self, sentence: str) -> None:
        """Report a failure, unless that was the last one."""
        if sentence != self._reported:
            self._reported = sentence
            self.failed.emit(sentence)

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _made_timer(self, name: str, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True)
        timer.setObjectName(name)
        make_precise(timer)  # a coarse one is late by 15 s in 5 minutes
        timer.timeout.connect(then)
        return timer
