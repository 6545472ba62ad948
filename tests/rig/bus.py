"""Calls on the desktop's own D-Bus session."""

from typing import Any, Final

from jeepney import DBusAddress, DBusErrorResponse, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

DAEMON: Final = "org.freedesktop.DBus"
ANSWER_SECONDS: Final = 30.0


class Bus:
    """A connection to the bus at `address`."""

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)

    def close(self) -> None:
        """Leave the bus."""
        self._connection.close()

    def call(
        self,
        name: str,
        path: str,
        member: str,
        signature: str = "",
        *arguments: Any,
    ) -> tuple[Any, ...]:
        """What ``interface.Method`` of the object answers.

        Raises:
            DBusErrorResponse: It refused.
            TimeoutError: It did not answer.
        """
        interface, _, method = member.rpartition(".")
        message = new_method_call(
            DBusAddress(path, name, interface), method, signature or None, arguments
        )
        answer: tuple[Any, ...] = unwrap_msg(
            self._connection.send_and_get_reply(message, timeout=ANSWER_SECONDS)
        )
        return answer

    def property(self, name: str, path: str, member: str) -> Any:
        """The value of ``interface.Property`` of the object."""
        interface, _, wanted = member.rpartition(".")
        get = "org.freedesktop.DBus.Properties.Get"
        ((_, value),) = self.call(name, path, get, "ss", interface, wanted)
        return value

    def ask(self, name: str, path: str, member: str) -> Any:
        """The same, but None where nobody has the name or has just let go of it."""
        if not self.has(name):
            return None
        try:
            return self.property(name, path, member)
        except DBusErrorResponse:
            return None

    def names(self) -> list[str]:
        """All that somebody has."""
        (names,) = self.call(DAEMON, "/", f"{DAEMON}.ListNames")
        return list(names)

    def has(self, name: str) -> bool:
        """Whether somebody has this name; unlike a call to it, this starts nothing."""
        (owned,) = self.call(DAEMON, "/", f"{DAEMON}.NameHasOwner", "s", name)
        return bool(owned)

    def pid(self, name: str) -> int | None:
        """The process that has this name; None if it has gone."""
        try:
            (pid,) = self.call(DAEMON, "/", f"{DAEMON}.GetConnectionUnixProcessID", "s", name)
        except DBusErrorResponse:
            return None
        return int(pid)
