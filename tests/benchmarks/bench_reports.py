"""How fast reports are read with a million entries, in the window and from a terminal.

Run it with ``python -m tests.benchmarks reports``.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from tests.benchmarks.bench_cli import EMPTY, program, seconds_for
from tests.benchmarks.data import make
from tests.benchmarks.rows import Row, table
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.model.reports.report_definition import (
    Direction,
    Grouping,
    LengthRounding,
    MidnightRule,
    ReportDefinition,
)
from tray.store import catalogue, day_totals
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.report_reading import day_begins
from tray.store.time_report import ReportReader, ReportWish
from tray.tracker import entries, timer
from tray.tracker.resolve import Draft

MEDIUM, LARGE = SIZES = (100_000, 1_000_000)
NOW: Final = 1_795_000_000
CALENDAR: Final = Calendar(ZoneInfo("Europe/Berlin"))
ROUNDS: Final = 30
COMMANDS: Final = 15
WRITES: Final = 200

YEAR_AT_MOST_MS: Final = 50.0
ALL_AT_MOST_MS: Final = 300.0
OTHER_AT_MOST_MS: Final = 2_000.0
MEMORY_AT_MOST_MB: Final = 15.0
COMMAND_AT_MOST: Final = 5.0

_PLAIN: Final = (Grouping.PROJECT, Grouping.CLIENT, Grouping.DAY, Grouping.WEEK, Grouping.MONTH)
_OTHERS: Final = (
    ReportDefinition("all", by=(Grouping.PROJECT, Grouping.DAY)),
    ReportDefinition("all", by=(Grouping.TAG,)),
    ReportDefinition("all", by=(Grouping.DESCRIPTION,)),
    ReportDefinition("all", by=(Grouping.WEEKDAY, Grouping.HOUR)),
    ReportDefinition("all", by=(Grouping.TAGS, Grouping.MONTH)),
    ReportDefinition("all", "login", by=(Grouping.PROJECT,)),
    ReportDefinition("all", rounding=LengthRounding(15, Direction.UP)),
)


def run() -> list[Row]:
    """Read every kind of report, then what it costs to keep totals, memory and the command."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: str(Path(folder, str(size), "toggl-tray.db")) for size in SIZES}
        for size, path in paths.items():
            make(path, entries=size, now=NOW)
        with open_database(paths[LARGE]) as db:
            plain = _writes(db)
            rows = [_keeping(db)]
            rows += _plain(db)
            rows += _others(db)
            rows += _prices(plain, _writes(db))
        rows.append(_memory(paths[LARGE]))
        rows.append(_command(str(Path(paths[MEDIUM]).parent)))
    return rows


def _read(db: Database, definition: ReportDefinition) -> None:
    wish = ReportWish(definition, CALENDAR, MidnightRule.SPLIT, NOW)
    ReportReader(db, wish, catalogue.names(db)).groups(definition.by)


def _ms(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - begin)


def _keeping(db: Database) -> Row:
    """As after the first look at all years, which is summed from the entries."""
    wish = ReportWish(ReportDefinition("all"), CALENDAR, MidnightRule.SPLIT, NOW)
    begins = day_begins(ReportReader(db, wish, catalogue.names(db)).range.days, CALENDAR)
    longest, last = 0.0, time.perf_counter()

    def turn(_: float) -> None:
        nonlocal longest, last
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()

    taken = _ms(partial(day_totals.keep, db, begins, turn))
    note = f"{1000 * longest:.0f} ms at most in one transaction"
    return Row(f"totals of all days made, {LARGE:,} entries", taken, "ms", None, note)


def _plain(db: Database) -> Iterator[Row]:
    today = datetime.fromtimestamp(NOW, CALENDAR.zone).date()
    for by in _PLAIN:
        years = [
            f"{(end := today - timedelta(days=100 * back)) - timedelta(days=364)}..{end}"
            for back in range(ROUNDS)
        ]
        year = [_ms(partial(_read, db, ReportDefinition(text, by=(by,)))) for text in years]
        yield _row(f"a year by {by}", year, YEAR_AT_MOST_MS)
        every = [_ms(partial(_read, db, ReportDefinition("all", by=(by,)))) for _ in range(ROUNDS)]
        yield _row(f"all years by {by}", every, ALL_AT_MOST_MS)


