"""The D-Bus session or system bus, spoken to without ever waiting for it.

jeepney packs and unpacks the messages; the socket is read when Qt says that there is something to
read. (Qt's own D-Bus cannot send the unsigned and nested values that notifications and portals
need.)
"""

import os
import socket
import stat
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import count

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.fds import FileDescriptor, fds_buf_size
from PySide6.QtCore import (
    QDeadlineTimer,
    QObject,
    QSocketNotifier,
    QTimer,
    Signal,
    Slot,
)

from tray.language import tr
from tray.lean_typing import Any, Final, NamedTuple

ADDRESS_VARIABLE: Final = "DBUS_SESSION_BUS_ADDRESS"
SYSTEM_VARIABLE: Final = "DBUS_SYSTEM_BUS_ADDRESS"
SYSTEM_SOCKET: Final = "/run/dbus/system_bus_socket"
TIMEOUT_MS: Final = 10_000
"""A service has answered by then or never will; starting one on demand may take a second."""
_READ_BYTES: Final = 1 << 16
_FAILED: Final = "org.freedesktop.DBus.Error.Failed"
_UNKNOWN: Final = "org.freedesktop.DBus.Error.UnknownMethod"


class NoBus(Exception):
    """There is no D-Bus session; the message says why."""


class BusInterface(NamedTuple):
    """One interface of one object of a service."""

    service: str
    path: str
    interface: str


class BusFailure(NamedTuple):
    """A call was not answered, or with an error."""

    error: str
    """Such as ``org.freedesktop.DBus.Error.ServiceUnknown``; empty if nobody answered."""
    text: str


class BusSignal(NamedTuple):
    """A signal of a service."""

    path: str
    member: str
    body: tuple[Any, ...]


class BusCall(NamedTuple):
    """Somebody calls a method of an object of ours."""

    interface: str
    """Empty if the caller leaves it open."""
    member: str
    body: tuple[Any, ...]


class BusAnswer(NamedTuple):
    """What is answered: the values, and their types as D-Bus writes them."""

    signature: str = ""
    body: tuple[Any, ...] = ()


class Unknown(Exception):
    """There is no such method, property or row here; the message says which."""


DAEMON: Final = BusInterface(message_bus.bus_name, message_bus.object_path, message_bus.interface)
"""The bus itself, as a service."""

BusReply = tuple[Any, ...] | BusFailure
"""What came back: the values in order, or why there are none. Variants are (signature, value)."""


def address(environ: Mapping[str, str]) -> str:
    """Where the session's bus is to be found; empty if nothing says so."""
    named = environ.get(ADDRESS_VARIABLE)
    if named:
        return named
    usual = f"{environ.get('XDG_RUNTIME_DIR', '')}/bus"
    return f"unix:path={usual}" if _is_socket(usual) else ""


def system_address(environ: Mapping[str, str]) -> str:
    """Where the computer's own bus is to be found; empty if nothing says so."""
    named = environ.get(SYSTEM_VARIABLE)
    if named:
        return named
    return f"unix:path={SYSTEM_SOCKET}" if _is_socket(SYSTEM_SOCKET) else ""


class _PendingCall(NamedTuple):
    then: Callable[[BusReply], None]
    until: QDeadlineTimer


