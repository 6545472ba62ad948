"""Today as a ribbon in the colours of what was done, with the hours below it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.model.day_scale import DayScale
from tray.model.formats import TimeFormat
from tray.ui.legible import legible
from tray.ui.theme import CHIP_RADIUS, TINY, UNIT, Theme, sized, theme

_HEIGHT: Final = 11 * UNIT // 4
_THINNEST: Final = 2
"""Pixels that something of a minute takes."""


class DaySpan(NamedTuple):
    """What was done for a while."""

    begin: int
    end: int
    colour: str


class DayRibbon(QWidget):
    """Shows what it was given last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scale = DayScale(0, 1)
        self._spans: Sequence[DaySpan] = ()
        self._labels: list[tuple[float, str]] = []
        self.setFont(sized(self.font(), TINY, tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, scale: DayScale, spans: Sequence[DaySpan], times: TimeFormat) -> None:
        """Show these, with the hours as the user reads them."""
        self._scale, self._spans = scale, spans
        self._labels = [(scale.share(moment), _hour(moment, times)) for moment in scale.labels()]
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, _HEIGHT + UNIT // 2 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, 0, self.width(), _HEIGHT)
        painter.setBrush(look.hover)
        painter.drawRoundedRect(track, CHIP_RADIUS, CHIP_RADIUS)
        for span in self._spans:
            painter.setBrush(legible(QColor(span.colour), look.hover, least=3))
            painter.drawRoundedRect(self._area(span), UNIT / 2, UNIT / 2)
        self._paint_hours(painter, look)
        painter.end()

    def _area(self, span: DaySpan) -> QRectF:
        left, right = (self._scale.share(each) * self.width() for each in (span.begin, span.end))
        width = max(_THINNEST, right - left)
        at = self.width() - left - width if self.isRightToLeft() else left
        return QRectF(at, 0, width, _HEIGHT)

    def _paint_hours(self, painter: QPainter, look: Theme) -> None:
        painter.setPen(look.subdued)
        metrics = self.fontMetrics()
        for share, text in self._labels:
            width = metrics.horizontalAdvance(text)
            middle = (1 - share if self.isRightToLeft() else share) * self.width()
            left = min(max(0.0, middle - width / 2), float(self.width() - width))
            area = QRectF(left, _HEIGHT + UNIT // 2, width + 1, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _hour(moment: int, times: TimeFormat) -> str:
    hour = datetime.fromtimestamp(moment, times.zone).hour
    return str(hour % 12 or 12) if times.twelve_hours else str(hour)
