"""Where the parts of a scroll bar are that lies over the content and has no arrows."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionSlider

from tray.ui.theme import UNIT

BAR: Final = UNIT
"""How wide it is."""
SHORTEST: Final = 3 * UNIT
"""The length of its handle at least."""
_SUB: Final = QStyle.SubControl


def place_of(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Where one part is."""
    rect = option.rect
    level = option.orientation is Qt.Orientation.Horizontal
    length = rect.width() if level else rect.height()
    steps = max(1, option.maximum - option.minimum)
    handle = max(min(SHORTEST, length), length * option.pageStep // (steps + option.pageStep))
    start = QStyle.sliderPositionFromValue(
        option.minimum,
        option.maximum,
        option.sliderPosition,
        length - handle,
        option.upsideDown,
    )
    spans = {
        _SUB.SC_ScrollBarGroove: (0, length),
        _SUB.SC_ScrollBarSlider: (start, handle),
        _SUB.SC_ScrollBarSubPage: (0, start),
        _SUB.SC_ScrollBarAddPage: (start + handle, length - start - handle),
    }
    at, size = spans.get(part, (0, 0))
    if level:
        return QStyle.visualRect(
            option.direction, rect, QRect(rect.x() + at, rect.y(), size, rect.height())
        )
    return QRect(rect.x(), rect.y() + at, rect.width(), size)