class Bus(QObject):
    """A connection to the bus at `address`.

    Everything happens on the thread that made it. Callbacks come from the event loop, never from
    within `call`.

    Args:
        address: as D-Bus writes them.
        parent: as Qt has it.
        timeout_ms: after which a call without an answer has failed.
        files: whether answers may bring open files, as jeepney's `FileDescriptor`.

    Raises:
        NoBus: there is nobody at the address.
    """

    lost = Signal(object)
    """Carries in words why there is no connection any more; all calls have failed by then."""

    def __init__(
        self,
        address: str,
        parent: QObject | None = None,
        *,
        timeout_ms: int = TIMEOUT_MS,
        files: bool = False,
    ) -> None:
        super().__init__(parent)
        self._timeout_ms = timeout_ms
        self._files = files
        self._socket = _connected(address)
        self._authenticator = Authenticator(enable_fds=files)
        self._parser = Parser()
        self._serials = count(1)
        self._waiting: dict[int, _PendingCall] = {}
        self._listeners: dict[tuple[str, str], Callable[[BusSignal], None]] = {}
        """By service and interface."""
        self._owners: dict[str, str] = {}
        """The connection behind each service that is listened to or watched; empty for none."""
        self._watchers: dict[str, Callable[[bool], None]] = {}
        self._served: dict[str, Callable[[BusCall], BusAnswer]] = {}
        """What answers for each object of ours."""
        self.name = ""
        """What the bus calls this connection, once it has let us in."""
        self._unsent = bytearray(self._authenticator.data_to_send())
        self._held_back = bytearray()
        """What may only be sent once we are let in."""
        self._timeout = QTimer(self, singleShot=True)
        self._timeout.setObjectName("bus-patience")
        self._timeout.timeout.connect(self._give_up)
        self._reader = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._read)
        self._writer = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Write, self)
        self._writer.activated.connect(self._write)
        hello = self._post(message_bus.Hello())
        self._waiting[hello] = _PendingCall(self._greeted, QDeadlineTimer(timeout_ms))

    def _greeted(self, reply: BusReply) -> None:
        match reply:
            case (str(name),):
                self.name = name

    def call(
        self,
        target: BusInterface,
        member: str,
        *,
        signature: str = "",
        body: tuple[Any, ...] = (),
        then: Callable[[BusReply], None] | None = None,
        may_start: bool = True,
    ) -> None:
        """Call a method; `then` gets what came back, or a `BusFailure` after some seconds.

        Unless it `may_start` the service, the call fails where that one is not running.
        """
        where = DBusAddress(target.path, target.service, target.interface)
        message = new_method_call(where, member, signature or None, body)
        if not may_start:
            message.header.flags |= MessageFlag.no_auto_start
        serial = self._post(message)
        if then:
            self._waiting[serial] = _PendingCall(then, QDeadlineTimer(self._timeout_ms))
            self._wait_on()
            if not self._reader.isEnabled():
                QTimer.singleShot(0, self, self._fail_all)

    def listen(
        self,
        service: str,
        interface: str,
        then: Callable[[BusSignal], None],
        *,
        path: str | None = None,
    ) -> None:
        """Have `then` called with the signals of an interface of `service`, or of one object there.

        Anybody may send a signal of that name, also to us alone: only the owner's are believed.
        """
        self._follow(service)
        self._listeners[service, interface] = then
        rule = MatchRule(type="signal", sender=service, interface=interface, path=path)
        self._post(message_bus.AddMatch(rule))

    def serve(self, path: str, answer: Callable[[BusCall], BusAnswer]) -> None:
        """Be an object at `path`; `answer` raises `Unknown` for what it has not."""
        self._served[path] = answer

    def send_signal(self, source: BusInterface, member: str, answer: BusAnswer) -> None:
        """Send a signal of an object of ours, to all who listen."""
        where = DBusAddress(source.path, interface=source.interface)
        self._post(new_signal(where, member, answer.signature or None, answer.body))

    def watch(self, service: str, then: Callable[[bool], None]) -> None:
        """Have `then` told when a service has appeared (or been replaced), or has gone."""
        self._watchers[service] = then
        self._follow(service)

    def _follow(self, service: str) -> None:
        """Know from now on who owns a service; asked before its signals can come."""
        if service in self._owners:
            return
        self._owners[service] = ""
        rule = MatchRule(
            type="signal",
            sender=DAEMON.service,
            interface=DAEMON.interface,
            member="NameOwnerChanged",
        )
        rule.add_arg_condition(0, service)
        self._post(message_bus.AddMatch(rule))
        self.call(
            DAEMON,
            "GetNameOwner",
            signature="s",
            body=(service,),
            then=partial(self._own, service),
        )

    def _own(self, service: str, reply: BusReply) -> None:
        match reply:
            case (str(owner),):
                self._owners[service] = owner

    def close(self) -> None:
        """Leave the bus, with what can be sent at once. Nobody is called back any more."""
        if self._reader.isEnabled():
            self._write()
        for callbacks in (self._waiting, self._listeners, self._watchers, self._served):
            callbacks.clear()
        self._timeout.stop()
        self._reader.setEnabled(False)
        self._writer.setEnabled(False)
        self._socket.close()
        _close_files(self._parser.fds)

    def _post(self, message: Message) -> int:
        serial = next(self._serials)
        data = message.serialise(serial)
        if self._authenticator.authenticated:
            self._unsent += data
        else:
            self._held_back += data
        self._writer.setEnabled(self._reader.isEnabled())
        return serial

    @Slot()
    def _write(self) -> None:
        try:
            sent = self._socket.send(self._unsent)
        except BlockingIOError:
            return
        except OSError:  # reading will find the connection closed, and say so
            sent = len(self._unsent)
        del self._unsent[:sent]
        self._writer.setEnabled(bool(self._unsent))

    @Slot()
    def _read(self) -> None:
        try:
            data, files = self._received()
        except BlockingIOError:
            return
        except OSError as failure:
            self._lose(str(failure))
            return
        if not data:
            self._lose(tr("the bus has closed it"))
        elif self._authenticator.authenticated:
            self._parser.add_data(data, files)
            self._receive_all()
        else:
            self._be_let_in(data)

    @Slot()
    def _receive_all(self) -> None:
        try:
            for message in iter(self._parser.get_next_message, None):
                self._receive(message)
        except Exception:  # a bug of who is called keeps back nothing that came behind it
            QTimer.singleShot(0, self, self._receive_all)
            raise

    def _received(self) -> tuple[bytes, list[FileDescriptor]]:
        """What has come; if it may bring files, not more than one message, whose they are then."""
        if not self._files:
            return self._socket.recv(_READ_BYTES), []
        data, more, _, _ = self._socket.recvmsg(self._parser.bytes_desired(), fds_buf_size())
        return data, FileDescriptor.from_ancdata(more)

    def _be_let_in(self, data: bytes) -> None:
        try:
            self._authenticator.feed(data)
        except AuthenticationError as failure:
            self._lose(str(failure))
            return
        self._unsent += self._authenticator.data_to_send() or b""
        if self._authenticator.authenticated:
            self._unsent += BEGIN + self._held_back
        self._writer.setEnabled(bool(self._unsent))

    def _receive(self, message: Message) -> None:
        fields = message.header.fields
        match message.header.message_type:
            case MessageType.method_return:
                self._answer(fields[HeaderFields.reply_serial], message.body)
            case MessageType.error:
                text = message.body[0] if message.body else ""
                failure = BusFailure(fields[HeaderFields.error_name], str(text))
                self._answer(fields[HeaderFields.reply_serial], failure)
            case MessageType.signal:
                self._deliver(fields[HeaderFields.interface], message)
            case MessageType.method_call:
                self._serve(message)

    def _serve(self, call: Message) -> None:
        fields = call.header.fields
        member = fields[HeaderFields.member]
        answer = self._served.get(fields[HeaderFields.path])
        try:
            if answer is None:
                raise Unknown(fields[HeaderFields.path])
            found = answer(BusCall(fields.get(HeaderFields.interface, ""), member, call.body))
            reply = new_method_return(call, found.signature or None, found.body)
        except Unknown as unknown:
            reply = new_error(call, _UNKNOWN, "s", (f"There is no {unknown} here.",))
        except Exception:  # nobody waits for an answer that never comes
            self._reply(call, new_error(call, _FAILED, "s", ("This failed.",)))
            raise
        self._reply(call, reply)

    def _reply(self, call: Message, reply: Message) -> None:
        if not call.header.flags & MessageFlag.no_reply_expected:
            self._post(reply)

    def _deliver(self, interface: str, message: Message) -> None:
        fields = message.header.fields
        sender, member = fields.get(HeaderFields.sender), fields[HeaderFields.member]
        if sender == DAEMON.service and member == "NameOwnerChanged":
            service, _, owner = message.body
            self._change_owner(service, owner)
            return
        for (service, listened), then in self._listeners.items():
            if listened == interface and self._owners[service] == sender:
                then(BusSignal(fields[HeaderFields.path], member, message.body))
                return

    def _change_owner(self, service: str, owner: str) -> None:
        if service in self._owners:
            self._owners[service] = owner
        if service in self._watchers:
            self._watchers[service](bool(owner))

    def _answer(self, serial: int, reply: BusReply) -> None:
        waiting = self._waiting.pop(serial, None)
        if waiting:
            self._wait_on()
            waiting.then(reply)
        else:
            _close_files(reply)

    def _wait_on(self) -> None:
        """Keep the clock running for the call that was made first, if any is unanswered."""
        first = next(iter(self._waiting.values()), None)
        if first:
            self._timeout.start(max(1, first.until.remainingTime()))
        else:
            self._timeout.stop()

    @Slot()
    def _give_up(self) -> None:
        for serial, waiting in tuple(self._waiting.items()):
            if waiting.until.hasExpired():
                self._answer(serial, BusFailure("", tr("no answer")))
        self._wait_on()

    @Slot()
    def _fail_all(self) -> None:
        for serial in tuple(self._waiting):
            self._answer(serial, BusFailure("", tr("the connection is gone")))

    def _lose(self, why: str) -> None:
        self._reader.setEnabled(False)
        self._writer.setEnabled(False)
        self._fail_all()
        self.lost.emit(why)


def _close_files(values: Iterable[Any]) -> None:
    """Close those that came for nobody."""
    for value in values:
        if isinstance(value, FileDescriptor):
            value.close()


def _connected(address: str) -> socket.socket:
    if not address:
        raise NoBus(tr("no D-Bus session"))
    try:
        place = next(get_connectable_addresses(address))
    except (RuntimeError, ValueError) as failure:
        raise NoBus(tr("no D-Bus session at {address}").format(address=address)) from failure
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.setblocking(False)
        connection.connect(place)
    except OSError as failure:
        connection.close()
        raise NoBus(
            tr("no D-Bus session at {address}: {reason}").format(
                address=address, reason=failure.strerror
            )
        ) from failure
    return connection


def _is_socket(path: str) -> bool:
    try:
        return stat.S_ISSOCK(os.stat(path).st_mode)
    except OSError:
        return False
