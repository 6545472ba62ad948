"""The panel in which every field of one entry can be changed, in the place of its row."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from tray import clock
from tray.errors import NotConfirmed, Refused, TrayError
from tray.language import in_a_row, quoted, tr
from tray.model import limits
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.tracker import entries
from tray.tracker.entries import Changes
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft
from tray.tracker.room import overlapped_anew
from tray.ui.entries import captions, name_choices
from tray.ui.entries.entry_field import EntryField
from tray.ui.entries.fields import Field, Note, PanelLineEdit
from tray.ui.entries.name_completer import NameChoice, NameLineEdit
from tray.ui.entries.panel import Panel
from tray.ui.entries.tags_edit import TagsEdit, read_tags, written_tags
from tray.ui.entries.times_box import TimesBox
from tray.ui.theme import UNIT, text_scale

_TIMES: Final = ("start", "stop", "length")


def new_entry(start: int, stop: int) -> TimeEntry:
    """What an editor begins with that adds an entry."""
    return TimeEntry(0, 0, "", None, None, (), False, start, stop)


class EntryEditor(Panel):
    """Changes one entry, or adds a new one.

    Only what the user touched is written, so nothing else is overwritten. What is unlikely about
    the times is said while they are typed.
    """

    def __init__(
        self, entry: TimeEntry, tracking: Tracking, times: TimeFormat, parent: QWidget
    ) -> None:
        new = not entry.id
        accept, name = (tr("Add"), tr("Add an entry")) if new else (tr("Save"), tr("Edit entry"))
        super().__init__(tracking, parent, accept=accept, name=name)
        self.entry = entry
        self._gone = False
        self._new: set[str] = set()
        """Names that the user wants to be made."""
        self._project_id = entry.project_id
        self._project_line = NameLineEdit(self._offer_projects, self)
        self._task_line = NameLineEdit(self._offer_tasks, self)
        self.description = Field(tr("Description"), PanelLineEdit(self), self)
        self.project = Field(tr("Project"), self._project_line, self)
        self.task = Field(tr("Task"), self._task_line, self)
        self.tags = Field(tr("Tags"), TagsEdit(self._offer_tags, self), self)
        self.billable = Field(" ", QCheckBox(tr("Billable"), self), self, words=_yes_or_no)
        self.times = TimesBox(entry, tracking.calendar, times, self)
        self.doubt = Note(self)
        """What is unlikely about the times."""
        self.drawn: tuple[int, int] | None = None
        """Times that were drawn in a calendar, so that they are surely meant."""
        self._trims = False
        """Whether what the entry lies over is to be shortened."""
        self._arrange()
        self.times.changed.connect(self._on_times)
        for name, value in self._values(entry).items():
            self._fields()[name].show_value(value)
        self._project_line.picked.connect(self._on_picked)
        self._task_line.picked.connect(self._on_picked)
        self.project.edited.connect(self._on_project)
        self._show_whether_task()
        self._on_times()

    def controls(self) -> list[QWidget]:
        fields = {**self._fields(), "length": self.times.length}
        order = [name for name in fields if name not in _TIMES]
        what = [fields[name].control for name in order]
        return [*what, self.times.day, *(fields[name].control for name in _TIMES)]

    def _arrange(self) -> None:
        self.billable.control.setAccessibleName(tr("Billable"))
        self.billable.control.setMinimumHeight(4 * UNIT)
        what = QGridLayout()
        what.setHorizontalSpacing(3 * UNIT // 2)
        what.setVerticalSpacing(UNIT)
        what.addWidget(self.description, 0, 0, 1, 11)
        what.addWidget(self.billable, 0, 11)
        what.addWidget(self.project, 1, 0, 1, 4)
        what.addWidget(self.task, 1, 4, 1, 3)
        what.addWidget(self.tags, 1, 7, 1, 5)
        for column in range(11):
            what.setColumnStretch(column, 1)
        when = QHBoxLayout()
        when.setSpacing(3 * UNIT // 2)
        when.addLayout(self.captioned(self.times.day, tr("Date")))
        for field in (self.times.start, self.times.stop, self.times.length):
            field.setMinimumWidth(11 * UNIT)
            field.setMaximumWidth(26 * UNIT)
            when.addWidget(field, 2)
        self.times.length.setMinimumWidth(round(11 * UNIT * text_scale(self.font())))
        when.addStretch(1)
        when.addLayout(self.captioned(self.buttons()))
        self.content.addLayout(what)
        self.content.addLayout(when)
        self.content.addWidget(self.doubt)
        self.content.addWidget(self.note)

    def _fields(self) -> dict[str, Field]:
        """By the names that refusals give them; the order is that of the Tab key."""
        return {
            "description": self.description,
            "billable": self.billable,
            "project": self.project,
            "task": self.task,
            "tags": self.tags,
            "start": self.times.start,
            "stop": self.times.stop,
        }

    def focus(self, part: EntryField = EntryField.DESCRIPTION) -> None:
        """Put the caret into one field."""
        fields = {**self._fields(), "length": self.times.length}
        control = fields[part.value].control
        if isinstance(control, PanelLineEdit):
            control.start_over()
        else:
            control.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Take over what of the entry has changed, except where the user is at it."""
        self._on_times()
        if not self.entry.id:
            return
        try:
            found = stored.by_ids(self.tracking.db, [self.entry.id])
        except TrayError:
            return  # whoever reads the list tells of it
        self._take(found[0] if found else None)

    def leave(self) -> None:
        """Save, so that nothing typed is lost."""
        self.accept()

    def _take(self, entry: TimeEntry | None) -> None:
        self._gone = entry is None
        if entry is None:
            self._tell_gone()
            return
        self.note.clear()
        before, self.entry = self._values(self.entry), entry
        for name, value in self._values(entry).items():
            if value != before[name]:
                self._fields()[name].take_from_outside(value)
        self.times.take(entry)
        if not self.project.touched:
            self._project_id = entry.project_id
        self._show_whether_task()

    def _tell_gone(self) -> None:
        self.note.tell(tr("This entry was deleted elsewhere. Undo brings it back."))

    def tick(self) -> None:
        self.times.tick()

    def _values(self, entry: TimeEntry) -> dict[str, str | bool]:
        """What the fields show for an entry, its times aside."""
        names = self.tracking.snapshot.names
        task = names.tasks.get(entry.task_id or 0)
        return {
            "description": entry.description,
            "project": name_choices.project_label(entry.project_id, names),
            "task": task.name if task else "",
            "tags": written_tags(captions.tags(entry, names)),
            "billable": entry.billable,
        }

    @Slot()
    def accept(self) -> None:
        """Save what was touched; what is wrong is said beside its field."""
        for field in self._fields().values():
            if field.touched:
                field.note.clear()
        self.note.clear()
        if self._gone:
            self._tell_gone()
            return
        when = self.times.changes()
        if when is None or not self._ask_for_new():
            return
        if not self.entry.id:
            self.carry_out(self._add, message=tr("Added."))
            return
        changes: Changes = {**self._changes(), **when}
        if changes:
            self.carry_out(lambda now: self._save(changes, now=now))
        else:
            self.closed.emit()

    def _save(self, changes: Changes, *, now: int) -> Outcome:
        db, edited = self.tracking.db, [self.entry.id]
        return self.asking_once(
            lambda sure: entries.edit(db, edited, changes, now=now, trim=self._trims, sure=sure),
            about=changes,
        )

    def _add(self, now: int) -> Outcome:
        project, task = self.project.value.strip(), self.task.value.strip()
        draft = Draft(
            self.description.value,
            project or None,
            task or None,
            read_tags(self.tags.value),
            billable=self.billable.value if self.billable.touched else None,
            create_missing=bool({project, task} & self._new),
        )
        start, stop = self.times.begin, self.times.end or now
        return self.asking_once(
            lambda sure: entries.add(
                self.tracking.db,
                draft,
                start=start,
                stop=stop,
                now=now,
                trim=self._trims,
                sure=sure or (start, stop) == self.drawn,
            ),
            about=(draft, start, stop),
        )

    @Slot()
    def _on_times(self) -> None:
        """Say what is unlikely about the times, with a way to shorten what they lie over."""
        begin, end = self.times.begin, self.times.end
        if self.times.problems or (self.entry.id and not self.times.touched):
            self.doubt.clear()
            return
        over = self._lies_over(begin, end)
        parts = [_likely(self.entry, begin, end) if (begin, end) != self.drawn else ""]
        if over and self._trims:
            parts.append(tr("{names} will be shortened.").format(names=_named(over)))
        elif over:
            parts.append(tr("It overlaps {names}.").format(names=_named(over)))
        sentence = in_a_row(parts)
        offered = bool(over) and not self._trims
        self.doubt.tell(
            sentence,
            warning=bool(parts[0]) or offered,
            button=tr("Shorten what it overlaps") if offered else "",
            act=self._trim if offered else None,
        )

    def _lies_over(self, begin: int, end: int | None) -> Sequence[TimeEntry]:
        if end is not None and end <= begin:
            return ()
        try:
            return overlapped_anew(self.tracking.db, self.entry, begin, end, now=clock.now())
        except TrayError:
            return ()  # whoever reads the list tells of it

    def _trim(self) -> None:
        self._trims = True
        self._on_times()

    def _changes(self) -> Changes:
        shown = self._values(self.entry)
        changes: Changes = {}
        if self.description.touched and self.description.value != shown["description"]:
            changes["description"] = self.description.value
        if self.tags.touched and self.tags.value != shown["tags"]:
            changes["tags"] = read_tags(self.tags.value)
        if self.billable.touched and self.billable.value != shown["billable"]:
            changes["billable"] = self.billable.value
        changes.update(self._project_changes(shown))
        return changes

    def _project_changes(self, shown: dict[str, str | bool]) -> Changes:
        names = self.tracking.snapshot.names
        changes: Changes = {}
        label = self.project.value.strip()
        if self.project.touched and label != shown["project"]:
            known = name_choices.project_labelled(label, names)
            if known is None and label:
                changes.update({"project": label, "create_missing": label in self._new})
            else:
                changes["project_id"] = known.id if known else None
        task, moved = self.task.value.strip(), bool(changes)
        if (moved and task) or (self.task.touched and task != shown["task"]):
            changes["task"] = task or None
            changes["create_missing"] = changes.get("create_missing", False) or task in self._new
        return changes

    def _ask_for_new(self) -> bool:
        """Whether nothing new is named, or the user has said that it is to be made."""
        names = self.tracking.snapshot.names
        project, task = self.project.value.strip(), self.task.value.strip()
        if self.project.touched and project and project != self._values(self.entry)["project"]:
            sentence = tr("There is no project “{name}”.").format(name=project)
            if name_choices.project_labelled(project, names) is None and self._ask(
                self.project, project, sentence
            ):
                return False
        if self.task.touched and task and self._project_id is not None:
            sentence = tr("The project has no task “{name}”.").format(name=task)
            if name_choices.task_named(task, self._project_id, names) is None and self._ask(
                self.task, task, sentence
            ):
                return False
        return True

    def _ask(self, field: Field, name: str, sentence: str) -> bool:
        """Ask whether a name is to be made; False if the user has said so already."""
        if name in self._new:
            return False
        self._new.add(name)
        hint = tr("Enter once more makes it.")
        field.complain(f"{sentence} {hint}", button=tr("Create it"), act=self.accept)
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def field_named(self, name: str) -> Field | None:
        return self._fields().get(name)

    def _offer_projects(self, typed: str) -> list[NameChoice]:
        now = self.tracking.snapshot
        return name_choices.projects(typed, now.names, lately=now.projects_lately)

    def _offer_tasks(self, typed: str) -> list[NameChoice]:
        return name_choices.tasks(typed, self._project_id, self.tracking.snapshot.names)

    def _offer_tags(self, typed: str) -> list[NameChoice]:
        taken = read_tags(self.tags.value)
        names = self.tracking.snapshot.names
        project = names.projects.get(self._project_id or 0)
        workspace_id = project.workspace_id if project else self.entry.workspace_id
        return name_choices.tags(typed, names, but=taken, workspace_id=workspace_id)

    def _show_whether_task(self) -> None:
        """A task belongs to a project."""
        self.task.control.setEnabled(bool(self.project.value.strip()))

    @Slot()
    def _on_project(self) -> None:
        """Another project has other tasks."""
        known = name_choices.project_labelled(self.project.value, self.tracking.snapshot.names)
        project_id = known.id if known else None
        if project_id != self._project_id:
            self._project_id = project_id
            same = project_id == self.entry.project_id
            self.task.show_value(self._values(self.entry)["task"] if same else "")
        self._show_whether_task()

    @Slot(object)
    def _on_picked(self, choice: object) -> None:
        """What is picked with “Create” is to be made."""
        if isinstance(choice, NameChoice) and choice.name and not choice.id:
            self._new.add(choice.name)


def _likely(entry: TimeEntry, begin: int, end: int | None) -> str:
    """What is unlikely or impossible about the times of an entry; empty if nothing is."""
    before = None if entry.stop is None or not entry.id else (entry.start, entry.stop)
    try:
        limits.check_times(begin, end)
        limits.check_likely(begin, end, now=clock.now(), before=before)
    except (Refused, NotConfirmed) as doubt:
        return str(doubt)
    return ""


def _named(found: Sequence[TimeEntry]) -> str:
    """One entry by its name, several by their number."""
    if len(found) > 1:
        return tr("{count} entries").format(count=len(found))
    name = found[0].description
    return quoted(name) if name else tr("an entry without a description")


def _yes_or_no(value: bool) -> str:
    return tr("yes") if value else tr("no")
