"""Draws the tray icon from what is running, at every size a panel may ask for."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap, QTransform

from tray.model import formats
from tray.ui.legible import text_on

SIZES: Final = (16, 18, 20, 22, 24, 28, 32, 36, 40, 44, 48, 64)
"""Pixels: what panels ask for at 100 % to 200 %; each is drawn anew, none is scaled."""

STOPPED: Final = QColor("#7b818b")
"""Neutral enough to be seen on light and on dark panels."""
STACKED: Final = 30
"""Pixels below which hours and minutes stand one over the other."""
REACHED: Final = QColor("#2da608")
ATTENTION: Final = QColor("#e0342b")


class IconState(NamedTuple):
    """All that the icon shows."""

    colour: str = ""
    """Of the running entry's project, ``#rrggbb``; empty while nothing runs."""
    text: str = ""
    """The elapsed time, such as ``7``, ``42`` or ``1:05``; empty to show a symbol."""
    progress: float | None = None
    """How much of the day's goal is reached, 0 to 1; None without a goal."""
    attention: bool = False
    """Whether something needs the user."""
    unsent: bool = False
    """Whether changes wait for longer than usual until the server can be told of them."""


def elapsed_text(seconds: int) -> str:
    """The elapsed time in the few characters an icon holds: minutes, then ``h:mm``, then hours."""
    minutes = seconds // 60
    if minutes < 60:
        return str(minutes)
    if minutes < 600:
        return formats.h_mm(seconds)
    return f"{minutes // 60}h"


def make_icon(state: IconState) -> QIcon:
    """The icon for a state, with a picture for each of `SIZES`."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(draw(state, size))
    return icon


def draw(state: IconState, size: int) -> QPixmap:
    """One picture of `size` pixels square."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(0, 0, size, size)
    if state.unsent:
        area.setBottom(size - _dots(painter, size))
    if state.colour:
        _running(painter, state, size, area)
    else:
        _stopped(painter, state, size, area)
    if state.progress is not None:
        _ring(painter, state, size, area)
    if state.attention:
        _mark(painter, size)
    painter.end()
    return pixmap


def dot(colour: str) -> QIcon:
    """A disc in a project's colour, to stand before its name in a menu or a list."""
    icon = QIcon()
    for size in (16, 24, 32):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        margin = size * 0.22
        painter.drawEllipse(QRectF(0, 0, size, size).adjusted(margin, margin, -margin, -margin))
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def _line(size: int) -> float:
    """The width of a line, in whole pixels so that it is crisp."""
    return float(max(1, round(size / 12)))


def _outline(size: int, area: QRectF, *, inset: float) -> QPainterPath:
    """The rounded square that every state shares, clockwise from the middle of its top."""
    area = area.adjusted(inset, inset, -inset, -inset)
    radius = max(0.0, size * 0.26 - inset)
    middle = area.center().x()
    path = QPainterPath(QPointF(middle, area.top()))
    for corner, angle in (
        (QPointF(area.right() - radius, area.top() + radius), 90),
        (QPointF(area.right() - radius, area.bottom() - radius), 0),
        (QPointF(area.left() + radius, area.bottom() - radius), 270),
        (QPointF(area.left() + radius, area.top() + radius), 180),
    ):
        box = QRectF(corner.x() - radius, corner.y() - radius, 2 * radius, 2 * radius)
        path.arcTo(box, angle, -90)
    path.closeSubpath()
    return path


def _running(painter: QPainter, state: IconState, size: int, area: QRectF) -> None:
    """A filled square in the project's colour, with the elapsed time or a symbol in it."""
    colour = QColor(state.colour)
    inset = _line(size) + max(1.0, size / 20) if state.progress is not None else 0.0
    shape = _outline(size, area, inset=inset)
    painter.fillPath(shape, colour)
    if state.progress is None:
        edge = QColor(255, 255, 255, 80) if colour.lightnessF() < 0.5 else QColor(0, 0, 0, 60)
        width = max(1.0, size / 32)
        painter.strokePath(_outline(size, area, inset=width / 2), QPen(edge, width))
    ink = text_on(colour)
    if state.text:
        _text(painter, state.text, shape.boundingRect(), ink)
    else:
        _symbol(painter, shape.boundingRect(), ink)


