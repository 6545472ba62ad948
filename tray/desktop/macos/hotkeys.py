"""Global hotkeys of macOS by RegisterEventHotKey, which tells of no other key.

Never run on macOS so far.
"""

from typing import Final

from PySide6.QtCore import QObject

from tray.desktop.chord import Chord
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.macos.carbon import CarbonApi
from tray.desktop.macos.carbon_keys import CODES, MODIFIERS
from tray.desktop.macos.us_layout import PLACES
from tray.desktop.support import WORKS, Support, missing
from tray.language import tr

_ALREADY_EXISTS: Final = -9878
_PLUS: Final = "plus"


class MacHotkeys(Hotkeys):
    """Hotkeys of the program, made on Qt's main thread.

    Raises:
        OSError: macOS does not tell of any.
    """

    def __init__(self, api: CarbonApi, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._api = api
        self._numbers: dict[int, str] = {}
        self._next = 1
        api.open(self.report)

    @property
    def support(self) -> Support:
        """Every macOS has them."""
        return WORKS

    def instead(self, name: str) -> str:
        """The settings of macOS bind no key to a command."""
        return tr("Choose another key.")

    def stop(self) -> None:
        """Give everything back and listen no more."""
        super().stop()
        self._api.close()

    def report(self, number: int) -> bool:
        """The hotkey with this number was pressed; whether it is one of ours."""
        name = self._numbers.get(number)
        if name is not None:
            self.pressed.emit(name)
        return name is not None

    def _take(self, name: str, chord: Chord) -> Hotkey:
        code = self._code(chord.key)
        if code is None:
            why = tr("This keyboard has no {chord}.").format(chord=chord.label())
            return Hotkey(name, chord, missing(f"{why} {self.instead(name)}"))
        number, self._next = self._next, self._next + 1
        modifiers = sum(MODIFIERS[each] for each in chord.modifiers)
        error = self._api.register(number, modifiers, code)
        if error:
            why = self._reason(chord, error)
            return Hotkey(name, chord, missing(f"{why} {self.instead(name)}"))
        self._numbers[number] = name
        return Hotkey(name, chord, WORKS, chord.shown())

    def _release(self, name: str) -> None:
        for number in [number for number, other in self._numbers.items() if other == name]:
            self._api.unregister(number)
            del self._numbers[number]

    def _code(self, key: str) -> int | None:
        """The key that types it, or is at its place on a US keyboard."""
        if key in CODES:
            return CODES[key]
        typed = self._api.typed()
        wanted = "+" if key == _PLUS else key
        places = {character: code for code, character in PLACES.items()}
        return typed.get(wanted, places.get(wanted))

    def _reason(self, chord: Chord, error: int) -> str:
        if error == _ALREADY_EXISTS:
            text = tr("{chord} is taken by another program.")
        else:
            text = tr("macOS refuses {chord} (error {error}).")
        return text.format(chord=chord.label(), error=error)
