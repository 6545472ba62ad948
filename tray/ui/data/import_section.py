"""Brings in a file: first what it would add is said, then it is added, and can be taken back."""

import os
from typing import Final

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from tray.language import in_a_row, mark, ntr, quoted, tr, tr_marked
from tray.model import formats, limits
from tray.model.formats import TimeFormat
from tray.model.source_names import SOURCE_NAMES
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
from tray.ui.data.proposal_list import ProposalList
from tray.ui.settings.sections import Section
from tray.ui.theme import UNIT

_MOST_PROBLEMS: Final = 3
_FILES: Final = "(*.csv *.json *.zip *.ics *.org *.xml *.tsv *.db *.data timelog.txt frames);;* (*)"
_OWN: Final = ("toggl-csv", "json")
"""What need not be named when it is recognised."""
_KINDS: Final = {
    "clients": mark("New clients: {names}."),
    "projects": mark("New projects: {names}."),
    "tasks": mark("New tasks: {names}."),
    "tags": mark("New tags: {names}."),
    "favourites": mark("New favourites: {names}."),
}


class ImportSection(Section):
    """A button for the file, and what it holds below it."""

    def __init__(
        self, actions: DataActions, tracking: Tracking, times: TimeFormat, parent: QWidget
    ) -> None:
        super().__init__(tr("Import"), parent)
        self._actions, self._tracking = actions, tracking
        self._choices = ImportChoices("")
        self._doing = ""
        """What is at work; empty while nothing is."""
        self._done: ImportReport | None = None
        self.choose = QPushButton(tr("Choose a file…"), self)
        self.folder = QPushButton(tr("Folder…"), self)
        self.source = QComboBox(self)
        self.source.addItem(tr("By what is in the file"), "")
        for name, title in SOURCE_NAMES.items():
            self.source.addItem(tr_marked(title), name)
        self.proposals = ProposalList(times, self)
        self.dates = QComboBox(self)
        self.dates.addItem(tr("Day first: 31/12"), "dmy")
        self.dates.addItem(tr("Month first: 12/31"), "mdy")
        self.people = QLineEdit(self)
        self.people.setPlaceholderText(tr("Name or e-mail address"))
        self.go, self.undo = QPushButton(self), QPushButton(tr("Undo"), self)
        self.add(tr("Program"), tr("That the time was kept with"), self.source)
        hint = tr("From Toggl, from here, or a folder in which a program keeps its files")
        self._file = self.add(tr("From a file"), hint, self._both_buttons())
        self._dates = self.add(tr("Dates in the file"), "", self.dates)
        self._people = self.add(tr("Whose time"), tr("Several with commas"), self.people)
        self._proposed = self.add(tr("Proposed entries"), "", self.proposals, wide=True)
        self._found = self.add("", "", self.go)
        self._finished = self.add("", "", self.undo)
        for row, control in ((self._dates, self.dates), (self._people, self.people)):
            control.setAccessibleName(row.name.text())
        self._show(None)
        self._connect()

    def _both_buttons(self) -> QWidget:
        both = QWidget(self)
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addStretch(1)
        line.addWidget(self.folder)
        line.addWidget(self.choose)
        return both

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.folder.clicked.connect(self._on_folder)
        self.source.activated.connect(self._on_source)
        self.proposals.itemChanged.connect(self._on_ticked)
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
        self._choices = ImportChoices(path, source=self.source.currentData())
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
        self.folder.setEnabled(False)
        self.go.setEnabled(False)
        self._on_progressed(0)

    def _end(self) -> None:
        self._doing = ""
        self.choose.setText(tr("Choose a file…"))
        self.choose.setEnabled(True)
        self.folder.setEnabled(True)
        self.go.setEnabled(True)
        self._file.say("")

    def _show(self, question: ImportQuestion | None) -> None:
        """Show what has to be said first, and nothing of what is found yet."""
        choice = question.choice if question is not None else ""
        self._dates.setVisible(choice == "dates")
        self._people.setVisible(choice == "people")
        self._found.setVisible(choice == "problems")
        self._proposed.setVisible(False)
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

    @Slot()
    def _on_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Import"))
        if path:
            self.open(path)

    @Slot()
    def _on_source(self) -> None:
        """Read the file anew as what the user says it is."""
        if self._choices.path and not self._doing:
            self.open(self._choices.path)

    @Slot()
    def _on_ticked(self) -> None:
        self._choices = self._choices._replace(take=self.proposals.chosen())
        self.go.setEnabled(bool(self._choices.take))

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
        self._show_proposals(report)
        self._found.setVisible(True)
        self._found.rename(name, _would_add(report))
        self._found.say(_warnings(report), labels.subdued)
        self.go.setText(tr("Import"))
        self.go.setEnabled(not nothing)
        self.go.setAccessibleName(tr("Import {name}").format(name=name))

    def _show_proposals(self, report: ImportReport) -> None:
        proposals = report.result.proposals
        self._proposed.setVisible(bool(proposals))
        if proposals:
            with QSignalBlocker(self.proposals):
                self.proposals.show_proposals(proposals, self._tracking.calendar)
            self._proposed.rename(tr("Proposed entries"), tr("Tick those that you want"))

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
    if result.proposals:
        return in_a_row(
            [
                _program(result.source),
                ntr(
                    "1 entry is proposed for time that is not tracked.",
                    "{count} entries are proposed for time that is not tracked.",
                    len(result.proposals),
                ).format(count=formats.number(len(result.proposals))),
            ]
        )
    added = ntr("1 entry will be added.", "{count} entries will be added.", result.added)
    added = added.format(count=formats.number(result.added))
    there = ntr("1 is here already.", "{count} are here already.", result.already_there)
    there = there.format(count=formats.number(result.already_there))
    parts = [
        _program(result.source),
        added,
        there if result.already_there else "",
        _created(report),
    ]
    if result.in_zone and report.zone:
        parts.append(tr("Times are read in {zone}.").format(zone=report.zone))
    return in_a_row(parts)


def _program(source: str) -> str:
    """From which program the file is, if that need be said."""
    if source in _OWN:
        return ""
    return tr("It is from {program}.").format(program=tr_marked(SOURCE_NAMES[source]))


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
        lines.append(tr("… and {count} more rows like these.").format(count=formats.number(more)))
    lines += result.remarks
    if result.differing:
        names = some([quoted(limits.one_line(each)) for each in result.differing])
        lines.append(
            tr("At the same times there is something else here: {names}").format(names=names)
        )
    return "\n".join(lines)
