"""What can be done with the selected projects, clients, tags or tasks, by key or from a menu."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from tray import clock
from tray.language import ntr, tr
from tray.model import formats
from tray.model.entities import What
from tray.session.tracking import Tracking
from tray.store import totals
from tray.store.totals import Total
from tray.tracker import catalogue, favourites, removal
from tray.tracker.outcome import Outcome
from tray.ui.projects.colour_popup import ColourPopup
from tray.ui.projects.new_line import NewThing
from tray.ui.projects.removal_dialog import FateOfEntries, Question, RemovalDialog, counted, naming
from tray.ui.projects.rows import Row, Wanted, rows, workspace_of
from tray.ui.projects.thing_model import Column
from tray.ui.projects.thing_view import ThingView

if TYPE_CHECKING:
    from tray.ui.entries.name_completer import NameChoice
    from tray.ui.timer_bar.choice_popup import ChoicePopup


class ThingActions(QObject):
    """Verbs on what is selected in the list; its keys work while the list has the focus."""

    done = Signal(str, object)
    """What was done, in a sentence, and its `Outcome`."""
    details_wanted = Signal()
    """More is to be shown of what is selected."""

    def __init__(self, tracking: Tracking, view: ThingView) -> None:
        super().__init__(view)
        self._tracking = tracking
        self._view = view
        self.may_have_any_colour: Callable[[int], bool] = lambda _: True
        """Whether a workspace's plan has colours beyond the palette."""
        self.popup: ColourPopup | None = None
        self.question: RemovalDialog | None = None
        self.clients: ChoicePopup | None = None
        """The clients that several projects can have."""
        self.rename = self._action(tr("Rename"), self._on_rename, "F2", "Return", "Enter")
        self.colour = self._action(tr("Colour…"), self._on_colour, "Ctrl+L")
        self.client = self._action(tr("Client…"), self._on_client, "Ctrl+K")
        self.billable = self._action(tr("Billable"), self._on_billable, "Ctrl+B")
        self.billable.setCheckable(True)
        self.details = self._action(tr("Details"), self.details_wanted.emit, "Ctrl+I")
        self.pin = self._action(tr("Pin as favourite"), self._on_pin, "Ctrl+P")
        self.archive = self._action(tr("Archive"), self._on_archive, "Ctrl+E")
        self.merge = self._action(tr("Merge into…"), self._on_merge, "Ctrl+M")
        self.delete = self._action(tr("Delete…"), self._on_delete, "Del")
        view.colour_wanted.connect(self._on_colour)
        view.billable_wanted.connect(self._on_billable)
        view.more_wanted.connect(self.open_menu)
        view.delegate.entered.connect(self._on_entered)

    def _action(self, text: str, do: Callable[[], None], *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        self._view.addAction(action)
        return action

    def _run(self, verb: Callable[[int], Outcome], sentence: str) -> Outcome | None:
        outcome = self._tracking.run(verb)
        if outcome is not None and outcome.changed:
            self.done.emit(sentence, outcome)
        return outcome

    def make(self, thing: NewThing, wanted: Wanted) -> bool:
        """Make one of the kind that is listed; say whether that was done."""
        db, name, workspace = self._tracking.db, thing.name, wanted.workspace_id

        def verb(now: int) -> Outcome:
            match wanted.kind:
                case "project":
                    changes = catalogue.ProjectChanges(client_id=thing.of)
                    if thing.of is not None:
                        names = self._tracking.snapshot.names
                        home: int | None = workspace_of(names, "client", thing.of)
                    else:
                        home = workspace
                    return catalogue.create_project(
                        db, name, now=now, changes=changes, workspace_id=home
                    )
                case "client":
                    return catalogue.create_client(db, name, now=now, workspace_id=workspace)
                case "tag":
                    return catalogue.create_tag(db, name, now=now, workspace_id=workspace)
            return catalogue.create_task(db, thing.of or 0, name, now=now)

        return self._run(verb, tr("Made “{name}”.").format(name=name.strip())) is not None

    @Slot(QPoint)
    def open_menu(self, place: QPoint) -> None:
        """Offer all that can be done with the selected row."""
        row = self._view.row()
        if row is None:
            return
        alone = len(self._view.selected()) == 1
        for action in (self.rename, self.pin, self.merge):
            action.setEnabled(alone)
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.archive.setText(tr("Restore") if row.archived else tr("Archive"))
        self.billable.setChecked(row.billable)
        own = (self.colour, self.client, self.billable) if row.kind == "project" else ()
        menu.addActions([self.rename, *own, self.details])
        menu.addSeparator()
        if row.kind in ("project", "task"):
            menu.addAction(self.pin)
        menu.addActions([self.archive, self.merge])
        menu.addSeparator()
        menu.addAction(self.delete)
        menu.popup(place)

    @Slot()
    def _on_rename(self) -> None:
        self._view.edit_part(Column.NAME)

    @Slot()
    def _on_client(self) -> None:
        if len(self._view.selected()) == 1:
            self._view.edit_part(Column.BESIDE)
        elif self._view.selected() and self._view.selected()[0].kind == "project":
            self._choose_client()

    def _choose_client(self) -> None:
        """List the clients, for several projects at once."""
        from tray.ui.entries import name_choices
        from tray.ui.timer_bar.choice_popup import ChoicePopup

        popup = ChoicePopup(
            self._view.heading,
            tr("Client"),
            lambda typed: name_choices.clients(typed, self._tracking.snapshot.names),
            prompt=tr("Find or create a client"),
            is_chosen=lambda _: False,
        )
        popup.chosen.connect(self._on_client_chosen)
        self.clients = popup
        popup.open()

    @Slot(object)
    def _on_client_chosen(self, choice: "NameChoice") -> None:
        changes = (
            catalogue.ProjectChanges(client=choice.name)
            if choice.name
            else catalogue.ProjectChanges(client_id=None)
        )
        words = tr("{what} are for {client} now.") if choice.name else tr("{what} have no client.")
        self._edit(changes, words, client=choice.name)

    def _edit(self, changes: catalogue.ProjectChanges, words: str, **parts: str) -> None:
        """Change the same of all selected projects."""
        marked = self._view.selected()
        ids = [row.id for row in marked]
        self._run(
            lambda now: catalogue.edit_projects(self._tracking.db, ids, changes, now=now),
            words.format(what=naming(marked), **parts),
        )

    @Slot(object, object, object)
    def _on_entered(self, row: Row, column: Column, text: str) -> None:
        db, clean = self._tracking.db, text.strip()
        if column is Column.NAME and clean != row.name:
            self._run(
                lambda now: catalogue.rename(db, row.kind, row.id, text, now=now),
                tr("Renamed “{old}” to “{new}”.").format(old=row.name, new=clean),
            )
        elif column is Column.BESIDE and clean != row.beside:
            changes = (
                catalogue.ProjectChanges(client=clean)
                if clean
                else catalogue.ProjectChanges(client_id=None)
            )
            words = (
                tr("“{name}” is for {client} now.") if clean else tr("“{name}” has no client now.")
            )
            self._run(
                lambda now: catalogue.edit_project(db, row.id, changes, now=now),
                words.format(name=row.name, client=clean),
            )

    @Slot()
    def _on_colour(self) -> None:
        row = self._view.row()
        if row is None or row.kind != "project":
            return
        workspace = workspace_of(self._tracking.snapshot.names, row.kind, row.id)
        self.popup = ColourPopup(
            row.colour, self._view, any_colour=self.may_have_any_colour(workspace)
        )
        self.popup.chosen.connect(self._on_colour_chosen)
        index = self._view.currentIndex().siblingAtColumn(Column.NAME)
        cell = self._view.visualRect(index)
        corner = cell.bottomRight() if self._view.isRightToLeft() else cell.bottomLeft()
        self.popup.open_at(self._view.viewport().mapToGlobal(corner))

    @Slot(str)
    def _on_colour_chosen(self, colour: str) -> None:
        alone = len(self._view.selected()) == 1
        words = tr("{what} has another colour.") if alone else tr("{what} have another colour.")
        self._edit(catalogue.ProjectChanges(colour=colour), words)

    @Slot()
    def _on_billable(self) -> None:
        row = self._view.row()
        if row is not None and row.kind == "project":
            words = (
                tr("New entries of {what} are not billable.")
                if row.billable
                else tr("New entries of {what} are billable.")
            )
            self._edit(catalogue.ProjectChanges(billable=not row.billable), words)

    @Slot()
    def _on_pin(self) -> None:
        row = self._view.row()
        names = self._tracking.snapshot.names
        if row is None or row.kind not in ("project", "task"):
            return
        task = names.tasks[row.id] if row.kind == "task" else None
        project = names.projects[task.project_id if task else row.id]
        what = What(project.workspace_id, "", project.id, task and task.id, (), project.billable)
        self._run(
            lambda now: favourites.pin(self._tracking.db, what, now=now),
            tr("Pinned “{name}” to the favourites.").format(name=row.name),
        )

    @Slot()
    def _on_archive(self) -> None:
        row = self._view.row()
        if row is None:
            return
        marked = self._view.selected()
        words = tr("Restored {what}.") if row.archived else tr("Archived {what}.")
        self._run(
            lambda now: catalogue.archive(
                self._tracking.db, row.kind, *_ids(marked), now=now, archived=not row.archived
            ),
            words.format(what=naming(marked)),
        )

    @Slot()
    def _on_merge(self) -> None:
        marked = self._view.selected()
        if len(marked) == 1:
            self._ask(marked, merge=True)

    @Slot()
    def _on_delete(self) -> None:
        marked = self._view.selected()
        if not marked:
            return
        if self._belongs(marked):
            self._ask(marked, merge=False)
        else:
            self._remove(marked, FateOfEntries())

    def _belongs(self, marked: Sequence[Row]) -> str:
        """What belongs to some things, in words; empty for nothing."""
        kind = marked[0].kind
        if kind == "client":
            projects = self._tracking.snapshot.names.projects.values()
            count = sum(project.client_id in _ids(marked) for project in projects)
            words = ntr("1 project", "{count} projects", count)
            return words.format(count=formats.number(count)) if count else ""
        found, now = Total(), clock.now()
        for row in marked:
            found = found.plus(totals.of_one(self._tracking.db, kind, row.id, now=now))
        return counted(found.entries, found.seconds) if found.entries else ""

    def _ask(self, marked: Sequence[Row], *, merge: bool) -> None:
        row, names = marked[0], self._tracking.snapshot.names
        wanted = Wanted(row.kind, workspace_id=workspace_of(names, row.kind, row.id))
        others = [each for each in rows(names, {}, wanted) if each.id not in _ids(marked)]
        belongs = self._belongs(marked) or tr("nothing")
        remark = ""
        if self._tracking.snapshot.sync is not None and row.kind != "client":
            remark = tr(
                "What is in the account and was not read to this computer, such as entries of "
                "years ago or of others, loses it, or is deleted with it."
            )
        question = Question(marked, others, belongs, merge=merge, remark=remark)
        self.question = RemovalDialog(question, self._view.window())
        do = self._merge if merge else self._remove
        self.question.chosen.connect(lambda wanted: do(marked, wanted))
        self.question.open()

    def _merge(self, marked: Sequence[Row], wanted: FateOfEntries) -> None:
        into, (row,) = wanted.to, marked
        if into is not None:
            self._run(
                lambda now: removal.merge(self._tracking.db, row.kind, row.id, into, now=now),
                tr("Merged {what}.").format(what=naming(marked)),
            )

    def _remove(self, marked: Sequence[Row], wanted: FateOfEntries) -> None:
        db, kind, ids = self._tracking.db, marked[0].kind, _ids(marked)

        def verb(now: int) -> Outcome:
            if wanted.with_entries:
                return removal.delete_with_entries(db, *ids, now=now)
            return removal.delete(db, kind, *ids, now=now, move_to=wanted.to)

        words = tr("Deleted {what}.")
        if wanted.with_entries:
            words = tr("Deleted {what} and all that was tracked for it.")
            if len(marked) > 1:
                words = tr("Deleted {what} and all that was tracked for them.")
        self._run(verb, words.format(what=naming(marked)))


def _ids(rows: Sequence[Row]) -> list[int]:
    return [row.id for row in rows]
