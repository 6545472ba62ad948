"""Starts and stops in a process of its own, and prints how many seconds each took, as JSON.

Run as ``python -m tests.benchmarks.clicks DATABASE COUNT``. It is the work that a click on the
icon causes, from the click to the next idle moment, but for what the panel does with it: the
transaction with its sync to disk, the snapshot, the picture of the icon in each size, the tooltip
and the rows of the menu.
"""

import json
import os
import sys
import time

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tray import clock
from tray.model.days import Calendar
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store.opening import open_database
from tray.ui.icon import make_icon
from tray.ui.menu import TrayMenu
from tray.ui.tray_icon import icon_state, tooltip


class Icon(QObject):
    """What `TrayIcon` shows, on a screen that has no panel for it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(self)

    @Slot(object)
    def update(self, snapshot: Snapshot) -> None:
        """Show another state of the tracker."""
        now = clock.now()
        self._icon.setIcon(make_icon(icon_state(snapshot, Settings(), False, now=now)))
        self._icon.setToolTip(tooltip(snapshot, "", now=now))


def main(path: str, count: int) -> list[float]:
    """The seconds of each of so many clicks."""
    application = QApplication([])
    taken: list[float] = []
    with open_database(path) as db:
        tracking = Tracking(db, Calendar())
        TrayMenu(tracking).setParent(tracking)
        icon = Icon(tracking)
        tracking.changed.connect(icon.update)
        for _ in range(count):
            begin = time.perf_counter()
            tracking.toggle()
            application.processEvents()
            taken.append(time.perf_counter() - begin)
        tracking.release()
    return taken


if __name__ == "__main__":
    json.dump(main(sys.argv[1], int(sys.argv[2])), sys.stdout)
