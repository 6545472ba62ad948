"""What can be clicked and looks so only while the pointer or the keys are on it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget

from tray.ui import plain_text
from tray.ui.surfaces import paint_row
from tray.ui.theme import theme


class FlatButton(QAbstractButton):
    """What stands in it is up to whoever makes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def say(self, name: str, tip: str) -> None:
        """Have this name for a screen reader, and this tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(plain_text.tooltip(tip))
        self.updateGeometry()
        self.update()

    def paint_ground(self, painter: QPainter) -> None:
        """Draw what shows that it can be clicked, and that it has the focus."""
        on = self.underMouse() or self.isDown()
        paint_row(painter, self, theme(self.palette()).hover if on else None)
