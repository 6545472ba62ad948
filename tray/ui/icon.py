"""Draws the tray icon from what is running, at each size that panels show."""

from collections.abc import Iterable

from PySide6 import QtCore
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap

from tray.lean_typing import Final, NamedTuple
from tray.ui.icon_digits import draw_rows, rows_of
from tray.ui.legible import text_on
from tray.ui.solid import solid_brush, solid_pen

SIZES: Final = (16, 18, 20, 22, 24, 28, 32)
"""Pixels at 100 %: what panels show, each of which takes the one that fits best."""
LARGEST_TAKEN: Final = (16, 22)
"""For panels that take the largest, however small they show it: in Xfce's it is 22 pixels."""
WINDOW_SIZES: Final = (16, 24, 32, 48, 64)
_TAKE_LARGEST: Final = frozenset({"XFCE", "sway", "Hyprland", "river", "wlroots"})
"""Desktops whose panels do, as ``XDG_CURRENT_DESKTOP`` has their names."""

STOPPED: Final = "#7b818b"
"""Neutral enough to be seen on light and on dark panels."""
WHITE_INK: Final = "#f2f2f2"
DARK_INK: Final = "#31363b"
ROOM_FOR_RING: Final = 32
"""Pixels from which on there is room for the goal around the time."""
REACHED: Final = QColor("#2da608")
ATTENTION: Final = QColor("#e0342b")
TRANSPARENT: Final = QColor(0, 0, 0, 0)


class IconState(NamedTuple):
    """All that the icon shows."""

    colour: str = ""
    """Of the running entry's project, ``#rrggbb``; empty while nothing runs."""
    minutes: int | None = None
    """The whole minutes that have elapsed; None to show a symbol."""
    progress: float | None = None
    """How much of the day's goal is reached, 0 to 1; None without a goal."""
    attention: bool = False
    """Whether something needs the user."""
    unsent: bool = False
    """Whether changes wait for longer than usual until the server can be told of them."""
    mark: str = ""
    """Colour of what tells it from the icon of another profile, ``#rrggbb``; empty for none."""
    ink: str = ""
    """Of the signs beside it on the panel, ``#rrggbb``; empty if that is not known."""


def sizes_for(desktop: str, scale: float) -> list[int]:
    """The pixels to offer to a panel, where so many of the screen are one at 100 %.

    Qt tells panels of each size times the scale, and those that are no panel take what is there.

    Args:
        desktop: its name, or several, as ``XDG_CURRENT_DESKTOP`` has it.
        scale: 1 at 100 %.
    """
    sizes = SIZES if _TAKE_LARGEST.isdisjoint(desktop.split(":")) else LARGEST_TAKEN
    return sorted({*sizes, *(round(size * scale) for size in sizes)})


def make_icon(state: IconState, sizes: Iterable[int] = WINDOW_SIZES) -> QIcon:
    """The icon for a state, with a picture of each size."""
    icon = QIcon()
    for size in sizes:
        icon.addPixmap(draw(state, size))
    return icon


def draw(state: IconState, size: int) -> QPixmap:
    """One picture of `size` pixels square."""
    pixmap = QPixmap(size, size)
    pixmap.fill(TRANSPARENT)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = _profile_mark(painter, state, size)
    area = QRectF(0, top, size, size - top - _marks(painter, state, size))
    if state.minutes is not None and size < ROOM_FOR_RING:
        state = state._replace(progress=None)
    if state.colour:
        _running(painter, state, size, area)
    else:
        _stopped(painter, state, size, area)
    if state.progress is not None:
        _ring(painter, state, size, area)
    painter.end()
    return pixmap


