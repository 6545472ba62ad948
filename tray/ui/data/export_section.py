"""Writes entries to a file: of which days, and as what."""

import os
from typing import Final

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QFileDialog, QHBoxLayout, QPushButton, QWidget

from tray import clock
from tray.language import in_a_row, mark, tr, tr_marked
from tray.model.date_ranges import DateRange, days_between, moments_of
from tray.model.source_names import ENDINGS
from tray.session.data_actions import DataActions, DataFailure, ExportOrder, ExportReport
from tray.session.tracking import Tracking
from tray.ui import labels
from tray.ui.data.data_words import counted_entries
from tray.ui.settings.sections import Section
from tray.ui.theme import UNIT

_OTHER: Final = "other"
_NAMES: Final = {
    DateRange.ALL: mark("All time"),
    DateRange.THIS_WEEK: mark("This week"),
    DateRange.LAST_WEEK: mark("Last week"),
    DateRange.THIS_MONTH: mark("This month"),
    DateRange.LAST_MONTH: mark("Last month"),
    DateRange.THIS_YEAR: mark("This year"),
    DateRange.LAST_YEAR: mark("Last year"),
}
_FORMATS: Final = {
    "csv": mark("CSV, as Toggl has it"),
    "json": mark("JSON, with everything"),
    "timewarrior": mark("Timewarrior"),
    "icalendar": mark("Calendar (iCalendar)"),
    "org": mark("Org mode"),
}


class ExportSection(Section):
    """The range, the format, and a button that asks where to."""

    def __init__(self, actions: DataActions, tracking: Tracking, parent: QWidget) -> None:
        super().__init__(tr("Export"), parent)
        self._actions, self._tracking = actions, tracking
        self.range, self.format = QComboBox(self), QComboBox(self)
        for each, name in _NAMES.items():
            self.range.addItem(tr_marked(name), each)
        self.range.addItem(tr("Other days…"), _OTHER)
        for format_name, title in _FORMATS.items():
            self.format.addItem(tr_marked(title), format_name)
        self.first, self.last = QDateEdit(self), QDateEdit(self)
        self.save = QPushButton(tr("Save as…"), self)
        self.add(tr("Entries of"), "", self.range)
        self._days = self.add(tr("From and to"), "", self._both_days())
        hint = tr("JSON has projects, tags and favourites too, whatever the days")
        self.add(tr("Format"), hint, self.format)
        self._row = self.add(tr("To a file"), "", self.save)
        self.range.setAccessibleName(tr("Entries of"))
        self.format.setAccessibleName(tr("Format"))
        self._days.setVisible(False)
        self.range.currentIndexChanged.connect(self._on_range)
        self.save.clicked.connect(self._on_save)
        actions.exported.connect(self._on_exported)
        actions.failed.connect(self._on_failed)

    def _both_days(self) -> QWidget:
        both = QWidget(self)
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        day = self._tracking.calendar.day_of(clock.now())
        for field, name in ((self.first, tr("From")), (self.last, tr("To"))):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy-MM-dd")
            field.setDate(QDate(day.year, day.month, day.day))
            field.setAccessibleName(name)
            line.addWidget(field, 1)
        return both

    def order(self, path: str) -> ExportOrder:
        """What is chosen, to be written there."""
        return ExportOrder(path, self.format.currentData(), self._between())

    def _between(self) -> tuple[int, int] | None:
        calendar, chosen = self._tracking.calendar, self.range.currentData()
        if chosen == _OTHER:
            first, last = (field.date().toPython() for field in (self.first, self.last))
            return days_between(first, last, calendar)  # type: ignore[arg-type]  # dates
        return moments_of(DateRange(chosen), calendar, calendar.day_of(clock.now()))

    @Slot()
    def _on_range(self) -> None:
        self._days.setVisible(self.range.currentData() == _OTHER)

    @Slot()
    def _on_save(self) -> None:
        ending = ENDINGS.get(self.format.currentData(), "csv")
        name = f"toggl-tray-{self._tracking.calendar.day_of(clock.now()).isoformat()}.{ending}"
        start = os.path.join(os.path.expanduser("~"), name)
        path, _ = QFileDialog.getSaveFileName(self, tr("Export"), start, f"*.{ending}")
        if path:
            self.write(path)

    def write(self, path: str) -> None:
        """Write what is chosen to that file."""
        self.save.setEnabled(False)
        self._row.say(tr("Writing…"), labels.subdued)
        self._actions.export(self.order(path))

    @Slot(object)
    def _on_exported(self, report: ExportReport) -> None:
        self.save.setEnabled(True)
        entries = counted_entries(report.count)
        lines = [tr("Wrote {entries} to {path}.").format(entries=entries, path=report.path)]
        if report.left_out_running:
            lines.append(tr("What runs has no end yet and was left out."))
        if report.without_email:
            lines.append(tr("The Email column, which Toggl's import needs, is empty."))
        self._row.say(in_a_row(lines), labels.subdued)

    @Slot(object)
    def _on_failed(self, failure: DataFailure) -> None:
        if failure.of == "export":
            self.save.setEnabled(True)
            self._row.say(failure.sentence)
