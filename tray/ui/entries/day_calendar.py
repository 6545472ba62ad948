"""A month to pick a day from, in the theme's colours."""

from typing import Final

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QPalette, QShowEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from tray.language import language
from tray.model.locales import chosen
from tray.ui import icons
from tray.ui.labels import plain
from tray.ui.theme import CONTROL_HEIGHT, UNIT, theme

_STEPS: Final = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron-right"}
"""The names that Qt gives the buttons from month to month, and our signs for them."""


class DayCalendar(QCalendarWidget):
    """Quiet: the day that is chosen is the only thing that stands out."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setMinimumSize(32 * UNIT, 28 * UNIT)
        for button_name, sign in _STEPS.items():
            button = self.findChild(QToolButton, button_name)
            if button is not None:
                icons.dress(button, sign, plain)
                button.setMinimumSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
        self._dress()

    def _dress(self) -> None:
        look = theme(self.palette())
        bar = self.findChild(QWidget, "qt_calendar_navigationbar")
        if bar is not None:
            bar.setBackgroundRole(QPalette.ColorRole.Base)
            for button in bar.findChildren(QToolButton):
                palette = button.palette()
                palette.setColor(QPalette.ColorRole.HighlightedText, look.text)  # as Qt writes it
                button.setPalette(palette)
        usual, quiet = QTextCharFormat(), QTextCharFormat()
        usual.setForeground(look.text)
        quiet.setForeground(look.subdued)
        for day in Qt.DayOfWeek:
            self.setWeekdayTextFormat(day, usual)
        self.setHeaderTextFormat(quiet)

    def showEvent(self, event: QShowEvent) -> None:
        self.setLocale(QLocale(language()))
        self.setFirstDayOfWeek(Qt.DayOfWeek(chosen.style().first_weekday + 1))
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
