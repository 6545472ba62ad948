"""A line of seven texts and one more in the columns of the grid: its days above, its sums below."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.language import listed
from tray.ui.theme import BODY, CONTROL_HEIGHT, MEDIUM, SEMIBOLD, SMALL, UNIT, sized, theme
from tray.ui.timesheet.cell_delegate import TOTAL_SIDE
from tray.ui.timesheet.sheet_model import FIRST_DAY, TOTAL
from tray.ui.timesheet.sheet_view import SheetView


class LineTexts(NamedTuple):
    """What stands in the line."""

    days: Sequence[str]
    total: str
    today: int = -1
    """Which of the days is today."""


class DayLine(QWidget):
    """Drawn where the grid has its columns."""

    def __init__(self, view: SheetView, parent: QWidget, *, sums: bool) -> None:
        super().__init__(parent)
        self._view = view
        self._sums = sums
        self.texts = LineTexts((), "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.resized.connect(self.update)

    def show_texts(self, texts: LineTexts) -> None:
        """Show these from now on."""
        if texts != self.texts:
            self.texts = texts
            self.setAccessibleName(listed([*texts.days, texts.total]))
            self.update()

    def name_width(self) -> int:
        """How wide the column of names is, with what is before it."""
        return self._column(FIRST_DAY).left()

    def _column(self, column: int) -> QRect:
        view = self._view
        left = self.mapFromGlobal(view.viewport().mapToGlobal(view.rect().topLeft())).x()
        x = left + view.columnViewportPosition(column)
        return QRect(x, 0, view.columnWidth(column), self.height())

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height() + 2 * UNIT
        return QSize(0, max(height, CONTROL_HEIGHT + UNIT) if self._sums else height)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        usual = look.text if self._sums else look.subdued
        painter = QPainter(self)
        size, weight = (BODY, SEMIBOLD) if self._sums else (SMALL, MEDIUM)
        font = sized(self.font(), size, weight, tabular=True)
        for at, text in enumerate(self.texts.days):
            today = at == self.texts.today
            painter.setFont(sized(font, BODY, SEMIBOLD) if today else font)
            painter.setPen(look.accent if today else usual)
            painter.drawText(self._column(FIRST_DAY + at), Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(font)
        painter.setPen(usual)
        before, behind = (TOTAL_SIDE, 0) if self.isRightToLeft() else (0, -TOTAL_SIDE)
        area = self._column(TOTAL).adjusted(before, 0, behind, 0)
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        painter.drawText(area, end, self.texts.total)
        painter.end()
