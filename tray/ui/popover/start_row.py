"""A row of the pop-over that starts something by a click or its digit."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from tray.ui import icons, plain_text
from tray.ui.legible import legible
from tray.ui.surfaces import paint_row
from tray.ui.theme import BODY, MEDIUM, SMALL, UNIT, Theme, row_height, sized, theme

_DOT: Final = 5 * UNIT // 4
_SIDE: Final = UNIT
_LEAST_NAME: Final = 0.55
"""Of the width is for what it is, however long its project's name."""


class StartRow(QAbstractButton):
    """The dot of its project, what it is, the project and the digit; where the mouse is, a sign."""

    def __init__(self, name: str, project: str, colour: str, digit: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._project = project
        self._colour = colour
        self._digit = digit
        self.setAccessibleName(f"{name} · {project}" if project else name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(0, row_height(self.fontMetrics(), "comfortable"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(painter, self, look.selected if self._is_met else None)
        row = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        dot = self._visual(QRect(row.left(), 0, _DOT, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(legible(QColor(self._colour), look.base, least=3))
        painter.drawEllipse(QPointF(QRectF(dot).center()), _DOT / 2 - 0.5, _DOT / 2 - 0.5)
        room = self._paint_end(painter, row, look)
        self._paint_names(painter, room.adjusted(_DOT + UNIT, 0, 0, 0), look)
        painter.end()

    @property
    def _is_met(self) -> bool:
        """Whether pointer or keys are on it."""
        return self.underMouse() or self.hasFocus()

    def _paint_end(self, painter: QPainter, row: QRect, look: Theme) -> QRect:
        """The digit, or the sign of what a click does; returns what is left of the row."""
        side = 3 * UNIT // 2
        end = QRect(row.right() + 1 - side, (self.height() - side) // 2, side, side)
        if self._is_met:
            icons.paint(painter, "play", self._visual(end).toRectF(), look.accent)
        else:
            painter.setFont(sized(self.font(), SMALL, tabular=True))
            painter.setPen(look.subdued)
            whole = QRect(end.left(), 0, side, self.height())
            painter.drawText(self._visual(whole), Qt.AlignmentFlag.AlignCenter, self._digit)
        return row.adjusted(0, 0, -side - 2 * UNIT, 0)

    def _paint_names(self, painter: QPainter, room: QRect, look: Theme) -> None:
        painter.setFont(sized(self.font(), SMALL))
        metrics = painter.fontMetrics()
        name_wants = self.fontMetrics().horizontalAdvance(self.name) + 2 * UNIT
        most = max(room.width() - name_wants, round(room.width() * (1 - _LEAST_NAME)))
        project = plain_text.elided(self._project, metrics, most)
        width = metrics.horizontalAdvance(project)
        painter.setPen(look.subdued)
        right = QRect(room.right() + 1 - width, 0, width + 1, self.height())
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self._visual(right), centred, project)
        painter.setFont(sized(self.font(), BODY, MEDIUM))
        painter.setPen(look.text)
        left = room.adjusted(0, 0, -width - (UNIT if width else 0), 0)
        name = plain_text.elided(self.name, painter.fontMetrics(), left.width())
        painter.drawText(self._visual(left), centred, name)

    def _visual(self, area: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)
