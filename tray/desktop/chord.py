"""A hotkey as a value: which modifiers are held while which key is pressed.

Written ``ctrl+alt+t``: modifiers in any order, then one key. A key is named by what its plain press
types (``t``, ``7``, ``;``, ``ö``) or, if that is nothing to be seen, by a word (``f9``, ``space``).
"""

from enum import StrEnum

from tray.errors import UserError
from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.model.key_names import shown_keys


class Modifier(StrEnum):
    """A key that only changes what another does, in the order in which they are written."""

    CTRL = "ctrl"
    ALT = "alt"
    SHIFT = "shift"
    META = "meta"
    """The Super, Windows or Command key."""


MODIFIERS: Final = {modifier.value: modifier for modifier in Modifier}
TYPING: Final = {
    "space": "Space",
    "tab": "Tab",
    "enter": "Enter",
    "backspace": "Backspace",
    "delete": "Delete",
    "escape": "Escape",
    "insert": "Insert",
    "home": "Home",
    "end": "End",
    "pageup": "Page Up",
    "pagedown": "Page Down",
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
    "plus": "Plus",  # a word, because + joins
}
"""Keys that every program needs for itself, with what menus call them."""
FREE: Final = {
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
    "print": "Print",
    "pause": "Pause",
    "menu": "Menu",
    "mediaplay": "Media Play",
    "mediastop": "Media Stop",
    "medianext": "Media Next",
    "mediaprevious": "Media Previous",
    "volumeup": "Volume Up",
    "volumedown": "Volume Down",
    "volumemute": "Volume Mute",
    "calculator": "Calculator",
    "mail": "Mail",
    "homepage": "Home Page",
    "search": "Search",
}
"""Keys that can be a hotkey all by themselves."""
_SHOWN: Final = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "meta": "Meta", **TYPING, **FREE}
_ALIASES: Final = {
    "control": "ctrl",
    "option": "alt",
    "super": "meta",
    "win": "meta",
    "windows": "meta",
    "cmd": "meta",
    "command": "meta",
    "return": "enter",
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "printscreen": "print",
    # As other languages print them on keys, whichever is chosen now.
    "strg": "ctrl",
    "umschalt": "shift",
    "leertaste": "space",
    "eingabe": "enter",
    "eingabetaste": "enter",
    "rücktaste": "backspace",
    "entf": "delete",
    "einfg": "insert",
    "pos1": "home",
    "ende": "end",
    "bildauf": "pageup",
    "bildab": "pagedown",
    "links": "left",
    "rechts": "right",
    "auf": "up",
    "ab": "down",
    "druck": "print",
    "menü": "menu",
    "空格": "space",
    "回车": "enter",
    "退格": "backspace",
    "←": "left",
    "→": "right",
    "↑": "up",
    "↓": "down",
    "加号": "plus",
    "prtsc": "print",
    "菜单键": "menu",
}


class Chord(NamedTuple):
    """One key with the modifiers that must be held, and no others."""

    modifiers: frozenset[Modifier]
    key: str
    """A character in lower case, or a word of `TYPING` or `FREE`."""

    def __str__(self) -> str:
        """As it stands in the settings: ``ctrl+alt+t``."""
        return "+".join(self._parts())

    def shown(self) -> str:
        """As Qt reads it: ``Ctrl+Alt+T``."""
        return "+".join(_SHOWN.get(part) or _capital(part) for part in self._parts())

    def label(self) -> str:
        """As a user reads it: ``Strg+Alt+T`` in German."""
        return shown_keys(self.shown())

    def problem(self) -> str:
        """Why this cannot be a global hotkey, as a sentence; empty if it can."""
        if not is_key(self.key):
            sentence = tr("“{key}” is not a key for a hotkey. Use one such as T, F9 or Space.")
            return sentence.format(key=self.key)
        if self.key in FREE or self.modifiers - {Modifier.SHIFT}:
            return ""
        sentence = tr("{keys} is needed for typing. Add Ctrl, Alt or Meta.")
        return sentence.format(keys=self.label())

    def _parts(self) -> list[str]:
        return [*(each.value for each in Modifier if each in self.modifiers), self.key]


def is_key(name: str) -> bool:
    """Whether `name` names a key as `Chord.key` does; of letters, those of Latin-1 have keys."""
    if len(name) != 1:
        return name in TYPING or name in FREE
    return name <= "\xff" and name.isprintable() and name == name.lower() and name not in " +"


def parse(text: str) -> Chord:
    """Read ``Ctrl + Alt + T``; case, spaces and the order of modifiers do not matter.

    Raises:
        UserError: it cannot be a hotkey; the sentence says why.
    """
    *held, key = (_canonical(part) for part in text.split("+"))
    for name in held:
        if name not in MODIFIERS:
            sentence = tr("“{name}” in “{text}” is not one of {modifiers}.")
            modifiers = ", ".join(MODIFIERS)
            raise UserError(sentence.format(name=name, text=text, modifiers=modifiers))
    chord = Chord(frozenset(MODIFIERS[name] for name in held), key)
    if problem := chord.problem():
        raise UserError(problem)
    return chord


def _canonical(part: str) -> str:
    name = "".join(part.lower().split())
    return _ALIASES.get(name, name)


def _capital(character: str) -> str:
    """As printed on the key: some small letters, such as ß, have no single capital."""
    upper = character.upper()
    return upper if len(upper) == 1 else character
