"""Signs in to a server while the entries window is open, and prints how that went, as JSON.

Run as ``python -m tests.benchmarks.first_sync URL TOKEN FOLDER CLICKS``. The icon, its menu, the
window and the worker are those of the program, on a screen that has no panel. CLICKS is how many
milliseconds lie between two clicks on the icon; 0 for none.
"""

import json
import os
import sys
import time
from typing import Final, NamedTuple

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from tests.benchmarks.clicks import Icon
from tests.benchmarks.data import YEARS
from tray import paths
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.session.sync_thread import SyncThread
from tray.session.tracking import Tracking
from tray.store.opening import open_database
from tray.sync import engine, progress
from tray.ui.entries.timer_page import TimerPage
from tray.ui.menu import TrayMenu
from tray.workers.background import of_computer

BEAT_MS: Final = 2
SETTLE_MS: Final = 1_000
SPAN_SECONDS: Final = YEARS * 365 * 86_400
"""How far back the server of this benchmark gives everything at once."""


class Course(NamedTuple):
    """How the first sync went."""

    seconds: float
    """Until the screen told that all is there."""
    entries: int
    stall_ms: float
    """The longest that the main thread took to come to a timer that was due."""
    p99_ms: float
    grown_mb: float
    """By how much more memory was in use than before, at most."""
    click_ms: float
    """The longest that a click took until it was committed and shown; 0 if there was none."""


class Pulse(QObject):
    """Beats on the main thread as fast as it gets to it, until everything is there."""

    def __init__(self, tracking: Tracking, click_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._clock = QElapsedTimer()
        self._late_ms: list[float] = []
        self._clicks_ms = [0.0]
        self._before_mb = self._most_mb = _resident_mb()
        self._seconds = 0.0
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)
        self._click = QTimer(self)
        self._click.timeout.connect(self._on_click)
        tracking.changed.connect(self._on_changed)
        self._began = time.perf_counter()
        self._clock.start()
        self._beat.start(BEAT_MS)
        if click_ms:
            self._click.start(click_ms)

    def course(self) -> Course:
        """What was measured."""
        late = sorted(self._late_ms)
        (count,) = self._tracking.db.row("SELECT count(*) FROM entry")
        grown = self._most_mb - self._before_mb
        p99 = late[len(late) * 99 // 100]
        return Course(self._seconds, count, late[-1], p99, grown, max(self._clicks_ms))

    @Slot()
    def _on_beat(self) -> None:
        self._late_ms.append(self._clock.nsecsElapsed() / 1e6 - BEAT_MS)
        self._clock.start()

    @Slot()
    def _on_click(self) -> None:
        begin = time.perf_counter()
        self._tracking.toggle()
        self._clicks_ms.append(1000 * (time.perf_counter() - begin))

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        self._most_mb = max(self._most_mb, _resident_mb())
        sync = self._tracking.snapshot.sync
        if sync is not None and sync.history_complete:
            self._seconds = time.perf_counter() - self._began
            self._beat.stop()
            self._click.stop()
            QApplication.exit()


def main(url: str, token: str, folder: str, *, click_ms: int) -> Course:
    """Sign in, as the environment says, and follow it to the end."""
    os.environ.update(TOGGL_TRAY_HOME=folder, TOGGL_API_URL=url, TOGGL_API_TOKEN=token)
    progress.HISTORY_SECONDS = SPAN_SECONDS  # type: ignore[misc]  # the real server gives 3 months
    engine.PAGE_SECONDS = 0  # type: ignore[misc]  # nor is it on this computer
    application = QApplication([])
    places = paths.find(os.environ)
    with open_database(places.database) as db:
        tracking = Tracking(db, Calendar())
        TrayMenu(tracking).setParent(tracking)
        icon = Icon(tracking)
        tracking.changed.connect(icon.update)
        window = TimerPage(tracking, TimeFormat())
        window.show()
        syncing = SyncThread(places, tracking, of_computer(places), tracking)
        QTimer.singleShot(SETTLE_MS, application.exit)  # which closes no window
        application.exec()
        pulse = Pulse(tracking, click_ms, tracking)
        syncing.resume()
        application.exec()
        syncing.stop()
        course = pulse.course()
        tracking.release()
        window.close()
    return course


def _resident_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    _, url_, token_, folder_, click_ms_ = sys.argv
    json.dump(main(url_, token_, folder_, click_ms=int(click_ms_)), sys.stdout)
