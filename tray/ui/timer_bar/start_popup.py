"""Asks when what runs was started."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from tray import clock
from tray.errors import BadLine
from tray.language import tr
from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.typed_times import read_start
from tray.ui import labels
from tray.ui.labels import ThemedLabel
from tray.ui.popup import Popup
from tray.ui.theme import CONTROL_HEIGHT, SMALL, UNIT, text_scale

_WIDTH: Final = 34 * UNIT
_STEP: Final = 5 * MINUTE


class StartPopup(Popup):
    """A time of day, or one of a few that are likely."""

    chosen = Signal(object)
    """The moment, in epoch seconds."""

    def __init__(
        self,
        owner: QWidget,
        entry: TimeEntry,
        calendar: Calendar,
        times: TimeFormat,
        *,
        last_stop: int | None,
    ) -> None:
        """Ask it.

        Args:
            owner: it opens below this.
            entry: what runs.
            calendar: the user's days.
            times: how moments are shown.
            last_stop: when the entry before ended; offered if it was before now.
        """
        super().__init__(owner, tr("Started at"))
        self._entry, self._calendar, self._times = entry, calendar, times
        self.edit = QLineEdit(times.time_of_day(entry.start), self)
        self.edit.setAccessibleName(tr("Started at"))
        self.edit.setMinimumHeight(CONTROL_HEIGHT)
        self.edit.returnPressed.connect(self._on_entered)
        self.edit.textEdited.connect(self._on_edited)
        self.note = ThemedLabel("", self, tint=labels.warning, size=SMALL)
        self.note.setWordWrap(True)
        self.note.hide()
        self.column.addWidget(ThemedLabel(tr("Started at"), self, size=SMALL))
        self.column.addWidget(self.edit)
        self.column.addWidget(self.note)
        self.trim = QPushButton(tr("Shorten what it overlaps"), self)
        self.trim.setAutoDefault(False)
        self.trim.hide()
        self.column.addWidget(self.trim)
        row = QHBoxLayout()
        row.setSpacing(UNIT // 2)
        self.earlier = self._button(tr("5 min earlier"), lambda: self._entry.start - _STEP)
        self.later = self._button(tr("5 min later"), lambda: self._entry.start + _STEP)
        row.addWidget(self.earlier)
        row.addWidget(self.later)
        self.column.addLayout(row)
        self.seamless: QPushButton | None = None
        if last_stop is not None and last_stop != entry.start:
            at = times.time_of_day(last_stop)
            text = tr("When the last one ended: {time}").format(time=at)
            self.seamless = self._button(text, lambda: last_stop)
            self.column.addWidget(self.seamless)
        self.setFixedWidth(round(_WIDTH * text_scale(self.font())))
        self.setFocusProxy(self.edit)

    def open(self) -> None:
        super().open()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.edit.selectAll()

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the time."""
        self.note.setText(sentence)
        self.note.show()
        self.adjustSize()

    def offer_trim(self, entry: TimeEntry, sentence: str) -> None:
        """Say what the entry overlaps as it is now, with a button that shortens that."""
        self._entry = entry
        self.edit.setText(self._times.time_of_day(entry.start))
        self.trim.show()
        self.complain(sentence)

    def _button(self, text: str, moment: Callable[[], int]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.chosen.emit(min(moment(), clock.now())))
        return button

    @Slot()
    def _on_edited(self) -> None:
        self.note.hide()

    @Slot()
    def _on_entered(self) -> None:
        text = self.edit.text()
        if text == self._times.time_of_day(self._entry.start):
            self.close()
            return
        try:
            moment = read_start(text, self._entry.start, calendar=self._calendar, now=clock.now())
        except BadLine as error:
            self.complain(str(error))
        else:
            self.chosen.emit(moment)
