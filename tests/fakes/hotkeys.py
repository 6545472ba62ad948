"""Every way of having global hotkeys, each with a keyboard that a test can press."""

import ctypes
import os
import subprocess
from collections.abc import Callable
from typing import Any, Final, Protocol

from PySide6.QtCore import QByteArray

from tests.fakes.carbon import FakeCarbon
from tests.fakes.listener import FakeListener, Key, KeyCode
from tests.fakes.portal import FakePortal
from tests.fakes.qt import settle
from tests.fakes.windows import WM_HOTKEY, FakeUser32, message
from tests.rig.desktop import Desktop
from tests.rig.waiting import wait_until
from tray.desktop.app_identity import Identity
from tray.desktop.chord import FREE, Chord, Modifier, parse
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.portal_hotkeys import PortalHotkeys, trigger
from tray.desktop.linux.x11 import Server
from tray.desktop.linux.x11_hotkeys import X11Hotkeys
from tray.desktop.macos.carbon_keys import CODES
from tray.desktop.macos.carbon_keys import MODIFIERS as MAC_MODIFIERS
from tray.desktop.macos.hotkeys import MacHotkeys
from tray.desktop.macos.us_layout import PLACES
from tray.desktop.portable.pynput_hotkeys import PynputHotkeys
from tray.desktop.support import Level
from tray.desktop.windows.hotkeys import WindowsHotkeys
from tray.desktop.windows.keys import MODIFIERS, NO_REPEAT, fixed_code

IDENTITY: Final = Identity("Toggl Tray", "toggl-tray", "toggl-tray", {"quick": "Quick start"})

VK_OEM_1: Final = 0xBA
"""The key that types ; on a US keyboard."""
_PYNPUT: Final = {"meta": "cmd", "ctrl": "ctrl_l", "alt": "alt_r"}
_XDOTOOL: Final = {"super": "Super_L"}


class Stage(Protocol):
    """Hotkeys, and the keyboard they listen to."""

    @property
    def hotkeys(self) -> Hotkeys:
        """What is tested."""

    def press(self, chord: str) -> None:
        """Hold the modifiers, press the key, let go of everything."""

    def hold(self, chord: str) -> None:
        """The same, but with the key held until it has repeated."""

    def close(self) -> None:
        """Let go of everything."""


def bind(hotkeys: Hotkeys, name: str, chord: str) -> Hotkey:
    """Bind, and wait until the desktop has said what comes of it."""
    hotkeys.bind(name, parse(chord))

    def decided() -> Hotkey | None:
        settle()
        found = next(each for each in hotkeys.hotkeys if each.name == name)
        return None if found.support.level is Level.PENDING else found

    return wait_until(decided)


