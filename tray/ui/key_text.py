"""The keys of a window, as the menus of this system show them."""

import sys

from PySide6.QtGui import QKeySequence

from tray.language import tr
from tray.model.key_names import shown_keys


def key_text(keys: str) -> str:
    """Keys that are pressed together: on macOS by Apple's signs, else by their names."""
    if sys.platform == "darwin":
        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    return shown_keys(keys)


def with_keys(text: str, keys: str) -> str:
    """What something does, and by which keys too."""
    return tr("{text} ({keys})").format(text=text, keys=key_text(keys))
