"""Which keys of an X keyboard, with which modifier bits, a chord means."""

from collections.abc import Iterable
from itertools import product

from tray.desktop.chord import Chord, Modifier
from tray.desktop.linux.keysyms import ALT, NUM_LOCK, SCROLL_LOCK, SUPER, keysym
from tray.desktop.us_layout import POSITIONS, X_OFFSET
from tray.lean_typing import Final, NamedTuple

_SHIFT: Final = 1 << 0
_CAPS_LOCK: Final = 1 << 1
_CONTROL: Final = 1 << 2
_PLAIN_COLUMNS: Final = (0, 2)
"""Where the core protocol has what a key types alone, in the first and the second layout."""
_SHIFTED_COLUMNS: Final = (1, 3)


class KeyGrab(NamedTuple):
    """A key that is pressed while exactly some modifiers are on."""

    code: int
    modifiers: int
    """The bits of ShiftMask to Mod5Mask."""


class Keyboard(NamedTuple):
    """The map of the server's keyboard."""

    first_code: int
    symbols: tuple[tuple[int, ...], ...]
    """The keysyms of each key, beginning with that of `first_code`."""
    modifiers: tuple[tuple[int, ...], ...]
    """The keycodes that turn each of the eight modifiers on; 0 is none."""

    def codes_of(self, symbol: int, column: int) -> tuple[int, ...]:
        """The keys that have `symbol` in a column of the map."""
        return tuple(
            code
            for code, symbols in enumerate(self.symbols, self.first_code)
            if symbols[column : column + 1] == (symbol,)
        )

    def bit_of(self, *symbols: int) -> int:
        """The modifier of a key that has one of `symbols`; 0 if there is none."""
        for index, codes in enumerate(self.modifiers):
            if any(symbol in self._symbols_of(code) for code in codes for symbol in symbols):
                return 1 << index
        return 0

    def _symbols_of(self, code: int) -> tuple[int, ...]:
        place = code - self.first_code
        return self.symbols[place] if 0 <= place < len(self.symbols) else ()


class ResolvedChord(NamedTuple):
    """What a chord is on a certain keyboard."""

    keys: frozenset[KeyGrab]
    """All states of the locks included."""
    chord: Chord
    """What has to be pressed; Shift is added if the key's character needs it."""


def resolve_chord(chord: Chord, keyboard: Keyboard) -> ResolvedChord | None:
    """Find the keys of `chord`; None if this keyboard lacks one."""
    codes, shifted = _codes(chord.key, keyboard)
    if shifted:
        chord = chord._replace(modifiers=chord.modifiers | {Modifier.SHIFT})
    bits = [_bit(modifier, keyboard) for modifier in chord.modifiers]
    if not codes or not all(bits):
        return None
    states = {sum(bits) | locks for locks in _lock_states(keyboard)}
    return ResolvedChord(frozenset(KeyGrab(*pair) for pair in product(codes, states)), chord)


def _codes(key: str, keyboard: Keyboard) -> tuple[tuple[int, ...], bool]:
    """The keys that type `key`, and whether Shift has to be held for that."""
    symbol = keysym(key).number
    for columns, shifted in ((_PLAIN_COLUMNS, False), (_SHIFTED_COLUMNS, True)):
        for column in columns:
            if codes := keyboard.codes_of(symbol, column):
                return codes, shifted
    place = POSITIONS.get(key)
    return ((place + X_OFFSET,), False) if place else ((), False)


def _bit(modifier: Modifier, keyboard: Keyboard) -> int:
    match modifier:
        case Modifier.SHIFT:
            return _SHIFT
        case Modifier.CTRL:
            return _CONTROL
        case Modifier.ALT:
            return keyboard.bit_of(*ALT)
        case Modifier.META:
            return keyboard.bit_of(*SUPER)


def _lock_states(keyboard: Keyboard) -> Iterable[int]:
    """Every combination of the locks that may be on without anybody holding them."""
    locks = {_CAPS_LOCK, keyboard.bit_of(NUM_LOCK), keyboard.bit_of(SCROLL_LOCK)}
    return (sum(bits) for bits in product(*((0, lock) for lock in locks)))
