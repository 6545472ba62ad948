"""Global hotkeys by RegisterHotKey, which tells of no other key. Never run on Windows so far."""

from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

from tray.desktop.chord import Chord, Modifier
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.support import WORKS, Support, missing
from tray.desktop.windows.keys import MODIFIERS, NO_REPEAT, fixed_code, us_code
from tray.desktop.windows.user32 import HotkeyApi, hotkey_number
from tray.language import tr

_ALREADY_REGISTERED: Final = 1409


class WindowsHotkeys(Hotkeys):
    """Hotkeys of the thread that makes it, which has to be Qt's main thread."""

    def __init__(self, api: HotkeyApi, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._api = api
        self._numbers: dict[int, str] = {}
        self.filter = MessageFilter(self)
        if application := QCoreApplication.instance():
            application.installNativeEventFilter(self.filter)

    @property
    def support(self) -> Support:
        """Every Windows has them."""
        return WORKS

    def instead(self, name: str) -> str:
        """Windows has no settings that bind a key to a command."""
        return tr("Choose another key.")

    def stop(self) -> None:
        """Give everything back and listen no more."""
        super().stop()
        if application := QCoreApplication.instance():
            application.removeNativeEventFilter(self.filter)

    def report(self, number: int) -> None:
        """Windows says that the hotkey with this number was pressed."""
        if name := self._numbers.get(number):
            self.pressed.emit(name)

    def _take(self, name: str, chord: Chord) -> Hotkey:
        code, shifted = self._code(chord.key)
        if not code:
            why = tr("This keyboard has no {chord}.").format(chord=chord.label())
            return Hotkey(name, chord, missing(f"{why} {self.instead(name)}"))
        if shifted:
            chord = chord._replace(modifiers=chord.modifiers | {Modifier.SHIFT})
        number = next(free for free in range(1, 1000) if free not in self._numbers)
        bits = sum(MODIFIERS[modifier] for modifier in chord.modifiers)
        error = self._api.register(number, bits | NO_REPEAT, code)
        if error:
            return Hotkey(
                name, chord, missing(f"{self._reason(chord, error)} {self.instead(name)}")
            )
        self._numbers[number] = name
        return Hotkey(name, chord, WORKS, chord.shown())

    def _release(self, name: str) -> None:
        for number in [number for number, other in self._numbers.items() if other == name]:
            self._api.unregister(number)
            del self._numbers[number]

    def _code(self, key: str) -> tuple[int, bool]:
        """The virtual key, and whether it takes Shift to type `key`."""
        code = fixed_code(key)
        return (code, False) if code else self._api.code_of(key) or (us_code(key), False)

    def _reason(self, chord: Chord, error: int) -> str:
        if error == _ALREADY_REGISTERED:
            text = tr("{chord} is taken by another program.")
        else:
            text = tr("Windows refuses {chord} (error {error}).")
        return text.format(chord=chord.label(), error=error)


class MessageFilter(QAbstractNativeEventFilter):
    """Sees the messages of the thread before Qt does, and lets all of them through."""

    def __init__(self, hotkeys: WindowsHotkeys) -> None:
        super().__init__()
        self._hotkeys = hotkeys

    def nativeEventFilter(  # noqa: N802
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> Any:
        """Qt asks whether to stop here, and with what result."""
        if event_type == b"windows_generic_MSG":
            number = hotkey_number(int(message))
            if number is not None:
                self._hotkeys.report(number)
        return False, 0
