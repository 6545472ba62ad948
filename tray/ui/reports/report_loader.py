"""Reads a report on a thread of its own, so that nobody waits for it; the latest wish counts."""

import sys
from contextlib import suppress
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot

from tray.errors import Busy, DiskFull, ReadOnly, TrayError
from tray.model.reports.chart import (
    ChartBar,
    bar_level,
    chart_bars,
    count_named,
    largest,
    running_parts,
    stack_level,
    time_keys,
)
from tray.model.reports.report_definition import Grouping
from tray.model.reports.report_groups import Grouped
from tray.model.reports.time_slices import Key
from tray.store import catalogue, day_totals
from tray.store.catalogue import Names
from tray.store.opening import open_database
from tray.store.report_reading import day_begins
from tray.store.time_report import (
    Highlights,
    ReportReader,
    ReportWish,
    TimeReport,
    report_calendar,
)

_TURN_SECONDS: Final = 0.0005
"""How long the thread computes before it lets the window have a turn."""


class ReportContent(NamedTuple):
    """All that the page shows of a report; the hours of the week come last."""

    wish: ReportWish
    names: Names
    report: TimeReport
    highlights: Highlights
    highlights_before: Highlights
    level: Grouping
    """What each bar is of."""
    stack: Grouping
    """What the parts of bars are."""
    parts: tuple[tuple[Key, int], ...]
    """Of all bars together, the largest first."""
    named: int
    """How many parts there are, also those that are not shown by name."""
    bars: tuple[ChartBar, ...]
    hours: Grouped | None = None


class _OtherWish(Exception):
    """What is read is wanted no more."""


class _ReadThread(QThread):
    """One report at a time, with a connection that is open for no longer."""

    arrived = Signal(object)
    """The `ReportContent`: first without the hours of the week, then with them."""
    went_on = Signal(float)
    """How much is read, from 0 to 1."""
    failed = Signal(str)

    def __init__(self, path: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("report")
        self._path = path
        self.wish: ReportWish | None = None

    def run(self) -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_TURN_SECONDS)
        try:
            self._read()
        except _OtherWish:
            pass
        except TrayError as error:
            self.failed.emit(str(error))
        finally:
            sys.setswitchinterval(usual)

    def _read(self) -> None:
        wish = self.wish
        if wish is None:
            return
        with open_database(self._path) as db:
            wish = wish._replace(calendar=report_calendar(db, wish.calendar))
            with db.reading():
                names = catalogue.names(db)
                reader = ReportReader(db, wish, names)
                content = self._content(reader, wish, names)
                self.arrived.emit(content)
                self.arrived.emit(content._replace(hours=reader.hours(self._tell)))
            days = content.report.range.days
            if content.report.before is not None:
                days = days._replace(first=content.report.before.days.first)
            with suppress(ReadOnly, DiskFull, Busy):  # then it takes as long the next time
                day_totals.keep(db, day_begins(days, wish.calendar), self._look)

    def _content(self, reader: ReportReader, wish: ReportWish, names: Names) -> ReportContent:
        report = reader.report(self._tell)
        level, stack = bar_level(report.range.days), stack_level(wish.definition.by)
        groups = reader.groups((level, stack), self._tell).groups
        parts = largest(groups)
        running: dict[Key, int] = {}
        if report.running is not None and report.running.counts:
            start = report.running.entry.start
            days = report.range.days
            parts_of = running_parts(start, wish.now, days, (level,), wish.calendar)
            running = {key: seconds for (key,), seconds in parts_of.items()}
        bars = chart_bars(
            groups,
            time_keys(report.range.days, level, wish.calendar),
            [key for key, _ in parts],
            running,
        )
        before = report.before
        return ReportContent(
            wish,
            names,
            report,
            reader.highlights(),
            reader.highlights(before.days) if before else Highlights(),
            level,
            stack,
            parts,
            count_named(groups),
            bars,
        )

    def _tell(self, share: float) -> None:
        self._look(share)
        self.went_on.emit(share)

    def _look(self, _: float) -> None:
        if self.isInterruptionRequested():
            raise _OtherWish


def _end(thread: QThread) -> None:
    """Break off what a thread does, and wait for that."""
    thread.requestInterruption()
    thread.wait()


class ReportLoader(QObject):
    """Reads what is wished for last; a wish that comes during a reading breaks it off."""

    arrived = Signal(object)
    went_on = Signal(float)
    failed = Signal(str)
    ended = Signal()
    """Nothing is being read."""

    def __init__(self, path: str, parent: QObject) -> None:
        super().__init__(parent)
        self._next: ReportWish | None = None
        self.is_keeping = False
        """Whether all is read, and only totals are kept for the next time."""
        self._thread = _ReadThread(path, self)
        self._thread.arrived.connect(self._on_arrived)
        self._thread.went_on.connect(self._on_went_on)
        self._thread.failed.connect(self.failed)
        self._thread.finished.connect(self._on_finished)
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101  # there are windows
        application.aboutToQuit.connect(self.stop)
        thread = self._thread  # Qt ends the program if it is destroyed while it runs
        self.destroyed.connect(lambda: _end(thread))

    @property
    def is_reading(self) -> bool:
        """Whether something is being read."""
        return self._thread.isRunning()

    def read(self, wish: ReportWish) -> None:
        """Read this report."""
        self._next = wish
        if self._thread.isRunning():
            self._thread.requestInterruption()
        else:
            self._start()

    def _start(self) -> None:
        self._thread.wish, self._next = self._next, None
        self.is_keeping = False
        self._thread.start()

    @Slot()
    def stop(self) -> None:
        """Break off what is read, and read no more."""
        self._next = None
        _end(self._thread)

    @Slot(object)
    def _on_arrived(self, content: ReportContent) -> None:
        if self._next is None:
            self.is_keeping = content.hours is not None
            self.arrived.emit(content)

    @Slot(float)
    def _on_went_on(self, share: float) -> None:
        if self._next is None:
            self.went_on.emit(share)

    @Slot()
    def _on_finished(self) -> None:
        if self._thread.isRunning():
            return  # the signal is of the reading before this one
        if self._next is not None:
            self._start()
        else:
            self.is_keeping = False
            self.ended.emit()
