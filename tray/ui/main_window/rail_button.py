"""One row of the rail: an icon, and a word beside it if there is room."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from tray.ui import icons, plain_text
from tray.ui.surfaces import paint_row
from tray.ui.theme import (
    BODY,
    CONTROL_HEIGHT,
    MEDIUM,
    SEMIBOLD,
    UNIT,
    Theme,
    sized,
    theme,
)

ICON: Final = 2 * UNIT
SIDE: Final = 3 * UNIT // 2
"""Left and right within a row."""


class RailButton(QAbstractButton):
    """Checkable where it stands for a page."""

    def __init__(self, icon: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Be named so from now on."""
        self.setText(title)
        self.setAccessibleName(title)
        self._hint()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only; the tool tip says the rest."""
        self._narrow = narrow
        self._hint()
        self.updateGeometry()
        self.update()

    def _hint(self) -> None:
        self.setToolTip(plain_text.tooltip(self.text() if self._narrow else ""))

    def sizeHint(self) -> QSize:
        height = max(CONTROL_HEIGHT, self.fontMetrics().height() + UNIT)
        if self._narrow:
            return QSize(height, height)
        metrics = QFontMetrics(sized(self.font(), BODY, SEMIBOLD))
        return QSize(3 * SIDE + ICON + metrics.horizontalAdvance(self.text()), height)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(painter, self, self._ground(look))
        self.paint_icon(painter, self._icon_area(), look)
        if not self._narrow:
            self._paint_text(painter, look)
        painter.end()

    def paint_icon(self, painter: QPainter, area: QRect, look: Theme) -> None:
        """Draw what stands before the word."""
        colour = look.accent if self.isChecked() else look.subdued
        icons.paint(painter, self._icon_name, area.toRectF(), colour)

    def _ground(self, look: Theme) -> QColor | None:
        if self.isChecked():
            return look.selected
        return look.hover if self.underMouse() else None

    def _paint_text(self, painter: QPainter, look: Theme) -> None:
        weight = SEMIBOLD if self.isChecked() else MEDIUM
        painter.setFont(sized(self.font(), BODY, weight))
        painter.setPen(look.text if self.isChecked() else look.subdued)
        room = self._visual(self.rect().adjusted(SIDE + ICON + SIDE, 0, -UNIT // 2, 0))
        text = plain_text.elided(self.text(), painter.fontMetrics(), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)

    def _icon_area(self) -> QRect:
        left = (self.width() - ICON) // 2 if self._narrow else SIDE
        area = QRect(QPoint(left, (self.height() - ICON) // 2), QSize(ICON, ICON))
        return self._visual(area)

    def _visual(self, area: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)
