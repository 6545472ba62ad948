"""The fields for start, stop and length, of which each follows from the other two."""

from datetime import datetime

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tray import clock
from tray.errors import BadLine
from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.tracker.entries import Changes
from tray.ui import wording
from tray.ui.entries.fields import Field, Line
from tray.ui.entries.typed_times import read_length, read_start, read_stop
from tray.ui.wording import Clock, tr


class TimesBox(QObject):
    """Holds the times of an entry to the second, while its fields show them to the minute.

    What is not touched stays as it is: a stop shown as 10:15 keeps its seconds.
    """

    def __init__(self, entry: TimeEntry, calendar: Calendar, times: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._calendar = calendar
        self._times = times
        self._start, self._stop = entry.start, entry.stop
        self._problems: dict[Field, str] = {}
        self.start = Field(tr("Start"), Line(parent), parent)
        self.stop = Field(tr("Stop"), Line(parent), parent)
        self.length = Field(tr("Duration"), Line(parent), parent)
        self.start.edited.connect(self._on_start)
        self.stop.edited.connect(self._on_stop)
        self.length.edited.connect(self._on_length)
        self.start.taken.connect(self._on_taken)
        self.stop.taken.connect(self._on_taken)
        self._show()

    def take(self, entry: TimeEntry) -> None:
        """The entry has changed elsewhere."""
        old, self.entry = self.entry, entry
        if entry.start != old.start:
            self.start.take_from_outside(self._start_text(entry.start))
        if entry.stop != old.stop:
            self.stop.take_from_outside(self._stop_text(entry.start, entry.stop))
        self._on_taken()

    def tick(self) -> None:
        """A second has passed for an entry that runs."""
        if self._stop is None and not self.length.touched and not self.length.control.hasFocus():
            self._show_length()

    def changes(self) -> Changes | None:
        """What the user has changed; None if some of it cannot be read, which its field tells."""
        for field, problem in self._problems.items():
            field.complain(problem)
        if self._problems:
            return None
        changes: Changes = {}
        if self._start != self.entry.start and self._touched():
            changes["start"] = self._start
        if self._stop is not None and self._stop != self.entry.stop and self._touched():
            changes["stop"] = self._stop
        return changes

    def _touched(self) -> bool:
        return self.start.touched or self.stop.touched or self.length.touched

    def _show(self) -> None:
        self.start.show_value(self._start_text(self._start))
        self.stop.show_value(self._stop_text(self._start, self._stop))
        self._show_stop_possible()
        self._show_length()

    def _show_stop_possible(self) -> None:
        line = self.stop.control
        assert isinstance(line, Line)  # noqa: S101  # made above
        running = self.entry.stop is None
        line.setEnabled(not running)
        line.setPlaceholderText(tr("running") if running else "")

    def _show_length(self) -> None:
        end = clock.now() if self._stop is None else self._stop
        self.length.show_value(wording.exact(max(0, end - self._start)))

    def _start_text(self, start: int) -> str:
        if self._calendar.day_of(start) == self._calendar.day_of(self.entry.start):
            return self._times.time_of_day(start)
        return self._dated(start)

    def _stop_text(self, start: int, stop: int | None) -> str:
        """A bare time of day where that is the first one after the start."""
        if stop is None:
            return ""
        bare = self._times.time_of_day(stop)
        read = read_stop(bare, start, calendar=self._calendar, now=stop)
        return bare if read // 60 == stop // 60 else self._dated(stop)

    def _dated(self, moment: int) -> str:
        local = datetime.fromtimestamp(moment, self._calendar.zone)
        return f"{local:%Y-%m-%d} {self._times.time_of_day(moment)}"

    @Slot()
    def _on_taken(self) -> None:
        """What the user has not typed is as it is in the entry."""
        if not self.length.touched:
            self._start = self._start if self.start.touched else self.entry.start
            self._stop = self._stop if self.stop.touched else self.entry.stop
            self._show_length()
        self._show_stop_possible()

    @Slot()
    def _on_start(self) -> None:
        before = self._start
        try:
            self._start = read_start(
                self.start.value, self.entry.start, calendar=self._calendar, now=clock.now()
            )
        except BadLine as error:
            self._problems[self.start] = str(error)
            return
        self._problems.pop(self.start, None)
        self._move_stop(before)
        self._show_length()

    def _move_stop(self, before: int) -> None:
        """An entry that is put on another day keeps the time of day at which it ended."""
        if self._stop is None:
            return
        if self.stop.touched:
            self._on_stop()
            return
        zone = self._calendar.zone
        first, then = (datetime.fromtimestamp(each, zone) for each in (before, self._start))
        days_later = then.date() - first.date()
        if days_later:
            self._stop = int((datetime.fromtimestamp(self._stop, zone) + days_later).timestamp())
            self.stop.show_value(self._stop_text(self._start, self._stop))

    @Slot()
    def _on_stop(self) -> None:
        try:
            self._stop = read_stop(
                self.stop.value, self._start, calendar=self._calendar, now=clock.now()
            )
        except BadLine as error:
            self._problems[self.stop] = str(error)
            return
        self._problems.pop(self.stop, None)
        self._show_length()

    @Slot()
    def _on_length(self) -> None:
        try:
            seconds = read_length(self.length.value)
        except BadLine as error:
            self._problems[self.length] = str(error)
            return
        self._problems.clear()
        if self._stop is None:
            self._start = clock.now() - seconds
            self.start.show_value(self._start_text(self._start))
        else:
            self._stop = self._start + seconds
            self.stop.show_value(self._stop_text(self._start, self._stop))
