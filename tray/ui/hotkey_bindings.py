"""The hotkeys that the settings name, bound with the desktop and bound anew when they change."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray.desktop import chord
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.support import Level, Support
from tray.errors import UserError
from tray.language import in_a_row, tr_marked
from tray.lean_typing import TYPE_CHECKING, Final, NamedTuple
from tray.model.hotkey_uses import HOTKEY_USES
from tray.program import tray_command
from tray.settings import Settings

if TYPE_CHECKING:
    from tray.desktop.linux.gnome_keybindings import GnomeKeybindings, Keybinding

RETRY_MS: Final = 60_000
"""How often to try for a hotkey that another program holds; while all are had, nothing is tried."""


class Standing(Enum):
    """What has become of a hotkey."""

    NONE = "none"
    """The settings name none."""
    UNANSWERED = "unanswered"
    """The desktop has not said yet; there is nothing to tell anybody."""
    BOUND = "bound"
    REFUSED = "refused"


class HotkeyState(NamedTuple):
    """What whoever speaks of a hotkey reads: settings, menu, ``doctor`` and notice alike."""

    standing: Standing = Standing.NONE
    keys: str = ""
    """What to press, as Qt reads it, or as the desktop calls it; only while it is bound."""
    why: str = ""
    """Why it was refused, and what to do instead."""


HotkeyStates = Mapping[str, HotkeyState]
"""By name, as `HOTKEY_USES` has them."""


def refusals(states: HotkeyStates) -> str:
    """Why hotkeys cannot be had, in sentences; empty if none was refused."""
    return in_a_row(_unlike(each.why for each in states.values()))


class HotkeyBindings(QObject):
    """Leads from the settings to `hotkeys`, which `stop` stops.

    Args:
        hotkeys: of the desktop.
        parent: ends it.
        keybindings: what the desktop calls by itself instead, where it can.
    """

    pressed = Signal(object)
    """The name of a hotkey, as in `HOTKEY_USES`."""
    changed = Signal(object)
    """The `HotkeyStates` that hold from now on."""
    refused = Signal(object)
    """A sentence: which hotkey cannot be had, and what to do instead; said once."""

    def __init__(
        self,
        hotkeys: Hotkeys,
        parent: QObject | None = None,
        keybindings: "GnomeKeybindings | None" = None,
    ) -> None:
        super().__init__(parent)
        self._hotkeys = hotkeys
        self._keybindings = keybindings
        if keybindings is not None:
            keybindings.changed.connect(self._show)
        self._hotkeys.pressed.connect(self._on_pressed)
        self._hotkeys.changed.connect(self._on_hotkey_changed)
        self._wanted = dict.fromkeys(HOTKEY_USES, "")
        self._suspended = False
        self._problems: dict[str, str] = {}
        self._retry = QTimer(self)
        self._retry.setObjectName("hotkeys retry")
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._on_retry)

    @property
    def states(self) -> HotkeyStates:
        """What has become of each."""
        bound = {hotkey.name: hotkey.trigger for hotkey in self._hotkeys.hotkeys}
        return {
            name: self._state(written, bound.get(name, ""), self._problems.get(name, ""))
            if not self._is_called(name)
            else HotkeyState(Standing.BOUND, chord.parse(written).shown())
            for name, written in self._wanted.items()
        }

    @property
    def keybindings(self) -> "dict[str, Keybinding]":
        """What the desktop may call by itself, as it gives us no hotkeys; nothing if it cannot."""
        if self._keybindings is None or self._hotkeys.support.level is not Level.MISSING:
            return {}
        from tray.desktop.linux.gnome_keybindings import Keybinding

        command = tray_command(os.environ)
        found = {}
        for name, written in self._wanted.items():
            with suppress(UserError):
                if written:
                    keys = chord.parse(written)
                    found[name] = Keybinding(
                        tr_marked(HOTKEY_USES[name].label), keys, (*command, name)
                    )
        return found

    @property
    def called_by_desktop(self) -> bool:
        """Whether it does call some of them."""
        return self._keybindings is not None and bool(self._keybindings.names)

    def _is_called(self, name: str) -> bool:
        return (
            self._keybindings is not None
            and name in self._keybindings.names
            and name in self.keybindings
        )

    def _state(self, written: str, keys: str, problem: str) -> HotkeyState:
        if problem:
            return HotkeyState(Standing.REFUSED, why=problem)
        if keys:
            return HotkeyState(Standing.BOUND, keys)
        return HotkeyState(Standing.UNANSWERED if written else Standing.NONE)

    def use(self, settings: Settings) -> None:
        """Bind what these settings name, unless it is what those before did."""
        wanted = {name: str(getattr(settings, use.setting)) for name, use in HOTKEY_USES.items()}
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._problems.clear()
        if self._keybindings is not None and self.called_by_desktop:
            self._keybindings.put(self.keybindings)
        if not self._suspended or self._hotkeys.asks_user:
            self._bind_all()

    def suspend(self, suspended: bool) -> None:
        """Have no hotkey do anything for now, as keys are pressed to be recorded; or again."""
        if suspended == self._suspended:
            return
        self._suspended = suspended
        if self._hotkeys.asks_user:
            return  # what the desktop holds it keeps
        if suspended:
            for name in self._wanted:
                self._hotkeys.unbind(name)
        else:
            self._bind_all()

    def stop(self) -> None:
        """Give all keys back."""
        self._retry.stop()
        self._hotkeys.stop()
        if self._keybindings is not None:
            self._keybindings.stop()

    def _bind_all(self) -> None:
        for name in self._wanted:  # all of them first, as one may get the keys of the other
            self._hotkeys.unbind(name)
        for name, written in self._wanted.items():
            if written:
                self._bind(name, written)
        self._show()

    def _bind(self, name: str, written: str) -> None:
        try:
            support = self._hotkeys.bind(name, chord.parse(written))
        except UserError as error:
            self._note(name, str(error), tell=True)
        else:
            self._note(name, _problem(support), tell=True)

    def _note(self, name: str, problem: str, *, tell: bool) -> None:
        """Keep a problem, and tell it unless it has been told."""
        known = self._problems.get(name, "")
        self._problems[name] = problem
        if not problem:
            del self._problems[name]
        elif tell and problem != known:
            self.refused.emit(problem)

    @Slot()
    def _show(self) -> None:
        if self._problems and not self._hotkeys.asks_user:
            self._retry.start()
        else:
            self._retry.stop()
        self.changed.emit(self.states)

    @Slot(object)
    def _on_pressed(self, name: str) -> None:
        if not self._suspended:
            self.pressed.emit(name)

    @Slot(object)
    def _on_hotkey_changed(self, hotkey: Hotkey) -> None:
        # Where a desktop has no hotkeys at all, the settings say so: not each start again.
        tell = self._hotkeys.support.level is not Level.MISSING
        if self._keybindings is not None and not tell:
            self._keybindings.look()
        self._note(hotkey.name, _problem(hotkey.support), tell=tell)
        self._show()

    @Slot()
    def _on_retry(self) -> None:
        """Another program may have given the keys back."""
        if self._suspended:
            return
        for name in self._problems.keys() & self._wanted.keys():
            self._bind(name, self._wanted[name])
        self._show()


def _problem(support: Support) -> str:
    return "" if support.level is Level.PENDING else support.why


def _unlike(sentences: Iterable[str]) -> list[str]:
    """Each once, in their order; where a desktop has none, all hotkeys are refused alike."""
    return list(dict.fromkeys(filter(None, sentences)))
