"""Notifications as balloons of the tray icon, for where the desktop has nothing better."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from tray.desktop.notifier import ActionInvoked, Notification, Notifier, Reason
from tray.desktop.support import partly
from tray.language import tr

_USUAL_MS: Final = 10_000
_LONG_MS: Final = 60_000
"""For those that should stay until they are answered; a balloon cannot."""


class BalloonNotifier(Notifier):
    """Shows one balloon at a time; the icon's `messageClicked` goes to `click`.

    Args:
        show_message: takes a title, a text and milliseconds, as `QSystemTrayIcon.showMessage` does.
        parent: as Qt has it.
    """

    def __init__(
        self, show_message: Callable[[str, str, int], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._support = partly(tr("Messages are balloons of the tray icon here, without buttons."))
        self._show_message = show_message
        self._shown = ""
        self._timer = QTimer(self, singleShot=True)
        self._timer.setObjectName("balloon-expires")
        self._timer.timeout.connect(self._expire)

    def show(self, notification: Notification) -> None:
        """Show it in the place of the one before."""
        if self._shown != notification.id:
            self._finish(Reason.EXPIRED)
        self._shown = notification.id
        lasts_ms = notification.lasts_ms
        lasts_ms = _USUAL_MS if lasts_ms is None else lasts_ms or _LONG_MS
        self._timer.start(lasts_ms)
        self._show_message(notification.title, notification.body, lasts_ms)

    def withdraw(self, notification_id: str) -> None:
        """Forget it; a balloon cannot be taken from the screen, and goes by itself."""
        if notification_id == self._shown:
            self._finish(Reason.WITHDRAWN)

    def stop(self) -> None:
        """Forget everything."""
        super().stop()
        self._timer.stop()

    @Slot()
    def click(self) -> None:
        """The balloon was clicked, which is an answer."""
        clicked, self._shown = self._shown, ""
        if clicked:
            self._timer.stop()
            self.answered.emit(ActionInvoked(clicked, "default"))

    @Slot()
    def _expire(self) -> None:
        self._finish(Reason.EXPIRED)

    def _finish(self, reason: Reason) -> None:
        self._timer.stop()
        if self._shown:
            self._end(self._shown, reason)
            self._shown = ""
