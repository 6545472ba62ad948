"""What can be done with the selected project, client, tag or task, by key or from a menu."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from tray import clock
from tray.model.entities import What
from tray.session.tracking import Tracking
from tray.store import totals
from tray.tracker import catalogue, favourites, removal
from tray.tracker.outcome import Outcome
from tray.ui.projects.colour_popup import ColourPopup
from tray.ui.projects.new_line import NewThing
from tray.ui.projects.removal_dialog import Question, RemovalDialog, counted
from tray.ui.projects.rows import Row, Wanted, rows, workspace_of
from tray.ui.projects.thing_model import Column
from tray.ui.projects.thing_view import ThingView
from tray.ui.wording import tr


class ThingActions(QObject):
    """Verbs on what is selected in the list; its keys work while the list has the focus."""

    done = Signal(str, object)
    """What was done, in a sentence, and its `Outcome`."""

    def __init__(self, tracking: Tracking, view: ThingView) -> None:
        super().__init__(view)
        self._tracking = tracking
        self._view = view
        self.may_have_any_colour: Callable[[int], bool] = lambda _: True
        """Whether a workspace's plan has colours beyond the palette."""
        self.popup: ColourPopup | None = None
        self.question: RemovalDialog | None = None
        self.rename = self._action(tr("Rename"), self._on_rename, "F2", "Return", "Enter")
        self.colour = self._action(tr("Colour…"), self._on_colour, "Ctrl+L")
        self.client = self._action(tr("Client…"), self._on_client, "Ctrl+K")
        self.billable = self._action(tr("Billable"), self._on_billable, "Ctrl+B")
        self.billable.setCheckable(True)
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
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.archive.setText(tr("Restore") if row.archived else tr("Archive"))
        self.billable.setChecked(row.billable)
        own = (self.colour, self.client, self.billable) if row.kind == "project" else ()
        menu.addActions([self.rename, *own])
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
        self._view.edit_part(Column.BESIDE)

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
        row = self._view.row()
        if row is not None:
            changes = catalogue.ProjectChanges(colour=colour)
            self._run(
                lambda now: catalogue.edit_project(self._tracking.db, row.id, changes, now=now),
                tr("“{name}” has another colour.").format(name=row.name),
            )

    @Slot()
    def _on_billable(self) -> None:
        row = self._view.row()
        if row is not None and row.kind == "project":
            changes = catalogue.ProjectChanges(billable=not row.billable)
            words = (
                tr("New entries of “{name}” are not billable.")
                if row.billable
                else tr("New entries of “{name}” are billable.")
            )
            self._run(
                lambda now: catalogue.edit_project(self._tracking.db, row.id, changes, now=now),
                words.format(name=row.name),
            )

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
        words = tr("Restored “{name}”.") if row.archived else tr("Archived “{name}”.")
        self._run(
            lambda now: catalogue.archive(
                self._tracking.db, row.kind, row.id, now=now, archived=not row.archived
            ),
            words.format(name=row.name),
        )

    @Slot()
    def _on_merge(self) -> None:
        row = self._view.row()
        if row is not None:
            self._ask(row, merge=True)

    @Slot()
    def _on_delete(self) -> None:
        row = self._view.row()
        if row is None:
            return
        if self._belongs(row):
            self._ask(row, merge=False)
        else:
            self._remove(row, None, merge=False)

    def _belongs(self, row: Row) -> str:
        """What belongs to a thing, in words; empty for nothing."""
        if row.kind == "client":
            projects = self._tracking.snapshot.names.projects.values()
            count = sum(project.client_id == row.id for project in projects)
            words = tr("1 project") if count == 1 else tr("{count:,} projects")
            return words.format(count=count) if count else ""
        found = totals.of_one(self._tracking.db, row.kind, row.id, now=clock.now())
        return counted(found.entries, found.seconds) if found.entries else ""

    def _ask(self, row: Row, *, merge: bool) -> None:
        names = self._tracking.snapshot.names
        wanted = Wanted(row.kind, workspace_id=workspace_of(names, row.kind, row.id))
        others = [each for each in rows(names, {}, wanted) if each.id != row.id]
        belongs = self._belongs(row) or tr("nothing")
        remark = ""
        if self._tracking.snapshot.sync is not None and row.kind != "client":
            remark = tr(
                "What is in the account and was not read to this computer, such as entries of "
                "years ago or of others, loses it."
            )
        question = Question(row, others, belongs, merge=merge, remark=remark)
        self.question = RemovalDialog(question, self._view.window())
        self.question.chosen.connect(lambda to: self._remove(row, to, merge=merge))
        self.question.open()

    def _remove(self, row: Row, to: int | None, *, merge: bool) -> None:
        db = self._tracking.db
        if merge and to is not None:
            words = tr("Merged “{name}”.")
            self._run(
                lambda now: removal.merge(db, row.kind, row.id, to, now=now),
                words.format(name=row.name),
            )
        else:
            self._run(
                lambda now: removal.delete(db, row.kind, row.id, now=now, move_to=to),
                tr("Deleted “{name}”.").format(name=row.name),
            )
