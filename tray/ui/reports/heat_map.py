"""The hours of the week: the darker a square, the more was done at that hour of that weekday."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.language import named, tr
from tray.model import day_names, formats
from tray.model.formats import TimeFormat
from tray.model.reports.report_groups import Grouped
from tray.ui import plain_text
from tray.ui.surfaces import paint_card
from tray.ui.theme import MEDIUM, SMALL, TINY, UNIT, Theme, mixed, sized, theme

_HOURS: Final = 24
_INSET: Final = 3 * UNIT // 2
_CORNER: Final = 2
_LEAST: Final = 0.16
"""How much of the accent a square has in which there is anything."""


class HeatMap(QWidget):
    """A row for each weekday, a column for each hour."""

    chosen = Signal(int, int)
    """The weekday, 0 being Monday, and the hour that were clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._first_weekday = 0
        self._times = TimeFormat()
        self.seconds: dict[tuple[int, int], int] | None = None
        """By weekday and hour; None: not known yet."""
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_hours(self, hours: Grouped | None, first_weekday: int, times: TimeFormat) -> None:
        """Show the hours of these weekdays."""
        self._times = times
        self._first_weekday = first_weekday
        self.seconds = None
        if hours is not None:
            self.seconds = {
                (int(str(day.key)), int(str(hour.key))): hour.seconds
                for day in hours.groups
                for hour in day.groups
            }
        self.setAccessibleName(self._summary())
        self.update()

    def _summary(self) -> str:
        if not self.seconds:
            return tr("Hours of the week")
        (weekday, hour), most = max(self.seconds.items(), key=lambda each: each[1])
        words = tr("Hours of the week. Most was done on {day} at {hour}: {length}")
        return words.format(
            day=day_names.weekday_number(weekday),
            hour=self._times.clock_time(60 * hour),
            length=formats.length(most),
        )

    # Where things are

    def _plot(self) -> QRectF:
        small = QFontMetrics(sized(self.font(), TINY))
        left = (
            max(small.horizontalAdvance(day_names.short_weekday_number(day)) for day in range(7))
            + 2 * UNIT
        )
        top = QFontMetrics(sized(self.font(), SMALL)).height() + 2 * UNIT
        below = small.height() + UNIT
        return QRectF(self.rect()).adjusted(_INSET + left - UNIT, top, -_INSET, -below)

    def cell_rect(self, weekday: int, hour: int) -> QRectF:
        """The square of an hour."""
        plot = self._plot()
        width, height = plot.width() / _HOURS, plot.height() / 7
        row = (weekday - self._first_weekday) % 7
        return QRectF(plot.left() + hour * width, plot.top() + row * height, width, height)

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """The weekday and the hour there."""
        plot = self._plot()
        if not plot.contains(place):
            return None
        row = int((place.y() - plot.top()) / plot.height() * 7)
        hour = int((place.x() - plot.left()) / plot.width() * _HOURS)
        return (min(row, 6) + self._first_weekday) % 7, min(hour, _HOURS - 1)

    def sizeHint(self) -> QSize:
        line = QFontMetrics(sized(self.font(), TINY)).height() + UNIT // 2
        return QSize(60 * UNIT, 7 * max(line, 5 * UNIT // 2) + 8 * UNIT)

    # Drawing

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = paint_card(self)
        painter.setFont(sized(self.font(), SMALL, MEDIUM))
        painter.setPen(look.subdued)
        head = QRectF(self.rect()).adjusted(_INSET, UNIT, -_INSET, 0)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeading, tr("Hours of the week"))
        painter.setFont(sized(self.font(), TINY, MEDIUM, tabular=True))
        self._paint_names(painter, look)
        most = max((self.seconds or {}).values(), default=0)
        painter.setPen(Qt.PenStyle.NoPen)
        for weekday in range(7):
            for hour in range(_HOURS):
                seconds = (self.seconds or {}).get((weekday, hour), 0)
                part = _LEAST + (1 - _LEAST) * seconds / most if seconds else 0
                painter.setBrush(mixed(look.accent, look.hover, part))
                area = self.cell_rect(weekday, hour).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(area, _CORNER, _CORNER)
        painter.end()

    def _paint_names(self, painter: QPainter, look: Theme) -> None:
        painter.setPen(look.subdued)
        for weekday in range(7):
            cell = self.cell_rect(weekday, 0)
            area = QRectF(_INSET, cell.top(), cell.left() - _INSET, cell.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(area, flags, day_names.short_weekday_number(weekday))
        last = (self._first_weekday + 6) % 7
        for hour in range(0, _HOURS, 3):
            cell = self.cell_rect(last, hour)
            area = QRectF(cell.left(), cell.bottom(), 3 * cell.width(), 2 * UNIT + 4)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(area, flags, self._times.hour(hour))

    def text_of(self, cell: tuple[int, int]) -> str:
        """An hour in words."""
        length = formats.length((self.seconds or {}).get(cell, 0))
        begin, end = (self._times.clock_time(60 * hour) for hour in (cell[1], cell[1] + 1))
        return named(f"{day_names.weekday_number(cell[0])} {begin} – {end}", length)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        self.setToolTip(plain_text.tooltip(self.text_of(cell) if cell else ""))
        shape = Qt.CursorShape.PointingHandCursor if cell else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(*cell)
