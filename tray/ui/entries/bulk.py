"""The panel that changes several entries in one step."""

from collections.abc import Callable, Sequence
from typing import Final, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tray import clock
from tray.errors import BadLine
from tray.language import tr
from tray.model.bulk_edits import TagChange, changed_tags, moved
from tray.model.entities import TimeEntry
from tray.model.typed_times import read_shift
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.tracker import entries
from tray.tracker.entries import Changes
from tray.tracker.outcome import Outcome
from tray.ui.entries import captions, name_choices
from tray.ui.entries.date_button import DateButton
from tray.ui.entries.fields import Field, PanelLineEdit
from tray.ui.entries.name_completer import NameChoice, NameLineEdit
from tray.ui.entries.panel import Panel
from tray.ui.entries.step_size import MOST_AT_ONCE, few_enough
from tray.ui.entries.tags_edit import TagsEdit, read_tags
from tray.ui.labels import ThemedLabel, plain
from tray.ui.theme import UNIT

_COLUMNS: Final = 4


class BulkPanel(Panel):
    """What is ticked is changed in all of the entries; typing ticks it.

    What all of them have in common stands in the fields.
    """

    def __init__(self, ids: Sequence[int], tracking: Tracking, parent: QWidget) -> None:
        super().__init__(tracking, parent, accept=tr("Change all"), name=tr("Edit several entries"))
        self.ids = list(ids)
        self._new: set[str] = set()
        """Names that the user wants to be made."""
        self._ticks: dict[QWidget, QCheckBox] = {}
        self.description = Field("", PanelLineEdit(self), self)
        self.project = Field("", NameLineEdit(self._offer_projects, self), self)
        self.task = Field("", NameLineEdit(self._offer_tasks, self), self)
        self.tags = Field("", TagsEdit(self._offer_tags, self), self)
        self.tag_change = QComboBox(self)
        for change, text in (
            (TagChange.ADD, tr("Add")),
            (TagChange.REMOVE, tr("Remove")),
            (TagChange.REPLACE, tr("Replace")),
        ):
            self.tag_change.addItem(text, change)
        self.billable = QComboBox(self)
        for billable, text in ((True, tr("They are billable")), (False, tr("They are not"))):
            self.billable.addItem(text, billable)
        self.day = DateButton(tr("Day of all"), self)
        self.shift = Field("", PanelLineEdit(self), self)
        self._arrange()
        self._connect()
        self._show_common()

    def _arrange(self) -> None:
        for control, text in (
            (self.project.control, tr("No project")),
            (self.task.control, tr("No task")),
            (self.tags.control, tr("No tags")),
            (self.shift.control, tr("15 or -1:30")),
        ):
            cast("PanelLineEdit", control).setPlaceholderText(text)
        tags = QHBoxLayout()
        tags.setSpacing(UNIT)
        tags.addWidget(self.tag_change, 0, Qt.AlignmentFlag.AlignTop)
        tags.addWidget(self.tags, 1)
        self.tag_change.setAccessibleName(tr("What becomes of the tags"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(UNIT)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        title = tr("Change {count} entries").format(count=len(self.ids))
        grid.addWidget(ThemedLabel(title, self, tint=plain, bold=True), 0, 0, 1, _COLUMNS)
        grid.addLayout(self._cell(tr("Description"), self.description), 1, 0, 1, 2)
        grid.addLayout(self._cell(tr("Project"), self.project), 1, 2)
        grid.addLayout(self._cell(tr("Task"), self.task), 1, 3)
        grid.addLayout(self._cell(tr("Tags"), self.tags, tags), 2, 0, 1, 2)
        grid.addLayout(self._cell(tr("Move to a day"), self.day), 2, 2)
        grid.addLayout(self._cell(tr("Shift by minutes"), self.shift), 2, 3)
        last = QHBoxLayout()
        last.addLayout(self._cell(tr("Billable"), self.billable))
        last.addStretch()
        last.addLayout(self.captioned(self.buttons()))
        self.content.addLayout(grid)
        self.content.addLayout(last)
        self.content.addWidget(self.note)

    def _cell(self, name: str, field: QWidget, place: QHBoxLayout | None = None) -> QVBoxLayout:
        """A field below the tick that says whether it counts."""
        tick = self._ticks[field] = QCheckBox(name, self)
        control = field.control if isinstance(field, Field) else field
        if not isinstance(field, DateButton):
            control.setAccessibleName(tr("{name} of all").format(name=name))
        cell = QVBoxLayout()
        cell.setSpacing(UNIT // 2)
        cell.addWidget(tick)
        if place is None:
            cell.addWidget(field)
        else:
            cell.addLayout(place)
        cell.addStretch()
        return cell

    def _connect(self) -> None:
        for field, tick in self._ticks.items():
            if isinstance(field, Field):
                field.edited.connect(_ticking(tick))
            elif isinstance(field, DateButton):
                field.picked.connect(_ticking(tick))
        self.billable.activated.connect(_ticking(self._ticks[self.billable]))
        self.tag_change.activated.connect(_ticking(self._ticks[self.tags]))
        for line in (self.project.control, self.task.control):
            cast("NameLineEdit", line).picked.connect(self._on_picked)

    def _show_common(self) -> None:
        """Show what all have in common; the day is that of the first."""
        found = stored.by_ids(self.tracking.db, self.ids[:MOST_AT_ONCE])
        calendar, names = self.tracking.calendar, self.tracking.snapshot.names
        first = min((each.start for each in found), default=clock.now())
        self.day.show_day(calendar.day_of(first))
        whats = {each.what for each in found}
        if len({each.description for each in found}) == 1:
            self.description.show_value(found[0].description)
        if len({each.project_id for each in found}) == 1:
            self.project.show_value(name_choices.project_label(found[0].project_id, names))
        if len(whats) == 1:
            task = names.tasks.get(found[0].task_id or 0)
            self.task.show_value(task.name if task else "")
            self.billable.setCurrentIndex(self.billable.findData(found[0].billable))

    def is_set(self, field: QWidget) -> bool:
        """Whether a field counts."""
        return self._ticks[field].isChecked()

    def set(self, field: QWidget) -> None:
        """Have a field count."""
        self._ticks[field].setChecked(True)

    def focus(self) -> None:
        """Put the caret into the first field."""
        cast("PanelLineEdit", self.description.control).start_over()

    @Slot()
    def accept(self) -> None:
        """Change all in one step; what is wrong is said beside its field."""
        if not any(tick.isChecked() for tick in self._ticks.values()):
            self.note.tell(tr("Tick what is to be changed."))
            return
        shift = self._shift_seconds()
        if shift is None or not self._ask_for_new():
            return
        self.carry_out(
            lambda now: self._edit(shift, now=now),
            message=tr("Changed {count} entries.").format(count=len(self.ids)),
        )

    def _edit(self, shift: int, *, now: int) -> Outcome:
        same = self._same_changes()
        return entries.edit(
            self.tracking.db,
            few_enough(self.ids),
            lambda entry: {**same, **self._own_changes(entry, shift)},
            now=now,
        )

    def _shift_seconds(self) -> int | None:
        """By how much all are to be later; None if that cannot be read."""
        if not self.is_set(self.shift):
            return 0
        try:
            return read_shift(self.shift.value)
        except BadLine as error:
            self.shift.complain(str(error))
            return None

    def _same_changes(self) -> Changes:
        """What is the same for all of them."""
        changes: Changes = {}
        if self.is_set(self.description):
            changes["description"] = self.description.value
        if self.is_set(self.billable):
            changes["billable"] = bool(self.billable.currentData())
        if self.is_set(self.project):
            label = self.project.value.strip()
            known = name_choices.project_labelled(label, self.tracking.snapshot.names)
            if known is None and label:
                changes.update({"project": label, "create_missing": True})
            else:
                changes["project_id"] = known.id if known else None
        if self.is_set(self.task):
            task = self.task.value.strip()
            changes["task"] = task or None
            changes["create_missing"] = changes.get("create_missing", False) or task in self._new
        return changes

    def _own_changes(self, entry: TimeEntry, shift: int) -> Changes:
        """What depends on the entry."""
        changes: Changes = {}
        if self.is_set(self.tags):
            present = captions.tags(entry, self.tracking.snapshot.names)
            change = self.tag_change.currentData()
            changes["tags"] = changed_tags(present, change, read_tags(self.tags.value))
        if self.is_set(self.day) or shift:
            day = self.day.day if self.is_set(self.day) else None
            start, stop = moved(entry, self.tracking.calendar, day=day, shift_seconds=shift)
            changes["start"] = start
            if stop is not None:
                changes["stop"] = stop
        return changes

    def _ask_for_new(self) -> bool:
        """Whether nothing new is named, or the user has said that it is to be made."""
        names = self.tracking.snapshot.names
        label = self.project.value.strip()
        known = name_choices.project_labelled(label, names) is not None
        if self.is_set(self.project) and label and not known and label not in self._new:
            self._ask(self.project, label, tr("There is no project “{name}”.").format(name=label))
            return False
        return True

    def _ask(self, field: Field, name: str, sentence: str) -> None:
        self._new.add(name)
        hint = tr("Enter once more makes it.")
        field.complain(f"{sentence} {hint}", button=tr("Create it"), act=self.accept)

    def controls(self) -> list[QWidget]:
        order: list[QWidget] = []
        for field, tick in self._ticks.items():
            order.append(tick)
            if field is self.tags:
                order.append(self.tag_change)
            order.append(field.control if isinstance(field, Field) else field)
        return order

    def field_named(self, name: str) -> Field | None:
        return {
            "project": self.project,
            "name": self.project,
            "task": self.task,
            "tags": self.tags,
            "description": self.description,
            "start": self.shift,
            "stop": self.shift,
        }.get(name)

    def _offer_projects(self, typed: str) -> list[NameChoice]:
        now = self.tracking.snapshot
        return name_choices.projects(typed, now.names, lately=now.projects_lately)

    def _offer_tasks(self, typed: str) -> list[NameChoice]:
        names = self.tracking.snapshot.names
        known = name_choices.project_labelled(self.project.value, names)
        return name_choices.tasks(typed, known.id if known else None, names)

    def _offer_tags(self, typed: str) -> list[NameChoice]:
        taken = read_tags(self.tags.value)
        return name_choices.tags(typed, self.tracking.snapshot.names, but=taken)

    @Slot(object)
    def _on_picked(self, choice: object) -> None:
        if isinstance(choice, NameChoice) and choice.name and not choice.id:
            self._new.add(choice.name)


def _ticking(tick: QCheckBox) -> Callable[[], None]:
    return lambda: tick.setChecked(True)
