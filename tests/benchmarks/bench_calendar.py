"""How fast the calendar page reads, pages and resizes among a million entries.

Run it with ``python -m tests.benchmarks calendar``.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.benchmarks.data import YEARS, make
from tests.benchmarks.rows import Row
from tray.model.day_grid.day_columns import day_columns
from tray.model.day_grid.time_axis import time_axis
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.store import entries
from tray.store.database import Database
from tray.store.opening import open_database

if TYPE_CHECKING:
    from tray.ui.calendar.calendar_page import CalendarPage
    from tray.ui.main_window.main_window import MainWindow

ENTRIES: Final = 1_000_000
WEEKS: Final = 300
SIZES: Final = 200

WEEK_AT_MOST_MS: Final = 16.0
FRAME_AT_MOST_MS: Final = 16.0
"""Sixty pictures a second."""
MEMORY_AT_MOST_MB: Final = 15.0


def run() -> list[Row]:
    """Measure with ten years of 274 entries a day."""
    now = int(time.time())
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "toggl-tray.db"))
        make(path, entries=ENTRIES, now=now)
        application = QApplication.instance() or QApplication([])
        with open_database(path) as db:
            tracking = Tracking(db, Calendar())
            rows = [_reading(db, now), *_in_the_window(tracking)]
            tracking.release()
        del application
    return rows


def _days(chance: random.Random) -> list[date]:
    """Any week of the history."""
    first = Calendar().day_of(int(time.time())) - timedelta(
        days=chance.randrange(8, YEARS * 365 - 8)
    )
    return [first + timedelta(days=at) for at in range(7)]


def _reading(db: Database, now: int) -> Row:
    """The entries of a week and what stands where, without a window."""
    chance, calendar = random.Random(1), Calendar()

    def read() -> None:
        axis = time_axis(_days(chance), calendar)
        found = entries.overlapping(db, axis.span(0)[0], axis.span(6)[1])
        day_columns(axis, found, now=now)

    return _row("a week read", [_ms(read) for _ in range(WEEKS)], WEEK_AT_MOST_MS)


def _in_the_window(tracking: Tracking) -> Iterator[Row]:
    """The page in the main window, which has shown another page before."""
    from tests.ui.main_window.no_account import no_account
    from tray.app.window_pages import pages
    from tray.ui.appearance import Appearance
    from tray.ui.calendar.calendar_page import CalendarPage
    from tray.ui.main_window.main_window import MainWindow

    appearance = Appearance("light", tracking)
    window = MainWindow(tracking, TimeFormat())
    window.set_pages(pages(window, no_account))
    window.show()
    window.open_page("projects")
    _settle()
    before = _resident_mb()
    page = window.open_page("calendar")
    assert isinstance(page, CalendarPage)
    _settle()
    yield from _paging(page)
    yield from _resizing(window, page)
    yield Row("memory while open", _resident_mb() - before, "MB", MEMORY_AT_MOST_MB)
    window.close()
    window.deleteLater()
    _settle()
    del appearance


def _settle() -> None:
    for _ in range(10):
        QApplication.processEvents()


def _paging(page: "CalendarPage") -> Iterator[Row]:
    """Each week in two turns of the main thread, as Qt has it: it is read, and it is painted."""
    reading, painting = [], []
    for _ in range(WEEKS):
        reading.append(_ms(lambda: page.page_by(-1)))
        painting.append(_ms(page.grid.viewport().repaint))
        QApplication.processEvents()
    yield _row("paging: a week read and laid out", reading, FRAME_AT_MOST_MS)
    yield _row("paging: a week painted", painting, FRAME_AT_MOST_MS)


def _resizing(window: "MainWindow", page: "CalendarPage") -> Iterator[Row]:
    taken = []
    for step in range(SIZES):

        def resize(width: int = 940 + 4 * (step % 100)) -> None:
            window.resize(width, 720)
            page.grid.viewport().repaint()

        taken.append(_ms(resize))
        QApplication.processEvents()
    yield _row("resizing, painted", taken, FRAME_AT_MOST_MS)


def _ms(do: Callable[[], object]) -> float:
    begin = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - begin)


def _row(name: str, taken: Sequence[float], target: float) -> Row:
    ordered = sorted(taken)
    note = f"p50 {statistics.median(taken):.1f} ms"
    name = f"{name}, {ENTRIES:,} entries, p99"
    return Row(name, ordered[len(ordered) * 99 // 100], "ms", target, note)


def _resident_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
