"""The main window over a tracker with a few entries, open."""

from collections.abc import Iterator

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK
from tests.ui.main_window.no_account import no_account
from tray.app.window_pages import pages
from tray.session.tracking import Tracking
from tray.ui.main_window.main_window import MainWindow


@pytest.fixture
def main_window(tracking: Tracking, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window as the program makes it."""
    window = MainWindow(tracking, CLOCK)
    window.set_pages(pages(window, no_account))
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.bar.stop()
    window.close()
    shiboken6.delete(window)
