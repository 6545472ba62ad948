"""What can be clicked and looks so only while the pointer or the keys are on it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from tray.ui import plain_text
from tray.ui.theme import RADIUS, RING, theme


class FlatButton(QAbstractButton):
    """What stands in it is up to whoever makes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, name: str, tip: str) -> None:
        """Have this name for a screen reader, and this tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(plain_text.tooltip(tip))
        self.updateGeometry()
        self.update()

    def paint_ground(self, painter: QPainter) -> None:
        """Draw what shows that it can be clicked, and that it has the focus."""
        look = theme(self.palette())
        area = self.rect().toRectF()
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.hover)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(look.accent, RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
