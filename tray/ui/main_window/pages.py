"""Which pages the main window has, in the order of the rail."""

from functools import partial

from tray.ui.entries.timer_page import TimerPage
from tray.ui.main_window.main_window import MainWindow
from tray.ui.main_window.page import Page
from tray.ui.wording import tr


def pages(window: MainWindow) -> tuple[Page, ...]:
    """The pages of a window, none of them made yet."""
    return (Page("timer", tr("Timer"), "timer", partial(_timer, window)),)


def _timer(window: MainWindow) -> TimerPage:
    page = TimerPage(window.tracking, window.times, window)
    page.quick_start_wanted.connect(window.quick_start_wanted)
    window.entry_wanted.connect(page.edit)
    window.times_changed.connect(page.use_times)
    return page
