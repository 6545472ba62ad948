"""Which pages the main window has, and what of the window each of them follows."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tray.language import tr
from tray.ui.windows import tab_order

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tray.session.online_actions import OnlineActions
    from tray.ui.main_window.main_window import MainWindow
    from tray.ui.main_window.page import WindowPage
    from tray.ui.timesheet.timesheet_page import TimesheetPage


def pages(window: "MainWindow", online: "Callable[[], OnlineActions]") -> tuple["WindowPage", ...]:
    """The pages of the main window in the order of its rail, none of them made yet.

    Args:
        window: Which they are for.
        online: What asks the server of the account at once, made when it is first needed.
    """
    from tray.ui.main_window.page import WindowPage

    return (
        WindowPage("timer", tr("Timer"), "timer", partial(_timer_page, window)),
        WindowPage("calendar", tr("Calendar"), "calendar", partial(_calendar_page, window)),
        WindowPage("reports", tr("Reports"), "reports", partial(_reports_page, window)),
        WindowPage("projects", tr("Projects"), "projects", partial(_projects_page, window)),
        WindowPage(
            "team", tr("Team"), "team", partial(_team_page, window, online), needs_account=True
        ),
    )


def _timer_page(window: "MainWindow") -> "QWidget":
    from tray.ui.entries.timer_page import TimerPage
    from tray.ui.timesheet.timer_faces import TimerFaces
    from tray.ui.week_strip.week_strip import WeekStrip

    page = TimerPage(window.tracking, window.times, window)
    week = WeekStrip(window.tracking, page)
    week.day_wanted.connect(page.show_day)
    page.put_on_top(week)
    page.quick_start_wanted.connect(window.start_new)
    page.setFocusProxy(page.view)
    page.use_options(window.options)
    page.setting_chosen.connect(window.setting_chosen)
    faces = TimerFaces(page, partial(_timesheet_page, window), window)
    week.put_beside(faces.switches[0])
    tab_order((window.banner.button, *week.stops, *faces.switches[0].buttons.values()))
    window.options_changed.connect(page.use_options)
    window.entry_wanted.connect(faces.show_list)
    window.day_wanted.connect(faces.show_list)
    window.day_wanted.connect(page.show_day)
    window.entry_wanted.connect(page.edit)
    window.entries_wanted.connect(faces.show_list)
    window.entries_wanted.connect(page.toolbar.look_for)
    window.times_changed.connect(page.use_times)
    return faces


def _timesheet_page(window: "MainWindow") -> "TimesheetPage":
    from tray.ui.timesheet.timesheet_page import TimesheetPage

    sheet = TimesheetPage(window.tracking, window.times, window)
    sheet.use_options(window.options)
    window.options_changed.connect(sheet.use_options)
    window.times_changed.connect(sheet.use_times)
    return sheet


def _calendar_page(window: "MainWindow") -> "QWidget":
    from tray.ui.calendar.calendar_page import CalendarPage

    page = CalendarPage(window.tracking, window.times, window)
    page.quick_start_wanted.connect(window.start_new)
    page.feeds_wanted.connect(window.feeds_wanted)
    window.times_changed.connect(page.use_times)
    return page


def _reports_page(window: "MainWindow") -> "QWidget":
    from tray.ui.reports.reports_page import ReportsPage

    page = ReportsPage(window.tracking, window.times, window)
    page.use_options(window.options)
    page.setting_chosen.connect(window.setting_chosen)
    page.entries_wanted.connect(window.show_entries)
    window.options_changed.connect(page.use_options)
    window.times_changed.connect(page.use_times)
    return page


def _team_page(window: "MainWindow", online: "Callable[[], OnlineActions]") -> "QWidget":
    from tray.ui.team.team_page import TeamPage

    page = TeamPage(window.tracking, online(), window.times, window)
    window.times_changed.connect(page.use_times)
    return page


def _projects_page(window: "MainWindow") -> "QWidget":
    from tray.ui.projects.projects_page import ProjectsPage

    page = ProjectsPage(window.tracking, window)
    page.use_options(window.options)
    window.options_changed.connect(page.use_options)
    return page
