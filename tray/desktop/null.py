"""What stands in where the desktop offers nothing: it does nothing, and says why."""

from PySide6.QtCore import QObject

from tray.desktop.chord import Chord
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.notifier import Notification, Notifier, Reason
from tray.desktop.support import Support, missing


class NullHotkeys(Hotkeys):
    """No hotkeys; `why` is the sentence that says so."""

    def __init__(self, why: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._why = why

    @property
    def support(self) -> Support:
        """Missing, with what to do instead."""
        return missing(f"{self._why} {self.by_hand()}")

    def _take(self, name: str, chord: Chord) -> Hotkey:
        return Hotkey(name, chord, self.support)

    def _release(self, name: str) -> None:
        """Nothing was taken."""


class NullNotifier(Notifier):
    """No notifications; each ends at once as not shown, so that it is said in another way."""

    def __init__(self, why: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._support = missing(why)

    def show(self, notification: Notification) -> None:
        """Say that it was not."""
        self._end(notification.id, Reason.NOT_SHOWN)

    def withdraw(self, notification_id: str) -> None:
        """Nothing is shown."""
