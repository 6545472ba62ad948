"""Which buttons a notification has where those that do not fit would break into lines."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtGui import QFontMetricsF, QGuiApplication

from tray.desktop.notifier import Action
from tray.model import limits

DEFAULT: Final = "default"
"""The key of a click on the notification itself, which is no button."""
MOST: Final = 3
"""Buttons beside each other that can be taken in at a glance; GNOME shows no more either."""
_OF_KDE: Final = "x-kde-origin-name"
"""What only KDE's service lists among what it can do, and no service says how wide it is."""
_LINE_EMS: Final = 24.3
_PADDING_EMS: Final = 1.0
_GAP_EMS: Final = 0.3
"""How wide a line of buttons is there, what one has beside its text, and what is between two: it is
made in units of the desktop's font, which is the program's own too."""


def fitting(actions: Sequence[Action], capabilities: Collection[str]) -> tuple[Action, ...]:
    """Those that stand on one line, the first before others, under short names if need be.

    Args:
        actions: the most useful first.
        capabilities: what the service says it can do.
    """
    if _OF_KDE not in capabilities:
        return tuple(actions)
    whole = [each for each in actions if each.key == DEFAULT]
    buttons = [each for each in actions if each.key != DEFAULT][:MOST]
    short = [each._replace(label=each.short or each.label) for each in buttons]
    for count in range(len(buttons), 0, -1):
        for tried in (buttons[:count], short[:count]):
            if _ems(tried) <= _LINE_EMS:
                return (*whole, *tried)
    return (*whole, *map(_cut, short[:1]))


def _ems(buttons: Sequence[Action]) -> float:
    """How wide they are beside each other."""
    texts = sum(_metrics().horizontalAdvance(each.label) for each in buttons) / _em()
    return texts + _PADDING_EMS * len(buttons) + _GAP_EMS * (len(buttons) - 1)


def _cut(button: Action) -> Action:
    from PySide6.QtCore import Qt

    room = (_LINE_EMS - _PADDING_EMS) * _em()
    text = limits.one_line(button.label)
    label = _metrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    return button._replace(label=label)


def _metrics() -> QFontMetricsF:
    return QFontMetricsF(QGuiApplication.font())


def _em() -> float:
    """The size of the font in the pixels that its texts are measured in."""
    font = QGuiApplication.font()
    if font.pixelSize() > 0:
        return float(font.pixelSize())
    return font.pointSizeF() * QGuiApplication.primaryScreen().logicalDotsPerInch() / 72
