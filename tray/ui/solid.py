"""Pens and brushes of one colour, made so that the icon need not wait for them.

Where PySide6 takes a colour for a pen or a brush, one of Qt's enumerations could stand too, and it
makes all of them to find out: 20 ms before the icon.
"""

from PySide6.QtGui import QBrush, QColor, QPen, QPixmap


def solid_pen(colour: QColor, width: float) -> QPen:
    """A pen for lines of so many pixels."""
    pen = QPen()
    pen.setColor(colour)
    pen.setWidthF(width)
    return pen


def solid_brush(colour: QColor) -> QBrush:
    """A brush that fills with the colour."""
    point = QPixmap(1, 1)
    point.fill(colour)
    return QBrush(point)
