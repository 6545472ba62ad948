"""Finds out whether a window may come up now by itself, over whatever the user is at."""

import os
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray.desktop.choose import choose_in_use
from tray.desktop.in_use import InUse, InUseKind, InUseMonitor

AGAIN_MS: Final = 6_000
"""When somebody who waits asks again: what is to be said should come within ten seconds."""
_KINDS: Final = frozenset(
    {InUseKind.QUIET, InUseKind.PRESENTATION, InUseKind.FULL_SCREEN, InUseKind.DIALOG}
)


class DoNotDisturbCheck(QObject):
    """Asks the desktop when somebody knocks, and knows nothing of it in between."""

    allowed = Signal()
    """Nobody is to be spared. For each `check` there is one of these at most, some time after it.
    """
    refused = Signal()
    """The user is not to be disturbed now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._in_use: InUseMonitor | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.setObjectName("do not disturb")
        self._again.timeout.connect(self.check)

    @Slot()
    def check(self) -> None:
        """Ask whether a window may come up."""
        self.stop()  # if a desktop has not answered by now, it never will
        self._in_use = choose_in_use(os.environ, parent=self)
        self._in_use.polled.connect(self._on_polled)
        self._in_use.poll(_KINDS)

    def check_later(self) -> None:
        """Ask again in a while."""
        self._again.start()

    def stop(self) -> None:
        """Let go of the desktop; nobody is admitted any more."""
        self._again.stop()
        if self._in_use is not None:
            self._in_use.stop()
            self._in_use.deleteLater()
            self._in_use = None

    @Slot(object)
    def _on_polled(self, found: InUse) -> None:
        self.stop()
        (self.refused if found.busy(_KINDS) else self.allowed).emit()
