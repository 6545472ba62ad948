"""The line above the rows of the projects page, which says what is in a column and sorts by it."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from tray.language import tr
from tray.ui.projects.thing_delegate import SIDE
from tray.ui.projects.thing_model import Column
from tray.ui.theme import MEDIUM, SEMIBOLD, SMALL, sized, theme

SORTS: Final = (Column.NAME, Column.MONTH, Column.TOTAL)
_NUMBERS: Final = (Column.MONTH, Column.TOTAL)


class Heading(QHeaderView):
    """Drawn in the theme; a click on a column that can be sorted by says so."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.titles: dict[Column, str] = {}
        self.sorted_by = Column.NAME
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName(tr("Sort by"))

    def paintSection(self, painter: QPainter, area: QRect, section: int) -> None:
        look = theme(self.palette())
        column = Column(section)
        painter.save()
        painter.fillRect(area, look.card)
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.line)
        chosen = column is self.sorted_by
        painter.setFont(sized(self.font(), SMALL, SEMIBOLD if chosen else MEDIUM))
        painter.setPen(look.text if chosen else look.subdued)
        end = (
            Qt.AlignmentFlag.AlignTrailing if column in _NUMBERS else Qt.AlignmentFlag.AlignLeading
        )
        room = area.adjusted(SIDE, 0, -SIDE, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | end, self.titles.get(column, ""))
        painter.restore()
