"""Finds out whether a window may come up now by itself, over whatever the user is at."""

import os
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from tray.desktop.choose import choose_in_use
from tray.desktop.in_use import InUse, InUseKind, InUseMonitor

_KINDS: Final = frozenset({InUseKind.QUIET, InUseKind.PRESENTATION, InUseKind.FULL_SCREEN})


class DoNotDisturbCheck(QObject):
    """Asks the desktop when somebody knocks, and knows nothing of it in between."""

    allowed = Signal()
    """Nobody is to be spared: for each `check` at most once, and some time after it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._in_use: InUseMonitor | None = None

    def check(self) -> None:
        """Ask whether a window may come up."""
        self.stop()  # if a desktop has not answered by now, it never will
        self._in_use = choose_in_use(os.environ, parent=self)
        self._in_use.polled.connect(self._on_polled)
        self._in_use.poll(_KINDS)

    def stop(self) -> None:
        """Let go of the desktop; nobody is admitted any more."""
        if self._in_use is not None:
            self._in_use.stop()
            self._in_use.deleteLater()
            self._in_use = None

    @Slot(object)
    def _on_polled(self, found: InUse) -> None:
        self.stop()
        if not found.busy(_KINDS):
            self.allowed.emit()
