"""Finds out whether a window may come up now by itself, over whatever the user is at."""

import os
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from tray.desktop.choose import choose_engagement
from tray.desktop.in_use import InUse, InUseKind, InUseMonitor

_KINDS: Final = frozenset({InUseKind.QUIET, InUseKind.PRESENTATION, InUseKind.FULL_SCREEN})


class DoNotDisturbCheck(QObject):
    """Asks the desktop when somebody knocks, and knows nothing of it in between."""

    admitted = Signal()
    """Nobody is to be spared: for each `knock` at most once, and some time after it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._engagement: InUseMonitor | None = None

    def knock(self) -> None:
        """Ask whether a window may come up."""
        self.stop()  # if a desktop has not answered by now, it never will
        self._engagement = choose_engagement(os.environ, parent=self)
        self._engagement.looked.connect(self._on_looked)
        self._engagement.look(_KINDS)

    def stop(self) -> None:
        """Let go of the desktop; nobody is admitted any more."""
        if self._engagement is not None:
            self._engagement.stop()
            self._engagement.deleteLater()
            self._engagement = None

    @Slot(object)
    def _on_looked(self, found: InUse) -> None:
        self.stop()
        if not found.busy(_KINDS):
            self.admitted.emit()
