"""Every idle source, each with a user who may be there or not."""

import time
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject

from tests.fakes.compositor import FakeCompositor
from tests.fakes.presence import FakeLogind, FakeMutter, FakeScreenSaver
from tests.fakes.qt import eventually
from tests.fakes.user import User
from tests.rig.compositors import Kwin, Mutter
from tests.rig.desktop import Desktop
from tray.desktop.idle import IdleSource, PolledIdle
from tray.desktop.idle_choice import ChosenIdle, IdleCandidate
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.logind_idle import find_logind
from tray.desktop.linux.mutter_idle import find_mutter
from tray.desktop.linux.screensaver_idle import find_screensaver
from tray.desktop.linux.wayland import Wayland
from tray.desktop.linux.wayland_idle import find_wayland
from tray.desktop.linux.x11 import Connection
from tray.desktop.linux.x11_idle import X11Idle
from tray.desktop.macos.idle import MacIdle
from tray.desktop.windows.idle import WindowsIdle

RETURN_MS: Final = 50
GRAIN_MS: Final = 150
TICKS: Final = 1 << 32


class Finding:
    """Waits for what a ``find_…`` calls back with."""

    def __init__(self) -> None:
        self.owner = QObject()
        """Of what is made meanwhile."""
        self._found: list[IdleSource | str] = []

    def __call__(self, found: IdleSource | str) -> None:
        self._found.append(found)

    def wait(self) -> IdleSource | str:
        """The source, or why there is none."""
        eventually(lambda: self._found)
        return self._found[0]

    def source(self) -> IdleSource:
        """The source."""
        found = self.wait()
        assert isinstance(found, IdleSource), found
        return hurried(found)


def hurried(source: IdleSource) -> IdleSource:
    """Ask it more often whether somebody is back than in earnest, if it has to be asked."""
    if isinstance(source, PolledIdle):
        source.return_ms = RETURN_MS
    return source


class Stage(Protocol):
    """A source, and who is in front of it."""

    source: IdleSource

    def touch(self) -> None:
        """Press a key."""

    def close(self) -> None:
        """Let go of everything."""


class ServiceStage:
    """GNOME's monitor, a screen saver of either unit, or logind's hint."""

    def __init__(self, kind: str, address: str) -> None:
        self.user = User()
        found = Finding()
        bus = Bus(address, found.owner)
        self.service: FakeMutter | FakeScreenSaver | FakeLogind
        if kind == "mutter":
            self.service = FakeMutter(address, self.user)
            find_mutter(bus, found)
        elif kind == "logind":
            self.service = FakeLogind(address)
            self.user.when_idle(GRAIN_MS, self._hint)
            self.user.touched.append(self._hint_back)
            find_logind(bus, {}, then=found)
        else:
            desktop, unit_ms = ("KDE", 1) if kind == "kde" else ("XFCE", 1000)
            self.service = FakeScreenSaver(address, self.user, unit_ms=unit_ms)
            find_screensaver(bus, {"XDG_CURRENT_DESKTOP": desktop}, then=found)
        self.source = found.source()

    def _hint(self) -> None:
        assert isinstance(self.service, FakeLogind)
        self.service.idle(since_ms=GRAIN_MS)

    def _hint_back(self) -> None:
        assert isinstance(self.service, FakeLogind)
        self.service.set(IdleHint=False)

    def touch(self) -> None:
        """All know."""
        self.user.touch()

    def close(self) -> None:
        """Leave the bus."""
        self.user.leave()
        self.source.stop()
        self.service.stop()


class WaylandStage:
    """A compositor that speaks the wire protocol."""

    def __init__(self, folder: Path, version: int) -> None:
        self.user = User()
        self.compositor = FakeCompositor(folder, self.user, version=version)
        found = Finding()
        find_wayland(Wayland(self.compositor.path, found.owner), found, grain_ms=GRAIN_MS)
        self.source = found.source()

    def touch(self) -> None:
        """It knows."""
        self.user.touch()

    def close(self) -> None:
        """Leave it."""
        self.user.leave()
        self.source.stop()
        self.compositor.stop()


class KwinStage:
    """A real compositor of Wayland."""

    def __init__(self, kwin: Kwin) -> None:
        self._kwin = kwin
        found = Finding()
        find_wayland(Wayland(kwin.path, found.owner), found, grain_ms=GRAIN_MS)
        self.source = found.source()

    def touch(self) -> None:
        """Its pointer moves."""
        self._kwin.touch()

    def close(self) -> None:
        """Leave it."""
        self.source.stop()


class GnomeStage:
    """A real compositor of GNOME."""

    def __init__(self, mutter: Mutter) -> None:
        self._mutter = mutter
        found = Finding()
        find_mutter(Bus(mutter.address, found.owner), found)
        self.source = found.source()
        self.touch()

    def touch(self) -> None:
        """Its pointer moves."""
        self._mutter.touch()

    def close(self) -> None:
        """Leave it."""
        self.source.stop()


class X11Stage:
    """A real X server, with the rig for hands."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self.source = hurried(X11Idle(Connection(desktop.variables["DISPLAY"])))
        self.touch()

    def touch(self) -> None:
        """A key that types nothing."""
        self._desktop.press("shift")

    def close(self) -> None:
        """Leave it."""
        self.source.stop()


class FakeInput:
    """GetLastInputInfo and GetTickCount of a computer whose count begins anew any moment now."""

    def __init__(self, user: User) -> None:
        self._user = user
        self._started = time.monotonic()
        self.silent = False

    def ticks(self) -> int:
        """They wrap half a second after the start."""
        return int((time.monotonic() - self._started) * 1000 - 500) % TICKS

    def last_input(self) -> int | None:
        """In ticks."""
        return None if self.silent else (self.ticks() - self._user.idle_ms) % TICKS


class AskedStage:
    """Windows and macOS, as far as they are functions that answer."""

    def __init__(self, kind: str) -> None:
        self.user = User()
        self.source: IdleSource
        if kind == "windows":
            self.source = hurried(WindowsIdle(FakeInput(self.user)))
        else:
            self.source = hurried(MacIdle(lambda: self.user.idle_ms / 1000))

    def touch(self) -> None:
        """They know when they are asked."""
        self.user.touch()

    def close(self) -> None:
        """Ask no more."""
        self.source.stop()


class ChosenStage(AskedStage):
    """The second of two, after the first has refused."""

    def __init__(self) -> None:
        super().__init__("windows")
        chosen = self.source
        self.source = ChosenIdle(
            (
                IdleCandidate("first", lambda _parent, then: then("it is not here")),
                IdleCandidate("second", lambda _parent, then: then(chosen)),
            )
        )
