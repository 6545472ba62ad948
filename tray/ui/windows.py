"""How windows are brought up, and how they show what the settings say."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.settings import WEEKDAYS, Settings


def bring_up(window: QWidget) -> None:
    """Show a window, in front of all others as far as the desktop lets it."""
    window.show()
    window.raise_()
    window.activateWindow()


def can_leave_the_focus() -> bool:
    """Whether a window can come up by itself while the keyboard stays where it is.

    Wayland has no way to ask for that, and its compositors give it to every new window.
    """
    return not QGuiApplication.platformName().startswith("wayland")


def calendar_of(chosen: Settings) -> Calendar:
    """The user's days, as the settings have them."""
    return Calendar(chosen.zone, chosen.day_start_hour, WEEKDAYS.index(chosen.week_start))


def time_format_of(chosen: Settings) -> TimeFormat:
    """How times are shown, as the settings have it."""
    return TimeFormat(chosen.zone, chosen.time_format == "12h")
