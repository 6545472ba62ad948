"""Brings in a file: first what it would add is said, then it is added, and can be taken back."""

import os
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from tray.language import in_a_row, mark, ntr, tr, tr_marked
from tray.model import limits
from tray.session.data_actions import (
    DataActions,
    DataFailure,
    ImportChoices,
    ImportQuestion,
    ImportReport,
)
from tray.session.tracking import Tracking
from tray.ui import labels
from tray.ui.data.data_words import counted_entries, some
from tray.ui.settings.sections import Section

_MOST_PROBLEMS: Final = 3
_FILES: Final = "CSV, JSON (*.csv *.json);;* (*)"
_KINDS: Final = {
    "clients": mark("New clients: {names}."),
    "projects": mark("New projects: {names}."),
    "tasks": mark("New tasks: {names}."),
    "tags": mark("New tags: {names}."),
    "favourites": mark("New favourites: {names}."),
}


class ImportSection(Section):
    """A button for the file, and what it holds below it."""

    def __init__(self, actions: DataActions, tracking: Tracking, parent: QWidget) -> None:
        super().__init__(tr("Import"), parent)
        self._actions, self._tracking = actions, tracking
        self._choices = ImportChoices("")
        self._doing = ""
        """What is at work; empty while nothing is."""
        self._done: ImportReport | None = None
        self.choose = QPushButton(tr("Choose a file…"), self)
        self.dates = QComboBox(self)
        self.dates.addItem(tr("Day first: 31/12"), "dmy")
        self.dates.addItem(tr("Month first: 12/31"), "mdy")
        self.people = QLineEdit(self)
        self.people.setPlaceholderText(tr("Name or e-mail address"))
        self.go, self.undo = QPushButton(self), QPushButton(tr("Undo"), self)
        hint = tr("A report from Toggl as CSV, or a file that was exported here")
        self._file = self.add(tr("From a file"), hint, self.choose)
        self._dates = self.add(tr("Dates in the file"), "", self.dates)
        self._people = self.add(tr("Whose time"), tr("Several with commas"), self.people)
        self._found = self.add("", "", self.go)
        self._finished = self.add("", "", self.undo)
        for row, control in ((self._dates, self.dates), (self._people, self.people)):
            control.setAccessibleName(row.name.text())
        self._show(None)
        self._connect()

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.go.clicked.connect(self._on_go)
        self.undo.clicked.connect(self._on_undo)
        self.dates.activated.connect(self._on_answered)
        self.people.editingFinished.connect(self._on_answered)
        self._actions.previewed.connect(self._on_previewed)
        self._actions.unclear.connect(self._on_unclear)
        self._actions.progressed.connect(self._on_progressed)
        self._actions.cancelled.connect(self._on_cancelled)
        self._actions.imported.connect(self._on_imported)
        self._actions.failed.connect(self._on_failed)

    def open(self, path: str) -> None:
        """See what is in a file."""
        self._choices = ImportChoices(path)
        self._show(None)
        self._look()

    def _look(self) -> None:
        self._begin(tr("Reading… {percent} %"))
        self._actions.preview(self._choices)

    def _begin(self, doing: str) -> None:
        """Say what is at work, and let it be cancelled by the button that began it."""
        self._doing = doing
        self.choose.setText(tr("Cancel"))
        self.choose.setEnabled(True)
        self.go.setEnabled(False)
        self._on_progressed(0)

    def _end(self) -> None:
        self._doing = ""
        self.choose.setText(tr("Choose a file…"))
        self.choose.setEnabled(True)
        self.go.setEnabled(True)
        self._file.say("")

    def _show(self, question: ImportQuestion | None) -> None:
        """Show what has to be said first, and nothing of what is found yet."""
        choice = question.choice if question is not None else ""
        self._dates.setVisible(choice == "dates")
        self._people.setVisible(choice == "people")
        self._found.setVisible(choice == "problems")
        self._finished.setVisible(False)
        if question is not None:
            row = {"dates": self._dates, "people": self._people}.get(choice, self._found)
            row.say(question.sentence)

    @Slot(object)
    def _on_progressed(self, percent: int) -> None:
        if self._doing:
            self._file.say(self._doing.format(percent=percent), labels.subdued)

    @Slot()
    def _on_cancelled(self) -> None:
        self._end()
        self._show(None)

    @Slot()
    def _on_choose(self) -> None:
        if self._doing:
            self.choose.setEnabled(False)  # it ends with the next thousand rows
            self._actions.cancel_import()
            return
        path, _ = QFileDialog.getOpenFileName(self, tr("Import"), "", _FILES)
        if path:
            self.open(path)

    @Slot(object)
    def _on_unclear(self, question: ImportQuestion) -> None:
        self._end()
        self._choices = question.choices
        self._show(question)
        if question.choice == "problems":
            self._found.rename(os.path.basename(question.choices.path))
            self.go.setText(tr("Import the rest"))
        elif question.choice == "dates":
            self.dates.setFocus()
        else:
            self.people.setFocus()

    @Slot()
    def _on_answered(self) -> None:
        if self._dates.isVisible():
            self._choices = self._choices._replace(date_format=self.dates.currentData())
        elif self._people.isVisible() and self.people.text().strip():
            names = tuple(name.strip() for name in self.people.text().split(",") if name.strip())
            self._choices = self._choices._replace(users=names)
        else:
            return
        self._look()

    @Slot(object)
    def _on_previewed(self, report: ImportReport) -> None:
        self._end()
        self._show(None)
        name = os.path.basename(report.choices.path)
        nothing = not report.result.added and not any(report.result.created)
        self._found.setVisible(True)
        self._found.rename(name, _would_add(report))
        self._found.say(_warnings(report), labels.subdued)
        self.go.setText(tr("Import"))
        self.go.setEnabled(not nothing)
        self.go.setAccessibleName(tr("Import {name}").format(name=name))

    @Slot()
    def _on_go(self) -> None:
        if self.go.text() == tr("Import the rest"):
            self._choices = self._choices._replace(skip_bad=True)
            self._look()
            return
        self._begin(tr("Importing… {percent} %"))
        self._actions.carry_out(self._choices)

    @Slot(object)
    def _on_imported(self, report: ImportReport) -> None:
        self._end()
        self._show(None)
        self._done = report
        self._finished.setVisible(True)
        added = counted_entries(report.result.added)
        self._finished.rename(tr("Added {entries}").format(entries=added), _created(report))
        self.undo.setVisible(report.step_id is not None)
        self._tracking.refresh()

    @Slot()
    def _on_undo(self) -> None:
        if self._done is not None and self._done.step_id is not None:
            self._tracking.undo_step(self._done.step_id)
        self._show(None)

    @Slot(object)
    def _on_failed(self, failure: DataFailure) -> None:
        if failure.of == "import":
            self._end()
            self._file.say(failure.sentence)


