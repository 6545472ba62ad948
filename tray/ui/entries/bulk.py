"""The panel that gives several entries the same project, tags or billable mark in one step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from tray.session.tracking import Tracking
from tray.tracker import entries
from tray.tracker.entries import Changes
from tray.ui.entries import name_choices
from tray.ui.entries.fields import Field
from tray.ui.entries.name_completer import NameChoice, NameLineEdit
from tray.ui.entries.panel import Panel
from tray.ui.entries.step_size import few_enough
from tray.ui.entries.tags_edit import TagsEdit, read_tags
from tray.ui.labels import ThemedLabel, plain
from tray.ui.theme import UNIT
from tray.ui.wording import tr


class BulkPanel(Panel):
    """What is ticked is changed in all of the entries; typing ticks it."""

    def __init__(self, ids: Sequence[int], tracking: Tracking, parent: QWidget) -> None:
        super().__init__(tracking, parent, accept=tr("Change all"), name=tr("Edit several entries"))
        self.ids = list(ids)
        self._new = ""
        self._project_line = NameLineEdit(self._offer_projects, self)
        self._project_line.setPlaceholderText(tr("No project"))
        self._project_line.picked.connect(self._on_picked)
        tag_line = TagsEdit(self._offer_tags, self)
        tag_line.setPlaceholderText(tr("No tags"))
        self.project = Field("", self._project_line, self)
        self.tags = Field("", tag_line, self)
        self.billable = QCheckBox(tr("They are billable"), self)
        self.set_project = QCheckBox(tr("Project"), self)
        self.set_tags = QCheckBox(tr("Tags"), self)
        self.set_billable = QCheckBox(tr("Billable"), self)
        self._arrange()
        self.project.edited.connect(self._on_project)
        self.tags.edited.connect(self._on_tags)
        self.billable.clicked.connect(self._on_billable)

    def _arrange(self) -> None:
        self.project.control.setAccessibleName(tr("Project of all"))
        self.tags.control.setAccessibleName(tr("Tags of all"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(UNIT // 2)
        title = tr("Change {count} entries").format(count=len(self.ids))
        grid.addWidget(ThemedLabel(title, self, tint=plain, bold=True), 0, 0, 1, 3)
        for column, (tick, control) in enumerate(
            (
                (self.set_project, self.project),
                (self.set_tags, self.tags),
                (self.set_billable, self.billable),
            )
        ):
            grid.addWidget(tick, 1, column)
            grid.addWidget(control, 2, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 0 if control is self.billable else 1)
        self.billable.setMinimumHeight(4 * UNIT)
        self.content.addLayout(grid)
        grid.addLayout(self.buttons(), 2, 3, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self.note)

    def focus(self) -> None:
        """Put the caret into the first field."""
        self._project_line.setFocus()

    @Slot()
    def accept(self) -> None:
        """Change all in one step; what is wrong is said beside its field."""
        changes = self._changes()
        if changes is None:
            return
        if not changes:
            self.note.tell(tr("Tick what is to be changed."))
            return
        self.carry_out(
            lambda now: entries.edit(self.tracking.db, few_enough(self.ids), changes, now=now),
            message=tr("Changed {count} entries.").format(count=len(self.ids)),
        )

    def _changes(self) -> Changes | None:
        """What is ticked; None if the user has to be asked about a new project first."""
        changes: Changes = {}
        if self.set_project.isChecked():
            label = self.project.value.strip()
            known = name_choices.project_labelled(label, self.tracking.snapshot.names)
            if known is not None or not label:
                changes["project_id"] = known.id if known else None
            elif label == self._new:
                changes.update({"project": label, "create_missing": True})
            else:
                self._new = label
                sentence = tr("There is no project “{name}”. Enter once more makes it.")
                self.project.complain(
                    sentence.format(name=label), button=tr("Create it"), act=self.accept
                )
                return None
        if self.set_tags.isChecked():
            changes["tags"] = read_tags(self.tags.value)
        if self.set_billable.isChecked():
            changes["billable"] = self.billable.isChecked()
        return changes

    def controls(self) -> list[QWidget]:
        return [
            self.set_project,
            self.project.control,
            self.set_tags,
            self.tags.control,
            self.set_billable,
            self.billable,
        ]

    def field_named(self, name: str) -> Field | None:
        return {"project": self.project, "name": self.project, "tags": self.tags}.get(name)

    def _offer_projects(self, typed: str) -> list[NameChoice]:
        return name_choices.projects(typed, self.tracking.snapshot.names)

    def _offer_tags(self, typed: str) -> list[NameChoice]:
        taken = read_tags(self.tags.value)
        return name_choices.tags(typed, self.tracking.snapshot.names, but=taken)

    @Slot(object)
    def _on_picked(self, choice: object) -> None:
        if isinstance(choice, NameChoice) and choice.name and not choice.id:
            self._new = choice.name

    @Slot()
    def _on_project(self) -> None:
        self.set_project.setChecked(True)

    @Slot()
    def _on_tags(self) -> None:
        self.set_tags.setChecked(True)

    @Slot()
    def _on_billable(self) -> None:
        self.set_billable.setChecked(True)
