"""How windows are brought up, and how they show what the settings say."""

from PySide6.QtWidgets import QWidget

from tray.model.days import Calendar
from tray.settings import WEEKDAYS, Settings
from tray.ui.wording import Clock


def bring_up(window: QWidget) -> None:
    """Show a window, in front of all others as far as the desktop lets it."""
    window.show()
    window.raise_()
    window.activateWindow()


def calendar_of(chosen: Settings) -> Calendar:
    """The user's days, as the settings have them."""
    return Calendar(chosen.zone, chosen.day_start_hour, WEEKDAYS.index(chosen.week_start))


def clock_of(chosen: Settings) -> Clock:
    """How times are shown, as the settings have it."""
    return Clock(chosen.zone, chosen.time_format == "12h")
