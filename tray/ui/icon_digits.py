"""The characters on the tray icon: straight strokes on whole pixels, as no font is at nine pixels.

Nor is a font loaded for them, which would take longer than everything else about the icon.
"""

from PySide6 import QtCore
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QPainterPath

from tray.lean_typing import Final, NamedTuple
from tray.ui.solid import solid_pen

_Line = tuple[tuple[float, float], ...]
"""Corners, each 0 to 1 from the left and from the top of a character."""
_BOX: Final[_Line] = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
_STROKES: Final[dict[str, tuple[_Line, ...]]] = {
    "0": (_BOX,),
    "1": (((0.1, 0.22), (0.6, 0), (0.6, 1)),),
    "2": (((0, 0), (1, 0), (1, 0.5), (0, 0.5), (0, 1), (1, 1)),),
    "3": (((0, 0), (1, 0), (1, 1), (0, 1)), ((0.3, 0.5), (1, 0.5))),
    "4": (((0, 0), (0, 0.6), (1, 0.6)), ((1, 0), (1, 1))),
    "5": (((1, 0), (0, 0), (0, 0.5), (1, 0.5), (1, 1), (0, 1)),),
    "6": (((1, 0), (0, 0), (0, 1), (1, 1), (1, 0.5), (0, 0.5)),),
    "7": (((0, 0), (1, 0), (0.4, 1)),),
    "8": (_BOX, ((0, 0.5), (1, 0.5))),
    "9": (((1, 0.5), (0, 0.5), (0, 0), (1, 0), (1, 1), (0, 1)),),
    "<": (((1, 0.1), (0, 0.5), (1, 0.9)),),
    "h": (((0, 0), (0, 1)), ((0, 0.45), (1, 0.45), (1, 1))),
    "m": (((0, 1), (0, 0), (1, 0), (1, 1)), ((0.5, 0), (0.5, 1))),
    "i": (((0, 0), (0, 1)),),
    "n": (((0, 1), (0, 0), (1, 0), (1, 1)),),
}
_WIDTH: Final = 0.68
"""Of a character, as a share of its height, where there is room for it."""


def rows_of(minutes: int) -> tuple[str, str]:
    """The elapsed time in two rows: what is counted stands beside it, so none is a bare number."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return str(rest) if rest else "<1", "min"
    return (f"{hours}h", f"{rest:02}") if hours < 100 else (str(hours), "h")


class _Pen(NamedTuple):
    """How wide and high the strokes of a row are, and how far its characters are apart."""

    across: int
    down: int
    gap: int


def draw_rows(painter: QPainter, rows: tuple[str, str], area: QRect, ink: QColor) -> None:
    """Two rows as large as `area` has room for; a unit is smaller than its number."""
    margin = max(1, round(area.height() * 0.07))
    unit = rows[1].isalpha()
    room = area.adjusted(margin, margin, -margin, -margin - unit)
    gap = max(1, round(area.height() * 0.09))
    second = round(area.height() * 0.23) if unit else (room.height() - gap) // 2
    first = room.height() - gap - second if unit else second
    top = room.top() + (room.height() - first - gap - second) // 2
    _draw_row(painter, rows[0], QRect(room.left(), top, room.width(), first), ink)
    below = QRect(room.left(), top + first + gap, room.width(), second)
    _draw_row(painter, rows[1], below, ink)


def _draw_row(painter: QPainter, text: str, area: QRect, ink: QColor) -> None:
    width, pen = _fitted(text, area)
    widths = [_width(character, width, pen) for character in text]
    left = area.left() + (area.width() - sum(widths) - pen.gap * (len(text) - 1) + 1) // 2
    for character, wide in zip(text, widths, strict=True):
        _draw(painter, character, QRect(left, area.top(), wide, area.height()), pen, ink)
        left += wide + pen.gap


def _fitted(text: str, area: QRect) -> tuple[int, _Pen]:
    """How wide a character of the row is, and what it is drawn with."""
    gap = max(1, area.height() // 8)
    room = (area.width() - gap * (len(text) - 1)) // len(text)
    width = max(3, min(round(area.height() * _WIDTH), room))
    across = max(1, round(width / 3)) if area.height() > 5 else 1
    return width, _Pen(across, max(1, min(across, (area.height() - 2) // 3)), gap)


def _width(character: str, width: int, pen: _Pen) -> int:
    if character == "i":
        return pen.across
    return max(width, 3 * pen.across + 2) if character == "m" else width


def _draw(painter: QPainter, character: str, box: QRect, pen: _Pen, ink: QColor) -> None:
    """One character: its strokes begin and end with whole pixels, so that they are crisp."""
    path = QPainterPath()
    across, down = box.width() / pen.across - 1, box.height() / pen.down - 1
    for line in _STROKES[character]:
        corners = [
            QPointF(
                round(x * across * pen.across) / pen.across + 0.5,
                round(y * down * pen.down) / pen.down + 0.5,
            )
            for x, y in line
        ]
        path.moveTo(corners[0])
        for corner in corners[1:]:
            path.lineTo(corner)
    painter.save()
    painter.translate(box.left(), box.top())
    painter.scale(pen.across, pen.down)
    pen_of_line = solid_pen(ink, 1)  # its ends are square
    pen_of_line.setJoinStyle(QtCore.Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen_of_line)
    painter.restore()
