"""How windows are brought up, and how they show what the settings say."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from PySide6 import QtCore
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.formats import TimeFormat
from tray.session.snapshot import Goals
from tray.settings import Settings

TITLE_BAR: Final = 48
"""Pixels at 100 % that desktops put above a window, at most."""


def bring_up(window: QWidget) -> None:
    """Show a window, in front of all others as far as the desktop lets it."""
    if not window.isVisible():
        fit(window)
    window.show()
    window.raise_()
    window.activateWindow()


def retire(window: QWidget | None) -> None:
    """Have a window go for good; the next one is made in the language there is now."""
    if window is not None:
        window.hide()
        window.deleteLater()


def can_leave_the_focus() -> bool:
    """Whether a window can come up by itself while the keyboard stays where it is.

    Wayland has no way to ask for that, and its compositors give it to every new window.
    """
    return not QGuiApplication.platformName().startswith("wayland")


def tab_order(widgets: Iterable[QWidget]) -> None:
    """Have Tab go from each of these to the next."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)


def tab_stop(window: QWidget, *, forward: bool) -> QWidget | None:
    """Where Tab, or Shift+Tab, goes from the focus in a window.

    Qt stops at a page too that has something in it as its focus proxy, leads to that, and so goes
    round in a circle past all between them.
    """
    step = QWidget.nextInFocusChain if forward else QWidget.previousInFocusChain
    start = window.focusWidget() or window
    each = step(start)
    while each is not None and each is not start:
        can = each.isVisible() and each.isEnabled() and each.focusProxy() is None
        if can and each.window() is window and each.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus:
            return each
        each = step(each)
    return None


def fit(window: QWidget) -> None:
    """Keep a window within the screen it is on, with what the desktop puts above it."""
    room = window.screen().availableSize()
    room.setHeight(room.height() - TITLE_BAR)
    sized = window.testAttribute(QtCore.Qt.WidgetAttribute.WA_Resized)
    if not sized:
        window.adjustSize()  # as `show` does
    if window.size().boundedTo(room) != window.size():
        window.setMinimumSize(window.minimumSize().boundedTo(room))
        window.resize(window.size().boundedTo(room))
    else:
        window.setAttribute(QtCore.Qt.WidgetAttribute.WA_Resized, sized)


def calendar_of(chosen: Settings) -> Calendar:
    """The user's days, as the settings have them."""
    return Calendar(chosen.zone, chosen.day_start_hour, chosen.first_weekday)


def goals_of(chosen: Settings) -> Goals:
    """How much a day and a week should hold, as the settings have it."""
    return Goals(chosen.day_goal_minutes * MINUTE, chosen.week_goal_minutes * MINUTE)


def time_format_of(chosen: Settings) -> TimeFormat:
    """How times are shown, as the settings have it."""
    return TimeFormat(chosen.zone, chosen.twelve_hours, chosen.list_seconds)
