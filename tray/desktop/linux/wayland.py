"""The wire protocol of Wayland, as far as it takes to bind globals and hear their events.

No message that is used here carries a file, so a plain socket does. It is read when Qt says so, and
nothing waits.
"""

import os
import socket
import struct
from collections.abc import Callable, Mapping
from itertools import count
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

from tray.language import tr

_HEADER: Final = struct.Struct("=II")
_DISPLAY: Final = 1
_SYNC: Final = 0
_GET_REGISTRY: Final = 1
_BIND: Final = 0
_ERROR_EVENT: Final = 0
_GLOBAL_EVENT: Final = 0
_READ_BYTES: Final = 1 << 16

Event = Callable[[int, bytes], None]
"""Takes the number of an object's event, and its arguments as they came."""


class NoCompositor(Exception):
    """There is no Wayland here; the message says why."""


class Global(NamedTuple):
    """Something the compositor offers."""

    number: int
    version: int


class Wayland(QObject):
    """A connection to the compositor whose socket is at `path`.

    Everything happens on the thread that made it; callbacks come from the event loop.

    Raises:
        NoCompositor: nobody listens there.
    """

    ready = Signal()
    """What the compositor offers is in `globals`."""
    lost = Signal(object)
    """Carries in words why there is no connection any more."""

    def __init__(self, path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.globals: dict[str, Global] = {}
        """The first of each interface."""
        self._socket = _connected(path)
        self._received = bytearray()
        self._numbers = count(_DISPLAY + 1)
        self._events: dict[int, Event] = {_DISPLAY: self._on_display_event}
        self._reader = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._read)
        self._registry = self.make(self._on_global_event)
        self.request(_DISPLAY, _GET_REGISTRY, uint(self._registry))
        self.when_done(self.ready.emit)

    @property
    def connected(self) -> bool:
        """Whether the compositor can be heard."""
        return self._reader.isEnabled()

    def make(self, then: Event) -> int:
        """The number of a new object, whose events `then` gets; a request has to say what it is."""
        number = next(self._numbers)
        self._events[number] = then
        return number

    def bind(self, interface: str, version: int, *, then: Event) -> int:
        """The number of an object for a global, which has to be there."""
        number = self.make(then)
        body = uint(self.globals[interface].number) + text(interface) + uint(version, number)
        self.request(self._registry, _BIND, body)
        return number

    def request(self, number: int, opcode: int, body: bytes = b"") -> None:
        """Have an object do something."""
        size = _HEADER.size + len(body)
        try:
            self._socket.sendall(_HEADER.pack(number, size << 16 | opcode) + body)
        except OSError as failure:
            self._lose(str(failure))

    def when_done(self, then: Callable[[], None]) -> None:
        """Have `then` called once everything is done that was asked for so far."""
        self.request(_DISPLAY, _SYNC, uint(self.make(lambda _event, _body: then())))

    def close(self) -> None:
        """Leave. Nobody is called back any more."""
        self._events.clear()
        self._reader.setEnabled(False)
        self._socket.close()

    @Slot()
    def _read(self) -> None:
        try:
            data = self._socket.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError as failure:
            self._lose(str(failure))
            return
        if not data:
            self._lose(tr("the compositor has closed it"))
        self._received += data
        while len(self._received) >= _HEADER.size and self.connected:
            number, word = _HEADER.unpack_from(self._received)
            size, event = word >> 16, word & 0xFFFF
            if len(self._received) < size:
                break
            body = bytes(self._received[_HEADER.size : size])
            del self._received[: max(size, _HEADER.size)]
            if number in self._events:
                self._events[number](event, body)

    def _on_display_event(self, event: int, body: bytes) -> None:
        if event == _ERROR_EVENT:
            self._lose(_text(body[8:]))

    def _on_global_event(self, event: int, body: bytes) -> None:
        if event == _GLOBAL_EVENT:
            (number,) = struct.unpack_from("=I", body)
            (version,) = struct.unpack_from("=I", body, len(body) - 4)
            self.globals.setdefault(_text(body[4:]), Global(number, version))

    def _lose(self, why: str) -> None:
        if self.connected:
            self._reader.setEnabled(False)
            self.lost.emit(why)


def uint(*values: int) -> bytes:
    """Arguments that are numbers, or objects."""
    return struct.pack(f"={len(values)}I", *values)


def text(value: str) -> bytes:
    """An argument that is a text: its length with the NUL, then both, filled up to words."""
    data = value.encode() + b"\0"
    return uint(len(data)) + data + bytes(-len(data) % 4)


def _text(data: bytes) -> str:
    (length,) = struct.unpack_from("=I", data)
    return data[4 : 4 + length - 1].decode(errors="replace")


def place(environ: Mapping[str, str]) -> str:
    """Where the session's compositor listens; empty if nothing says that there is one."""
    name = environ.get("WAYLAND_DISPLAY", "")
    return os.path.join(environ.get("XDG_RUNTIME_DIR", ""), name) if name else ""


def _connected(path: str) -> socket.socket:
    if not path:
        raise NoCompositor(tr("the session is not one of Wayland"))
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.setblocking(False)
        connection.connect(path)
    except OSError as failure:
        connection.close()
        sentence = tr("no compositor at {path}: {reason}")
        raise NoCompositor(sentence.format(path=path, reason=failure.strerror)) from failure
    return connection
