"""Notifications with buttons by the desktop's own service (org.freedesktop.Notifications).

The service may appear late, go when it has nothing to show (and be started again by the next
message), or be replaced by another that can do less.
"""

from collections.abc import Callable, MutableMapping
from contextlib import suppress
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Slot

from tray.desktop.app_identity import Identity
from tray.desktop.linux.bus import (
    Bus,
    BusFailure,
    BusInterface,
    BusReply,
    BusSignal,
    NoBus,
)
from tray.desktop.linux.notification_buttons import fitting
from tray.desktop.notifier import ActionInvoked, Notification, Notifier, Reason
from tray.desktop.support import PENDING, WORKS, Support, missing, partly
from tray.language import tr

_SERVICE: Final = "org.freedesktop.Notifications"
_NOTIFICATIONS: Final = BusInterface(_SERVICE, "/org/freedesktop/Notifications", _SERVICE)
_REASONS: Final = {1: Reason.EXPIRED, 2: Reason.DISMISSED, 3: Reason.WITHDRAWN}
_AS_THE_SERVICE_LIKES: Final = -1
_TOO_MANY: Final = (
    f"{_SERVICE}.Error.ExcessNotificationGeneration",
    f"{_SERVICE}.MaxNotificationsExceeded",
)
"""Plasma takes the same one once a second, and GNOME Flashback only so many in all."""
_AGAIN_MS: Final = 1_100
_TIMES: Final = 3


class _Live:
    """A notification that has not ended yet."""

    def __init__(self, latest: Notification) -> None:
        self.latest = latest
        self.number = 0
        """What the service calls it; 0 until it has said so."""
        self.number_before = 0
        """What it called the one that this one has replaced, of which a click may still come."""
        self.is_sending = False
        """Whether the service has not answered the last call yet."""
        self.outdated = False
        """Whether `latest` is newer than what the service was told."""
        self.withdrawn = False
        """Whether it is to be closed as soon as it has a number."""
        self.postponed = 0
        """How often the service has had too many for now."""


