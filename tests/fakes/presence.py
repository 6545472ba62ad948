"""The services of a desktop that know who is there: GNOME's monitor, a screen saver, logind."""

import os
import time
from typing import Any, Final

from tests.fakes.dbus import Caller, Refusal, Service
from tests.fakes.user import User

SESSION: Final = "/org/freedesktop/login1/session/_32"


class FakeMutter(Service):
    """org.gnome.Mutter.IdleMonitor, with the signatures of Mutter's own XML."""

    name = "org.gnome.Mutter.IdleMonitor"
    path = "/org/gnome/Mutter/IdleMonitor/Core"
    interface = "org.gnome.Mutter.IdleMonitor"

    def __init__(self, address: str, user: User) -> None:
        self._user = user
        self._numbers = 0
        self.watches: dict[int, int | None] = {}
        """Those there are, with their milliseconds; None waits for somebody to come."""
        user.touched.append(self._come)
        super().__init__(address)

    def stop(self) -> None:
        """Crash, and forget everything."""
        self.watches.clear()
        super().stop()

    def on_getidletime(self, _caller: Caller) -> tuple[Any, ...]:
        return "t", self._user.idle_ms

    def on_addidlewatch(self, _caller: Caller, milliseconds: int) -> tuple[Any, ...]:
        number = self._new(milliseconds)
        self._user.when_idle(milliseconds, lambda: self._fire(number))
        return "u", number

    def on_adduseractivewatch(self, _caller: Caller) -> tuple[Any, ...]:
        return "u", self._new(None)

    def on_removewatch(self, _caller: Caller, number: int) -> tuple[Any, ...]:
        del self.watches[number]
        return ("",)

    def _new(self, milliseconds: int | None) -> int:
        self._numbers += 1
        self.watches[self._numbers] = milliseconds
        return self._numbers

    def _come(self) -> None:
        for number in [each for each, waits in self.watches.items() if waits is None]:
            del self.watches[number]
            self.emit("WatchFired", "u", number)

    def _fire(self, number: int) -> None:
        if number in self.watches:
            self.emit("WatchFired", "u", number)


class FakeScreenSaver(Service):
    """org.freedesktop.ScreenSaver, counting in milliseconds as KDE's or in seconds."""

    name = "org.freedesktop.ScreenSaver"
    path = "/org/freedesktop/ScreenSaver"
    interface = "org.freedesktop.ScreenSaver"

    def __init__(self, address: str, user: User, *, unit_ms: int) -> None:
        self._user = user
        self._unit_ms = unit_ms
        self.refuses = False
        super().__init__(address)

    def on_getsessionidletime(self, _caller: Caller) -> tuple[Any, ...]:
        if self.refuses:
            raise Refusal("GetSessionIdleTime is not supported on this platform")
        return "u", self._user.idle_ms // self._unit_ms if self._unit_ms else 0

    def turn(self, *, on: bool) -> None:
        """It covers the screen, or no longer."""
        self.emit("ActiveChanged", "b", on)


class FakeLogind(Service):
    """org.freedesktop.login1 with one session."""

    name = "org.freedesktop.login1"
    path = "/org/freedesktop/login1"
    interface = "org.freedesktop.login1.Manager"

    def __init__(self, address: str, *, kind: str = "wayland") -> None:
        self.session: dict[str, tuple[str, Any]] = {
            "Type": ("s", kind),
            "Active": ("b", True),
            "LockedHint": ("b", False),
            "IdleHint": ("b", False),
            "IdleSinceHint": ("t", 0),
        }
        self.ids = {"auto", "2"}
        self.inhibitors: list[tuple[Any, ...]] = []
        """What, who, why, mode, user, process of others."""
        self.delays: list[tuple[int, tuple[str, ...]]] = []
        """Our end of what was given to those who asked for a delay, and what they said."""
        self.refuses = False
        """Whether a delay is answered with an error."""
        super().__init__(address)

    def stop(self) -> None:
        """Leave the bus."""
        super().stop()
        for end, _ in self.delays:
            os.close(end)

    def on_getsession(self, _caller: Caller, name: str) -> tuple[Any, ...]:
        if name not in self.ids:
            raise Refusal(f"No session '{name}' known")
        return "o", SESSION

    def on_getall(self, caller: Caller, _interface: str) -> tuple[Any, ...]:
        assert caller.path == SESSION
        return "a{sv}", self.session

    def on_listinhibitors(self, _caller: Caller) -> tuple[Any, ...]:
        return "a(ssssuu)", self.inhibitors

    def on_inhibit(self, _caller: Caller, *said: str) -> tuple[Any, ...]:
        if self.refuses:
            raise Refusal("Permission denied")
        ours, theirs = os.pipe()
        os.set_blocking(ours, False)
        self.delays.append((ours, said))
        return "h", open(theirs, "wb", buffering=0)

    def held(self) -> int:
        """How many delays are not given back."""
        return sum(_open(end) for end, _ in self.delays)

    def set(self, **values: Any) -> None:
        """Properties of the session become others, which is told."""
        for name, value in values.items():
            self.session[name] = (self.session[name][0], value)
        changed = {name: self.session[name] for name in values}
        self.emit(
            "PropertiesChanged",
            "sa{sv}as",
            "org.freedesktop.login1.Session",
            changed,
            [],
            path=SESSION,
            interface="org.freedesktop.DBus.Properties",
        )

    def say(self, member: str) -> None:
        """``Lock`` or ``Unlock``: whoever locks the screen is to do so."""
        self.emit(member, "", path=SESSION, interface="org.freedesktop.login1.Session")

    def prepare(self, what: str, begins: bool) -> None:
        """``Sleep`` or ``Shutdown`` is about to begin, or is over."""
        self.emit(f"PrepareFor{what}", "b", begins)

    def idle(self, *, since_ms: int) -> None:
        """The desktop gives its hint."""
        since_us = int(time.time() * 1_000_000) - since_ms * 1000
        self.set(IdleHint=True, IdleSinceHint=since_us)


def _open(end: int) -> bool:
    """Whether the other end of a pipe is held; reading says so without waiting."""
    try:
        return os.read(end, 1) != b""
    except BlockingIOError:
        return True