def _text(painter: QPainter, text: str, area: QRectF, ink: QColor) -> None:
    """The elapsed time as large as fits; hours over minutes where one line would be too small."""
    lines = text.split(":") if area.width() < STACKED else [text]
    font = QFont("sans-serif")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setWeight(QFont.Weight.Bold)
    font.setStretch(100 if len(lines[-1]) <= 2 else 88)
    font.setPixelSize(100)
    shapes = [QPainterPath() for _ in lines]
    for shape, line in zip(shapes, lines, strict=True):
        shape.addText(QPointF(0, 0), font, line)
    boxes = [shape.boundingRect() for shape in shapes]
    gap = 24 if len(lines) > 1 else 0
    wide = max(box.width() for box in boxes)
    high = sum(box.height() for box in boxes) + gap * (len(boxes) - 1)
    scale = min(area.width() * 0.84 / wide, area.height() * (0.84 if gap else 0.6) / high)
    top = area.center().y() - high * scale / 2
    for shape, box in zip(shapes, boxes, strict=True):
        place = QTransform.fromTranslate(area.center().x(), top).scale(scale, scale)
        painter.fillPath(place.map(shape.translated(-box.center().x(), -box.top())), ink)
        top += (box.height() + gap) * scale


def _symbol(painter: QPainter, area: QRectF, ink: QColor) -> None:
    """The sign of a running timer that a click would stop."""
    side = area.width() * 0.4
    square = QRectF(0, 0, side, side)
    square.moveCenter(area.center())
    path = QPainterPath()
    path.addRoundedRect(square, side * 0.16, side * 0.16)
    painter.fillPath(path, ink)


def _stopped(painter: QPainter, state: IconState, size: int, area: QRectF) -> None:
    """A hollow square with the sign of something that a click would start."""
    if state.progress is None:
        width = _line(size)
        painter.strokePath(_outline(size, area, inset=width / 2), QPen(STOPPED, width))
    centre, reach = area.center(), area.height() * 0.22
    path = QPainterPath()
    path.moveTo(centre + QPointF(-reach * 0.72, -reach))
    path.lineTo(centre + QPointF(reach * 1.05, 0))
    path.lineTo(centre + QPointF(-reach * 0.72, reach))
    path.closeSubpath()
    painter.fillPath(path, STOPPED)


def _ring(painter: QPainter, state: IconState, size: int, area: QRectF) -> None:
    """How far the day's goal is, clockwise around the square from the middle of its top."""
    width = _line(size)
    path = _outline(size, area, inset=width / 2)
    share = min(1.0, max(0.0, state.progress or 0.0))
    track = QColor(STOPPED)
    track.setAlpha(110)
    painter.strokePath(path, QPen(track, width))
    if share > 0:
        pen = QPen(REACHED if share >= 1 else QColor(state.colour or STOPPED), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        length = path.length() / width
        pen.setDashPattern([length * share, length])
        painter.strokePath(path, pen)


def _dots(painter: QPainter, size: int) -> int:
    """Three dots along the bottom, below everything else; returns how many pixels they take."""
    side = max(2, round(size / 10))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(STOPPED)
    left = (size - 5 * side) // 2
    for place in range(3):
        painter.drawEllipse(QRectF(left + 2 * side * place, size - side, side, side))
    return side + max(1, size // 24)


def _mark(painter: QPainter, size: int) -> None:
    """A dot in the corner, cut out of what is below it so that it stands off any colour."""
    diameter = size * 0.4
    dot = QRectF(size - diameter, 0, diameter, diameter)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    gap = max(1.0, size / 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawEllipse(dot.adjusted(-gap, -gap, gap, gap))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(ATTENTION)
    painter.drawEllipse(dot)
