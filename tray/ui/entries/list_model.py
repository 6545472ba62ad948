"""The rows of the list as Qt asks for them: all their keys, but only the entries in sight."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from time import perf_counter
from typing import Any, Final

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
from tray.store.entries import Condition, EntrySpan
from tray.ui.entries import captions, day_content
from tray.ui.entries.day_content import DayContent, RowContent
from tray.ui.entries.list_values import EmptyTime, Hits, PinnedEntry
from tray.ui.entries.timeline import (
    Arranging,
    DayShare,
    KeyedRows,
    RowEdit,
    RowKind,
    between,
    by_day,
    edits,
    entry_ids,
    find,
    id_of,
    key_of,
    kind_of,
    no_rows,
    stretch,
)

SLICE_DAYS: Final = 10
"""What is taken into the list at once: few enough milliseconds that scrolling stays smooth."""
_FIRST_SLICES: Final = 3
"""They are there at once, however slow the computer is."""
SCREENFUL: Final = 60
"""Rows that are there before the list shows for the first time."""
_DAYS_KEPT: Final = 64
"""Days that stay read; a few screens."""
_WITH_ENTRIES: Final = (RowKind.ENTRY, RowKind.GROUP, RowKind.MEMBER)

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class EntryModel(QAbstractTableModel):
    """Rows for each day and the entries in it, over the whole history; see `RowKind`.

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
        self.conditions: tuple[Condition, ...] = ()
        """Only what fits each of these is listed."""
        self._span: tuple[int, int] | None = None
        """Only what lies in it is listed; epoch seconds."""
        self.arranging = Arranging()
        self.failing = False
        """Whether the store could not be read; the next change tries again."""
        self._kept: PinnedEntry | None = None
        self._reached: int | None = LATEST + 1
        """The sweep has taken in all from here on; None when it is through."""
        self._days: dict[date, DayContent] = {}
        self._unfolded: set[tuple[int, int]] = set()
        """Entries whose group is unfolded, by the ordinal of the day."""
        self._hits_of_days: dict[int, Hits] = {}
        self.hits = Hits(0, 0)
        self.rows: KeyedRows = no_rows()

    # What the list holds

    @property
    def complete(self) -> bool:
        """Whether the whole history has been looked through."""
        return self._reached is None

    @property
    def resting(self) -> bool:
        """Whether there is nothing to take in for now."""
        return self.complete or self.failing

    def kind(self, row: int) -> RowKind | None:
        """What stands in a row; None if there is none."""
        return kind_of(self.rows.keys[row]) if 0 <= row < len(self.rows.keys) else None

    def is_entry(self, row: int) -> bool:
        """Whether one entry or several stand in that row."""
        return self.kind(row) in _WITH_ENTRIES

    def can_be_chosen(self, row: int) -> bool:
        """Whether the keys go to that row: to entries and to gaps between them."""
        return self.is_entry(row) or self.kind(row) is RowKind.GAP

    def ids_in(self, row: int) -> list[int]:
        """The ids of the entries that a row stands for, the latest first."""
        return self.ids(row, row)

    def content(self, row: int) -> RowContent | None:
        """What a row says; None if it is not of entries, or they were just deleted elsewhere."""
        ids = self.ids_in(row)
        listed = self._day_of(row).listed if ids else {}
        return day_content.row_of((listed[each] for each in ids if each in listed), now=clock.now())

    def entry(self, row: int) -> TimeEntry | None:
        """The entry in a row, of a group the latest; None as for `content`."""
        found = self.content(row)
        return found.entry if found else None

    def day(self, row: int) -> DayContent | None:
        """The day whose heading stands in a row."""
        return self._day_of(row) if self.kind(row) is RowKind.HEADING else None

    def _day_of(self, row: int) -> DayContent:
        """The day that a row belongs to."""
        day = self._calendar.day_of(self.rows.moments[row])
        if day not in self._days:
            if len(self._days) > _DAYS_KEPT:
                self._days.clear()
            with self._reporting():
                self._days[day] = self._read_day(day)
        return self._days.get(day, DayContent(day, {}, ()))

    def _read_day(self, day: date) -> DayContent:
        first, last = between(self.rows, *self._calendar.day(day))
        ids = self.ids(first, last - 1)
        db, now = self._tracking.db, clock.now()
        return day_content.read(db, ids, day, self._calendar, self.names, now=now)

    def row_of(self, entry_id: int, start: int) -> int | None:
        """The row of an entry that begins at `start`, there or below that day, if it is listed.

        While its group is folded it is that of the group.
        """
        alone = self._find(
            lambda row: self.rows.keys[row] in _keys_alone(entry_id),
            start,
        )
        return alone if alone is not None else self._find(self._has(entry_id), start)

    def _has(self, entry_id: int) -> Callable[[int], bool]:
        return lambda row: entry_id in self.ids_in(row)

    def _find(self, wanted: Callable[[int], bool], moment: int) -> int | None:
        """The row that is wanted in the day of a moment."""
        row = find(self.rows, wanted, moment, self._calendar)
        return row if self.rows.keys and wanted(row) else None

    def find(self, key: int, moment: int) -> int:
        """The row with a key in the day of a moment; if it is gone, where that moment is now."""
        return find(self.rows, self._is(key), moment, self._calendar)

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
        return entry_ids(self.rows, first, last + 1)

    # How it is filled and kept true

    def restart(self) -> None:
        """Begin anew with an empty list."""
        self.beginResetModel()
        self.rows = no_rows()
        self._days.clear()
        self._hits_of_days.clear()
        self.hits = Hits(0, 0)
        self._reached = self._after()
        self.failing = False
        self.endResetModel()

    def arrange(self, arranging: Arranging) -> None:
        """Put the entries into rows in another way."""
        self.arranging = arranging
        self.restart()

    def look_for(
        self, conditions: tuple[Condition, ...], span: tuple[int, int] | None = None
    ) -> None:
        """List only what fits and, of that, what lies in a stretch of time."""
        self.conditions, self._span = conditions, span
        self.restart()

    def _after(self) -> int:
        """The end of what is listed."""
        return LATEST + 1 if self._span is None else self._span[1]

    def unfold(self, row: int, *, unfolded: bool) -> None:
        """Show the entries of a group below it, or hide them again."""
        day = self._calendar.day_of(self.rows.moments[row])
        keys = {(day.toordinal(), each) for each in self.ids_in(row)}
        self._unfolded = self._unfolded | keys if unfolded else self._unfolded - keys
        with self._reporting():
            self._take(*self._calendar.day(day))
        self._tell_changed(row, row)

    def show_alone(self, entry_id: int, start: int) -> None:
        """Have the group unfolded that an entry is or will be in; `locate` does it."""
        self._unfolded.add((self._calendar.day_of(start).toordinal(), entry_id))

    def group_of(self, row: int) -> int | None:
        """The row of the group that the entry in a row is shown below."""
        while row > 0 and self.kind(row) is RowKind.MEMBER:
            row -= 1
        return row if self.kind(row) is RowKind.GROUP else None

    def is_unfolded(self, row: int) -> bool:
        """Whether the entries of a group are shown below it."""
        return self.kind(row) is RowKind.GROUP and self.kind(row + 1) is RowKind.MEMBER

    def keep(self, kept: PinnedEntry | None) -> None:
        """Leave an entry in its row until another, or None, is kept instead.

        If it is one of a group, that is unfolded.
        """
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
        self._reached = self._after()
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

    def gap(self, row: int) -> EmptyTime:
        """The time in which nothing was done, where a row says so."""
        end = self.rows.moments[row] + 1
        listed = self._day_of(row).listed.values()
        before = [each.entry for each in listed if each.entry.start < end]
        stops = [(each.stop or end, each.id) for each in before]
        begin, before_id = max(stops, default=(end, 0))
        return EmptyTime(begin, end, before_id, id_of(self.rows.keys[row]))

    def sweep(self, *, until: float = 0, enough: int | None = None) -> None:
        """Take in the next slices of the history: one, or `_FIRST_SLICES` for the first screen.

        Args:
            until: When to stop taking in more of them, on the clock of `time.perf_counter`.
            enough: How many rows suffice before that.
        """
        least = 1 if enough is None else _FIRST_SLICES
        while not self.resting:
            self._sweep_slice()
            least -= 1
            filled = enough is not None and len(self.rows.keys) >= enough
            if filled or (least <= 0 and perf_counter() >= until):
                return

    def _sweep_slice(self) -> None:
        if self._reached is None or self.failing:
            return
        with self._reporting():
            newest = entries.latest(self._tracking.db, until=self._reached - 1)
            least = self._span[0] if self._span else 0
            begin = least
            if newest is not None:
                day = self._calendar.day_of(newest.start) - timedelta(days=SLICE_DAYS - 1)
                begin = max(least, self._calendar.begin(day))
            self._take(begin, self._reached)
            self._reached = begin if begin > least else None

    def tick(self) -> None:
        """A second has passed for the entry that runs, and for the day."""
        running = self._tracking.snapshot.running
        if running is None:
            return
        today = self.today()
        self._days.pop(today, None)
        begin, end = self._calendar.day(today)
        with self._reporting():
            self._take(begin, end)
        for row in range(*between(self.rows, begin, end)):
            if self.kind(row) is RowKind.HEADING or running.id in self.ids_in(row):
                self._tell_changed(row, row)

    def _is(self, key: int) -> Callable[[int], bool]:
        return lambda row: self.rows.keys[row] == key

    def _take(self, begin: int, end: int) -> None:
        """Make the rows of a stretch of time what the store holds there."""
        shares = self._found(begin, end)
        arranging = self.arranging._replace(gaps=self.arranging.gaps and not self.conditions)
        new = stretch(shares, self._calendar, arranging, self._shows_members)
        first, last = between(self.rows, begin, end)
        self._count(self.rows.keys[first:last], shares)
        for row in range(first, last):
            self.rows.groups.pop((self.rows.moments[row], self.rows.keys[row]), None)
        self.rows.groups.update(new.groups)
        for edit in edits(self.rows.keys[first:last], new.keys):
            self._apply(edit, first, new)
            self._forget(begin, end)
        self.rows.moments[first : first + len(new.moments)] = new.moments

    def _forget(self, begin: int, end: int) -> None:
        """Read the days in a stretch of time anew when they are asked for."""
        for day in [day for day in self._days if begin <= self._calendar.begin(day) < end]:
            del self._days[day]

    def _shows_members(self, ordinal: int, group: Sequence[DayShare]) -> bool:
        kept = self._kept.entry_id if self._kept else None
        return any(
            each.entry_id == kept or (ordinal, each.entry_id) in self._unfolded for each in group
        )

    def _count(self, keys: Sequence[int], shares: Sequence[DayShare]) -> None:
        """Count what is listed now in place of what stood in these rows."""
        number, seconds = self.hits
        for key in keys:
            if kind_of(key) is RowKind.HEADING:
                gone = self._hits_of_days.pop(id_of(key), Hits(0, 0))
                number, seconds = number - gone.number, seconds - gone.seconds
        for ordinal, _, listed in by_day(shares, self._calendar):
            come = Hits(
                sum(each.begins for each in listed), sum(each.end - each.begin for each in listed)
            )
            self._hits_of_days[ordinal] = come
            number, seconds = number + come.number, seconds + come.seconds
        self.hits = Hits(number, seconds)

    def _found(self, begin: int, end: int) -> list[DayShare]:
        """The shares of the entries that are listed in a stretch of time, newest first."""
        spans = entries.spans_between(
            self._tracking.db, begin, end, now=clock.now(), conditions=self.conditions
        )
        kept = self._kept
        found = (
            [] if kept is None else [DayShare(kept.moment, kept.entry_id, kept.moment, None, False)]
        )
        day = (0, 0)
        for span in spans:
            if not day[0] <= span.start < day[1]:
                day = self._calendar.day(self._calendar.day_of(span.start))
            shares = self._shares(span, day)
            if kept is not None and span.id == kept.entry_id and shares:
                found[0] = shares[0]._replace(begin=kept.moment)
                shares = shares[1:]
            found += shares
        return sorted((each for each in found if begin <= each.begin < end), reverse=True)

    def _shares(self, span: EntrySpan, day: tuple[int, int]) -> list[DayShare]:
        """An entry in the days that are listed, the earliest first; it begins in `day`."""
        if span.stop <= day[1] and self._span is None:
            stop = max(span.start, span.stop)
            return [DayShare(span.start, span.id, stop, span.what, begins=True)]
        shares = self._calendar.shares(span.start, max(span.start, span.stop))
        begin, end = self._span or (0, LATEST + 1)
        return [
            DayShare(
                share.begin, span.id, share.end, span.what, share.begin == max(begin, span.start)
            )
            for share in shares
            if begin <= share.begin < end
        ]

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

    def _read_again(self, *, everything: bool) -> None:
        """Read what has been read before, and tell of what is different now."""
        before, self._days = self._days, {}
        if everything:
            self._tell_changed(0, len(self.rows.keys) - 1)
            return
        for day, content in before.items():
            first, last = between(self.rows, *self._calendar.day(day))
            if first == last:
                continue
            now = self._days[day] = self._read_day(day)
            for row in range(first, last):
                if self._differs(row, content, now):
                    self._tell_changed(row, row)

    def _differs(self, row: int, before: DayContent, now: DayContent) -> bool:
        if self.kind(row) is RowKind.HEADING:
            return (before.seconds, before.ribbon) != (now.seconds, now.ribbon)
        return any(before.listed.get(each) != now.listed.get(each) for each in self.ids_in(row))

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
        if not self.can_be_chosen(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = index.row()
        day = self.day(row)
        if day is not None:
            return captions.heading(day, self.times, today=self.today())
        if self.kind(row) is RowKind.GAP:
            gap = self.gap(row)
            return captions.gap(gap.begin, gap.end, self.times)
        content = self.content(row)
        return "" if content is None else captions.sentence(content, self.names, self.times)


def _keys_alone(entry_id: int) -> tuple[int, ...]:
    """The keys of a row that is about this entry and no other."""
    return tuple(key_of(kind, entry_id) for kind in (RowKind.ENTRY, RowKind.MEMBER))
