"""GNOME's own keyboard shortcuts, which can call our commands where it gives programs no hotkeys.

They are kept by `gsettings`: a list of places, and name, command and keys at each of them. Only the
places that have our name are ever written.
"""

import ast
import shlex
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from tray.desktop.chord import Chord, Modifier
from tray.desktop.linux.keysyms import keysym
from tray.language import tr
from tray.model.hotkey_uses import HOTKEY_USES

_KEYS: Final = "org.gnome.settings-daemon.plugins.media-keys"
_LIST: Final = (_KEYS, "custom-keybindings")
_PLACE: Final = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/toggl-tray-{}/"
_HELD: Final = {
    Modifier.CTRL: "<Control>",
    Modifier.ALT: "<Alt>",
    Modifier.SHIFT: "<Shift>",
    Modifier.META: "<Super>",
}
_KILLED_MS: Final = 1_000


class Keybinding(NamedTuple):
    """What one of our commands is called by."""

    label: str
    chord: Chord
    command: Sequence[str]

    @property
    def shown_command(self) -> str:
        """As the desktop gets it, and as a user may write it there by hand."""
        return shlex.join(self.command)


class GnomeKeybindings(QObject):
    """Puts our commands among them, and takes them away again; nothing waits."""

    changed = Signal()
    """Others of our commands are among them than before."""
    failed = Signal(object)
    """Why that could not be done, as a sentence."""

    def __init__(self, environ: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: frozenset[str] = frozenset()
        """Our commands that are among them."""
        self._steps: list[tuple[Sequence[str], Callable[[str], None] | None]] = []
        variables = QProcessEnvironment()
        for name, value in environ.items():
            variables.insert(name, value)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(variables)
        self._process.errorOccurred.connect(self._on_error)
        self._process.finished.connect(self._on_finished)

    def look(self) -> None:
        """Find out which of our commands are among them."""
        self._do(("get", *_LIST), self._note)

    def put(self, wanted: Mapping[str, Keybinding]) -> None:
        """Have the desktop call exactly these, by the names of the commands."""
        self._do(("get", *_LIST), partial(self._put, wanted))

    def take_away(self) -> None:
        """Have it call none of them."""
        self.put({})

    def stop(self) -> None:
        """Do nothing any more."""
        self._steps.clear()
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(_KILLED_MS)

    def _put(self, wanted: Mapping[str, Keybinding], listed: str) -> None:
        places = _places(listed)
        if places is None:  # what is not understood is not written over
            self._give_up(listed)
            return
        ours = {name: _PLACE.format(name) for name in HOTKEY_USES}
        for name, each in wanted.items():
            at = f"{_KEYS}.custom-keybinding:{ours[name]}"
            self._do(("set", at, "name", f"Toggl Tray: {each.label}"))
            self._do(("set", at, "command", each.shown_command))
            self._do(("set", at, "binding", accelerator(each.chord)))
        kept = [place for place in places if place not in ours.values()]
        new = [*kept, *(ours[name] for name in wanted)]
        if new != places:
            self._do(("set", *_LIST, str(new) if new else "@as []"))
        for name in ours.keys() - wanted.keys():
            if ours[name] in places:
                self._do(("reset-recursively", f"{_KEYS}.custom-keybinding:{ours[name]}"))
        self.look()

    def _note(self, listed: str) -> None:
        places = _places(listed) or []
        found = frozenset(each for each in HOTKEY_USES if _PLACE.format(each) in places)
        if found != self.names:
            self.names = found
            self.changed.emit()

    def _do(self, arguments: Sequence[str], then: Callable[[str], None] | None = None) -> None:
        self._steps.append((arguments, then))
        if len(self._steps) == 1:
            self._start()

    def _start(self) -> None:
        arguments, _ = self._steps[0]
        self._process.start("gsettings", list(arguments))

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._give_up(self._process.errorString())

    @Slot(int)
    def _on_finished(self, code: int) -> None:
        if not self._steps:
            return
        if code:
            words = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            self._give_up(next(iter(words.strip().splitlines()), str(code)))
            return
        output = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace")
        _, then = self._steps[0]
        if then is not None:
            then(output.strip())
        if self._steps:  # else it was given up
            self._steps.pop(0)
        if self._steps:
            self._start()

    def _give_up(self, why: str) -> None:
        self._steps.clear()
        sentence = tr("GNOME's keyboard shortcuts could not be changed ({why}).")
        self.failed.emit(sentence.format(why=why))


def accelerator(chord: Chord) -> str:
    """`chord` as GTK writes it: ``<Control><Alt>space``."""
    held = "".join(text for modifier, text in _HELD.items() if modifier in chord.modifiers)
    return f"{held}{keysym(chord.key).name}"


def _places(listed: str) -> list[str] | None:
    """What `gsettings` has printed of the list; ``@as []`` is an empty one, None is no list."""
    try:
        found = ast.literal_eval(listed.removeprefix("@as "))
    except (SyntaxError, ValueError):
        return None
    return [str(each) for each in found] if isinstance(found, list) else None
