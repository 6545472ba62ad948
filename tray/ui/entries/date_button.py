"""A button that says a day, with a calendar behind it."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from tray.language import described, tr
from tray.model import day_names
from tray.model.limits import FIRST_YEAR, LAST_YEAR
from tray.ui import icons, plain_text
from tray.ui.entries.day_calendar import DayCalendar
from tray.ui.labels import subdued
from tray.ui.theme import CONTROL_HEIGHT, UNIT

_STEPS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DateButton(QPushButton):
    """A click or Space opens the calendar; the up and down keys go from day to day."""

    picked = Signal()
    """The user has chosen another day."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.day = date.min
        self._popup: QFrame | None = None
        self.calendar: DayCalendar | None = None
        """What is behind it, once it was opened."""
        icons.dress(self, "calendar", subdued)
        self.setMinimumHeight(CONTROL_HEIGHT)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(plain_text.tooltip(tr("{name} (up and down keys go on)").format(name=name)))
        self.clicked.connect(self.open_calendar)

    def show_day(self, day: date) -> None:
        """Say this day."""
        self.day = day
        text = day_names.short_weekday_date(day)
        self.setText(text)
        self.setAccessibleName(described((self._name, text)))

    def pick(self, day: date) -> None:
        """Choose a day as the user's own doing."""
        if FIRST_YEAR <= day.year <= LAST_YEAR and day != self.day:
            self.show_day(day)
            self.picked.emit()

    @Slot()
    def open_calendar(self) -> None:
        """Show the month around the day."""
        if self._popup is None or self.calendar is None:
            self._popup, self.calendar = self._make_popup()
        self.calendar.setSelectedDate(_qdate(self.day))
        self._popup.adjustSize()
        place = self.mapToGlobal(QPoint(0, self.height() + UNIT // 2))
        room = self.screen().availableGeometry()
        place.setX(max(room.left(), min(place.x(), room.right() - self._popup.width())))
        if place.y() + self._popup.height() > room.bottom():
            place = self.mapToGlobal(QPoint(0, -self._popup.height() - UNIT // 2))
        self._popup.move(place)
        self._popup.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _make_popup(self) -> tuple[QFrame, DayCalendar]:
        popup = QFrame(self, Qt.WindowType.Popup)
        calendar = DayCalendar(self._name, popup)
        calendar.setMinimumDate(QDate(FIRST_YEAR, 1, 1))
        calendar.setMaximumDate(QDate(LAST_YEAR, 12, 31))
        calendar.clicked.connect(self._on_chosen)
        calendar.activated.connect(self._on_chosen)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.addWidget(calendar)
        return popup, calendar

    @Slot(QDate)
    def _on_chosen(self, chosen: QDate) -> None:
        if self._popup is not None:
            self._popup.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pick(date(chosen.year(), chosen.month(), chosen.day()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.pick(self.day + timedelta(days=_STEPS[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
