"""How fast the main window opens, scrolls, searches and follows, however long the history is.

Run it with ``python -m tests.benchmarks main_window``.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.benchmarks.data import make
from tests.benchmarks.rows import Row, table
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.store.opening import open_database
from tray.tracker.resolve import Draft

if TYPE_CHECKING:
    from tray.ui.entries.timer_page import TimerPage
    from tray.ui.main_window.main_window import MainWindow

SMALL, LARGE = SIZES = (1_000, 100_000)
OPENINGS: Final = 20
KEPT_OPENINGS: Final = 200
PAGES: Final = 300
CHANGES: Final = 100
TYPED: Final = ("r", "re", "rev", "review", "project 17", "#tag-3", "写", "nothing like it")

OPENED_AT_MOST_MS: Final = 200.0
GROWTH_AT_MOST: Final = 2.0
"""How much longer opening may take with 100,000 entries than with 1,000."""
KEYSTROKE_AT_MOST_MS: Final = 30.0
CHANGE_AT_MOST_MS: Final = 50.0
FRAME_AT_MOST_MS: Final = 33.0
"""Thirty pictures a second."""
MEMORY_AT_MOST_MB: Final = 3.0


def run() -> list[Row]:
    """Measure opening at both sizes, and the rest with 100,000 entries."""
    now = int(time.time())
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: str(Path(folder, str(size), "toggl-tray.db")) for size in SIZES}
        for size, path in paths.items():
            make(path, entries=size, now=now)
        application = QApplication.instance() or QApplication([])
        _dress(application)
        rows = [_first(paths[LARGE])]
        rows += _openings(paths)
        rows += _working(paths[LARGE])
        rows.append(_memory(paths[LARGE]))
        del application
    return rows


def _first(path: str) -> Row:
    """The first opening in a program that shows its icon already, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_main_window", path]
    printed = [subprocess.run(command, capture_output=True, check=True).stdout for _ in range(5)]
    middle = statistics.median(map(float, printed))
    name = f"first opening, with all imports, {LARGE:,} entries, p50"
    return Row(name, middle, "ms", OPENED_AT_MOST_MS)


def print_first(path: str) -> None:
    """Open the window once, after what the icon and its menu take is there, and print how long."""
    # What the tray has loaded by the time somebody opens a window.
    import tray.app.application
    import tray.app.desktop_services
    import tray.session.presence_thread
    import tray.ui.away.away_controller
    import tray.ui.quick_start.dialog  # noqa: F401

    application = QApplication([])
    with _tracking(path) as tracking:
        begin = time.perf_counter()
        _dress(application)
        opened = _opened(tracking)
        print(1000 * (time.perf_counter() - begin))
        _close(opened)
    del application


@contextmanager
def _tracking(path: str) -> Iterator[Tracking]:
    with open_database(path) as db:
        tracking = Tracking(db, Calendar())
        yield tracking
        tracking.release()


def _dress(application: QCoreApplication) -> None:
    from tray.ui.appearance import Appearance

    Appearance("light", application)


class Opened(NamedTuple):
    """The window, which nothing else keeps alive, and its first page."""

    window: "MainWindow"
    page: "TimerPage"


def _opened(tracking: Tracking) -> Opened:
    """The window, once the first rows of its Timer page are on screen."""
    from tests.ui.main_window.no_account import no_account
    from tray.app.window_pages import pages
    from tray.ui.main_window.main_window import MainWindow

    window = MainWindow(tracking, TimeFormat())
    window.set_pages(pages(window, no_account))
    window.show()
    while not window.windowHandle().isExposed():
        QApplication.processEvents()
    page = _page(window)
    page.view.viewport().repaint()
    return Opened(window, page)


def _page(window: "MainWindow") -> "TimerPage":
    from tray.ui.entries.timer_page import TimerPage
    from tray.ui.timesheet.timer_faces import TimerFaces

    faces = window.open_page("timer")
    assert isinstance(faces, TimerFaces)  # the only page of this key
    assert isinstance(faces.days, TimerPage)
    return faces.days


