"""The program's mark and name at the head of the rail."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from tray.ui.theme import BODY, CONTROL_HEIGHT, RADIUS, SEMIBOLD, UNIT, sized, theme

_MARK: Final = 7 * UNIT // 2
_NAME: Final = "Toggl Tray"


class Brand(QWidget):
    """Cannot be clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._narrow = False
        self.setAccessibleName(_NAME)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """Show the mark only."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_MARK, max(CONTROL_HEIGHT, self.fontMetrics().height() + UNIT))

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - _MARK) // 2 if self._narrow else UNIT
        mark = self._visual(QRect(left, (self.height() - _MARK) // 2, _MARK, _MARK))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.accent)
        painter.drawRoundedRect(mark, RADIUS, RADIUS)
        painter.setBrush(look.on_accent)
        middle, size = QPointF(mark.toRectF().center()), UNIT / 2
        corners = ((-0.8, -1.3), (1.4, 0), (-0.8, 1.3))
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) * size for x, y in corners]))
        if not self._narrow:
            painter.setFont(sized(self.font(), BODY, SEMIBOLD))
            painter.setPen(look.text)
            room = self._visual(self.rect().adjusted(2 * UNIT + _MARK + 2, 0, 0, 0))
            centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(room, centred, _NAME)
        painter.end()

    def _visual(self, area: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)
