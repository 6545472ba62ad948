"""A frameless window with round corners, and a shadow where the desktop can show through it."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from tray.ui.theme import RADIUS, UNIT, theme

_SHADOW: Final = 2 * UNIT
_STEP: Final = 2
"""The shadow is made of rounded rectangles, each so many pixels larger than the one on it."""
_FAINTEST: Final = 3
"""The opacity of the outermost of them, of 255."""


class FramelessWindow(QWidget):
    """The window; `margin` is the width of the shadow around what its layout may use."""

    def __init__(self) -> None:
        from tray.desktop.choose import is_composited

        flags = Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint)
        self.margin = _SHADOW if is_composited() else 0
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self.margin > 0)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(self.margin, 0, -_STEP):
            painter.setBrush(QColor(0, 0, 0, _FAINTEST + self.margin - spread))
            around = area.adjusted(-spread, UNIT // 2 - spread, spread, spread)
            painter.drawRoundedRect(around, RADIUS + spread, RADIUS + spread)
        painter.setBrush(look.base)
        painter.setPen(QPen(look.line if self.margin else look.border, 1))
        painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.margin:
            self.setMask(_rounded(self._area()))

    def _area(self) -> QRect:
        return self.rect().adjusted(self.margin, self.margin, -self.margin, -self.margin)


def _rounded(area: QRect) -> QRegion:
    path = QPainterPath()
    path.addRoundedRect(QRectF(area), RADIUS, RADIUS)
    return QRegion(path.toFillPolygon().toPolygon())
