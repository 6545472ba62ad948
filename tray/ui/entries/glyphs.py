"""The signs on buttons and in fields, drawn in the colour of the text beside them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_SIZES: Final = (16, 24, 32, 48)
"""Pixels; each is drawn anew, so that all are crisp."""
_GRID: Final = 16
"""Units in which the signs are drawn."""

Glyph = Callable[[], QPainterPath]


def search() -> QPainterPath:
    """A magnifying glass."""
    path = QPainterPath()
    path.addEllipse(QPointF(7, 7), 4.25, 4.25)
    path.moveTo(10.2, 10.2)
    path.lineTo(13.5, 13.5)
    return path


def plus() -> QPainterPath:
    """For adding."""
    path = QPainterPath(QPointF(8, 3))
    path.lineTo(8, 13)
    path.moveTo(3, 8)
    path.lineTo(13, 8)
    return path


def undo() -> QPainterPath:
    """An arrow that bends back to the left."""
    path = QPainterPath(QPointF(6, 3))
    path.lineTo(3, 6)
    path.lineTo(6, 9)
    path.moveTo(3, 6)
    path.lineTo(9.5, 6)
    path.arcTo(QRectF(6, 6, 7, 7), 90, -180)
    path.lineTo(6, 13)
    return path


def redo() -> QPainterPath:
    """The same to the right."""
    path = QPainterPath(QPointF(10, 3))
    path.lineTo(13, 6)
    path.lineTo(10, 9)
    path.moveTo(13, 6)
    path.lineTo(6.5, 6)
    path.arcTo(QRectF(3, 6, 7, 7), 90, 180)
    path.lineTo(10, 13)
    return path


def chevron() -> QPainterPath:
    """There is a list below."""
    path = QPainterPath(QPointF(4.5, 6.5))
    path.lineTo(8, 10)
    path.lineTo(11.5, 6.5)
    return path


def icon(glyph: Glyph, colour: QColor, disabled: QColor | None = None) -> QIcon:
    """A sign as an icon; `disabled` is its colour where it can do nothing."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_drawn(glyph(), colour, size))
        if disabled is not None:
            made.addPixmap(_drawn(glyph(), disabled, size), QIcon.Mode.Disabled)
    return made


def _drawn(path: QPainterPath, colour: QColor, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / _GRID, size / _GRID)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.end()
    return pixmap
