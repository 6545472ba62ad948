"""A project as a chip that stands by itself, shortened where there is no room for all of it."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from tray.ui import project_chip
from tray.ui.theme import MEDIUM, SMALL, sized, theme


class ProjectBadge(QWidget):
    """As high with no project as with one, so that nothing below it moves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = self._colour = ""
        self.setFont(sized(self.font(), SMALL, MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_project(self, text: str, colour: str) -> None:
        """Show this one; an empty text shows none."""
        if (text, colour) != (self._text, self._colour):
            self._text, self._colour = text, colour
            self.setAccessibleName(text)
            self.update()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(0, project_chip.height(self.fontMetrics()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        width = project_chip.project_width(self._text, self.fontMetrics())
        area = QRect(0, 0, min(self.width(), width), self.height())
        area = QStyle.visualRect(self.layoutDirection(), self.rect(), area)
        look, mirrored = theme(self.palette()), self.isRightToLeft()
        project_chip.paint_project(painter, area, self._text, self._colour, look, mirrored=mirrored)
        painter.end()
