"""One day of the week as a bar of its projects, with its name and length below it."""

from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.ui.flat_button import FlatButton
from tray.ui.legible import legible
from tray.ui.theme import MEDIUM, SEMIBOLD, TINY, UNIT, sized, theme

BAR: Final = 6 * UNIT
"""How high the longest day of a week is."""
_WIDTH: Final = 11 * UNIT // 2
_BETWEEN: Final = 1.5
"""Between the parts of a bar."""
_CORNER: Final = 2
_SMALLEST: Final = 10
"""Pixels to which the caption shrinks before it leaves the length out."""
_LEAST: Final = 2.0
"""How high a part is at least, so that it is seen."""


class BarPart(NamedTuple):
    """A part of the bar, the lowest first."""

    share: float
    """Of the height of the longest day."""
    colour: str


class DayBar(FlatButton):
    """A click shows the day."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[BarPart, ...] = ()
        self._caption = ""
        self._today = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_day(self, parts: tuple[BarPart, ...], caption: str, *, today: bool) -> None:
        """Show these parts above the caption."""
        if (parts, caption, today) != (self._parts, self._caption, self._today):
            self._parts, self._caption, self._today = parts, caption, today
            self.update()

    @property
    def caption(self) -> str:
        """What stands below the bar."""
        return self._caption

    def sizeHint(self) -> QSize:
        text = QFontMetrics(sized(self.font(), TINY, SEMIBOLD))
        return QSize(_WIDTH, BAR + text.height() + UNIT)

    def _caption_font(self, size: float) -> QFont:
        return sized(self.font(), size, SEMIBOLD if self._today else MEDIUM, tabular=True)

    def _wanted_width(self, painter: QPainter) -> int:
        return painter.fontMetrics().horizontalAdvance(self._caption)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        painter.setFont(self._caption_font(TINY))
        painter.setPen(look.text if self._today else look.subdued)
        wanted = self._wanted_width(painter)
        if wanted > self.width():  # under large letters
            share = max(_SMALLEST / painter.fontInfo().pixelSize(), self.width() / wanted)
            painter.setFont(self._caption_font(TINY * min(1.0, share)))
        fits = self._wanted_width(painter) <= self.width() + 1
        text = self._caption if fits else self._caption.partition(" ")[0]
        below = self.rect().adjusted(0, BAR + UNIT // 2, 0, -UNIT // 4)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(Qt.PenStyle.NoPen)
        left, bottom = (self.width() - _WIDTH) / 2, float(BAR)
        for part in self._parts:
            height = max(_LEAST, part.share * (BAR - UNIT // 2))
            painter.setBrush(legible(QColor(part.colour), look.window, least=3))
            area = QRectF(left, bottom - height, _WIDTH, max(_LEAST, height - _BETWEEN))
            painter.drawRoundedRect(area, _CORNER, _CORNER)
            bottom -= height
        if not self._parts:
            painter.setBrush(look.line)
            painter.drawRoundedRect(QRectF(left, bottom - _LEAST, _WIDTH, _LEAST), 1, 1)
        painter.end()