def _would_add(report: ImportReport) -> str:
    """What an import is going to do, in a few sentences."""
    result = report.result
    added = ntr("1 entry will be added.", "{count} entries will be added.", result.added)
    added = added.format(count=f"{result.added:,}")
    there = ntr("1 is here already.", "{count} are here already.", result.already_there)
    there = there.format(count=f"{result.already_there:,}")
    parts = [added, there if result.already_there else "", _created(report)]
    if result.in_zone and report.zone:
        parts.append(tr("Times are read in {zone}.").format(zone=report.zone))
    return in_a_row(parts)


def _created(report: ImportReport) -> str:
    created = report.result.created._asdict().items()
    return in_a_row(
        tr_marked(_KINDS[kind]).format(names=some(names)) for kind, names in created if names
    )


def _warnings(report: ImportReport) -> str:
    """What is left out, and what else there is to know."""
    result = report.result
    lines = [str(each) for each in result.problems[:_MOST_PROBLEMS]]
    if len(result.problems) > _MOST_PROBLEMS:
        more = len(result.problems) - _MOST_PROBLEMS
        lines.append(tr("… and {count} more rows like these.").format(count=f"{more:,}"))
    lines += result.remarks
    if result.differing:
        names = some([f"“{limits.one_line(each)}”" for each in result.differing])
        lines.append(
            tr("At the same times there is something else here: {names}").format(names=names)
        )
    return "\n".join(lines)
