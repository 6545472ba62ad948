"""Global hotkeys by listening to the whole keyboard with pynput, for where no system has them.

It wakes for every key that is typed anywhere, cannot tell whether another program has the hotkey
too, and cannot keep it from that program. Run on an X server only so far, never on macOS.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tray.desktop.chord import Chord
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.portable.matcher import ChordMatcher
from tray.desktop.support import WORKS, Support, missing
from tray.language import tr

_LEAVING_SECONDS: Final = 2.0
_KeyCallback = Callable[[Any], None]


class Listener(Protocol):
    """A thread that calls back for every key, as `pynput.keyboard.Listener` is."""

    def start(self) -> None:
        """Begin."""

    def wait(self) -> None:
        """Wait until it listens, or knows that it may not, which takes some milliseconds."""

    def stop(self) -> None:
        """Ask it to end."""

    def join(self, timeout: float) -> None:
        """Wait until it has."""


def listen(pressed: _KeyCallback, released: _KeyCallback) -> Listener:
    """Make pynput's own listener; pynput is loaded only now.

    Raises:
        ImportError: it does not know this system, or finds no keyboard to listen to.
    """
    from pynput import keyboard

    listener: Listener = keyboard.Listener(on_press=pressed, on_release=released)
    return listener


class PynputHotkeys(Hotkeys):
    """Hotkeys by comparing everything that is typed.

    Args:
        listen: makes the listener from what to call for each key going down and coming up.
        places: the character each virtual key has on the US layout; empty if keys have no numbers.
        parent: as Qt has it.
    """

    _matched = Signal(object)
    """From the listener's thread to ours."""

    def __init__(
        self,
        listen: Callable[[_KeyCallback, _KeyCallback], Listener],
        places: Mapping[int, str],
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._places = places
        self._matcher = ChordMatcher()
        self._matched.connect(self._announce, Qt.ConnectionType.QueuedConnection)
        self._listener = listen(self._on_press, self._on_release)
        self._listener.start()
        self._listener.wait()  # its thread sets IS_TRUSTED

    @property
    def support(self) -> Support:
        """On macOS the user has to allow it."""
        if getattr(self._listener, "IS_TRUSTED", True):
            return WORKS
        return missing(
            tr(
                "macOS does not let us see the hotkeys. Allow it in System Settings, Privacy & "
                "Security, Accessibility, and start the program anew."
            )
        )

    def stop(self) -> None:
        """End the listening."""
        super().stop()
        self._listener.stop()
        self._listener.join(_LEAVING_SECONDS)

    def _take(self, name: str, chord: Chord) -> Hotkey:
        self._matcher.names = {**self._matcher.names, chord: name}
        support = self.support
        return Hotkey(name, chord, support, chord.shown() if support.works else "")

    def _release(self, name: str) -> None:
        names = self._matcher.names.items()
        self._matcher.names = {chord: other for chord, other in names if other != name}

    def _on_press(self, key: Any) -> None:
        """A key went down. Called in the listener's thread, like the next one."""
        if name := self._matcher.press(self._named(key), time.monotonic()):
            self._matched.emit(name)

    def _on_release(self, key: Any) -> None:
        self._matcher.release(self._named(key))

    def _named(self, key: Any) -> str:
        """Letters by what they type, which the layout decides, other keys by where they are."""
        name = getattr(key, "name", None)
        if name:
            return str(name)
        character = (getattr(key, "char", None) or "").lower()
        if character.isascii() and character.isalpha():
            return str(character)
        return self._places.get(getattr(key, "vk", None) or 0, character)

    @Slot(object)
    def _announce(self, name: str) -> None:
        if name in self._hotkeys:
            self.pressed.emit(name)
