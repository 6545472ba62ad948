"""The line above the timesheet: its week, what can be copied into that, and what has rows."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from tray.language import tr
from tray.model.filters import DayRange
from tray.ui import icons
from tray.ui.entries.filter_choices import days_name
from tray.ui.labels import ThemedLabel, plain
from tray.ui.theme import CONTROL_HEIGHT, UNIT
from tray.ui.week_strip.week_button import WeekButton


class SheetHead(QWidget):
    """The switch between the faces of the page is put at its end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.earlier = WeekButton("chevron-left", tr("The week before"), self)
        self.later = WeekButton("chevron-right", tr("The week after"), self)
        self.title = ThemedLabel("", self, tint=plain, bold=True)
        self.tasks = QPushButton(tr("Tasks"), self)
        icons.dress(self.tasks, "task", plain)
        self.tasks.setCheckable(True)
        self.tasks.setToolTip(tr("A row for each task"))
        self.copy = QPushButton(tr("Copy last week"), self)
        menu = QMenu(self.copy)
        self.copy_rows = QAction(tr("Its rows alone"), menu)
        self.copy_lengths = QAction(tr("Its rows with their lengths"), menu)
        menu.addActions([self.copy_lengths, self.copy_rows])
        self.copy.setMenu(menu)
        for button in (self.tasks, self.copy):
            button.setMinimumHeight(CONTROL_HEIGHT)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(2 * UNIT, 3 * UNIT // 2, 2 * UNIT, UNIT)
        self._line.setSpacing(UNIT)
        self._line.addWidget(self.earlier)
        self._line.addWidget(self.title)
        self._line.addWidget(self.later)
        self._line.addStretch()
        self._line.addWidget(self.tasks)
        self._line.addWidget(self.copy)

    def add(self, widget: QWidget) -> None:
        """Put something at the end."""
        self._line.addWidget(widget)

    def show_week(self, days: Sequence[date]) -> None:
        """Say which week it is."""
        self.title.setText(days_name(DayRange(days[0], days[-1])))
