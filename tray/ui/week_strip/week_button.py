"""The arrow that leads to the week before or after, beside what says which that is."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tray.ui import icons
from tray.ui.flat_button import FlatButton
from tray.ui.theme import UNIT, theme


class WeekButton(FlatButton):
    """An arrow to the week before, or after."""

    def __init__(self, icon: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.say(name, name)

    def sizeHint(self) -> QSize:
        return QSize(icons.SIDE + UNIT // 2, icons.SIDE + UNIT // 2)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        area = self.rect().toRectF()
        area = area.adjusted(UNIT / 4, UNIT / 4, -UNIT / 4, -UNIT / 4)
        icons.paint(painter, self._icon, area, look.subdued if self.isEnabled() else look.line)
        painter.end()
