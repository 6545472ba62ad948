"""Lock, sleep and the end of the session from the notifications of NSWorkspace.

Written from Apple's documentation, with a fake in the tests; never run on macOS so far. That the
screen is locked is told by a notification that Apple does not document, but has sent since 10.7.
"""

from collections.abc import Callable, Iterable
from typing import Final, Protocol

from PySide6.QtCore import Q_ARG, QMetaObject, QObject, Qt, Slot

from tray.desktop.power import Happening, PowerWatcher
from tray.desktop.support import partly
from tray.language import tr

_WORKSPACE: Final = {
    "NSWorkspaceWillSleepNotification": (Happening.SLEEPING, True),
    "NSWorkspaceDidWakeNotification": (Happening.SLEEPING, False),
    "NSWorkspaceSessionDidResignActiveNotification": (Happening.SWITCHED_AWAY, True),
    "NSWorkspaceSessionDidBecomeActiveNotification": (Happening.SWITCHED_AWAY, False),
    "NSWorkspaceWillPowerOffNotification": (Happening.ENDING, True),
}
_DISTRIBUTED: Final = {
    "com.apple.screenIsLocked": (Happening.LOCKED, True),
    "com.apple.screenIsUnlocked": (Happening.LOCKED, False),
}


class Centres(Protocol):
    """The notification centres."""

    def open(
        self,
        workspace: Iterable[str],
        distributed: Iterable[str],
        *,
        on_message: Callable[[str], None],
    ) -> None:
        """Have `on_message` called, on any thread, with the name of each of these notifications."""

    def close(self) -> None:
        """Hear nothing any more."""


class MacPower(PowerWatcher):
    """What `centres` tell. There is no way here to hold the sleep back."""

    def __init__(self, centres: Centres, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._centres = centres
        self._support = partly(
            tr("A timer that is to stop on sleep may stop only when the Mac wakes up.")
        )
        centres.open(_WORKSPACE, _DISTRIBUTED, on_message=self._on_message)

    def stop(self) -> None:
        """Hear nothing any more."""
        super().stop()
        self._centres.close()

    def _on_message(self, name: str) -> None:
        """On the main thread, whichever is ours."""
        queued = Qt.ConnectionType.QueuedConnection
        QMetaObject.invokeMethod(self, "_take", queued, Q_ARG(str, name))

    @Slot(str)
    def _take(self, name: str) -> None:
        meaning = (_WORKSPACE | _DISTRIBUTED).get(name)
        if meaning:
            self._set(*meaning)
