"""The fields for start, stop and length, of which each follows from the other two."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tray import clock
from tray.errors import BadLine
from tray.language import tr
from tray.model import durations
from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.typed_times import moved_stop, on_day, read_length, read_start, read_stop
from tray.tracker.entries import Changes
from tray.ui.entries.date_button import DateButton
from tray.ui.entries.fields import Field, PanelLineEdit


class TimesBox(QObject):
    """Works out start and stop from the day and what was typed into the three fields.

    What is not touched stays as it is, to the second: a stop shown as 10:15 may be at 10:15:40. Of
    stop and length the one typed last counts; an entry that is put on another day keeps its length.
    """

    changed = Signal()
    """Start or stop are others now, or the same again."""

    def __init__(
        self, entry: TimeEntry, calendar: Calendar, times: TimeFormat, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._entry = entry
        self._calendar = calendar
        self._times = times
        self.begin, self.end = entry.start, entry.stop
        """As they are to be, epoch seconds."""
        self._picked: date | None = None
        """The day that was chosen."""
        self._problems: dict[Field, str] = {}
        self.day = DateButton(tr("Date"), parent)
        self.day.picked.connect(self._on_day)
        self.start = Field(tr("Start"), PanelLineEdit(parent), parent)
        self.stop = Field(tr("Stop"), PanelLineEdit(parent), parent)
        self.length = Field(tr("Duration"), PanelLineEdit(parent), parent)
        self.start.edited.connect(self._on_start)
        self.stop.edited.connect(self._on_stop)
        self.length.edited.connect(self._on_length)
        self.start.taken.connect(self._work_out)
        self.stop.taken.connect(self._work_out)
        self._work_out()

    def take(self, entry: TimeEntry) -> None:
        """The entry may have changed elsewhere."""
        old, self._entry = self._entry, entry
        if entry.start != old.start:
            self.start.take_from_outside(self._times.time_of_day(entry.start))
        if entry.stop != old.stop:
            self.stop.take_from_outside(self._stop_text(entry.start, entry.stop))
        self._work_out()

    def tick(self) -> None:
        """A second has passed for an entry that runs."""
        if self.end is None and not self.length.touched and not self.length.control.hasFocus():
            self._show_length()

    @property
    def problems(self) -> bool:
        """Whether some of it cannot be read."""
        return bool(self._problems)

    @property
    def touched(self) -> bool:
        """Whether the times are others than those of the entry."""
        return (self.begin, self.end) != (self._entry.start, self._entry.stop)

    def changes(self) -> Changes | None:
        """What the user has changed; None if some of it cannot be read, which its field tells."""
        for field, problem in self._problems.items():
            field.complain(problem)
        if self._problems:
            return None
        changes: Changes = {}
        if self.begin != self._entry.start:
            changes["start"] = self.begin
        if self.end is not None and self.end != self._entry.stop:
            changes["stop"] = self.end
        return changes

    @Slot()
    def _on_day(self) -> None:
        self._picked = self.day.day
        self._work_out()

    @Slot()
    def _on_start(self) -> None:
        if self._entry.running:
            self.length.touched = False
        self._work_out()

    @Slot()
    def _on_stop(self) -> None:
        self.length.touched = False
        self._work_out()

    @Slot()
    def _on_length(self) -> None:
        self.stop.touched = False
        if self._entry.running:
            self.start.touched = False
        self._work_out()

    @Slot()
    def _work_out(self) -> None:
        """Read the fields that were touched, and let the others follow."""
        self._problems.clear()
        calendar, now = self._calendar, clock.now()
        base = self._entry.start
        if self._picked is not None:
            base = on_day(base, self._picked, calendar)
        self.begin = self._read(
            self.start,
            lambda text: read_start(text, base, calendar=calendar, now=now),
            base,
        )
        self.end = self._entry.stop
        if self._entry.stop is None:
            if self.length.touched:
                length = self._read(self.length, read_length, now - self._entry.start)
                self.begin = now - length
        else:
            self.end = self._read_end(self._entry.stop, now)
        self._show_untouched()
        self.changed.emit()

    def _read_end(self, stop: int, now: int) -> int:
        """When the entry, which ended at `stop`, is to end."""
        begin, whole = self.begin, stop - self._entry.start
        if self.length.touched:
            return begin + self._read(self.length, read_length, whole)
        return self._read(
            self.stop,
            lambda text: read_stop(text, begin, calendar=self._calendar, now=now, was=stop),
            moved_stop(self._entry.start, stop, begin, self._calendar),
        )

    def _read(self, field: Field, read: Callable[[str], int], otherwise: int) -> int:
        if not field.touched:
            return otherwise
        try:
            return read(field.value)
        except BadLine as error:
            self._problems[field] = str(error)
            return otherwise

    def _show_untouched(self) -> None:
        for field, text in (
            (self.start, self._times.time_of_day(self.begin)),
            (self.stop, self._stop_text(self.begin, self.end)),
        ):
            if not field.touched and not field.held:
                field.show_value(text)
        if not self.length.touched:
            self._show_length()
        self.day.show_day(self._calendar.day_of(self.begin))
        line = self.stop.control
        assert isinstance(line, PanelLineEdit)  # noqa: S101  # made above
        line.setEnabled(not self._entry.running)
        line.setPlaceholderText(tr("running") if self._entry.running else "")

    def _show_length(self) -> None:
        end = clock.now() if self.end is None else self.end
        self.length.show_value(durations.h_mm_ss(max(0, end - self.begin)))

    def _stop_text(self, start: int, stop: int | None) -> str:
        """A bare time of day where that is the first one after the start."""
        if stop is None:
            return ""
        bare = self._times.time_of_day(stop)
        read = read_stop(bare, start, calendar=self._calendar, now=stop)
        return bare if read // MINUTE == stop // MINUTE else self._dated(stop)

    def _dated(self, moment: int) -> str:
        return self._times._replace(zone=self._calendar.zone).date_and_time(moment)
