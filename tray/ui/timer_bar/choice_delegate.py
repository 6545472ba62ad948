"""Paints one name of a popup: its dot, the name, and a tick if it is chosen."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tray.ui import icons, plain_text
from tray.ui.entries.name_completer import NameChoice
from tray.ui.theme import CHIP_RADIUS, UNIT, theme

CHOICE: Final = int(Qt.ItemDataRole.UserRole)
CHOSEN: Final = CHOICE + 1
_DOT: Final = UNIT
_Index = QModelIndex | QPersistentModelIndex


class ChoiceDelegate(QStyledItemDelegate):
    """Rows of one height, which grows with the font."""

    @staticmethod
    def height(metrics: QFontMetrics) -> int:
        """How high a row is."""
        return max(4 * UNIT, metrics.height() + UNIT)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del index
        return QSize(0, self.height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme(option.palette)
        choice = index.data(CHOICE)
        assert isinstance(choice, NameChoice)  # noqa: S101  # no row has another
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & over:
            painter.setBrush(look.selected)
            painter.drawRoundedRect(option.rect, CHIP_RADIUS, CHIP_RADIUS)
        area = option.rect.adjusted(UNIT, 0, -UNIT, 0)
        if choice.colour:
            painter.setBrush(QColor(choice.colour))
            middle = self._placed(option, QRect(area.left(), area.top(), _DOT, area.height()))
            painter.drawEllipse(QPointF(middle.toRectF().center()), _DOT / 2, _DOT / 2)
        tick = QRect(area.right() - 2 * UNIT, area.top(), 2 * UNIT, area.height())
        if index.data(CHOSEN):
            square = QRectF(0, 0, 2 * UNIT, 2 * UNIT)
            square.moveCenter(self._placed(option, tick).toRectF().center())
            icons.paint(painter, "check", square, look.accent)
        words = self._placed(option, area.adjusted(5 * UNIT // 2, 0, -3 * UNIT, 0))
        painter.setPen(look.text if choice.id else look.subdued)
        text = plain_text.elided(index.data(), option.fontMetrics, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        painter.restore()

    @staticmethod
    def _placed(option: QStyleOptionViewItem, area: QRect) -> QRect:
        return QStyle.visualRect(option.direction, option.rect, area)
