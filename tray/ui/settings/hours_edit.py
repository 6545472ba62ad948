"""Hours of the week as one thinks of them: days to tick, each with a time from and a time to."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tray.errors import BadLine
from tray.language import named, tr
from tray.model import day_names
from tray.model.formats import TimeFormat
from tray.model.presence.hours import Shift, parse_hours, shifts_of, write_hours
from tray.model.typed_times import read_clock
from tray.ui import icons, plain_text
from tray.ui.labels import ThemedLabel
from tray.ui.theme import UNIT

_DAYS: Final = 7
_MIDNIGHT: Final = 24 * 60
_USUAL: Final = Shift(frozenset(range(5)), 9 * 60, 17 * 60)
_LATE: Final = 22 * 60
"""As wide as any time of day."""


class HoursEdit(QWidget):
    """Several shifts, and a button for one more."""

    chosen = Signal(object)
    """The hours as they stand in the settings, such as ``mon-fri 9:00-17:00``."""
    refused = Signal(object)
    """Why what is there now is not taken, as a sentence; empty if it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[ShiftRow] = []
        self._times = TimeFormat()
        self._name = ""
        self._written = ""
        self.more = QPushButton(tr("Add hours"), self)
        icons.dress(self.more, "plus")
        self.more.clicked.connect(self._on_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, UNIT, 0, UNIT // 2)
        self._column.setSpacing(UNIT)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)

    def show_hours(self, written: str) -> None:
        """Show hours as they stand in the settings; what they are already stays as it is typed."""
        if written == self._written:
            return
        self._written = written
        for row in list(self.rows):
            self._drop(row)
        for shift in shifts_of(parse_hours(written)):
            self._add(shift)

    def use_times(self, times: TimeFormat) -> None:
        """Show times of day this way from now on."""
        self._times = times
        for row in self.rows:
            row.use_times(times)

    def _add(self, shift: Shift) -> "ShiftRow":
        row = ShiftRow(shift, self._times, self)
        row.changed.connect(self._on_changed)
        row.dropped.connect(self._on_dropped)
        row.name(self._name, len(self.rows) + 1)
        self._column.insertWidget(len(self.rows), row)
        self.rows.append(row)
        return row

    def _drop(self, row: "ShiftRow") -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    @Slot()
    def _on_more(self) -> None:
        row = self._add(self._next())
        row.days[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    def _next(self) -> Shift:
        """What one more shift is likely to be: the usual one, or an afternoon behind the last."""
        last = self.rows[-1].shift() if self.rows else None
        if last is None or not last.days or last.end >= _MIDNIGHT - 60 or last.end <= last.begin:
            return _USUAL
        return Shift(last.days, last.end + 30, min(last.end + 4 * 60, _MIDNIGHT))

    @Slot(object)
    def _on_dropped(self, row: "ShiftRow") -> None:
        self._drop(row)
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        """Tell the hours if all of them can be read and have days."""
        try:
            shifts = [row.read() for row in self.rows]
        except BadLine as error:
            self.refused.emit(str(error))
            return
        self.refused.emit("")
        self._written = write_hours(shifts)
        self.chosen.emit(self._written)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._name = name
        self.more.setAccessibleName(tr("Add to {name}").format(name=name))
        for number, row in enumerate(self.rows, 1):
            row.name(name, number)


class ShiftRow(QWidget):
    """The days of one shift, from when and up to when."""

    changed = Signal()
    dropped = Signal(object)
    """The row itself: it is to go."""

    def __init__(self, shift: Shift, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._times = times
        self.days = [self._chip(number) for number in range(_DAYS)]
        self.begin, self.end = QLineEdit(self), QLineEdit(self)
        self.drop = QToolButton(self)
        self.drop.setAutoRaise(True)
        self.drop.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.dress(self.drop, "close")
        self.drop.setToolTip(tr("Remove these hours"))
        self._lay_out()
        for number, chip in enumerate(self.days):
            chip.setChecked(number in shift.days)
            chip.toggled.connect(self.changed)
        for field, minutes in ((self.begin, shift.begin), (self.end, shift.end)):
            field.setText(times.clock_time(minutes))
            field.editingFinished.connect(self.changed)
        self.drop.clicked.connect(lambda: self.dropped.emit(self))

    def _chip(self, number: int) -> QToolButton:
        chip = QToolButton(self)
        chip.setCheckable(True)
        chip.setText(day_names.narrow_weekday_number(number))
        chip.setToolTip(plain_text.tooltip(day_names.weekday_number(number)))
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return chip

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT // 2)
        for chip in self.days:
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            line.addWidget(chip)
        line.addSpacing(UNIT)
        self._make_room()
        line.addWidget(self.begin)
        line.addWidget(ThemedLabel("–", self))
        line.addWidget(self.end)
        line.addWidget(self.drop)
        line.addStretch()

    def _make_room(self) -> None:
        widest = self._times.clock_time(_LATE)
        room = QFontMetrics(self.begin.font()).horizontalAdvance(widest) + 3 * UNIT
        for field in (self.begin, self.end):
            field.setFixedWidth(room)

    def name(self, name: str, number: int) -> None:
        """Say to a screen reader what this belongs to."""
        of = tr("{name} {number}").format(name=name, number=number)
        for at, chip in enumerate(self.days):
            chip.setAccessibleName(named(of, day_names.weekday_number(at)))
        self.begin.setAccessibleName(tr("{name}: from").format(name=of))
        self.end.setAccessibleName(tr("{name}: to").format(name=of))
        self.drop.setAccessibleName(tr("Remove {name}").format(name=of))

    def use_times(self, times: TimeFormat) -> None:
        """Show times of day this way from now on."""
        self._times = times
        self._make_room()
        for field in (self.begin, self.end):
            try:
                field.setText(times.clock_time(read_clock(field.text())))
            except BadLine:
                continue  # as it was typed

    def shift(self) -> Shift | None:
        """What stands there; None if it cannot be read."""
        try:
            return self.read()
        except BadLine:
            return None

    def read(self) -> Shift:
        """What stands there.

        Raises:
            BadLine: it is no shift.
        """
        days = frozenset(number for number, chip in enumerate(self.days) if chip.isChecked())
        begin, end = read_clock(self.begin.text()), read_clock(self.end.text())
        if not days:
            raise BadLine(tr("Choose a day for these hours, or remove them."))
        if begin in (end, _MIDNIGHT):
            raise BadLine(tr("These hours end when they begin. Choose another time."))
        return Shift(days, begin, end or _MIDNIGHT)
