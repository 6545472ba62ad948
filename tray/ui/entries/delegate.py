"""Paints the rows: days with their totals, entries with their parts in columns."""

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from tray import clock
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.ui import plain_text, wording
from tray.ui.entries import captions
from tray.ui.entries.list_model import DayHeading, EntryModel, Index
from tray.ui.entries.row_layout import MARGIN, FixedWidths, RowColumns, columns, widths
from tray.ui.legible import legible
from tray.ui.theme import RADIUS, UNIT, Theme, scaled, theme
from tray.ui.wording import tr

ROW_HEIGHT: Final = 5 * UNIT
_SMALL: Final = 0.92
_TINY: Final = 0.72
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter


class Hover(NamedTuple):
    """What the pointer is over."""

    row: int = -1
    button: bool = False


class _Look(NamedTuple):
    """What painting takes, worked out once for a palette and a font."""

    theme: Theme
    font: QFont
    small: QFont
    tiny: QFont
    bold: QFont
    widths: FixedWidths


@lru_cache(maxsize=4_096)
def _legible(colour: str, background: int) -> QColor:
    return legible(QColor(colour), QColor.fromRgb(background))


class EntryDelegate(QStyledItemDelegate):
    """Paints a row of an `EntryModel`."""

    def __init__(self, model: EntryModel, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.hover = Hover()
        self.covered = -1
        """The row that a panel lies over."""
        self._model = model
        self._view = parent
        self._looks: dict[tuple[int, str, TimeFormat], _Look] = {}

    def height(self, metrics: QFontMetrics) -> int:
        """The height of every row, in which even large letters have room."""
        return max(ROW_HEIGHT, (metrics.height() + 2 * UNIT + UNIT - 1) // UNIT * UNIT)

    def columns(self, area: QRect) -> RowColumns:
        """Where the parts of the row that fills `area` are."""
        return columns(area.adjusted(UNIT, 1, -UNIT, -1), self._look().widths)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.row()
        look = self._look()
        painter.fillRect(option.rect, look.theme.base)  # over the style's own selection
        if row == self.covered:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        day = self._model.day(row)
        if day is not None:
            self._paint_day(painter, option, look, day)
        else:
            entry = self._model.entry(row)
            if entry is not None:
                self._paint_entry(painter, option, look, entry, row)
        painter.restore()

    def _look(self) -> _Look:
        """What painting takes in the colours and the font of the view, headings being disabled."""
        palette, font = QPalette(self._view.palette()), QFont(self._view.font())
        key = (palette.cacheKey(), font.key(), self._model.times)
        if key not in self._looks:
            self._looks.clear()
            palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
            small, bold = scaled(font, _SMALL), scaled(font, 1, bold=True)
            fixed = widths(QFontMetrics(bold), self._model.times)
            self._looks[key] = _Look(theme(palette), font, small, scaled(font, _TINY), bold, fixed)
        return self._looks[key]

    def _paint_day(
        self, painter: QPainter, option: QStyleOptionViewItem, look: _Look, day: DayHeading
    ) -> None:
        area = option.rect
        today = self._model.today()
        line = QRect(area.left() + MARGIN, area.bottom(), area.width() - 2 * MARGIN, 1)
        painter.fillRect(line, look.theme.line)
        text = area.adjusted(5 * UNIT // 2, UNIT, 0, 0)
        painter.setFont(look.bold)
        painter.setPen(look.theme.text)
        name = captions.day_name(day.date, today=today)
        painter.drawText(text, _LEFT, name)
        total = self.columns(area).length
        total.setTop(text.top())
        painter.drawText(total.adjusted(-8 * UNIT, 0, 0, 0), _RIGHT, formats.h_mm_ss(day.seconds))
        text.setLeft(text.left() + painter.fontMetrics().horizontalAdvance(name) + UNIT)
        painter.setFont(look.small)
        painter.setPen(look.theme.subdued)
        painter.drawText(text, _LEFT, captions.day_date(day.date, today=today))

    def _paint_entry(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        look: _Look,
        entry: TimeEntry,
        row: int,
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        behind = look.theme.base
        if selected or row == self.hover.row:
            behind = look.theme.selected if selected else look.theme.hover
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(behind)
            painter.drawRoundedRect(option.rect.adjusted(UNIT, 1, -UNIT, -1), RADIUS, RADIUS)
        if (
            option.state & QStyle.StateFlag.State_HasFocus
            and self._view.selectionModel().hasSelection()
        ):
            painter.setPen(look.theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(option.rect).adjusted(UNIT + 0.5, 1.5, -UNIT - 0.5, -1.5)
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
        places = self.columns(option.rect)
        span = self._model.share(row, entry)
        self._paint_what(painter, look, places, entry, behind, is_part=span.is_part)
        self._paint_when(painter, look, places, entry, seconds=span.seconds)
        if entry.running or row == self.hover.row:
            self._paint_button(painter, look, places.button, entry, row)

    def _paint_what(
        self,
        painter: QPainter,
        look: _Look,
        places: RowColumns,
        entry: TimeEntry,
        behind: QColor,
        *,
        is_part: bool,
    ) -> None:
        colour = wording.colour(entry, self._model.names)
        tint = _legible(colour, behind.rgb()) if entry.project_id else look.theme.subdued
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour) if entry.project_id else look.theme.line)
        painter.drawEllipse(places.dot)
        project = wording.project(entry, self._model.names)
        tags = "  ".join(f"#{tag}" for tag in captions.tags(entry, self._model.names))
        description = QRect(places.description)
        if not project:
            free = places.tags if tags and places.tags.width() else places.billable
            description.setRight(free.left() - 2 * UNIT)
        if is_part:
            part = captions.part(entry, now=clock.now())
            width = QFontMetrics(look.small).horizontalAdvance(part) + UNIT
            place = QRect(description)
            place.setLeft(max(description.left(), description.right() - width))
            _draw(painter, place, part, look.small, look.theme.subdued)
            description.setRight(place.left() - UNIT)
        if entry.description:
            _draw(painter, description, entry.description, look.font, look.theme.text)
        else:
            _draw(painter, description, tr("(no description)"), look.font, look.theme.subdued)
        _draw(painter, places.project, project, look.font, tint)
        _draw(painter, places.tags, tags, look.small, look.theme.subdued)

    def _paint_when(
        self,
        painter: QPainter,
        look: _Look,
        places: RowColumns,
        entry: TimeEntry,
        *,
        seconds: int,
    ) -> None:
        if entry.billable:
            painter.setFont(look.small)
            painter.setPen(look.theme.subdued)
            painter.drawText(places.billable, _CENTRE, "$")
        painter.setFont(look.font)
        painter.setPen(look.theme.subdued)
        painter.drawText(places.times, _RIGHT, captions.times(entry, self._model.times))
        later = captions.days_later(entry, self._model.times)
        if later:
            painter.setFont(look.tiny)
            raised = places.times.translated(places.times.width() + 2, -UNIT // 2)
            painter.drawText(raised, _LEFT, f"+{later}")
        painter.setFont(look.bold)
        painter.setPen(look.theme.text)
        length = captions.length_of(seconds, entry)
        painter.drawText(places.length.adjusted(-2 * UNIT, 0, 0, 0), _RIGHT, length)

    def _paint_button(
        self, painter: QPainter, look: _Look, place: QRect, entry: TimeEntry, row: int
    ) -> None:
        """The sign of what a click does: continue it, or stop it."""
        side = 3 * UNIT
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(QRectF(place).center())
        over = self.hover == Hover(row, True)
        painter.setPen(Qt.PenStyle.NoPen)
        if over:
            painter.setBrush(look.theme.line)
            painter.drawEllipse(disc)
        painter.setBrush(look.theme.text if over or entry.running else look.theme.subdued)
        path = QPainterPath()
        middle = disc.center()
        if entry.running:
            path.addRoundedRect(QRectF(middle.x() - 4, middle.y() - 4, 8, 8), 1.5, 1.5)
        else:
            path.moveTo(middle + QPointF(-3, -5))
            path.lineTo(middle + QPointF(5, 0))
            path.lineTo(middle + QPointF(-3, 5))
            path.closeSubpath()
        painter.drawPath(path)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.height(option.fontMetrics))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell a row whole where some of it is shortened."""
        row = index.row()
        entry = self._model.entry(row) if event.type() == QEvent.Type.ToolTip else None
        if entry is None:
            QToolTip.hideText()
            return False
        places = self.columns(view.visualRect(index))
        metrics = QFontMetrics(option.font)
        parts = [
            (entry.description, places.description),
            (wording.project(entry, self._model.names), places.project),
            ("  ".join(f"#{tag}" for tag in captions.tags(entry, self._model.names)), places.tags),
        ]
        if any(metrics.horizontalAdvance(text) > place.width() for text, place in parts):
            lines = "\n".join(text for text, _ in parts if text)
            QToolTip.showText(event.globalPos(), plain_text.tooltip(lines), view)
        else:
            QToolTip.hideText()
        return True


def _draw(painter: QPainter, place: QRect, text: str, font: QFont, colour: QColor) -> None:
    """Draw one line of text from the left, shortened to its place whichever way it runs."""
    if not text or place.width() < UNIT:
        return
    painter.setFont(font)
    painter.setPen(colour)
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, _LEFT, elided)
