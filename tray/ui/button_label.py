"""Draws the words of a button beside its sign, with room between them."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionButton

from tray.ui.theme import UNIT

_GAP: Final = UNIT
_QT_GAP: Final = 4
"""What Qt counts for it in the size of a button."""
_ARROW: Final = 2 * UNIT
"""The room of the arrow of a button with a menu."""
_Feature = QStyleOptionButton.ButtonFeature


def is_signed(option: QStyleOptionButton) -> bool:
    """Whether a button has both a sign and words."""
    return bool(option.text) and not option.icon.isNull()


def extra_width(option: QStyleOptionButton) -> int:
    """How much wider it is than Qt thinks."""
    return _GAP - _QT_GAP if is_signed(option) else 0


def draw(painter: QPainter, option: QStyleOptionButton) -> None:
    """Draw both in the middle of the button, in its palette."""
    area = option.rect.adjusted(0, 0, -_ARROW if option.features & _Feature.HasMenu else 0, 0)
    sign = option.iconSize
    mnemonic = Qt.TextFlag.TextShowMnemonic
    metrics = QFontMetrics(option.fontMetrics)
    words = metrics.size(mnemonic, option.text).width()
    left = area.left() + max(0, (area.width() - sign.width() - _GAP - words) // 2)
    top = area.center().y() - sign.height() // 2 + 1
    enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
    mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
    place = QRect(left, top, sign.width(), sign.height())
    option.icon.paint(painter, _visual(option, place), Qt.AlignmentFlag.AlignCenter, mode)
    place = QRect(place.right() + 1 + _GAP, area.top(), words + 1, area.height())
    painter.setPen(option.palette.buttonText().color())
    centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(_visual(option, place), centred | mnemonic, option.text)


def _visual(option: QStyleOptionButton, area: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, area)
