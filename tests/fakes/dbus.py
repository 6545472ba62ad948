"""A D-Bus session of a test's own, and services on it that answer as the test wants."""

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import IOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

CONFIGURATION: Final = """<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class BusDaemon:
    """A session bus that starts no service by itself."""

    def __init__(self, folder: Path) -> None:
        self._configuration = folder / "session.conf"
        self._configuration.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
        self.address = self.start()

    def start(self) -> str:
        """Begin, perhaps again at the same place, with nobody connected; return the address."""
        self._process = subprocess.Popen(
            ["dbus-daemon", f"--config-file={self._configuration}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def stop(self) -> None:
        """End it, as at the end of a session."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()


@contextmanager
def open_bus() -> Iterator[BusDaemon]:
    """A bus while it lasts; in a folder of its own, as a socket's path has to be short."""
    with TemporaryDirectory(prefix="bus-") as folder:
        daemon = BusDaemon(Path(folder))
        try:
            yield daemon
        finally:
            daemon.stop()


class Caller(NamedTuple):
    """Who calls, and which object."""

    sender: str
    path: str


class Refusal(Exception):
    """A service answers with an error that says this, and is called so."""

    def __init__(self, text: str, kind: str = "Error") -> None:
        super().__init__(text)
        self.kind = kind


class Service:
    """Something with a name on the bus, answering in a thread of its own.

    A subclass has a method ``on_member(caller, *arguments)`` for each one that can be called; it
    returns a signature and the values, or None to leave the call unanswered.
    """

    name: str
    path: str
    interface: str

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address, enable_fds=True)
        self._connection.send_and_get_reply(message_bus.RequestName(self.name))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        """Leave the bus, as a process that dies does."""
        self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._connection.close()

    def emit(
        self,
        member: str,
        signature: str,
        *body: Any,
        path: str = "",
        interface: str = "",
        to: str = "",
    ) -> None:
        """Send a signal, to everybody or to one connection."""
        emitter = DBusAddress(path or self.path, interface=interface or self.interface)
        signal = new_signal(emitter, member, signature or None, body)
        if to:
            signal.header.fields[HeaderFields.destination] = to
        self._connection.send(signal)

    def _serve(self) -> None:
        try:
            while True:
                message = self._connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)
        except OSError:  # it was told to stop, or the bus has gone
            return

    def _answer(self, call: Message) -> None:
        fields = call.header.fields
        method = getattr(self, f"on_{fields[HeaderFields.member].lower()}", None)
        if method is None:
            self._connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))
            return
        try:
            caller = Caller(fields[HeaderFields.sender], fields[HeaderFields.path])
            answer = method(caller, *call.body)
        except Refusal as refusal:
            error = f"{self.interface}.{refusal.kind}"
            self._connection.send(new_error(call, error, "s", (str(refusal),)))
            return
        if answer is not None:
            signature, *body = answer
            try:
                self._connection.send(new_method_return(call, signature or None, tuple(body)))
            finally:
                for sent in body:
                    if isinstance(sent, IOBase):
                        sent.close()  # the caller has it now
