"""The menu from which the days of a report are chosen: by name, or from a day to another."""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from tray.language import tr
from tray.ui.entries.day_calendar import DayCalendar
from tray.ui.theme import UNIT

_GROUPS: Final = (
    ("today", "yesterday"),
    ("week", "last week"),
    ("month", "last month"),
    ("quarter", "last quarter"),
    ("year", "last year"),
    ("last 7 days", "last 30 days", "last 365 days"),
    ("all",),
)


def range_names() -> dict[str, str]:
    """What each range is called, by the words that stand for it."""
    return {
        "today": tr("Today"),
        "yesterday": tr("Yesterday"),
        "week": tr("This week"),
        "last week": tr("Last week"),
        "month": tr("This month"),
        "last month": tr("Last month"),
        "quarter": tr("This quarter"),
        "last quarter": tr("Last quarter"),
        "year": tr("This year"),
        "last year": tr("Last year"),
        "last 7 days": tr("Last 7 days"),
        "last 30 days": tr("Last 30 days"),
        "last 365 days": tr("Last 365 days"),
        "all": tr("All days"),
    }


class RangeMenu(QMenu):
    """Two calendars come up in it, made when they are first wanted."""

    chosen = Signal(str)
    """Words, as `read_range` reads them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        names = range_names()
        for group in _GROUPS:
            for words in group:
                self.addAction(names[words]).triggered.connect(partial(self.chosen.emit, words))
            self.addSeparator()
        self._own = self.addMenu(tr("From and to"))
        self._own.aboutToShow.connect(self._make_calendars)
        self.calendars: tuple[DayCalendar, ...] = ()

    @Slot()
    def _make_calendars(self) -> None:
        if self.calendars:
            return
        holder = QWidget(self._own)
        row = QHBoxLayout(holder)
        row.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        self.calendars = (DayCalendar(tr("First day"), holder), DayCalendar(tr("Last day"), holder))
        for each in self.calendars:
            each.clicked.connect(self._on_picked)
            row.addWidget(each)
        action = QWidgetAction(self._own)
        action.setDefaultWidget(holder)
        self._own.addAction(action)

    @Slot()
    def _on_picked(self) -> None:
        first, last = sorted(_day(each.selectedDate()) for each in self.calendars)
        self.chosen.emit(f"{first.isoformat()}..{last.isoformat()}")


def _day(picked: QDate) -> date:
    return date(picked.year(), picked.month(), picked.day())
