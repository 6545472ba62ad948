"""What runs, part by part, in the timer bar."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tray import clock
from tray.errors import TrayError
from tray.language import in_a_row, tr
from tray.model.durations import SECOND
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.store.catalogue import Names
from tray.tracker import entries
from tray.tracker.entries import Changes
from tray.tracker.outcome import Outcome
from tray.ui import wording
from tray.ui.theme import UNIT
from tray.ui.ticker import Ticker
from tray.ui.timer_bar.chip_button import ChipButton, ProjectButton, TagsButton, TaskButton
from tray.ui.timer_bar.description_edit import DescriptionEdit
from tray.ui.timer_bar.signs import BillableButton, ClockButton

if TYPE_CHECKING:
    from tray.ui.entries.name_completer import NameChoice
    from tray.ui.popup import Popup
    from tray.ui.timer_bar.choice_popup import Offers
    from tray.ui.timer_bar.start_popup import StartPopup
    from tray.ui.timer_bar.tag_choices import TagChoices

_MOST_PROJECTS: Final = 200
"""In a list that is scrolled; more are found by typing."""
_LEAST_WORDS: Final = 20 * UNIT
"""The width that the description keeps beside long names."""


class RunningParts(QWidget):
    """Every change is one step, which undo takes back."""

    left = Signal()
    """The user is done with it."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self.times = times
        self.popup: Popup | None = None
        """What is open below one of the parts."""
        self.description = DescriptionEdit(self)
        self.project = ProjectButton("projects", tr("Project"), self)
        self.task = TaskButton("task", tr("Task"), self)
        self.tags = TagsButton("tag", tr("Tags"), self)
        self.billable = BillableButton(self)
        self.clock = ClockButton(self)
        self.description.setMinimumWidth(_LEAST_WORDS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.description, 1)
        for part in (self.project, self.task, self.tags, self.billable, self.clock):
            layout.addWidget(part)
        self._ticker = Ticker(SECOND, self._show_elapsed, self, name="timer bar elapsed")
        self.description.written.connect(self._on_written)
        self.description.left.connect(self.left)
        self.project.clicked.connect(self.open_projects)
        self.task.clicked.connect(self.open_tasks)
        self.tags.clicked.connect(self.open_tags)
        self.billable.clicked.connect(self._on_billable)
        self.clock.clicked.connect(self.open_start)

    def show_state(self, snapshot: Snapshot) -> None:
        """Show what runs now; while it is not seen, or nothing runs, no timer does."""
        running = snapshot.running
        self._ticker.follow(running.start if running and self.window().isVisible() else None)
        if running is None:
            self.description.show_text(0, "")
            if self.popup is not None:
                self.popup.close()
            return
        self.description.show_text(running.id, running.description)
        names = snapshot.names
        self._show_project(running, names)
        self.tags.show_tags([names.tags[tag].name for tag in running.tag_ids if tag in names.tags])
        self.billable.show_billable(running.billable)
        self._show_elapsed()

    def _show_project(self, running: TimeEntry, names: Names) -> None:
        """Its project, and its task where that has any."""
        project = names.projects.get(running.project_id or 0)
        label = names.project(project) if project else ""
        self.project.show_project(label, wording.colour(running, names))
        task = names.tasks.get(running.task_id or 0)
        self.task.show_task(task.name if task else "")
        offered = (each for each in names.tasks.values() if not each.archived)
        some = project is not None and any(each.project_id == project.id for each in offered)
        self.task.setVisible(some or task is not None)

    def pause(self) -> None:
        """Nobody looks."""
        self._ticker.follow(None)

    @Slot()
    def open_projects(self) -> None:
        """List the projects that it can be given to."""
        running = self._tracking.snapshot.running
        if running is not None:
            self._open_names(
                self.project,
                running.project_id,
                self._projects,
                tr("Find or create a project"),
                self._on_project,
            )

    def _projects(self, typed: str) -> list["NameChoice"]:
        from tray.ui.entries import name_choices

        now = self._tracking.snapshot
        return name_choices.projects(
            typed, now.names, lately=now.projects_lately, most=_MOST_PROJECTS
        )

    @Slot()
    def open_tasks(self) -> None:
        """List the tasks of its project."""
        running = self._tracking.snapshot.running
        if running is not None:
            self._open_names(
                self.task,
                running.task_id,
                partial(self._tasks, running.project_id),
                tr("Find or create a task"),
                self._on_task,
            )

    def _tasks(self, project_id: int | None, typed: str) -> list["NameChoice"]:
        from tray.ui.entries import name_choices

        return name_choices.tasks(typed, project_id, self._tracking.snapshot.names)

    def _open_names(
        self,
        button: ChipButton,
        chosen: int | None,
        offers: "Offers",
        prompt: str,
        take: Callable[["NameChoice"], None],
    ) -> None:
        """List what one of can be chosen, or none."""
        from tray.ui.timer_bar.choice_popup import ChoicePopup

        def is_chosen(choice: "NameChoice") -> bool:
            return choice.id == (chosen or 0) and bool(choice.id or not choice.name)

        popup = ChoicePopup(button, button.name, offers, prompt=prompt, is_chosen=is_chosen)
        popup.chosen.connect(take)
        self._open(popup)

    @Slot()
    def open_tags(self) -> None:
        """List the tags that it can have."""
        from tray.ui.timer_bar.choice_popup import ChoicePopup
        from tray.ui.timer_bar.tag_choices import TagChoices

        running = self._tracking.snapshot.running
        if running is None:
            return
        choices = TagChoices(running.tag_ids, lambda: self._tracking.snapshot.names, self)
        popup = ChoicePopup(
            self.tags,
            tr("Tags"),
            choices.offers,
            prompt=tr("Find or create a tag"),
            is_chosen=choices.is_chosen,
            several=True,
        )
        popup.chosen.connect(choices.toggle)
        popup.closed.connect(lambda: self._give_tags(choices))
        popup.closed.connect(choices.deleteLater)
        self._open(popup)

    @Slot()
    def open_start(self) -> None:
        """Ask when it was started."""
        from tray.ui.timer_bar.start_popup import StartPopup

        running = self._tracking.snapshot.running
        if running is None:
            return
        popup = StartPopup(
            self.clock,
            running,
            self._tracking.calendar,
            self.times,
            last_stop=stored.last_stop(self._tracking.db, now=clock.now()),
        )
        popup.chosen.connect(lambda moment: self._start_at(moment, popup))
        popup.trim.clicked.connect(self._on_trim)
        self._open(popup)

    def _open(self, popup: "Popup") -> None:
        self.popup = popup
        popup.closed.connect(self._on_closed)
        popup.open()

    @Slot()
    def _on_closed(self) -> None:
        self.popup = None

    @Slot(object)
    def _on_project(self, choice: "NameChoice") -> None:
        if choice.id:
            self._change({"project_id": choice.id})
        elif choice.name:
            self._change({"project": choice.name, "create_missing": True})
        else:
            self._change({"project": None})

    @Slot(object)
    def _on_task(self, choice: "NameChoice") -> None:
        if choice.id:
            self._change({"task_id": choice.id})
        elif choice.name:
            self._change({"task": choice.name, "create_missing": True})
        else:
            self._change({"task": None})

    def _give_tags(self, choices: "TagChoices") -> None:
        running = self._tracking.snapshot.running
        if running is not None and choices.changed:
            self._change({"tags": choices.names})

    @Slot()
    def _on_billable(self) -> None:
        self._change({"billable": self.billable.isChecked()})

    @Slot(int, str)
    def _on_written(self, entry_id: int, text: str) -> None:
        self._edit(entry_id, {"description": text})

    def _start_at(self, moment: int, popup: "StartPopup") -> None:
        outcome = self._change({"start": moment}, popup.complain)
        if outcome is None:
            return
        if outcome.overlaps and outcome.entry is not None:
            popup.offer_trim(outcome.entry, in_a_row(outcome.remarks))
        else:
            popup.close()

    @Slot()
    def _on_trim(self) -> None:
        running = self._tracking.snapshot.running
        if running is not None:
            self._tracking.trim(running.id)
        if self.popup is not None:
            self.popup.close()

    def _change(
        self, changes: Changes, complain: Callable[[str], None] | None = None
    ) -> Outcome | None:
        running = self._tracking.snapshot.running
        return self._edit(running.id, changes, complain) if running is not None else None

    def _edit(
        self, entry_id: int, changes: Changes, complain: Callable[[str], None] | None = None
    ) -> Outcome | None:
        def verb(now: int) -> Outcome:
            try:
                return entries.edit(self._tracking.db, [entry_id], changes, now=now)
            except TrayError as error:
                if complain is not None:
                    complain(str(error))
                raise

        outcome = self._tracking.run(verb)
        if outcome is None:
            self.show_state(self._tracking.snapshot)
        return outcome

    def _show_elapsed(self) -> None:
        running: TimeEntry | None = self._tracking.snapshot.running
        if running is not None:
            since = self.times.time_of_day(running.start)
            self.clock.show_elapsed(running.seconds(clock.now()), since)
