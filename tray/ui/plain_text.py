"""What the user or a server wrote, made ready for the places where Qt or a desktop reads markup.

Labels show plain text by themselves (`tray.ui.labels`); what is here is for the other places.
"""

import re
import sys
from typing import Final

from PySide6 import QtGui
from PySide6.QtGui import QFontMetrics

from tray.model import limits

_JOINER: Final = "\N{WORD JOINER}"
"""Takes no room and cannot be seen."""
_BREAK: Final = "\N{ZERO WIDTH SPACE}"
"""Takes no room, and a line may end there."""
_FOLDER: Final = re.compile(r"[/\\]")
_LOOKALIKES: Final = str.maketrans("<>", "‹›")


def tooltip(text: str) -> str:
    """For a widget's tooltip, which Qt takes for HTML if it looks like it; it looks the same."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    return text.replace("<", f"<{_JOINER}").replace("&", f"&{_JOINER}")


def panel(text: str) -> str:
    """For the tooltip and the messages of the icon.

    Some panels read Qt's HTML, some Pango's markup, and most neither: a text that is safe with
    all of them and shows no escapes in any has no angle brackets.
    """
    return text.translate(_LOOKALIKES) if sys.platform == "linux" else text


def button(text: str) -> str:
    """For a button or a menu, where an ampersand marks a key."""
    return text.replace("&", "&&")


def breakable(path: str) -> str:
    """For a label of several lines, which may then end behind a folder; not to be copied."""
    return _FOLDER.sub(rf"\g<0>{_BREAK}", path)


def elided(text: str, metrics: QFontMetrics, width: int) -> str:
    """For where it is painted: on one line, and shortened to so many pixels."""
    return metrics.elidedText(limits.one_line(text), QtGui.Qt.TextElideMode.ElideRight, width)
