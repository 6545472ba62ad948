"""The line with which a finished entry is added: the quick-entry grammar, shown as understood."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tray import clock
from tray.errors import BadLine, NotFound
from tray.model import formats
from tray.model.formats import TimeFormat
from tray.model.quick_entry import QuickEntry, Reading, read_line
from tray.session.tracking import Tracking
from tray.tracker import entries
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft
from tray.ui.entries.fields import Field, PanelLineEdit
from tray.ui.entries.name_choices import project_labelled
from tray.ui.entries.panel import Panel
from tray.ui.entry_line.chips import Chip, Chips
from tray.ui.theme import UNIT
from tray.ui.wording import tr


class AddPanel(Panel):
    """Adds what the line says; without an end it ended just now."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(tracking, parent, accept=tr("Add"), name=tr("Add an entry"))
        self._times = times
        self._new = ""
        """The line for which the user was asked whether to make its project or task."""
        self.line = PanelLineEdit(self)
        self.line.setPlaceholderText(tr("Review @Website #call 9:30-10:15"))
        self.field = Field(tr("What did you do, and when?"), self.line, self)
        self.chips = Chips(self)
        self.field.edited.connect(self._on_edited)
        row = QHBoxLayout()
        row.setSpacing(2 * UNIT)
        row.addWidget(self.field, 1)
        row.addLayout(self.captioned(self.buttons()))
        self.content.addLayout(row)
        self.content.addWidget(self.chips)
        self.content.addWidget(self.note)
        self._show_chips()

    def focus(self) -> None:
        self.line.setFocus()

    def controls(self) -> list[QWidget]:
        return [self.line]

    def field_named(self, name: str) -> Field | None:
        return self.field

    @Slot()
    def accept(self) -> None:
        """Add the entry; what is wrong with the line is said below it."""
        self.field.note.clear()
        self.carry_out(self._add, message=tr("Added."))

    def _add(self, now: int) -> Outcome:
        reading = self._reading(now)
        entry = reading.entry
        if reading.problems:
            raise BadLine(" ".join(reading.problems))
        if entry.start is None:
            raise BadLine(tr("When was it? Add its times, such as 9:30-10:15 or -45m."))
        draft = Draft(
            entry.description,
            entry.project,
            entry.task,
            entry.tags,
            billable=True if entry.billable else None,
            create_missing=self._new == self.line.text(),
        )
        start, stop = entry.start, now if entry.stop is None else entry.stop
        db, text = self.tracking.db, self.line.text()
        try:
            return self.asking_once(
                lambda sure: entries.add(db, draft, start=start, stop=stop, now=now, sure=sure),
                about=text,
            )
        except NotFound as error:
            self._new = self.line.text()
            hint = tr("Enter once more makes it.")
            raise NotFound(f"{error} {hint}") from error

    def _reading(self, now: int) -> Reading:
        return read_line(self.line.text(), now=now, zone=self.tracking.calendar.zone)

    def _show_chips(self) -> None:
        self.chips.show_chips(self._understood(self._reading(clock.now()).entry))

    def _understood(self, entry: QuickEntry) -> list[Chip]:
        chips: list[Chip] = []
        if entry.project is not None:
            task = f" / {entry.task}" if entry.task else ""
            known = project_labelled(entry.project, self.tracking.snapshot.names)
            if known is not None:
                chips.append(Chip(known.name + task, known.colour))
            else:
                chips.append(Chip(tr("New project: {name}").format(name=entry.project + task)))
        chips += [Chip(f"#{tag}") for tag in entry.tags]
        if entry.billable:
            chips.append(Chip(tr("$ billable")))
        if entry.start is not None:
            chips.append(Chip(self._when(entry.start, entry.stop)))
        return chips

    def _when(self, start: int, stop: int | None) -> str:
        now = clock.now()
        begun = self._times.since_today(start, self.tracking.calendar, now=now)
        ended = tr("now") if stop is None else self._times.time_of_day(stop)
        length = formats.h_mm(max(0, (now if stop is None else stop) - start))
        return f"{begun} – {ended} ({length})"

    @Slot()
    def _on_edited(self) -> None:
        self._show_chips()
