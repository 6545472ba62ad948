"""What every way of having global hotkeys does alike."""

from PySide6.QtCore import QObject, Signal

from tray.desktop.chord import Chord
from tray.desktop.support import Support, missing
from tray.language import tr
from tray.lean_typing import NamedTuple


class Hotkey(NamedTuple):
    """A hotkey as it stands: what was asked for, and what came of it."""

    name: str
    """The command of ``toggl-tray`` that does the same, such as ``quick``."""
    chord: Chord
    """What was asked for."""
    support: Support
    """Whether pressing it does anything, and if not, why and what to do instead."""
    trigger: str = ""
    """What to press, for menus; the desktop may have chosen another. Empty if nothing works."""


class Hotkeys(QObject):
    """Keys that work whichever window has the focus.

    Everything, signals included, happens on the thread that made the object, and nothing waits.
    A subclass says how one hotkey is taken and given back.
    """

    asks_user = False
    """Whether to bind a hotkey may open a dialog, so that it is not done without need."""

    pressed = Signal(object)
    """Carries the name that was given to `bind`, once per press however long the key is held."""
    changed = Signal(object)
    """Carries a `Hotkey` that has become another since `bind` returned."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hotkeys: dict[str, Hotkey] = {}
        self._refused: dict[str, Hotkey] = {}
        """Those that no backend could have, so that it was not asked."""

    @property
    def support(self) -> Support:
        """Whether there can be hotkeys here at all."""
        raise NotImplementedError

    @property
    def hotkeys(self) -> tuple[Hotkey, ...]:
        """All that are bound, with those that could not be had."""
        return (*self._hotkeys.values(), *self._refused.values())

    def bind(self, name: str, chord: Chord) -> Support:
        """From now on `chord` emits `pressed` with `name`, instead of what did so before.

        Args:
            name: the command of ``toggl-tray`` that does the same; the user is told to bind that
                one in the desktop's settings if the hotkey cannot be had.
            chord: what to press.
        """
        self.unbind(name)
        wrong = self._wrong(chord)
        if wrong:
            self._refused[name] = Hotkey(name, chord, missing(wrong))
            return self._refused[name].support
        self._hotkeys[name] = self._take(name, chord)
        return self._hotkeys[name].support

    def unbind(self, name: str) -> None:
        """Give the keys of `name` back; without any, nothing happens."""
        self._refused.pop(name, None)
        if self._hotkeys.pop(name, None):
            self._release(name)

    def stop(self) -> None:
        """Give everything back. The object is not used any more."""
        for hotkey in self.hotkeys:
            self.unbind(hotkey.name)

    def instead(self, name: str) -> str:
        """What the user can do if one hotkey cannot be had, as a sentence."""
        return tr(
            "Choose another key, or bind the command “toggl-tray {name}” to one in the settings "
            "of your desktop."
        ).format(name=name)

    def by_hand(self) -> str:
        """What the user can do where there are no hotkeys at all, as a sentence."""
        return tr(
            "Bind the commands “toggl-tray quick” and “toggl-tray toggle” to keys in the settings "
            "of your desktop."
        )

    def _wrong(self, chord: Chord) -> str:
        """Why no backend could bind `chord`; empty if there is no such reason."""
        for other in self._hotkeys.values():
            if other.chord == chord:
                return self._ours(chord, other.name)
        return chord.problem()

    def _ours(self, chord: Chord, name: str) -> str:
        """That `chord` calls `name` already."""
        text = tr("{chord} is already the hotkey of “toggl-tray {name}”. Choose another.")
        return text.format(chord=chord.label(), name=name)

    def _take(self, name: str, chord: Chord) -> Hotkey:
        """Try to have `chord`, which is well formed and nobody else's here."""
        raise NotImplementedError

    def _release(self, name: str) -> None:
        """Give back whatever `_take` took for `name`."""
        raise NotImplementedError

    def _became(self, hotkey: Hotkey) -> None:
        """Note and announce what is now known of a bound hotkey."""
        if self._hotkeys.get(hotkey.name) != hotkey:
            self._hotkeys[hotkey.name] = hotkey
            self.changed.emit(hotkey)
