"""What the notification daemon was asked to show, overheard on the bus, and the user's answers."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.rig.bus import Bus
from tests.rig.process import Process
from tests.rig.waiting import wait_until

NAME: Final = "org.freedesktop.Notifications"
DUNST: Final = "org.dunstproject.cmd0"
PATH: Final = "/org/freedesktop/Notifications"
MONITORING: Final = DBusAddress(
    "/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring"
)
OVERHEARD: Final = (
    f"type='method_call',interface='{NAME}',member='Notify'",
    f"type='method_return',sender='{NAME}'",
    f"type='signal',interface='{NAME}',member='NotificationClosed'",
)


class Notification(NamedTuple):
    """As a program sent it."""

    id: int
    app: str
    title: str
    body: str
    actions: Mapping[str, str]
    """Labels by their keys; the key ``default`` is a click on the notification."""
    hints: Mapping[str, Any]
    timeout_ms: int
    """-1 leaves it to the daemon, 0 is for ever."""


class Overheard:
    """What goes to any notification daemon on the bus at `address`, and what comes of it."""

    def __init__(self, address: str) -> None:
        self._sent: dict[tuple[str, int], Notification] = {}
        self._all: dict[int, Notification] = {}
        self._closed: set[int] = set()
        self._monitor = open_dbus_connection(address)
        become = new_method_call(MONITORING, "BecomeMonitor", "asu", (list(OVERHEARD), 0))
        unwrap_msg(self._monitor.send_and_get_reply(become))

    def close(self) -> None:
        """Leave the bus."""
        self._monitor.close()

    def sent(self) -> list[Notification]:
        """All that the daemon took since the last `clear`; where one replaced another, that one."""
        self._listen()
        return list(self._all.values())

    def shown(self) -> list[Notification]:
        """Those that nobody has closed yet."""
        return [each for each in self.sent() if each.id not in self._closed]

    def wait_for(self, words: str) -> Notification:
        """The first one shown with `words` in its title or body, as soon as there is one.

        Raises:
            TimeoutError: There was none; it names what there was instead.
        """
        try:
            return wait_until(
                lambda: next((e for e in self.shown() if words in f"{e.title}\n{e.body}"), None)
            )
        except TimeoutError:
            rest = (f"unanswered {list(self._sent.values())}", f"closed {self._closed}")
            raise TimeoutError(f"No {words!r} among {self.sent()}, {', '.join(rest)}") from None

    def forget(self) -> None:
        """Begin anew with nothing sent."""
        self._listen()
        self._all.clear()
        self._closed.clear()

    def _listen(self) -> None:
        try:
            while True:
                self._take(self._monitor.receive(timeout=0))
        except TimeoutError:  # that was all
            return

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is MessageType.method_call:
            self._sent[fields[HeaderFields.sender], message.header.serial] = _unnumbered(message)
        elif message.header.message_type is MessageType.signal:
            self._closed.add(message.body[0])
        else:
            answered = (fields[HeaderFields.destination], fields[HeaderFields.reply_serial])
            if notification := self._sent.pop(answered, None):
                (number,) = message.body
                self._closed.discard(number)
                self._all[number] = notification._replace(id=number)


class Notifications(Overheard):
    """dunst on the bus at `address`.

    Args:
        address: Of the bus.
        launch: Starts a process under a name.
        answer: The file that says which action dunst shall take to be chosen.
    """

    def __init__(self, address: str, *, launch: Callable[..., Process], answer: Path) -> None:
        super().__init__(address)
        self._bus = Bus(address)
        self._launch = launch
        self._answer = answer
        self._dunst: Process | None = None

    def close(self) -> None:
        """Leave the bus."""
        super().close()
        self._bus.close()

    def start(self) -> None:
        """Have a notification daemon, if there is none."""
        if self._dunst is None or not self._dunst.running:
            self._dunst = self._launch("dunst", "dunst")

    def wait(self) -> None:
        """Return as soon as the daemon can be asked."""
        wait_until(lambda: self._bus.has(NAME))

    def stop(self) -> None:
        """Have none: what is sent goes nowhere, as on a desktop without a daemon."""
        if self._dunst is not None:
            self._dunst.kill()
        wait_until(lambda: not self._bus.has(NAME))

    def choose(self, notification: Notification, key: str) -> None:
        """Press one of its buttons; of ``undo 7`` the number may be left out."""
        key = next(
            (each for each in notification.actions if re.fullmatch(rf"{key}( \d+)?", each)), key
        )
        if key not in notification.actions:
            raise LookupError(f"No action {key!r} among {dict(notification.actions)}.")
        self._answer.write_text(f"[{notification.id},{key}]\n", encoding="utf-8")
        self._tell_dunst("ContextMenuCall")

    def clear(self) -> None:
        """Close all and forget them."""
        if self._bus.has(NAME):
            self._tell_dunst("NotificationCloseAll")
        self.forget()

    def _tell_dunst(self, method: str) -> None:
        self._bus.call(NAME, PATH, f"{DUNST}.{method}")


def _unnumbered(message: Message) -> Notification:
    app, _, _, title, body, actions, hints, timeout_ms = message.body
    return Notification(
        id=0,
        app=app,
        title=title,
        body=body,
        actions=dict(zip(actions[::2], actions[1::2], strict=True)),
        hints={name: value for name, (_, value) in hints.items()},
        timeout_ms=timeout_ms,
    )
