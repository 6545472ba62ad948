"""Turns what the user presses in the settings into a chord."""

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tray.desktop.chord import Chord, Modifier, is_key
from tray.desktop.us_layout import CHARACTERS, X_OFFSET

_MODIFIERS: Final = {
    Qt.KeyboardModifier.ControlModifier: Modifier.CTRL,
    Qt.KeyboardModifier.AltModifier: Modifier.ALT,
    Qt.KeyboardModifier.ShiftModifier: Modifier.SHIFT,
    Qt.KeyboardModifier.MetaModifier: Modifier.META,
}
_SWAPPED_BY_QT: Final = {Modifier.CTRL: Modifier.META, Modifier.META: Modifier.CTRL}
"""On macOS Qt calls the Command key Ctrl, and the Ctrl key Meta."""
_KEYS: Final[dict[int, str]] = {
    Qt.Key.Key_Space: "space",
    Qt.Key.Key_Tab: "tab",
    Qt.Key.Key_Backtab: "tab",
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Backspace: "backspace",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Escape: "escape",
    Qt.Key.Key_Insert: "insert",
    Qt.Key.Key_Home: "home",
    Qt.Key.Key_End: "end",
    Qt.Key.Key_PageUp: "pageup",
    Qt.Key.Key_PageDown: "pagedown",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Plus: "plus",
    Qt.Key.Key_Print: "print",
    Qt.Key.Key_SysReq: "print",
    Qt.Key.Key_Pause: "pause",
    Qt.Key.Key_Menu: "menu",
    Qt.Key.Key_MediaPlay: "mediaplay",
    Qt.Key.Key_MediaTogglePlayPause: "mediaplay",
    Qt.Key.Key_MediaStop: "mediastop",
    Qt.Key.Key_MediaNext: "medianext",
    Qt.Key.Key_MediaPrevious: "mediaprevious",
    Qt.Key.Key_VolumeUp: "volumeup",
    Qt.Key.Key_VolumeDown: "volumedown",
    Qt.Key.Key_VolumeMute: "volumemute",
    Qt.Key.Key_Calculator: "calculator",
    Qt.Key.Key_LaunchMail: "mail",
    Qt.Key.Key_HomePage: "homepage",
    Qt.Key.Key_Search: "search",
}


def captured(event: QKeyEvent, platform: str = sys.platform) -> Chord | None:
    """The chord of a key press; None while only modifiers are held, or if the key cannot be one.

    Whether the chord is any good as a hotkey is up to `Chord.problem`.

    Args:
        event: what a widget got.
        platform: what `sys.platform` says.
    """
    keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    key = _key(event, platform)
    if not is_key(key) or (keypad and len(key) == 1):
        return None
    held = {ours for theirs, ours in _MODIFIERS.items() if event.modifiers() & theirs}
    if platform == "darwin":
        held = {_SWAPPED_BY_QT.get(modifier, modifier) for modifier in held}
    return Chord(frozenset(held), key)


def _key(event: QKeyEvent, platform: str) -> str:
    """Its name; a letter that Latin keyboards lack is called after the key in its place."""
    code = event.key()
    if Qt.Key.Key_F1 <= code <= Qt.Key.Key_F24:
        return f"f{code - Qt.Key.Key_F1 + 1}"
    if code in _KEYS:
        return _KEYS[code]
    character = chr(code).lower() if code <= sys.maxunicode else ""
    place = CHARACTERS.get(_position(event, platform), "")
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if not is_key(character) or (shifted and place.isdigit() and not character.isalpha()):
        return place
    return character


def _position(event: QKeyEvent, platform: str) -> int:
    """The place of the key as the kernel of Linux numbers them; macOS does not tell."""
    if platform == "darwin":
        return 0
    return event.nativeScanCode() - (0 if platform == "win32" else X_OFFSET)
