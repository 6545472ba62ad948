"""A card that opens below what was clicked, and closes by Esc or a click elsewhere."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray.ui.theme import UNIT, theme


class Popup(QWidget):
    """Belongs to the widget it opens below."""

    closed = Signal()

    def __init__(self, owner: QWidget, name: str) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self._owner = owner
        self.setAccessibleName(name)
        self.setWindowTitle(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        self.column.setSpacing(UNIT // 2)

    def open(self) -> None:
        """Show it below its owner, within the screen and, where that is wide enough, the window."""
        self.adjustSize()
        room = self._owner.screen().availableGeometry()
        window = self._owner.window().geometry()
        if window.width() > self.width():
            room.setLeft(max(room.left(), window.left()))
            room.setRight(min(room.right(), window.right() - UNIT))
        wanted = self._owner.mapToGlobal(QPoint(0, self._owner.height() + UNIT // 2))
        left = max(room.left(), min(wanted.x(), room.right() + 1 - self.width()))
        top = max(room.top(), min(wanted.y(), room.bottom() + 1 - self.height()))
        self.move(left, top)
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setPen(QPen(look.border, 1))
        painter.setBrush(look.card)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
