"""The rows of the list as Qt asks for them: all their keys, but only the entries in sight."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from time import perf_counter
from typing import Any, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tray import clock
from tray.errors import TrayError
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.limits import LATEST
from tray.session.tracking import Tracking
from tray.store import entries
from tray.store.entries import Word
from tray.ui.entries import captions
from tray.ui.entries.timeline import KeyedRows, RowEdit, between, edits, find, stretch

SLICE_DAYS: Final = 30
"""What is taken into the list at once: few enough milliseconds that scrolling stays smooth."""
SCREENFUL: Final = 60
"""Rows that are there before the list shows for the first time."""
_AHEAD: Final = 64
"""Entries that are read with one that comes into sight, on either side."""
_KEPT: Final = 512
"""Entries that stay read; a few screens."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class DayHeading(NamedTuple):
    """The heading of a day."""

    date: date
    seconds: int
    """Of all entries in it, up to now."""


class RowSpan(NamedTuple):
    """What of an entry belongs to the day it stands below, in epoch seconds."""

    begin: int
    end: int
    is_part: bool
    """Whether the rest of it stands below other days."""

    @property
    def seconds(self) -> int:
        """How long that is."""
        return self.end - self.begin


class PinnedEntry(NamedTuple):
    """An entry that stays in its row whatever becomes of it, because it is being edited there."""

    moment: int
    entry_id: int


