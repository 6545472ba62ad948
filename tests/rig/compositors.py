"""Real Wayland compositors without a screen, most with a hand that types and moves the pointer."""

import os
import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from tests.fakes.dbus import open_bus
from tests.rig.bus import Bus
from tests.rig.process import Process
from tests.rig.waiting import wait_until
from tray.desktop.linux.wayland import Wayland, text, uint

SIZE: Final = (640, 480)
NAME: Final = "wayland-test"
KEYS: Final = {"esc": 1, "1": 2, "2": 3, "3": 4, "enter": 28, "alt": 56, "space": 57}
"""What the kernel calls them."""
_NOBODY: Final = 65_534
_REMOTE: Final = "org.gnome.Mutter.RemoteDesktop"


class Kwin:
    """KDE's compositor, which has ext-idle-notify-v1."""

    def __init__(self, folder: Path, address: str) -> None:
        # In a container the program as installed may not be started: it has a capability. A copy
        # has none, but must keep its name.
        program = str(shutil.copy(_installed("kwin_wayland"), folder))
        self.address = address
        self.path = str(folder / NAME)
        self._process = Process(
            [
                *(program, "--virtual", "--no-lockscreen", "--no-global-shortcuts"),
                *("--socket", NAME, "--width", str(SIZE[0]), "--height", str(SIZE[1])),
            ],
            _environ(folder, address) | {"KWIN_COMPOSE": "Q", "QT_QPA_PLATFORM": ""},
            log=folder / "kwin.log",
        )
        wait_until(Path(self.path).exists)
        self._hand = Wayland(self.path)
        wait_until(self._greeted)
        self._pointer = self._hand.bind(
            "org_kde_kwin_fake_input", 4, then=lambda _event, _body: None
        )
        self._hand.request(self._pointer, 0, text("tests") + text("to touch the pointer"))

    def touch(self) -> None:
        """Move the pointer by a pixel; the numbers have 8 bits behind the point."""
        self._hand.request(self._pointer, 1, struct.pack("=ii", 256, 0))

    def press(self, key: str) -> None:
        """Press a key of `KEYS`, and let it go."""
        for pressed in (1, 0):
            self._hand.request(self._pointer, 10, struct.pack("=II", KEYS[key], pressed))
        self._wait_for_it()

    def _wait_for_it(self) -> None:
        """Return once it has done what was asked for."""
        done: list[int] = []
        self._hand.request(1, 0, uint(self._hand.make(lambda event, _body: done.append(event))))

        def is_done() -> bool:
            QCoreApplication.processEvents()
            return bool(done)

        wait_until(is_done)

    def close(self) -> None:
        """End it."""
        self._hand.close()
        self._process.kill()

    def _greeted(self) -> bool:
        QCoreApplication.processEvents()
        return bool(self._hand.globals)


class Mutter:
    """GNOME's compositor, which has its own idle monitor."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        self._process = Process(
            [
                *(_installed("mutter"), "--wayland", "--headless", "--no-x11"),
                *("--virtual-monitor", f"{SIZE[0]}x{SIZE[1]}", "--wayland-display", NAME),
            ],
            _environ(folder, address),
            log=folder / "mutter.log",
        )
        self._bus = Bus(address)
        wait_until(lambda: self._bus.has(_REMOTE))
        wait_until(lambda: self._bus.has("org.gnome.Mutter.IdleMonitor"))
        create = f"{_REMOTE}.CreateSession"
        (self._session,) = self._bus.call(_REMOTE, f"/{_REMOTE.replace('.', '/')}", create)
        self._bus.call(_REMOTE, self._session, f"{_REMOTE}.Session.Start")

    def touch(self) -> None:
        """Move the pointer by a pixel."""
        member = f"{_REMOTE}.Session.NotifyPointerMotionRelative"
        self._bus.call(_REMOTE, self._session, member, "dd", 1.0, 0.0)

    def press(self, key: str) -> None:
        """Press a key of `KEYS`, and let it go."""
        for pressed in (True, False):
            member = f"{_REMOTE}.Session.NotifyKeyboardKeycode"
            self._bus.call(_REMOTE, self._session, member, "ub", KEYS[key], pressed)

    def close(self) -> None:
        """End it."""
        self._bus.close()
        self._process.kill()


class Sway:
    """The compositor of those who choose every part themselves; it has nobody's hands here."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        configuration = folder / "sway.conf"
        configuration.write_text("xwayland disable\n", encoding="utf-8")
        command = [_installed("sway"), "--config", str(configuration)]
        if os.getuid() == 0:  # as whom it does not start
            os.chown(folder, _NOBODY, _NOBODY)
            command[:0] = [
                *("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"),
            ]
        variables = {
            "LIBSEAT_BACKEND": "noop",
            "WLR_BACKENDS": "headless",
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "WLR_RENDERER": "pixman",
        }
        self._process = Process(
            command, _environ(folder, address) | variables, log=folder / "sway.log"
        )
        wait_until(lambda: self._sockets(folder))
        (self._socket,) = self._sockets(folder)
        self._socket.rename(folder / NAME)

    def close(self) -> None:
        """End it."""
        self._process.kill()

    @staticmethod
    def _sockets(folder: Path) -> list[Path]:
        """It chooses their names itself."""
        return [each for each in folder.glob("wayland-*") if each.is_socket()]


@contextmanager
def open_sway(folder: Path) -> Iterator[Sway]:
    """Sway, with its files in `folder`, whose path has to be short."""
    with open_bus() as bus:
        opened = Sway(folder, bus.address)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def open_kwin(folder: Path) -> Iterator[Kwin]:
    """KWin, with its files in `folder`, whose path has to be short."""
    with open_bus() as bus:
        opened = Kwin(folder, bus.address)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def open_mutter(folder: Path) -> Iterator[Mutter]:
    """Mutter, likewise."""
    with open_bus() as bus:
        opened = Mutter(folder, bus.address)
        try:
            yield opened
        finally:
            opened.close()


def _installed(program: str) -> str:
    found = shutil.which(program)
    if not found:
        raise FileNotFoundError(f"{program} is not installed.")
    return found


def _environ(folder: Path, address: str) -> dict[str, str]:
    return {
        "DBUS_SESSION_BUS_ADDRESS": address,
        "HOME": str(folder),
        "KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1",
        "LANG": "C.UTF-8",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "PATH": "/usr/bin:/bin",
        "XDG_RUNTIME_DIR": str(folder),
    }
