"""The button that says which days are listed, and offers others."""

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from tray import clock
from tray.language import tr
from tray.model.days import Calendar
from tray.model.filters import DayRange, NamedRange, named_range
from tray.ui.entries import filter_choices
from tray.ui.entries.day_calendar import DayCalendar
from tray.ui.theme import UNIT


class DaysMenu(QMenu):
    """Ranges with a name, and a calendar for a range of one's own: its first and its last day."""

    chosen = Signal(object)
    """The `DayRange`; None for all days."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.calendar = Calendar()
        self.addAction(tr("All days")).triggered.connect(partial(self.chosen.emit, None))
        self.addSeparator()
        for name in NamedRange:
            action = self.addAction(filter_choices.range_name(name))
            action.triggered.connect(partial(self._on_named, name))
        self.addSeparator()
        self._own = self.addMenu(tr("From and to"))
        self._own.aboutToShow.connect(self._make_calendars)
        self._first: DayCalendar | None = None
        self._last: DayCalendar | None = None

    def name_of(self, days: DayRange | None) -> str:
        """What the button says for these days."""
        if days is None:
            return tr("All days")
        today = self.calendar.day_of(clock.now())
        for name in NamedRange:
            if named_range(name, today, self.calendar) == days:
                return filter_choices.range_name(name)
        return filter_choices.days_name(days)

    def _on_named(self, name: NamedRange) -> None:
        today = self.calendar.day_of(clock.now())
        self.chosen.emit(named_range(name, today, self.calendar))

    @Slot()
    def _make_calendars(self) -> None:
        if self._first is not None:
            return
        holder = QWidget(self._own)
        row = QHBoxLayout(holder)
        row.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        self._first = DayCalendar(tr("First day"), holder)
        self._last = DayCalendar(tr("Last day"), holder)
        for each in (self._first, self._last):
            each.clicked.connect(self._on_picked)
            row.addWidget(each)
        action = QWidgetAction(self._own)
        action.setDefaultWidget(holder)
        self._own.addAction(action)

    @Slot()
    def _on_picked(self) -> None:
        if self._first is None or self._last is None:
            return
        first, last = sorted(_day(each.selectedDate()) for each in (self._first, self._last))
        self.chosen.emit(DayRange(first, last))


def _day(picked: QDate) -> date:
    return date(picked.year(), picked.month(), picked.day())
