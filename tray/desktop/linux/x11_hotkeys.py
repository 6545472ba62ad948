"""Global hotkeys by asking the X server for exactly these keys (XGrabKey).

Nothing here runs, and no key is seen, until a hotkey is pressed. Where two layouts have the same
character on different keys, the key of the first layout is the hotkey.
"""

from collections.abc import Set
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot

from tray.desktop.chord import Chord
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.linux.keyboard import KeyGrab, resolve_chord
from tray.desktop.linux.x11 import Pressed, Released, Remapped, Server, ServerLost
from tray.desktop.support import WORKS, Support, missing
from tray.language import tr

_REPEATS_WITHIN_MS: Final = 2_000
"""A key that goes down after a longer time has come up unseen, on another console for instance."""


class X11Hotkeys(Hotkeys):
    """Hotkeys of the X server that `server` is connected to, which `stop` closes.

    Raises:
        ServerLost: the server does not even tell its keyboard's map.
    """

    def __init__(self, server: Server, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._support = WORKS
        self._keyboard = server.keyboard()
        self._names: dict[KeyGrab, str] = {}
        """Whom each grabbed key calls."""
        self._down: dict[int, int] = {}
        """The keys that have not come up yet, and when they last went down, in milliseconds."""
        self._readable = QSocketNotifier(server.fileno(), QSocketNotifier.Type.Read, self)
        self._readable.activated.connect(self._read)
        self._read_soon()

    @property
    def support(self) -> Support:
        """Works until the server goes."""
        return self._support

    def stop(self) -> None:
        """Give everything back and leave the server."""
        self._readable.setEnabled(False)
        super().stop()
        self._server.close()

    def _take(self, name: str, chord: Chord) -> Hotkey:
        if not self._support.works:
            return self._failed(name, chord, self._support.why)
        wanted = resolve_chord(chord, self._keyboard)
        if wanted is None:
            why = tr("This keyboard has no {chord}.").format(chord=chord.label())
            return self._failed(name, chord, f"{why} {self.instead(name)}")
        for key in wanted.keys & self._names.keys():
            return self._failed(name, chord, self._ours(chord, self._names[key]))
        try:
            free = self._server.grab(wanted.keys)
        except ServerLost as lost:
            self._lose(lost)
            return self._failed(name, chord, self._support.why)
        self._read_soon()
        if not free:
            why = tr("{chord} is taken by another program.").format(chord=chord.label())
            return self._failed(name, chord, f"{why} {self.instead(name)}")
        self._names.update(dict.fromkeys(wanted.keys, name))
        return Hotkey(name, chord, WORKS, wanted.chord.shown())

    def _failed(self, name: str, chord: Chord, why: str) -> Hotkey:
        return Hotkey(name, chord, missing(why))

    def _release(self, name: str) -> None:
        keys = self._keys_of(name)
        self._names = {key: other for key, other in self._names.items() if key not in keys}
        if keys and self._support.works:
            try:
                self._server.ungrab(keys)
            except ServerLost as lost:
                self._lose(lost)
            self._read_soon()

    def _keys_of(self, name: str) -> set[KeyGrab]:
        return {key for key, other in self._names.items() if other == name}

    def _read_soon(self) -> None:
        """Whoever waits for an answer reads events too, of which the socket then tells nothing."""
        QTimer.singleShot(0, self, self._read)

    @Slot()
    def _read(self) -> None:
        if not self._support.works:
            return
        remapped = False
        try:
            for event in self._server.events():
                match event:
                    case Pressed():
                        self._press(event)
                    case Released(code):
                        self._down.pop(code, None)
                    case Remapped():
                        remapped = True
            if remapped:
                self._remap()
        except ServerLost as lost:
            self._lose(lost)

    def _press(self, press: Pressed) -> None:
        """Announce a press, unless the key is still held and repeats."""
        before = self._down.get(press.key.code)
        self._down[press.key.code] = press.time_ms
        name = self._names.get(press.key)
        if name and (before is None or press.time_ms - before > _REPEATS_WITHIN_MS):
            self.pressed.emit(name)

    def _remap(self) -> None:
        """Grab what the hotkeys are on the new map; those which stay the same are left alone."""
        self._keyboard = self._server.keyboard()
        self._read_soon()
        hotkeys = tuple(self._hotkeys.values())
        moved = [each for each in hotkeys if self._keys_of(each.name) != self._wanted(each)]
        for hotkey in moved:
            self._release(hotkey.name)
        for hotkey in moved:
            self._became(self._take(hotkey.name, hotkey.chord))

    def _wanted(self, hotkey: Hotkey) -> Set[KeyGrab]:
        found = resolve_chord(hotkey.chord, self._keyboard)
        return found.keys if found else frozenset()

    def _lose(self, lost: ServerLost) -> None:
        self._readable.setEnabled(False)
        self._names.clear()
        self._support = missing(tr("The X server is gone: {why}.").format(why=lost))
        for hotkey in tuple(self._hotkeys.values()):
            self._became(Hotkey(hotkey.name, hotkey.chord, self._support))