def dot(colour: str) -> QIcon:
    """A disc in a project's colour, to stand before its name in a menu or a list."""
    icon = QIcon()
    for size in (16, 24, 32):
        pixmap = QPixmap(size, size)
        pixmap.fill(TRANSPARENT)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = size * 0.22
        disc = QPainterPath()
        disc.addEllipse(QRectF(0, 0, size, size).adjusted(margin, margin, -margin, -margin))
        painter.fillPath(disc, solid_brush(QColor(colour)))
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
    painter.fillPath(shape, solid_brush(colour))
    if state.progress is None:
        edge = QColor(255, 255, 255, 80) if colour.lightnessF() < 0.5 else QColor(0, 0, 0, 60)
        width = max(1.0, size / 32)
        painter.strokePath(_outline(size, area, inset=width / 2), solid_pen(edge, width))
    ink, inner = text_on(colour), shape.boundingRect()
    if state.minutes is None:
        _symbol(painter, inner, ink)
    else:
        draw_rows(painter, rows_of(state.minutes), inner.toRect(), ink)


def _symbol(painter: QPainter, area: QRectF, ink: QColor) -> None:
    """The sign of a running timer that a click would stop."""
    side = area.width() * 0.4
    square = QRectF(0, 0, side, side)
    square.moveCenter(area.center())
    path = QPainterPath()
    path.addRoundedRect(square, side * 0.16, side * 0.16)
    painter.fillPath(path, solid_brush(ink))


def _stopped(painter: QPainter, state: IconState, size: int, area: QRectF) -> None:
    """A hollow square with the sign of something that a click would start."""
    ink = _ink(state)
    if state.progress is None:
        width = float(max(2, round(size / 11)))  # as the lines of the signs beside it
        painter.strokePath(_outline(size, area, inset=width / 2), solid_pen(ink, width))
    centre, reach = area.center(), area.height() * 0.24
    path = QPainterPath()
    path.moveTo(centre + QPointF(-reach * 0.72, -reach))
    path.lineTo(centre + QPointF(reach * 1.05, 0))
    path.lineTo(centre + QPointF(-reach * 0.72, reach))
    path.closeSubpath()
    painter.fillPath(path, solid_brush(ink))


def _ink(state: IconState) -> QColor:
    return QColor(state.ink or STOPPED)


def _ring(painter: QPainter, state: IconState, size: int, area: QRectF) -> None:
    """How far the day's goal is, clockwise around the square from the middle of its top."""
    width = _line(size)
    path = _outline(size, area, inset=width / 2)
    share = min(1.0, max(0.0, state.progress or 0.0))
    track = _ink(state)
    track.setAlpha(110)
    painter.strokePath(path, solid_pen(track, width))
    if share > 0:
        pen = solid_pen(REACHED if share >= 1 else QColor(state.colour or _ink(state)), width)
        pen.setCapStyle(QtCore.Qt.PenCapStyle.FlatCap)
        length = path.length() / width
        pen.setDashPattern([length * share, length])
        painter.strokePath(path, pen)


def _profile_mark(painter: QPainter, state: IconState, size: int) -> int:
    """A bar in the colour of the profile, above everything else.

    Returns:
        How many pixels it takes from the rest, which it never covers.
    """
    if not state.mark:
        return 0
    high = max(2, round(size / 7))
    line = QPainterPath()
    line.addRoundedRect(QRectF(0, 0, size, high), high / 2, high / 2)
    painter.fillPath(line, solid_brush(QColor(state.mark)))
    return high + max(1, size // 24)


def _marks(painter: QPainter, state: IconState, size: int) -> int:
    """A bar where something needs the user, dots where changes wait: below everything else.

    Returns:
        How many pixels they take from the rest, which they never cover.
    """
    dot = max(2, round(size / 10))
    high = max(2, round(size / 8)) if state.attention else dot if state.unsent else 0
    bar = QRectF(0, size - high, size, high)
    if state.unsent:
        left = size - 5 * dot if state.attention else (size - 5 * dot) // 2
        dots = QPainterPath()
        for place in range(3):
            top = bar.top() + (high - dot) // 2
            dots.addEllipse(QRectF(left + 2 * dot * place, top, dot, dot))
        painter.fillPath(dots, solid_brush(_ink(state)))
        bar.setRight(left - dot)
    if state.attention:
        line = QPainterPath()
        line.addRoundedRect(bar, high / 2, high / 2)
        painter.fillPath(line, solid_brush(ATTENTION))
    return high + max(1, size // 24) if high else 0
