"""The shares of a report as a ring, with its total in the middle and the names below."""

import math
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.language import described, named
from tray.model import formats
from tray.model.reports.money import share
from tray.model.reports.time_slices import Key
from tray.ui import plain_text
from tray.ui.reports.chart_series import Series
from tray.ui.surfaces import paint_card
from tray.ui.theme import (
    BODY,
    LARGE,
    MEDIUM,
    SEMIBOLD,
    SMALL,
    TINY,
    TITLE,
    UNIT,
    Theme,
    sized,
    theme,
)

_HEIGHT: Final = 31 * UNIT
_INSET: Final = 2 * UNIT
_LARGEST: Final = 24.0 * UNIT
_RING: Final = 0.26
"""The width of the ring as a share of its radius."""
_TURN: Final = 360 * 16
"""Of a whole ring, as Qt counts."""
_DOT: Final = UNIT
_SIZES: Final = (TITLE, LARGE, BODY, TINY)
"""Of the total, whichever has room in the ring."""


class DonutContent(NamedTuple):
    """What the ring shows."""

    parts: tuple[tuple[Key, int], ...]
    series: Series
    total: str
    about: str
    """Below the total."""

    @property
    def seconds(self) -> int:
        """What all parts come to."""
        return sum(seconds for _, seconds in self.parts)


class Donut(QWidget):
    """A click on a share leads to its entries."""

    chosen = Signal(object)
    """The key of a share."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.content: DonutContent | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_content(self, content: DonutContent) -> None:
        """Show these shares."""
        self.content = content
        self.setAccessibleName("\n".join(self.text_of(key) for key, _ in content.parts))
        self.updateGeometry()
        self.update()

    def text_of(self, wanted: Key) -> str:
        """A share in words."""
        content = self.content
        if content is None:
            return ""
        length = dict(content.parts)[wanted]
        part = share(length, content.seconds)
        return named(content.series.name(wanted), described((formats.length(length), part)))

    # Where things are

    def _line_height(self) -> int:
        return QFontMetrics(sized(self.font(), SMALL)).height() + UNIT // 2

    def _columns(self) -> int:
        return max(1, (self.width() - 2 * _INSET) // (12 * UNIT))

    def legend_rects(self) -> list[QRect]:
        """The places of the names."""
        return [area for _, area in self._legend()]

    def _legend(self) -> list[tuple[Key, QRect]]:
        """The places of the names."""
        parts = self.content.parts if self.content else ()
        columns, height = self._columns(), self._line_height()
        width = (self.width() - 2 * _INSET) // columns
        lines = -(-len(parts) // columns)
        top = self.height() - 3 * UNIT // 2 - lines * height
        return [
            (key, QRect(_INSET + at % columns * width, top + at // columns * height, width, height))
            for at, (key, _) in enumerate(parts)
        ]

    def _ring(self) -> QRectF:
        legend = self._legend()
        bottom = legend[0][1].top() if legend else self.height()
        side = max(4.0 * UNIT, min(self.width() - 2 * _INSET, bottom - 3 * UNIT, _LARGEST))
        return QRectF((self.width() - side) / 2, (bottom - side) / 2, side, side)

    def part_at(self, place: QPointF) -> Key | None:
        """The share there, in the ring or by its name."""
        for key, area in self._legend():
            if area.contains(place.toPoint()):
                return key
        ring = self._ring()
        from_middle = place - ring.center()
        radius = math.hypot(from_middle.x(), from_middle.y())
        outer = ring.width() / 2
        if self.content is None or not outer * (1 - _RING) <= radius <= outer:
            return None
        turn = math.atan2(from_middle.x(), -from_middle.y()) / math.tau % 1
        reached = 0
        for key, seconds in self.content.parts:
            reached += seconds
            if turn * self.content.seconds < reached:
                return key
        return None

    def sizeHint(self) -> QSize:
        return QSize(34 * UNIT, max(_HEIGHT, 20 * self.fontMetrics().height() * 5 // 6))

    # Drawing

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = paint_card(self)
        if self.content is not None:
            self._paint_ring(painter, look, self.content)
            self._paint_total(painter, look, self.content)
            self._paint_legend(painter, look, self.content)
        painter.end()

    def _paint_ring(self, painter: QPainter, look: Theme, content: DonutContent) -> None:
        ring = self._ring()
        width = ring.width() / 2 * _RING
        area = ring.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        total = content.seconds
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not total:
            painter.setPen(QPen(look.line, width))
            painter.drawEllipse(area)
        reached = 0
        for key, seconds in content.parts if total else ():
            begin, end = (round(_TURN * at / total) for at in (reached, reached + seconds))
            gap = 24 if len(content.parts) > 1 and end - begin > 60 else 0
            pen = QPen(content.series.colour(key, look), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(area, _TURN // 4 - begin, -(end - begin - gap))
            reached += seconds

    def _paint_total(self, painter: QPainter, look: Theme, content: DonutContent) -> None:
        middle = self._ring().center()
        fonts = [self._total_font(content.total), sized(self.font(), TINY, MEDIUM)]
        heights = [QFontMetrics(font).height() for font in fonts]
        top = middle.y() - sum(heights) / 2
        inks = (look.text, look.subdued)
        room = self._room()
        for text, font, height, ink in zip(
            (content.total, content.about), fonts, heights, inks, strict=True
        ):
            painter.setFont(font)
            painter.setPen(ink)
            area = QRectF(middle.x() - room / 2, top, room, height)
            shown = plain_text.elided(text, painter.fontMetrics(), int(room))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)
            top += height

    def _room(self) -> float:
        """The width within the ring."""
        return self._ring().width() * (1 - _RING) - UNIT

    def _total_font(self, total: str) -> QFont:
        """The largest in which the total has room."""
        fonts = [sized(self.font(), size, SEMIBOLD, tabular=True) for size in _SIZES]
        fitting = (f for f in fonts if QFontMetrics(f).horizontalAdvance(total) <= self._room())
        return next(fitting, fonts[-1])

    def _paint_legend(self, painter: QPainter, look: Theme, content: DonutContent) -> None:
        painter.setFont(sized(self.font(), TINY, MEDIUM))
        for key, area in self._legend():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(content.series.colour(key, look))
            dot = QRectF(area.left(), area.center().y() - _DOT / 2 + 0.5, _DOT, _DOT)
            painter.drawEllipse(dot)
            painter.setPen(look.subdued)
            name = area.adjusted(_DOT + UNIT // 2, 0, -UNIT, 0)
            text = plain_text.elided(content.series.name(key), painter.fontMetrics(), name.width())
            painter.drawText(
                name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        key = self.part_at(event.position())
        self.setToolTip(plain_text.tooltip("" if key is None else self.text_of(key)))
        shape = Qt.CursorShape.ArrowCursor if key is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self.part_at(event.position())
        if key is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(key)