def _row(name: str, taken: Sequence[float], target: float) -> Row:
    p99 = sorted(taken)[len(taken) * 99 // 100]
    note = f"p50 {statistics.median(taken):.1f} ms"
    return Row(f"{name}, {LARGE:,} entries, p99", p99, "ms", target, note)


def _others(db: Database) -> Iterator[Row]:
    for definition in _OTHERS:
        taken = [_ms(partial(_read, db, definition)) for _ in range(3)]
        words = [" and ".join(definition.by)]
        words += [f"with “{definition.search}”"] if definition.search else []
        words += ["each entry rounded"] if definition.rounding else []
        yield _row(f"all years by {', '.join(words)}", taken, OTHER_AT_MOST_MS)


def _writes(db: Database) -> dict[str, float]:
    """The median milliseconds of verbs, waiting for the disk apart."""
    db.run("PRAGMA synchronous = OFF")
    taken: dict[str, list[float]] = {}
    for number in range(WRITES):
        now = NOW - 86_400 * (number % 3_000) - 1_000
        draft = Draft(f"Piece of work {number % 50}", f"Project {number % 199}")
        for name, verb in (
            ("start", partial(timer.start, db, draft, now=now)),
            ("stop", partial(timer.stop, db, now=now + 100)),
            (
                "add",
                partial(entries.add, db, draft, start=now + 200, stop=now + 300, now=now + 300),
            ),
        ):
            taken.setdefault(name, []).append(_ms(verb))
    db.run("PRAGMA synchronous = FULL")
    return {name: statistics.median(each) for name, each in taken.items()}


def _prices(before: dict[str, float], after: dict[str, float]) -> Iterator[Row]:
    """What the totals add to each verb."""
    for name, plain in before.items():
        note = f"{plain:.2f} ms without totals, {after[name]:.2f} ms with them"
        yield Row(f"price of the totals: {name}, p50", after[name] - plain, "ms", None, note)


def _memory(path: str) -> Row:
    argv = (sys.executable, "-m", "tests.benchmarks.bench_reports", path)
    printed = subprocess.run(argv, stdout=subprocess.PIPE, check=True, text=True).stdout
    return Row("memory, the page open", float(printed), "MB", MEMORY_AT_MOST_MB)


def print_memory(path: str) -> None:
    """How much more memory the program takes with the page open on a year than with another."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    from tray import clock
    from tray.session.tracking import Tracking
    from tray.ui.appearance import Appearance
    from tray.ui.entries.timer_page import TimerPage
    from tray.ui.reports.reports_page import ReportsPage

    clock.now = lambda: NOW
    Appearance("light", application)
    with open_database(path) as db:
        tracking = Tracking(db, CALENDAR)
        timer_page = TimerPage(tracking, TimeFormat(CALENDAR.zone))
        timer_page.show()
        QTest.qWait(500)
        before = _resident_mb()
        page = ReportsPage(tracking, TimeFormat(CALENDAR.zone))
        page.show()
        page.bar.use_range("year")
        while (
            page.body.content is None or page.body.content.hours is None or page.loader.is_reading
        ):
            QTest.qWait(50)
        page.grab()
        print(_resident_mb() - before)
        page.loader.stop()
        tracking.release()


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _command(home: str) -> Row:
    command = (*program(), "report", "week")
    seconds_for(command, home)
    taken = [(seconds_for(EMPTY, home), seconds_for(command, home)) for _ in range(COMMANDS)]
    empty, ours = (statistics.median(each) for each in zip(*taken, strict=True))
    note = f"{1000 * ours:.1f} ms, python -c pass {1000 * empty:.1f} ms"
    return Row(f"report week, {MEDIUM:,} entries", ours / empty, "x", COMMAND_AT_MOST, note)


if __name__ == "__main__":
    if sys.argv[1:]:
        print_memory(sys.argv[1])
    else:
        print(table(run()))
