"""A Wayland compositor that shows nothing and knows only who is there (ext-idle-notify-v1)."""

import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.fakes.user import User

DISPLAY: Final = 1
SEAT: Final = (10, "wl_seat", 8)
OTHERS: Final = ((3, "wl_compositor", 5), (11, "wl_output", 4))


class FakeCompositor:
    """Serves one program after the other at ``wayland-9`` in `folder`.

    Args:
        folder: where the socket is made.
        user: who touches things.
        version: of ext_idle_notifier_v1; 0 is a compositor without.
    """

    def __init__(self, folder: Path, user: User, *, version: int) -> None:
        self.globals = [
            *OTHERS,
            SEAT,
            *([(40, "ext_idle_notifier_v1", version)] if version else []),
        ]
        self.asked: list[tuple[str, int]] = []
        """For each notification by which request, and its milliseconds."""
        self.inhibited = False
        """Whether a film is on, which keeps all but notifications about input from being sent."""
        self.slices = 4096
        """How many bytes are sent at once."""
        self.path = str(folder / "wayland-9")
        self._user = user
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(self.path)
        self._listening.listen()
        self._program: socket.socket | None = None
        self._stopped = False
        self._bound: dict[int, str] = {}
        self._away: dict[int, bool] = {}
        user.touched.append(self._resume)
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        """Crash; once is enough."""
        if self._stopped:
            return
        self._stopped = True
        self._listening.shutdown(socket.SHUT_RDWR)
        if self._program:
            with suppress(OSError):  # the program has left already
                self._program.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()

    def complain(self, words: str) -> None:
        """Have the program thrown out for breaking the protocol."""
        self._send(DISPLAY, 0, struct.pack("=II", DISPLAY, 1) + _text(words))

    def _serve(self) -> None:
        try:
            while True:
                with self._listening.accept()[0] as self._program:
                    if self._stopped:
                        return
                    self._bound = {DISPLAY: "wl_display"}
                    self._away.clear()
                    self._take_all(self._program)
        except OSError:
            return

    def _take_all(self, program: socket.socket) -> None:
        received = b""
        while data := program.recv(4096):
            received += data
            while len(received) >= 8:
                number, word = struct.unpack_from("=II", received)
                size = word >> 16
                if len(received) < size:
                    break
                self._take(number, word & 0xFFFF, received[8:size])
                received = received[size:]

    def _take(self, number: int, opcode: int, body: bytes) -> None:
        match self._bound[number], opcode:
            case "wl_display", 0:
                (callback,) = struct.unpack("=I", body)
                self._send(callback, 0, struct.pack("=I", 1))
                self._send(DISPLAY, 1, struct.pack("=I", callback))
            case "wl_display", 1:
                (registry,) = struct.unpack("=I", body)
                self._bound[registry] = "wl_registry"
                for name, interface, version in self.globals:
                    offer = struct.pack("=I", name) + _text(interface) + struct.pack("=I", version)
                    self._send(registry, 0, offer)
            case "wl_registry", 0:
                self._bind(body)
            case "ext_idle_notifier_v1", 1:
                self._notify("with inhibitors", body)
            case "ext_idle_notifier_v1", 2:
                self._notify("input only", body)
            case unknown:
                raise AssertionError(unknown)

    def _bind(self, body: bytes) -> None:
        (name,) = struct.unpack_from("=I", body)
        interface = _read_text(body[4:])
        version, number = struct.unpack("=II", body[4 + len(_text(interface)) :])
        offered = {each[0]: each[1:] for each in self.globals}[name]
        assert offered[0] == interface
        assert 1 <= version <= offered[1]
        self._bound[number] = interface
        if interface == "wl_seat":
            self._send(number, 0, struct.pack("=I", 3))

    def _notify(self, how: str, body: bytes) -> None:
        number, timeout_ms, seat = struct.unpack("=III", body)
        assert self._bound[seat] == "wl_seat"
        self.asked.append((how, timeout_ms))
        self._bound[number] = "ext_idle_notification_v1"
        self._away[number] = False
        self._user.when_idle(timeout_ms, lambda: self._idle(number, how))

    def _idle(self, number: int, how: str) -> None:
        if number in self._away and not (self.inhibited and how == "with inhibitors"):
            self._away[number] = True
            self._send(number, 0)

    def _resume(self) -> None:
        for number, away in self._away.items():
            if away:
                self._away[number] = False
                self._send(number, 1)

    def _send(self, number: int, event: int, body: bytes = b"") -> None:
        data = struct.pack("=II", number, (8 + len(body)) << 16 | event) + body
        assert self._program
        with suppress(OSError):  # the program has left
            for start in range(0, len(data), self.slices):
                self._program.sendall(data[start : start + self.slices])


def _text(value: str) -> bytes:
    data = value.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + bytes(-len(data) % 4)


def _read_text(data: bytes) -> str:
    (length,) = struct.unpack_from("=I", data)
    return data[4 : 3 + length].decode()
