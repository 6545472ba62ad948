"""Every power watcher, each with a computer that can be locked, put to sleep and shut down."""

from collections.abc import Callable, Iterable
from typing import Final, Protocol

from tests.fakes.presence import FakeLogind, FakeScreenSaver
from tests.fakes.qt import eventually
from tests.fakes.user import User
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.power import LinuxPower
from tray.desktop.macos.power import MacPower
from tray.desktop.power import Happening, PowerWatcher
from tray.desktop.windows.power import (
    WM_ENDSESSION,
    WM_POWERBROADCAST,
    WM_QUERYENDSESSION,
    WM_WTSSESSION_CHANGE,
    WindowsPower,
)


class Stage(Protocol):
    """A watcher, and the computer it watches."""

    power: PowerWatcher

    def happen(self, happening: Happening) -> None:
        """As the real one tells it."""

    def close(self) -> None:
        """Let go of everything."""


class LogindStage:
    """logind on the system's bus, and a screen saver on the session's."""

    def __init__(self, address: str) -> None:
        self.logind = FakeLogind(address)
        self.saver = FakeScreenSaver(address, User(), unit_ms=1)
        self.power = LinuxPower(lambda: Bus(address), lambda: Bus(address, files=True), environ={})
        eventually(lambda: self.power.support.works)
        self.settle()

    def settle(self) -> None:
        """Until all it has asked for so far is granted: a file comes after that."""
        self.power.delay_sleep()
        eventually(self.logind.held)
        self.power.release()
        eventually(lambda: not self.logind.held())

    def happen(self, happening: Happening) -> None:
        """By the hint or the signal that desktops give."""
        match happening:
            case Happening.LOCKED | Happening.UNLOCKED:
                self.logind.set(LockedHint=happening is Happening.LOCKED)
            case Happening.SWITCHED_AWAY | Happening.SWITCHED_BACK:
                self.logind.set(Active=happening is Happening.SWITCHED_BACK)
            case Happening.SLEEPING | Happening.WOKE:
                self.logind.prepare("Sleep", happening is Happening.SLEEPING)
            case Happening.ENDING | Happening.NOT_ENDING:
                self.logind.prepare("Shutdown", happening is Happening.ENDING)

    def close(self) -> None:
        """Leave both."""
        self.power.stop()
        self.saver.stop()
        self.logind.stop()


class SaverStage:
    """A screen saver where there is no logind: it knows nothing but the lock."""

    def __init__(self, address: str) -> None:
        self.saver = FakeScreenSaver(address, User(), unit_ms=1)
        self.power = LinuxPower(lambda: Bus(address), lambda: None, environ={})
        told: list[object] = []
        self.power.happened.connect(told.append)

        def heard() -> object:
            self.saver.turn(on=not told)
            return told

        eventually(heard)
        self.saver.turn(on=False)
        eventually(lambda: not self.power.lasts(Happening.LOCKED))

    def happen(self, happening: Happening) -> None:
        """Only these two."""
        assert happening in (Happening.LOCKED, Happening.UNLOCKED)
        self.saver.turn(on=happening is Happening.LOCKED)

    def close(self) -> None:
        """Leave it."""
        self.power.stop()
        self.saver.stop()


class FakeWindow:
    """A window, as far as messages go."""

    def __init__(self) -> None:
        self.on_message: Callable[[int, int], None] | None = None

    def open(self, on_message: Callable[[int, int], None]) -> None:
        """One procedure takes all messages."""
        self.on_message = on_message

    def close(self) -> None:
        """None comes any more."""
        self.on_message = None

    def send(self, message: int, parameter: int) -> None:
        """As SendMessage does."""
        if self.on_message:
            self.on_message(message, parameter)


MESSAGES: Final = {
    Happening.LOCKED: ((WM_WTSSESSION_CHANGE, 7),),
    Happening.UNLOCKED: ((WM_WTSSESSION_CHANGE, 8),),
    Happening.SLEEPING: ((WM_POWERBROADCAST, 4),),
    Happening.WOKE: ((WM_POWERBROADCAST, 0x12), (WM_POWERBROADCAST, 7)),
    Happening.SWITCHED_AWAY: ((WM_WTSSESSION_CHANGE, 2),),
    Happening.SWITCHED_BACK: ((WM_WTSSESSION_CHANGE, 1),),
    Happening.ENDING: ((WM_QUERYENDSESSION, 0), (WM_ENDSESSION, 1)),
    Happening.NOT_ENDING: ((WM_ENDSESSION, 0),),
}


class WindowsStage:
    """Windows, which sends more messages than are of use."""

    def __init__(self) -> None:
        self.window = FakeWindow()
        self.power = WindowsPower(self.window)

    def happen(self, happening: Happening) -> None:
        """With another one that means nothing: the battery has changed."""
        for message in ((WM_POWERBROADCAST, 0xA), *MESSAGES[happening]):
            self.window.send(*message)

    def close(self) -> None:
        """Close the window."""
        self.power.stop()
        assert self.window.on_message is None


NAMES: Final = {
    Happening.LOCKED: "com.apple.screenIsLocked",
    Happening.UNLOCKED: "com.apple.screenIsUnlocked",
    Happening.SLEEPING: "NSWorkspaceWillSleepNotification",
    Happening.WOKE: "NSWorkspaceDidWakeNotification",
    Happening.SWITCHED_AWAY: "NSWorkspaceSessionDidResignActiveNotification",
    Happening.SWITCHED_BACK: "NSWorkspaceSessionDidBecomeActiveNotification",
    Happening.ENDING: "NSWorkspaceWillPowerOffNotification",
}


class FakeCentres:
    """Notification centres."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.on_message: Callable[[str], None] | None = None

    def open(
        self,
        workspace: Iterable[str],
        distributed: Iterable[str],
        *,
        on_message: Callable[[str], None],
    ) -> None:
        """Each name has its centre."""
        assert all(name.startswith("NSWorkspace") for name in workspace)
        assert all(name.startswith("com.apple.") for name in distributed)
        self.names = {*workspace, *distributed}
        self.on_message = on_message

    def close(self) -> None:
        """Nobody is told any more."""
        self.on_message = None


class MacStage:
    """macOS, which does not say when it is not switched off after all."""

    def __init__(self) -> None:
        self.centres = FakeCentres()
        self.power = MacPower(self.centres)

    def happen(self, happening: Happening) -> None:
        """Those who observe are told."""
        assert NAMES[happening] in self.centres.names
        if self.centres.on_message:
            self.centres.on_message(NAMES[happening])

    def close(self) -> None:
        """Observe no more."""
        self.power.stop()
        assert self.centres.on_message is None