class BusNotifier(Notifier):
    """Notifications of the service on `bus`, which `stop` closes.

    Args:
        bus: the session's bus, for this object alone.
        identity: whom the notifications are from.
        environ: where Qt looks for the permission to come to the front that goes with an answer.
        parent: as Qt has it.
        connect_anew: Connects to the bus again when the connection was lost; may raise `NoBus`.
    """

    def __init__(
        self,
        bus: Bus,
        identity: Identity,
        *,
        environ: MutableMapping[str, str],
        parent: QObject | None = None,
        connect_anew: Callable[[], Bus] | None = None,
    ) -> None:
        super().__init__(parent)
        self._support = PENDING
        self._connect_anew = connect_anew
        self._is_lost = False
        self._identity = identity
        self._environ = environ
        self._capabilities: frozenset[str] | None = None
        """None while it is not known whether there is a service."""
        self._live: dict[str, _Live] = {}
        self._use(bus)

    def _use(self, bus: Bus) -> None:
        self._bus = bus
        bus.lost.connect(self._lose)
        bus.listen(_SERVICE, _SERVICE, self._on_signal)
        bus.watch(_SERVICE, self._on_owner_changed)
        self._looking = False
        self._look()

    def _reconnect(self) -> None:
        """Look for the bus again; where there is none, what is shown next ends as before."""
        if self._connect_anew is None:
            return
        with suppress(NoBus):
            bus = self._connect_anew()
            self._is_lost = False
            self._bus.close()
            self._use(bus)

    @property
    def has_buttons(self) -> bool:
        """Whether the service lists actions among what it can do."""
        return "actions" in (self._capabilities or ())

    def show(self, notification: Notification) -> None:
        """Show it now, or when the service is there."""
        if self._is_lost:
            self._reconnect()
        live = self._live.setdefault(notification.id, _Live(notification))
        live.latest = notification
        live.outdated = True
        self._send_or_look(live)

    def withdraw(self, notification_id: str) -> None:
        """Take a notification back, also one that the service does not show yet."""
        live = self._live.get(notification_id)
        if live:
            live.withdrawn = True
            self._close(live)
            self._finish(live, Reason.WITHDRAWN)

    def stop(self) -> None:
        """Take back what is shown, whose buttons would do nothing any more, and leave the bus."""
        super().stop()
        for live in self._live.values():
            self._close(live)
        self._live.clear()
        self._bus.close()

    def _look(self) -> None:
        """Ask the service what it can do, which starts it if it can be started."""
        if not self._looking:
            self._looking = True
            self._bus.call(_NOTIFICATIONS, "GetCapabilities", then=self._found)

    def _found(self, reply: BusReply) -> None:
        self._looking = False
        match reply:
            case (list(capabilities),):
                self._capabilities = frozenset(capabilities)
                self._set_support(self._as_far_as_known())
                for live in tuple(self._live.values()):
                    self._send(live)
            case _:
                why = tr("This desktop has no notification service. Install one, say dunst.")
                self._set_support(missing(why))
                self._end_all()

    def _as_far_as_known(self) -> Support:
        if self.has_buttons:
            return WORKS
        return partly(tr("The notification service of this desktop shows no buttons."))

    def _on_owner_changed(self, there: bool) -> None:
        known = self._capabilities is not None
        self._capabilities = None
        self._end_shown()
        if there:
            self._look()
        elif known:
            why = tr("The notification service has gone; the next message may start it again.")
            self._set_support(partly(why))

    @Slot(object)
    def _lose(self, why: str) -> None:
        text = tr("The connection to the desktop is gone ({why}).").format(why=why)
        self._set_support(missing(text))
        self._capabilities = None
        self._is_lost = True
        self._end_all()

    def _end_shown(self) -> None:
        for live in tuple(self._live.values()):
            if live.number:
                self._finish(live, Reason.LOST)

    def _end_all(self) -> None:
        self._end_shown()
        for live in tuple(self._live.values()):
            self._finish(live, Reason.NOT_SHOWN)

    def _finish(self, live: _Live, reason: Reason) -> None:
        if self._is_live(live):
            del self._live[live.latest.id]
            self._end(live.latest.id, reason)

    def _is_live(self, live: _Live) -> bool:
        return self._live.get(live.latest.id) is live

    def _send(self, live: _Live) -> None:
        """Tell the service the latest, unless it has to say first what it calls the one before."""
        if live.is_sending or not live.outdated:
            return
        live.is_sending, live.outdated = True, False
        if live.number and live.latest.actions:  # GNOME would show it without its buttons
            self._close(live)
            live.number_before, live.number = live.number, 0
        self._bus.call(
            _NOTIFICATIONS,
            "Notify",
            signature="susssasa{sv}i",
            body=self._packed(live.latest, live.number),
            then=partial(self._sent, live),
        )

    def _sent(self, live: _Live, reply: BusReply) -> None:
        live.is_sending = False
        match reply:
            case (int(number),):
                live.number = number
                live.postponed = 0
            case BusFailure(error) if error in _TOO_MANY and live.postponed < _TIMES:
                live.postponed += 1
                live.outdated = True
                QTimer.singleShot(_AGAIN_MS, self, partial(self._send_postponed, live))
                return
            case _:
                self._finish(live, Reason.NOT_SHOWN)
        if live.withdrawn:
            self._close(live)
        elif self._is_live(live):
            self._send(live)

    def _send_postponed(self, live: _Live) -> None:
        if self._is_live(live):
            self._send_or_look(live)

    def _send_or_look(self, live: _Live) -> None:
        """Send it, or look for the service, which is sent all once it is found."""
        if self._capabilities is None:
            self._look()
        else:
            self._send(live)

    def _close(self, live: _Live) -> None:
        if live.number:
            body = (live.number,)
            self._bus.call(_NOTIFICATIONS, "CloseNotification", signature="u", body=body)

    def _on_signal(self, signal: BusSignal) -> None:
        match signal.member, signal.body:
            case "ActionInvoked", (int(number), str(action)):
                if live := self._numbered(number) or self._replaced(number):
                    del self._live[live.latest.id]
                    live.withdrawn = True
                    self._close(live)  # many services leave it on the screen
                    self.answered.emit(ActionInvoked(live.latest.id, action))
            case "ActivationToken", (int(number), str(token)):
                if self._numbered(number):
                    self._environ["XDG_ACTIVATION_TOKEN"] = token
            case "NotificationClosed", (int(number), int(reason)):
                if live := self._numbered(number):
                    self._finish(live, _REASONS.get(reason, Reason.LOST))

    def _numbered(self, number: int) -> _Live | None:
        return next((live for live in self._live.values() if live.number == number), None)

    def _replaced(self, number: int) -> _Live | None:
        return next((live for live in self._live.values() if live.number_before == number), None)

    def _packed(self, notification: Notification, replaces: int) -> tuple[Any, ...]:
        """The arguments of Notify."""
        title, body = notification.title, notification.body
        capabilities = self._capabilities or frozenset()
        if "body" not in capabilities and body:
            title, body = f"{title}: {body}", ""
        if "body-markup" in capabilities:
            body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        actions = fitting(notification.actions, capabilities) if self.has_buttons else ()
        hints = {
            "urgency": ("y", notification.urgency.value),
            "desktop-entry": ("s", self._identity.app_id),
        }
        lasts_ms = notification.lasts_ms
        return (
            self._identity.name,
            replaces,
            self._identity.icon,
            _sendable(title),
            _sendable(body),
            [_sendable(part) for each in actions for part in (each.key, each.label)],
            hints,
            _AS_THE_SERVICE_LIKES if lasts_ms is None else lasts_ms,
        )


def _sendable(text: str) -> str:
    """Without what D-Bus forbids: NUL, and the halves of characters that come from arguments."""
    return text.encode(errors="replace").decode().replace("\0", "")
