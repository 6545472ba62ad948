"""Notifications as values, and what every way of showing them does alike."""

from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray.desktop.support import Support
from tray.lean_typing import NamedTuple


class Action(NamedTuple):
    """Something the user can answer a notification with."""

    key: str
    """What comes back in `ActionInvoked`; ``default`` is a click on the notification itself."""
    label: str
    short: str = ""
    """The same in a few words, for where there is little room; empty if it is short already."""


class Urgency(Enum):
    """How much a notification may disturb, with the numbers of the freedesktop specification."""

    LOW = 0
    NORMAL = 1
    CRITICAL = 2


class Notification(NamedTuple):
    """Something to tell the user."""

    id: str
    """Whatever was shown with the same id before is replaced."""
    title: str
    body: str = ""
    """Plain text."""
    actions: tuple[Action, ...] = ()
    """Not shown where the desktop has no buttons, see `Notifier.has_buttons`."""
    urgency: Urgency = Urgency.NORMAL
    lasts_ms: int | None = None
    """How long it stays; 0 is until it is answered, None as the desktop thinks right."""


class ActionInvoked(NamedTuple):
    """The user has chosen an action."""

    id: str
    action: str
    """The key of the `Action`."""


class Reason(Enum):
    """Why a notification has gone without an answer."""

    EXPIRED = "expired"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    LOST = "lost"
    """Whoever showed it has gone, or does not say."""
    NOT_SHOWN = "not shown"
    """The user has not seen it: tell them in another way."""


class Closed(NamedTuple):
    """A notification has gone without an answer."""

    id: str
    reason: Reason


class Notifier(QObject):
    """Shows short messages outside our own windows.

    Everything, signals included, happens on the thread that made the object, and nothing waits.
    What was shown under an id, however often it was replaced, ends in exactly one `answered` or
    `closed`, which comes some time after the call that caused it.
    """

    answered = Signal(object)
    """Carries an `ActionInvoked`; the notification has gone with that."""
    closed = Signal(object)
    """Carries a `Closed`."""
    changed = Signal(object)
    """Carries the `Support` that has become another."""

    _support: Support

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended: list[Closed] = []

    @property
    def support(self) -> Support:
        """Whether what is shown will be seen."""
        return self._support

    @property
    def has_buttons(self) -> bool:
        """Whether actions are offered; if not, ask in a window."""
        return False

    def show(self, notification: Notification) -> None:
        """Show it, as soon as can be."""
        raise NotImplementedError

    def withdraw(self, notification_id: str) -> None:
        """Take a notification back; without it, nothing happens."""
        raise NotImplementedError

    @Slot()
    def click(self) -> None:
        """The message of the tray icon was clicked; of no meaning unless it was ours."""

    def stop(self) -> None:
        """Let go of everything. The object is not used any more, and no signal comes."""
        self._ended.clear()

    def _end(self, notification_id: str, reason: Reason) -> None:
        self._ended.append(Closed(notification_id, reason))
        QTimer.singleShot(0, self, self._announce)

    @Slot()
    def _announce(self) -> None:
        ended, self._ended = self._ended, []
        for closed in ended:
            self.closed.emit(closed)

    def _set_support(self, support: Support) -> None:
        if support != self._support:
            self._support = support
            self.changed.emit(support)
