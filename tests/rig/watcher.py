"""A StatusNotifierWatcher that draws nothing: icons register, and tests drive them over D-Bus.

Run as a script, so that it can be killed as a panel can be.
"""

from typing import Any, Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME: Final = "org.kde.StatusNotifierWatcher"
PATH: Final = "/StatusNotifierWatcher"
ADDRESS: Final = DBusAddress(PATH, NAME, NAME)
PROPERTIES: Final = DBusAddress(PATH, NAME, "org.freedesktop.DBus.Properties")
UNKNOWN: Final = "org.freedesktop.DBus.Error.UnknownMethod"


class Watcher:
    """Answers on `bus` until it closes."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus
        self._items: list[str] = []
        self._methods = {
            "RegisterStatusNotifierItem": self._register,
            "RegisterStatusNotifierHost": self._register_host,
            "Get": self._get,
            "GetAll": self._get_all,
        }

    def serve(self) -> None:
        owners = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
        self._bus.send_and_get_reply(message_bus.AddMatch(owners))
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._tell("StatusNotifierHostRegistered")
        while True:
            self._take(self._bus.receive())

    def _take(self, message: Message) -> None:
        member = message.header.fields.get(HeaderFields.member)
        if message.header.message_type is MessageType.signal and member == "NameOwnerChanged":
            name, _, owner = message.body
            if not owner:
                self._forget(name)
        elif message.header.message_type is MessageType.method_call:
            method = self._methods.get(member)
            self._bus.send(method(message) if method else new_error(message, UNKNOWN))

    def _register(self, message: Message) -> Message:
        (item,) = message.body
        if item.startswith("/"):
            item = message.header.fields[HeaderFields.sender] + item
        if item not in self._items:
            self._items.append(item)
            self._tell("StatusNotifierItemRegistered", "s", item)
        return new_method_return(message)

    def _register_host(self, message: Message) -> Message:
        return new_method_return(message)

    def _get(self, message: Message) -> Message:
        _, name = message.body
        return new_method_return(message, "v", (self._properties()[name],))

    def _get_all(self, message: Message) -> Message:
        return new_method_return(message, "a{sv}", (self._properties(),))

    def _properties(self) -> dict[str, tuple[str, Any]]:
        return {
            "RegisteredStatusNotifierItems": ("as", self._items),
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
        }

    def _forget(self, name: str) -> None:
        for item in [each for each in self._items if each.partition("/")[0] == name]:
            self._items.remove(item)
            self._tell("StatusNotifierItemUnregistered", "s", item)

    def _tell(self, signal: str, signature: str | None = None, *body: str) -> None:
        self._bus.send(new_signal(ADDRESS, signal, signature, body))


if __name__ == "__main__":
    with open_dbus_connection("SESSION") as session:
        Watcher(session).serve()
