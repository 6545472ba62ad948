"""What things are drawn on: a card with a hairline, a row under the pointer or with the focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from tray.ui.theme import CARD_RADIUS, RADIUS, RING, theme


def paint_card(
    widget: QWidget, *, edge: QColor | None = None, radius: int = CARD_RADIUS
) -> QPainter:
    """Make all of `widget` a card; with what is returned more can be drawn on it in hairlines."""
    look = theme(widget.palette())
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge or look.line, 1))
    painter.setBrush(look.card)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    return painter


def paint_row(painter: QPainter, widget: QWidget, ground: QColor | None) -> None:
    """Draw behind all of `widget` a `ground`, if it has one, and a ring if it has the focus."""
    area = QRectF(widget.rect())
    if ground is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
    if widget.hasFocus():
        painter.setPen(QPen(theme(widget.palette()).accent, RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