def _close(opened: Opened) -> None:
    window = opened.window
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _complete(page: "TimerPage") -> float:
    """Let the whole history come into the list; return the longest pause in milliseconds."""
    longest = 0.0
    while not page.model.complete:
        longest = max(longest, _ms(QApplication.processEvents))
    return longest


def _ms(do: Callable[[], object]) -> float:
    """The milliseconds that something takes."""
    begin = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - begin)


def _openings(paths: dict[int, str]) -> Iterator[Row]:
    """Opening anew each time, at both sizes in turns so that other work hits them alike."""
    taken: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(OPENINGS):
        for size, path in paths.items():
            with _tracking(path) as tracking:
                begin = time.perf_counter()
                opened = _opened(tracking)
                taken[size].append(1000 * (time.perf_counter() - begin))
                _close(opened)
    for size in SIZES:
        note = f"worst {max(taken[size]):.0f} ms"
        middle = statistics.median(taken[size])
        yield Row(f"opening, {size:,} entries, p50", middle, "ms", OPENED_AT_MOST_MS, note)
    ratio = statistics.median(taken[LARGE]) / statistics.median(taken[SMALL])
    yield Row(f"opening, {LARGE:,} to {SMALL:,} entries", ratio, "x", GROWTH_AT_MOST)


def _working(path: str) -> Iterator[Row]:
    with _tracking(path) as tracking:
        opened = _opened(tracking)
        page = opened.page
        begin = time.perf_counter()
        pause = _complete(page)
        whole = 1000 * (time.perf_counter() - begin)
        note = f"all rows after {whole:.0f} ms"
        yield Row("longest pause while the list fills", pause, "ms", FRAME_AT_MOST_MS, note)
        yield _row("a page anywhere", _pages(page), FRAME_AT_MOST_MS)
        yield _row("a key in the search to its first results", _keys(page), KEYSTROKE_AT_MOST_MS)
        yield _row("a start to its row", _changes(page), CHANGE_AT_MOST_MS)
        _close(opened)


def _pages(page: "TimerPage") -> list[float]:
    """Jumps to any place of the history, painted."""
    chance = random.Random(1)
    bar = page.view.verticalScrollBar()

    def jump() -> None:
        bar.setValue(chance.randrange(bar.maximum()))
        page.view.viewport().repaint()

    return [_ms(jump) for _ in range(PAGES)]


def _keys(page: "TimerPage") -> list[float]:
    def look_for(text: str) -> None:
        page.toolbar.search.setText(text)
        page.view.viewport().repaint()

    taken = []
    for _ in range(5):
        for text in TYPED:
            taken.append(_ms(partial(look_for, text)))
            _complete(page)
    look_for("")
    _complete(page)
    return taken


def _changes(page: "TimerPage") -> list[float]:
    def start() -> None:
        page.tracking.start(Draft("Piece of work", "Project 7"))
        page.view.viewport().repaint()

    taken = []
    for _ in range(CHANGES):
        taken.append(_ms(start))
        QApplication.processEvents()
    return taken


def _row(name: str, taken: Sequence[float], target: float) -> Row:
    ordered = sorted(taken)
    note = f"p50 {statistics.median(taken):.1f} ms"
    name = f"{name}, {LARGE:,} entries, p99"
    return Row(name, ordered[len(ordered) * 99 // 100], "ms", target, note)


def _memory(path: str) -> Row:
    """What is left in memory after many openings."""
    with _tracking(path) as tracking:
        for number in range(KEPT_OPENINGS + 20):
            if number == 20:
                before = _resident_mb()
            _close(_opened(tracking))
        grown = _resident_mb() - before
    return Row(f"memory after {KEPT_OPENINGS} openings", grown, "MB", MEMORY_AT_MOST_MB)


def _resident_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print_first(sys.argv[1])
    else:
        print(table(run()))
