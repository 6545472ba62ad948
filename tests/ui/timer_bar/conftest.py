"""The main window with its bar, over a tracker in which something runs."""

from collections.abc import Iterator

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK
from tests.ui.main_window.no_account import no_account
from tray import clock
from tray.app.window_pages import pages
from tray.session.tracking import Tracking
from tray.tracker.resolve import Draft
from tray.ui.main_window.main_window import MainWindow
from tray.ui.timer_bar.timer_bar import TimerBar


@pytest.fixture
def bar(tracking: Tracking, qtbot: QtBot) -> Iterator[TimerBar]:
    """The bar, with nothing running yet."""
    window = MainWindow(tracking, CLOCK)
    window.set_pages(pages(window, no_account))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window.bar
    window.bar.stop()
    window.close()
    shiboken6.delete(window)


@pytest.fixture
def running(bar: TimerBar, tracking: Tracking) -> TimerBar:
    """The bar, with a report of Acme running for 20 minutes."""
    draft = Draft("Plan the week", "Acme", None, ("writing",))
    tracking.start(draft, at=clock.now() - 1200)
    return bar
