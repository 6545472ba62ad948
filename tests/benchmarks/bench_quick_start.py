"""How long the quick-start dialog takes to come and to answer a key, with 100,000 entries, and
what it has in memory with a million.

Run it with ``python -m tests.benchmarks quick_start``. Times are what a user waits: from the key to
the last pixel, Qt's painting included, on a screen that is only in memory.
"""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tests.benchmarks import data
from tests.benchmarks.processes import proportional_mb
from tests.benchmarks.rows import Row, table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tray.session.tracking import Tracking
    from tray.ui.quick_start.dialog import QuickStartDialog

ENTRIES: Final = 100_000
MANY: Final = 1_000_000
"""Entries, of some 217,000 different things."""
OPENINGS: Final = 40
LINES: Final = (
    "review call meeting fix",
    "login page",
    "meeting @Project 12 #tag-1 $ -15m",
    "nothing like it at all",
    "xiewendang",
    "rep @pro",
)
DIALOG_MS: Final = 100
KEYSTROKE_MS: Final = 30
MEMORY_MB: Final = 120


def run() -> list[Row]:
    """Measure each in a new process, which has imported nothing of the dialog yet."""
    with TemporaryDirectory() as folder:
        usual, large = (str(Path(folder, name, "toggl-tray.db")) for name in ("usual", "large"))
        now = int(time.time())
        data.make(usual, entries=ENTRIES, now=now)
        data.make(large, entries=MANY, now=now, descriptions=MANY)
        return [*in_new_process(measured, usual), *in_new_process(memory, large)]


def in_new_process(work: "Callable[[Tracking, QApplication], list[Row]]", path: str) -> list[Row]:
    """What is measured over a database."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (work, path))


def measure(work: "Callable[[Tracking, QApplication], list[Row]]", path: str) -> list[Row]:
    """Have Qt and a tracker ready, as the tray has."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # it says what it cannot do
    from PySide6.QtWidgets import QApplication, QLineEdit

    from tray.model.days import Calendar
    from tray.session.tracking import Tracking
    from tray.store.opening import open_database

    application = QApplication([])
    QLineEdit().grab()  # loads the fonts, as the icon and the menu have done long before
    with open_database(path) as db:
        tracking = Tracking(db, Calendar())
        try:
            return work(tracking, application)
        finally:
            tracking.release()


def measured(tracking: "Tracking", application: "QApplication") -> list[Row]:
    """The rows, in the order of a day's work."""
    begun = time.perf_counter()
    from tray.model.formats import TimeFormat
    from tray.ui.quick_start.dialog import QuickStartDialog

    dialog = QuickStartDialog(tracking, TimeFormat())
    show(dialog, application)
    first = time.perf_counter() - begun
    loading = taken(lambda: wait_for_history(dialog, application))
    again = [opened(dialog, application) for _ in range(OPENINGS)]
    typed = [key for line in LINES for key in type_line(line, dialog, application)]
    beside = [key for line in LINES for key in type_beside_load(line, dialog, application)]
    dialog.stop()
    return [
        row("hotkey to dialog, the first time", [first], DIALOG_MS),
        row("hotkey to dialog, again", again, DIALOG_MS),
        row("the history, loaded beside it at first", [loading]),
        row("keystroke to suggestions", typed, KEYSTROKE_MS),
        row("keystroke while the history is loaded anew", beside),
    ]


def memory(tracking: "Tracking", application: "QApplication") -> list[Row]:
    """What the process has in memory when the dialog is open, typed into, and loaded anew."""
    from tray.model.formats import TimeFormat
    from tray.ui.quick_start.dialog import QuickStartDialog

    dialog = QuickStartDialog(tracking, TimeFormat())
    show(dialog, application)
    before = proportional_mb(os.getpid())
    wait_for_history(dialog, application)
    typed = [key for line in LINES for key in type_line(line, dialog, application)]
    loaded = proportional_mb(os.getpid())
    dialog.stop()
    name = f"{MANY:,} entries"
    return [
        row(f"{name}: keystroke to suggestions", typed),
        Row(f"{name}: PSS, dialog open", loaded, "MB", MEMORY_MB, f"{before:.0f} without history"),
    ]


def row(name: str, seconds: list[float], target: float | None = None) -> Row:
    """The 99th percentile of some times."""
    ms = sorted(1_000 * each for each in seconds)
    note = f"p99 of {len(ms)}; p50 {ms[len(ms) // 2]:.1f}, max {ms[-1]:.1f}" if ms[1:] else ""
    return Row(name, ms[int(len(ms) * 0.99)], "ms", target, note)


def taken(work: Callable[[], None]) -> float:
    """The seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def show(dialog: "QuickStartDialog", application: "QApplication") -> None:
    """Open the dialog, and wait until it is painted and has the focus."""
    dialog.open()
    while not dialog.line.edit.hasFocus() or not dialog.isActiveWindow():
        application.processEvents()
    application.processEvents()


def opened(dialog: "QuickStartDialog", application: "QApplication") -> float:
    """The seconds to open it after it was closed."""
    dialog.close()
    application.processEvents()
    return taken(lambda: show(dialog, application))


def wait_for_history(dialog: "QuickStartDialog", application: "QApplication") -> None:
    """Until suggestions can be made."""
    while dialog.line._history is None:
        application.processEvents()
        time.sleep(0.001)


def type_line(
    line: str, dialog: "QuickStartDialog", application: "QApplication"
) -> Iterator[float]:
    """The seconds from each key to what it changes on the screen."""
    from PySide6.QtTest import QTest

    dialog.line.edit.clear()
    application.processEvents()
    for letter in line:

        def press(letter: str = letter) -> None:
            QTest.keyClicks(dialog.line.edit, letter)
            application.processEvents()

        yield taken(press)


def type_beside_load(
    line: str, dialog: "QuickStartDialog", application: "QApplication"
) -> Iterator[float]:
    """The same from when a load begins until it ends."""
    history = dialog.line._history
    dialog.line._loader.load()
    for seconds in type_line(line, dialog, application):
        if dialog.line._history is not history:
            return
        yield seconds
    while dialog.line._history is history:
        application.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    print(table(run()))