class X11Stage:
    """A real X server, with the rig for hands."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._display = desktop.variables["DISPLAY"]
        self._others: list[Hotkeys] = []
        self.hotkeys = X11Hotkeys(Server(self._display))

    def press(self, chord: str) -> None:
        """The keys are those of a US keyboard, whatever the layout."""
        self._desktop.press(_rig(chord))

    def hold(self, chord: str) -> None:
        """Until other programs would have seen it several times."""
        hold(self._display, _rig(chord))

    def take(self, chord: str) -> None:
        """As every program takes a hotkey."""
        self._others.append(X11Hotkeys(Server(self._display)))
        assert self._others[-1].bind("other", parse(chord)).works

    def close(self) -> None:
        """Leave the server as it was."""
        for each in (self.hotkeys, *self._others):
            each.stop()


class ListenerStage:
    """What pynput would tell on a Mac."""

    def __init__(self) -> None:
        self.listener: FakeListener | None = None
        self.hotkeys = PynputHotkeys(self._listen, PLACES)

    def _listen(self, *callbacks: Callable[[Any], None]) -> FakeListener:
        self.listener = FakeListener(*callbacks)
        return self.listener

    def press(self, chord: str, times: int = 1) -> None:
        """With Option held, keys type other characters there, but have the same numbers."""
        assert self.listener
        *held, name = chord.split("+")
        modifiers = [Key(_PYNPUT.get(each, each)) for each in held]
        numbers = {character: number for number, character in PLACES.items()}
        key = (
            KeyCode("†" if "alt" in held else name, numbers[name]) if len(name) == 1 else Key(name)
        )
        for each in (*modifiers, *[key] * times):
            self.listener.press(each)
        for each in (key, *reversed(modifiers)):
            self.listener.release(each)

    def hold(self, chord: str) -> None:
        """A held key goes down again and again."""
        self.press(chord, times=5)

    def close(self) -> None:
        """End the thread."""
        self.hotkeys.stop()


class PortalStage:
    """A portal that gives what is asked for."""

    def __init__(self, address: str, portal: type[FakePortal] = FakePortal) -> None:
        self.portal = portal(address)
        self.environ: dict[str, str] = {}
        self.hotkeys = PortalHotkeys(Bus(address), IDENTITY, environ=self.environ)

    def press(self, chord: str) -> None:
        """The desktop compares, so a hotkey is pressed or not."""
        *held, key = chord.split("+")
        modifiers = frozenset(Modifier(each) for each in held)
        self.portal.press(trigger(Chord(modifiers, key)))

    def hold(self, chord: str) -> None:
        """The desktop tells once."""
        self.press(chord)

    def take(self, chord: str) -> None:
        """The desktop asks the user, who says no."""
        self.portal.code = 1

    def close(self) -> None:
        """Leave the bus."""
        self.hotkeys.stop()
        self.portal.stop()


class WindowsStage:
    """Windows as its documentation has it."""

    def __init__(self) -> None:
        self.api = FakeUser32()
        self.api.typed[";"] = (VK_OEM_1, False)
        self.hotkeys = WindowsHotkeys(self.api)

    def press(self, chord: str) -> None:
        """Whoever has registered exactly these is sent a message."""
        wanted = _windows(chord)
        for number, key in tuple(self.api.registered.items()):
            if key == wanted:
                self.send(WM_HOTKEY, number)

    def send(self, kind: int, number: int) -> None:
        """Have a message of the thread go past Qt's filters."""
        sent = message(kind, number)
        stop, _ = self.hotkeys.filter.nativeEventFilter(
            QByteArray(b"windows_generic_MSG"), ctypes.addressof(sent)
        )
        assert not stop

    def hold(self, chord: str) -> None:
        """Windows was asked not to repeat."""
        assert all(modifiers & NO_REPEAT for modifiers, _ in self.api.registered.values())
        self.press(chord)

    def take(self, chord: str) -> None:
        """As every program takes a hotkey."""
        self.api.taken.add(_windows(chord))

    def close(self) -> None:
        """Leave it as it was."""
        self.hotkeys.stop()
        assert not self.api.registered


class MacStage:
    """macOS as its headers have it."""

    def __init__(self) -> None:
        self.api = FakeCarbon()
        self.hotkeys = MacHotkeys(self.api)

    def press(self, chord: str) -> None:
        """Whoever has registered exactly these is told."""
        wanted = _macos(chord)
        for number, key in tuple(self.api.registered.items()):
            if key == wanted:
                assert self.api.press(number)

    def hold(self, chord: str) -> None:
        """Carbon tells once, and again when the key comes up."""
        self.press(chord)

    def take(self, chord: str) -> None:
        """As a program that wants a hotkey for itself."""
        self.api.taken.add(_macos(chord))

    def close(self) -> None:
        """Leave it as it was."""
        self.hotkeys.stop()
        assert not self.api.registered
        assert self.api.on_pressed is None


def hold(display: str, combination: str) -> None:
    """Hold the last key until it has repeated several times."""
    subprocess.run(["xset", "-display", display, "r", "rate", "50", "50"], check=True)
    *held, key = (_XDOTOOL.get(each, each) for each in combination.split("+"))
    keys = [f"keydown {each}" for each in (*held, key)]
    keys += ["sleep 0.3", *(f"keyup {each}" for each in (key, *reversed(held)))]
    command = ["xdotool", *" ".join(keys).split()]
    subprocess.run(command, env={**os.environ, "DISPLAY": display}, check=True)


def _rig(chord: str) -> str:
    *held, key = chord.replace("meta", "super").split("+")
    return "+".join([*held, key.upper() if key in FREE else key])


def _windows(chord: str) -> tuple[int, int]:
    *held, key = chord.split("+")
    modifiers = sum(MODIFIERS[Modifier(each)] for each in held)
    return modifiers | NO_REPEAT, fixed_code(key) or VK_OEM_1


def _macos(chord: str) -> tuple[int, int]:
    *held, key = chord.split("+")
    modifiers = sum(MAC_MODIFIERS[Modifier(each)] for each in held)
    codes = {**CODES, **{character: code for code, character in PLACES.items()}}
    return modifiers, codes[key]