class EntryModel(QAbstractTableModel):
    """One row per day, and per entry below each day it is part of, over the whole history.

    While something is looked for it is what fits that.

    A slice of the history at a time is compared with the rows and the difference taken over. So
    refreshing costs the same however long the history is, and whoever looks at a row keeps it.
    """

    failed = Signal(object)
    """One sentence for the user: why the store could not be read."""

    def __init__(
        self, tracking: Tracking, times: TimeFormat, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.times = times
        self._tracking = tracking
        self._calendar = tracking.calendar
        self.names = tracking.snapshot.names
        self.words: tuple[Word, ...] = ()
        """Only what fits each of these is listed."""
        self.failing = False
        """Whether the store could not be read; the next change tries again."""
        self._kept: PinnedEntry | None = None
        self._reached: int | None = LATEST + 1
        """The sweep has taken in all from here on; None when it is through."""
        self._entries: dict[int, TimeEntry] = {}
        self._seconds: dict[date, int] = {}
        self.rows: KeyedRows = stretch((), self._calendar)

    # What the list holds

    @property
    def complete(self) -> bool:
        """Whether the whole history has been looked through."""
        return self._reached is None

    @property
    def resting(self) -> bool:
        """Whether there is nothing to take in for now."""
        return self.complete or self.failing

    def key(self, row: int) -> int:
        """The id of the entry in a row; negative for the heading of a day."""
        return self.rows.keys[row]

    def is_entry(self, row: int) -> bool:
        """Whether an entry stands in that row."""
        return 0 <= row < len(self.rows.keys) and self.rows.keys[row] > 0

    def entry(self, row: int) -> TimeEntry | None:
        """The entry in a row; None for a heading, or if it has just been deleted elsewhere."""
        key = self.rows.keys[row]
        if key > 0 and key not in self._entries:
            self._read_around(row)
        return self._entries.get(key)

    def day(self, row: int) -> DayHeading | None:
        """The heading in a row; None for an entry."""
        key = self.rows.keys[row]
        if key > 0:
            return None
        day = date.fromordinal(-key)
        if day not in self._seconds:
            if len(self._seconds) > _AHEAD:
                self._seconds.clear()
            with self._reporting():
                self._seconds[day] = self._total(day, row)
        return DayHeading(day, self._seconds.get(day, 0))

    def share(self, row: int, entry: TimeEntry) -> RowSpan:
        """What of the entry in a row belongs to the day it stands below."""
        end = entry.start + entry.seconds(clock.now())
        first, last = self._calendar.day(self._calendar.day_of(self.rows.moments[row]))
        begin, until = max(entry.start, first), min(end, last)
        return RowSpan(begin, max(begin, until), (begin, until) != (entry.start, end))

    def row_of(self, entry_id: int, start: int) -> int | None:
        """The row of an entry that begins at `start`, there or below that day, if it is listed."""
        if not self.rows.keys:
            return None
        row = find(self.rows, entry_id, start)
        return row if self.rows.keys[row] == entry_id else None

    def today(self) -> date:
        """The day it is."""
        return self._calendar.day_of(clock.now())

    def read(self, ids: Sequence[int]) -> list[TimeEntry]:
        """Those of the entries with these ids that exist."""
        with self._reporting():
            return entries.by_ids(self._tracking.db, ids)
        return []

    def ids(self, first: int, last: int) -> list[int]:
        """The ids of the entries from one row to another, both included."""
        return [key for key in self.rows.keys[first : last + 1] if key > 0]

    # How it is filled and kept true

    def restart(self) -> None:
        """Begin anew with an empty list."""
        self.beginResetModel()
        self.rows = stretch((), self._calendar)
        self._entries.clear()
        self._seconds.clear()
        self._reached = LATEST + 1
        self.failing = False
        self.endResetModel()

    def keep(self, kept: PinnedEntry | None) -> None:
        """Leave an entry in its row until another, or None, is kept instead."""
        self._kept = kept

    def refresh(self, first: int, last: int) -> None:
        """Show what has changed: between two rows, which are in sight, at once.

        The rest follows as `sweep` comes by.
        """
        if self._calendar != self._tracking.calendar:
            self._calendar = self._tracking.calendar
            self.restart()
            return
        names, self.names = self.names, self._tracking.snapshot.names
        self._reached = LATEST + 1
        self.failing = False
        with self._reporting():
            if 0 <= first <= last < len(self.rows.keys):
                newest = self._calendar.day_of(self.rows.moments[first])
                oldest = self._calendar.day_of(self.rows.moments[last])
                self._take(self._calendar.begin(oldest), self._calendar.day(newest)[1])
            self._read_again(everything=names != self.names)
        self.sweep()

    def locate(self, entry_id: int, start: int) -> int | None:
        """The row of an entry, whether or not the sweep has come by the day it begins on."""
        with self._reporting():
            self._take(*self._calendar.day(self._calendar.day_of(start)))
        return self.row_of(entry_id, start)

    def sweep(self, *, until: float = 0, enough: int | None = None) -> None:
        """Take in the next slice of the history.

        Args:
            until: When to stop taking in more of them, on the clock of `time.perf_counter`.
            enough: How many rows suffice before that.
        """
        self._sweep_slice()
        while not self.resting and perf_counter() < until:
            if enough is not None and len(self.rows.keys) >= enough:
                return
            self._sweep_slice()

    def _sweep_slice(self) -> None:
        if self._reached is None or self.failing:
            return
        with self._reporting():
            newest = entries.latest(self._tracking.db, until=self._reached - 1)
            if newest is None:
                self._take(0, self._reached)
                self._reached = None
                return
            day = self._calendar.day_of(newest.start) - timedelta(days=SLICE_DAYS - 1)
            begin = self._calendar.begin(day)
            self._take(begin, self._reached)
            self._reached = begin

    def tick(self) -> None:
        """A second has passed for the entry that runs, and for the day."""
        running = self._tracking.snapshot.running
        today = self.today()
        self._seconds.pop(today, None)
        heading = find(self.rows, -today.toordinal(), self._calendar.day(today)[1] - 1)
        row = None
        if running is not None:
            begin, _ = self._calendar.day(today)
            row = self.row_of(running.id, max(begin, running.start))
        for each in (heading, row):
            if each is not None and each < len(self.rows.keys):
                self._tell_changed(each, each)

    def _take(self, begin: int, end: int) -> None:
        """Make the rows of a stretch of time what the store holds there."""
        new = stretch(self._found(begin, end), self._calendar)
        first, last = between(self.rows, begin, end)
        for edit in edits(self.rows.keys[first:last], new.keys):
            self._apply(edit, first, new)
            self._seconds.clear()
        self.rows.moments[first : first + len(new.moments)] = new.moments

    def _found(self, begin: int, end: int) -> list[tuple[int, int]]:
        """(start, id) of the entries in a stretch of time that are listed, newest first."""
        spans = entries.spans_between(
            self._tracking.db, begin, end, now=clock.now(), words=self.words
        )
        kept = self._kept
        found = set() if kept is None else {(kept.moment, kept.entry_id)}
        for start, stop, entry_id in spans:
            is_kept = kept is not None and entry_id == kept.entry_id
            shares = self._calendar.shares(start, max(start, stop))
            found.update((share.begin, entry_id) for share in islice(shares, is_kept, None))
        return sorted((key for key in found if begin <= key[0] < end), reverse=True)

    def _apply(self, edit: RowEdit, offset: int, new: KeyedRows) -> None:
        row = offset + edit.at
        if edit.removed:
            self.beginRemoveRows(_NOWHERE, row, row + edit.removed - 1)
            del self.rows.keys[row : row + edit.removed]
            del self.rows.moments[row : row + edit.removed]
            self.endRemoveRows()
        if edit.end > edit.begin:
            self.beginInsertRows(_NOWHERE, row, row + edit.end - edit.begin - 1)
            self.rows.keys[row:row] = new.keys[edit.begin : edit.end]
            self.rows.moments[row:row] = new.moments[edit.begin : edit.end]
            self.endInsertRows()

    def _read_around(self, row: int) -> None:
        if len(self._entries) > _KEPT:
            self._entries.clear()
        near = self.ids(max(0, row - _AHEAD), row + _AHEAD)
        with self._reporting():
            found = entries.by_ids(self._tracking.db, near)
            self._entries.update((entry.id, entry) for entry in found)

    def _read_again(self, *, everything: bool) -> None:
        """Read what has been read before, and tell of what is different now."""
        before, seconds = self._entries, self._seconds
        found = entries.by_ids(self._tracking.db, before)
        self._entries = {entry.id: entry for entry in found}
        self._seconds = {}
        if everything:
            self._tell_changed(0, len(self.rows.keys) - 1)
            return
        for entry in found:
            if before[entry.id] != entry:
                self._tell_entry_changed(entry)
        for day, total in seconds.items():
            row = find(self.rows, -day.toordinal(), self._calendar.day(day)[1] - 1)
            if row < len(self.rows.keys) and self.day(row) not in (None, DayHeading(day, total)):
                self._tell_changed(row, row)

    def _total(self, day: date, row: int) -> int:
        """The seconds in a day; while something is looked for, of what is listed of it."""
        now = clock.now()
        begin, end = self._calendar.day(day)
        if not self.words:
            return entries.seconds_between(self._tracking.db, begin, end, now=now)
        last = row + 1
        while self.is_entry(last):
            last += 1
        listed = entries.by_ids(self._tracking.db, self.ids(row + 1, last - 1))
        stops = ((entry, min(end, entry.start + entry.seconds(now))) for entry in listed)
        return sum(max(0, stop - max(begin, entry.start)) for entry, stop in stops)

    def _tell_entry_changed(self, entry: TimeEntry) -> None:
        """Below each day that it is part of."""
        for share in self._calendar.shares(entry.start, entry.start + entry.seconds(clock.now())):
            row = self.row_of(entry.id, share.begin)
            if row is not None:
                self._tell_changed(row, row)

    def _tell_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Tell of what the store cannot do: Qt asks for rows where nothing may be raised."""
        try:
            yield
        except TrayError as error:
            self.failing = True
            self.failed.emit(str(error))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows.keys)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not self.is_entry(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = index.row()
        day = self.day(row)
        if day is not None:
            return captions.heading(day.date, day.seconds, today=self.today())
        entry = self.entry(row)
        if entry is None:
            return ""
        span = self.share(row, entry)
        share = span.seconds if span.is_part else None
        return captions.sentence(
            entry, self.names, self.times, share_seconds=share, now=clock.now()
        )
