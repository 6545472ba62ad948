"""Notifications of Windows, with buttons. Never run on Windows so far.

Written from Microsoft's pages on toast content and on ToastNotification. Windows takes them only
from a program that is installed; from others it refuses them, and balloons do.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Final, Protocol
from xml.sax.saxutils import escape, quoteattr

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from tray.desktop.notifier import ActionInvoked, Notification, Notifier, Reason
from tray.desktop.support import WORKS

MOST_BUTTONS: Final = 5
"""More make Windows refuse the whole toast."""
_CLICK: Final = "default"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ToastApi(Protocol):
    """What Windows offers; it calls back on threads of its own."""

    def show(
        self,
        tag: str,
        content: str,
        *,
        answered: Callable[[str], None],
        gone: Callable[[Reason], None],
    ) -> None:
        """Show a toast in place of that of the same tag.

        Args:
            tag: At most 64 characters.
            content: Of the toast, as XML.
            answered: Is called with the ``launch`` or ``arguments`` that the user has chosen.
            gone: Is called with why it is not on the screen any more. What has expired is in the
                notification centre still, and can be answered there.

        Raises:
            OSError: Windows refuses it.
        """

    def hide(self, tag: str) -> None:
        """Take a toast from the screen, and from the notification centre."""


class _LiveToast:
    """A notification that has not ended yet."""

    def __init__(self, shown: Notification, tag: str, number: int, expires: QTimer) -> None:
        self.id = shown.id
        self.lasts = shown.lasts_ms == 0
        self.tag = tag
        self.number = number
        self.expires = expires


class ToastNotifier(Notifier):
    """Shows toasts; nothing is left in the notification centre whose buttons would do nothing."""

    _happened = Signal(int, str, object)
    """From a thread of Windows to ours: which toast, what was chosen, or why it has gone."""

    def __init__(self, api: ToastApi, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._support = WORKS
        self._api = api
        self._live: dict[str, _LiveToast] = {}
        self._number = 0
        self._happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    @property
    def has_buttons(self) -> bool:
        """Every Windows since 10 has them."""
        return True

    def show(self, notification: Notification) -> None:
        """Show it in the place of the one with the same id."""
        before = self._live.pop(notification.id, None)
        if before is not None:
            before.expires.stop()
        self._number = number = self._number + 1
        tag = before.tag if before is not None else f"toast-{number}"
        timer = self._timer(notification)
        live = self._live[notification.id] = _LiveToast(notification, tag, number, timer)
        try:
            self._api.show(
                tag,
                content(notification),
                answered=lambda chosen: self._happened.emit(number, chosen, None),
                gone=lambda reason: self._happened.emit(number, "", reason),
            )
        except OSError:
            self._finish(live, Reason.NOT_SHOWN)

    def withdraw(self, notification_id: str) -> None:
        """Take a notification back."""
        if live := self._live.get(notification_id):
            self._api.hide(live.tag)
            self._finish(live, Reason.WITHDRAWN)

    def stop(self) -> None:
        """Take back what is shown."""
        super().stop()
        for live in self._live.values():
            live.expires.stop()
            self._api.hide(live.tag)
        self._live.clear()

    def _timer(self, notification: Notification) -> QTimer:
        """Runs out with the notification, if that is to go by itself.

        It stays until the notifier goes: PySide crashes after one that is deleted before.
        """
        timer = QTimer(self, singleShot=True)
        timer.setObjectName("toast-expires")
        timer.timeout.connect(partial(self._expire, notification.id))
        if notification.lasts_ms:
            timer.start(notification.lasts_ms)
        return timer

    def _expire(self, notification_id: str) -> None:
        if live := self._live.get(notification_id):
            self._api.hide(live.tag)
            self._finish(live, Reason.EXPIRED)

    @Slot(int, str, object)
    def _on_happened(self, number: int, chosen: str, gone: Reason | None) -> None:
        live = next((each for each in self._live.values() if each.number == number), None)
        if live is None:
            return  # it was replaced, or has ended
        if gone is None:
            self._remove(live)
            self._api.hide(live.tag)
            self.answered.emit(ActionInvoked(live.id, chosen))
        elif gone is not Reason.EXPIRED:
            self._finish(live, gone)
        elif not live.lasts:
            self._expire(live.id)

    def _finish(self, live: _LiveToast, reason: Reason) -> None:
        self._remove(live)
        self._end(live.id, reason)

    def _remove(self, live: _LiveToast) -> None:
        live.expires.stop()
        del self._live[live.id]


def content(notification: Notification) -> str:
    """The XML of a toast: plain text, whatever is in it."""
    buttons = [each for each in notification.actions if each.key != _CLICK][:MOST_BUTTONS]
    lines = filter(None, (notification.title, notification.body))
    texts = "".join(f"<text>{escape(_sendable(each))}</text>" for each in lines)
    actions = "".join(
        f"<action content={quoteattr(_sendable(each.label))} arguments={quoteattr(each.key)}/>"
        for each in buttons
    )
    # A reminder stays until it is answered, but only with a button to do so.
    stays = notification.lasts_ms == 0
    kind = ' scenario="reminder"' if stays and buttons else ' duration="long"' if stays else ""
    return (
        f'<toast launch="{_CLICK}"{kind}><visual><binding template="ToastGeneric">{texts}'
        f'</binding></visual><actions>{actions}</actions><audio silent="true"/></toast>'
    )


def _sendable(text: str) -> str:
    """Without what XML forbids: most control characters, and the halves of characters."""
    return _NOT_IN_XML.sub("\ufffd", text)
