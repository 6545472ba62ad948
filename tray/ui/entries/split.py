"""The panel that asks where an entry is to be split."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tray import clock
from tray.language import tr
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.typed_times import read_stop
from tray.session.tracking import Tracking
from tray.tracker import entries
from tray.ui import wording
from tray.ui.entries import captions
from tray.ui.entries.fields import Field, PanelLineEdit
from tray.ui.entries.panel import Panel
from tray.ui.labels import ElidedLabel, plain
from tray.ui.theme import UNIT


class SplitPanel(Panel):
    """Splits one entry, in the middle if nothing else is typed."""

    def __init__(
        self, entry: TimeEntry, tracking: Tracking, times: TimeFormat, parent: QWidget
    ) -> None:
        super().__init__(tracking, parent, accept=tr("Split"), name=tr("Split entry"))
        self.entry = entry
        end = clock.now() if entry.stop is None else entry.stop
        self._middle = (entry.start + end) // 2
        self._line = PanelLineEdit(self)
        self.moment = Field(tr("Split at"), self._line, self)
        self.moment.setFixedWidth(22 * UNIT)
        self.moment.show_value(times.time_of_day(self._middle))
        what = ElidedLabel(wording.full(entry, tracking.snapshot.names), self, tint=plain)
        when = f"{captions.times(entry, times)}  ({captions.length(entry, now=clock.now())})"
        row = QHBoxLayout()
        row.setSpacing(2 * UNIT)
        row.addWidget(self.moment)
        row.addLayout(self.captioned(what, tr("Entry")), 2)
        row.addLayout(self.captioned(ElidedLabel(when, self, tint=plain), tr("Time")), 1)
        row.addLayout(self.captioned(self.buttons()))
        self.content.addLayout(row)
        self.content.addWidget(self.note)

    def focus(self) -> None:
        """Put the caret into the moment."""
        self._line.start_over()

    @Slot()
    def accept(self) -> None:
        """Split where it says; what is wrong with that is said below it."""
        self.carry_out(
            lambda now: entries.split(self.tracking.db, self.entry.id, self._at(now), now=now),
            message=tr("Split in two."),
        )

    def controls(self) -> list[QWidget]:
        return [self.moment.control]

    def field_named(self, name: str) -> Field | None:
        return self.moment

    def _at(self, now: int) -> int:
        """The moment, which is to the second where it was not changed."""
        if not self.moment.touched:
            return self._middle
        return read_stop(
            self.moment.value, self.entry.start, calendar=self.tracking.calendar, now=now
        )
