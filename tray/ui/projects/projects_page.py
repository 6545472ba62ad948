"""The projects page: puts its parts together, and shows what they tell each other."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tray.language import tr
from tray.model.durations import MINUTE
from tray.model.workspace_names import workspace_label
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store.catalogue import Kind
from tray.store.totals import Counted, Totals
from tray.tracker.outcome import Outcome
from tray.tracker.workspaces import has_any_colour
from tray.ui import change_notice, plain_text
from tray.ui.entries.empty import EmptyState
from tray.ui.key_text import with_keys
from tray.ui.labels import ThemedLabel, plain
from tray.ui.list_options import ListOptions
from tray.ui.notice import Notice
from tray.ui.projects.card import Card
from tray.ui.projects.details_panel import DetailsPanel
from tray.ui.projects.favourites_view import FavouritesView
from tray.ui.projects.new_line import NewLine, NewThing
from tray.ui.projects.rows import SortBy, Wanted, of_clients, rows
from tray.ui.projects.thing_actions import ThingActions
from tray.ui.projects.thing_model import Column, ThingModel
from tray.ui.projects.thing_view import ThingView, columns_of
from tray.ui.projects.totals_reader import TotalsReader
from tray.ui.search_field import SearchField
from tray.ui.theme import CONTROL_HEIGHT, TITLE, UNIT
from tray.ui.ticker import Ticker
from tray.ui.word_switch import WordSwitch

_SORTS: Final[dict[Column, SortBy]] = {
    Column.NAME: "name",
    Column.MONTH: "month",
    Column.TOTAL: "total",
}
_FAVOURITES: Final = "favourite"
_ROOM_FOR_BOTH: Final = 92 * UNIT
"""In a narrower page the details stand in the place of the list."""
_COUNTED: Final[dict[Kind, Counted]] = {
    "project": "project",
    "client": "project",
    "tag": "tag",
    "task": "task",
}


class ProjectsPage(QWidget):
    """Projects, clients, tags and tasks: one list, of one kind at a time."""

    def __init__(self, tracking: Tracking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tracking = tracking
        self.wanted = Wanted()
        self.totals = TotalsReader(tracking, self)
        self._minute = Ticker(MINUTE, self._count, self, name="projects minute")
        self._build_head()
        self._build_list()
        self._connect()
        self._show_kind("project")

    def _build_head(self) -> None:
        self.title = ThemedLabel(tr("Projects"), self, tint=plain, size=TITLE, bold=True)
        self.segments = WordSwitch(
            {
                "project": tr("Projects"),
                "client": tr("Clients"),
                "tag": tr("Tags"),
                "task": tr("Tasks"),
                _FAVOURITES: tr("Favourites"),
            },
            self,
        )
        self.segments.setAccessibleName(tr("What is listed"))
        self.add = QPushButton(self)
        self.add.setDefault(True)
        self.add.setMinimumHeight(CONTROL_HEIGHT)
        self.search = SearchField(tr("Search"), self)
        self.search.setMinimumHeight(CONTROL_HEIGHT)
        self.search.setMinimumWidth(14 * UNIT)
        self.search.setMaximumWidth(36 * UNIT)
        self.workspace = QComboBox(self)
        self.workspace.setAccessibleName(tr("Workspace"))
        self.archived = QCheckBox(self)
        self.archived.setAccessibleName(tr("Show what is archived"))
        label = ThemedLabel(tr("Archived"), self)
        label.setBuddy(self.archived)
        self.show_details = QPushButton(tr("Details"), self)
        self.show_details.setCheckable(True)
        self.show_details.setMinimumHeight(CONTROL_HEIGHT)
        self.show_details.setToolTip(
            plain_text.tooltip(tr("Show what else is known of what is selected (Ctrl+I)"))
        )
        self._of_things = (self.add, self.search, self.archived, label, self.show_details)
        """What goes with things, and not with favourites."""
        head, tools = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.workspace)
        head.addWidget(self.show_details)
        head.addWidget(self.add)
        tools.setSpacing(UNIT)
        tools.addWidget(self.segments)
        tools.addWidget(self.search, 1)
        tools.addStretch()
        for part in (label, self.archived):
            tools.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        self._column.setSpacing(3 * UNIT // 2)
        self._column.addLayout(head)
        self._column.addLayout(tools)

    def _build_list(self) -> None:
        self.card = Card(self)
        self.new = NewLine(self.card)
        self.model = ThingModel(self)
        self.pages = QStackedWidget(self.card)
        self.view = ThingView(self.model, self.pages)
        self.empty = EmptyState(self.pages)
        self._empty_button = self.empty.add_button("")
        self.favourites = FavouritesView(self.tracking, self.pages)
        self.setFocusProxy(self.view)
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.favourites)
        self.pages.addWidget(self.empty)
        self.card.add(self.new)
        self.card.add(self.pages, 1)
        self.notice = Notice(self)
        self.verbs = ThingActions(self.tracking, self.view)
        self.verbs.may_have_any_colour = lambda each: has_any_colour(self.tracking.db, each)
        self.details = DetailsPanel(self.tracking, self)
        self.details.hide()
        beside = QHBoxLayout()
        beside.setSpacing(UNIT)
        beside.addWidget(self.card, 1)
        beside.addWidget(self.details)
        self._column.addLayout(beside, 1)
        self._column.addWidget(self.notice)

    def _connect(self) -> None:
        self.tracking.changed.connect(self._on_changed)
        self.tracking.failed.connect(self._on_failed)
        self.totals.ready.connect(self._show_rows)
        self.segments.chosen.connect(self._on_segment)
        self.add.clicked.connect(self.open_new)
        self.search.textChanged.connect(self._on_search)
        self.search.left.connect(self._on_search_left)
        self.archived.toggled.connect(self._on_archived)
        self.workspace.activated.connect(self._on_workspace)
        self.view.sort_wanted.connect(self._on_sort)
        self.view.typed.connect(self._on_typed)
        self.view.delegate.closeEditor.connect(self._show_rows)
        self.new.wanted.connect(self._on_new)
        self.new.left.connect(self._to_list)
        self._empty_button.clicked.connect(self._on_empty)
        self.verbs.done.connect(self._on_done)
        self.verbs.details_wanted.connect(self._on_details)
        self.show_details.toggled.connect(self._on_details_toggled)
        self.view.selectionModel().selectionChanged.connect(self._show_details)
        self.details.done.connect(self._on_done)
        self.details.wrong.connect(self._on_failed)
        self.details.closed.connect(self._on_details_closed)
        self.favourites.done.connect(self._on_reordered)
        change_notice.BarButtons(self.notice, self.tracking).undone.connect(self._to_list)
        for keys, do in (
            ("Ctrl+Z", self.tracking.undo),
            ("Ctrl+Shift+Z", self.tracking.redo),
            ("Ctrl+F", self.focus_search),
            ("Ctrl+N", self.open_new),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    @Slot(object)
    def use_options(self, options: ListOptions) -> None:
        """Have rows as high as was chosen."""
        self.view.use_density(options.density)
        self.favourites.use_density(options.density)

    # What is listed

    @Slot(str)
    def _on_segment(self, kind: str) -> None:
        for part in self._of_things:
            part.setVisible(kind != _FAVOURITES)
        self._place_details()
        if kind == _FAVOURITES:
            self.new.hide()
            self._show_favourites()
        for each in _COUNTED:
            if each == kind:
                self._show_kind(each)

    def _shows_favourites(self) -> bool:
        return self.segments.buttons[_FAVOURITES].isChecked()

    def _show_favourites(self) -> None:
        self.favourites.show_state(self.tracking.snapshot)
        if self.favourites.count():
            self.pages.setCurrentWidget(self.favourites)
            return
        self.empty.say(
            tr("No favourites yet"),
            tr("Pin what you do often: it stands in the menu, with a digit to start it."),
        )
        self._empty_button.hide()
        self.pages.setCurrentWidget(self.empty)

    def _show_kind(self, kind: Kind) -> None:
        self.wanted = self.wanted._replace(kind=kind)
        self.segments.show_chosen(kind)
        add, search = {
            "project": (tr("New project"), tr("Search projects and clients")),
            "client": (tr("New client"), tr("Search clients")),
            "tag": (tr("New tag"), tr("Search tags")),
            "task": (tr("New task"), tr("Search tasks and projects")),
        }[kind]
        self.add.setText(add)
        self.add.setToolTip(plain_text.tooltip(with_keys(add, "Ctrl+N")))
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)
        self.new.hide()
        several = len(self.tracking.snapshot.names.workspaces) > 1
        beside = kind in ("project", "task") or several
        self.view.show_columns(columns_of(kind, beside=beside))
        self.view.setAccessibleName(self.segments.title(kind))
        self.model.show([])
        self._count()
        self._show_rows()

    @Slot()
    def _count(self) -> None:
        if self.isVisible():
            self.totals.read(_COUNTED[self.wanted.kind])

    @Slot()
    def _show_rows(self) -> None:
        if self.view.is_editing:
            return  # what is being typed stays; the rest is shown when it is finished
        names, chosen = self.tracking.snapshot.names, self.view.row()
        marked = {row.id for row in self.view.selected()}
        at = self.view.currentIndex().row()
        counted: Totals = self.totals.totals
        if self.wanted.kind == "client":
            counted = of_clients(names, counted)
        self.view.delegate.clients = [
            each.name for each in names.clients.values() if not each.archived
        ]
        self.model.show(rows(names, counted, self.wanted))
        if chosen is not None and self.view.row() is None:
            self.view.choose(chosen.id)
            self.view.choose_all(marked)
            if self.view.row() is None:
                self.view.choose_near(at)
        self._show_details()
        self._show_empty()

    # Details

    @Slot()
    def _show_details(self) -> None:
        if self.details.isVisible():
            self.details.show_rows(self.view.selected())

    @Slot()
    def _on_details(self) -> None:
        """Bring up the details, and put the caret into the first field."""
        self.show_details.setChecked(True)
        for field in self.details.fields.values():
            field.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
            break

    @Slot()
    def _on_details_toggled(self) -> None:
        self._place_details()
        self._show_details()

    def _place_details(self) -> None:
        """Show the details beside the list or, where there is no room for both, in its place."""
        wanted = self.show_details.isChecked() and not self._shows_favourites()
        self.details.setVisible(wanted)
        self.card.setHidden(wanted and self.width() < _ROOM_FOR_BOTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_details()

    @Slot()
    def _on_details_closed(self) -> None:
        self.show_details.setChecked(False)
        self._to_list()

    def _show_empty(self) -> None:
        if self._shows_favourites():
            self._show_favourites()
            return
        self._empty_button.show()
        if self.model.rows:
            self.pages.setCurrentWidget(self.view)
            return
        looked_for = self.wanted.words.strip()
        if looked_for:
            title = tr("Nothing fits “{words}”").format(words=looked_for)
            self.empty.say(title, tr("Every word has to be in the name, or beside it."))
        else:
            self.empty.say(*_nothing(self.wanted.kind))
        self._empty_button.setText(tr("Clear the search") if looked_for else self.add.text())
        self.pages.setCurrentWidget(self.empty)

    def _show_workspaces(self, state: Snapshot) -> None:
        """Offer to show one workspace only, where there are several."""
        there = state.names.workspaces.values()
        wanted = [(tr("All workspaces"), None)] if there else []
        found = [*wanted, *((workspace_label(each.name), each.id) for each in there)]
        shown = [
            (self.workspace.itemText(at), self.workspace.itemData(at))
            for at in range(self.workspace.count())
        ]
        if found != shown:
            self.workspace.clear()
            for name, workspace_id in found:
                self.workspace.addItem(name, workspace_id)
            at = self.workspace.findData(self.wanted.workspace_id)
            self.workspace.setCurrentIndex(max(at, 0))
        several = len(there) > 1
        self.workspace.setVisible(several and not self._shows_favourites())

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        if not self.isVisible():
            return
        self._show_workspaces(state)
        self._show_rows()
        self._count()
        self._minute.follow(state.running.start if state.running else None)

    @Slot()
    def _on_search(self) -> None:
        self.wanted = self.wanted._replace(words=self.search.text())
        self._show_rows()
        self.view.scrollToTop()

    @Slot(bool)
    def _on_archived(self, shown: bool) -> None:
        self.wanted = self.wanted._replace(archived=shown)
        self._show_rows()

    @Slot()
    def _on_workspace(self) -> None:
        self.wanted = self.wanted._replace(workspace_id=self.workspace.currentData())
        self._show_rows()

    @Slot(object)
    def _on_sort(self, column: Column) -> None:
        self.wanted = self.wanted._replace(sort_by=_SORTS[column])
        self.view.heading.sorted_by = column
        self.view.heading.viewport().update()
        self._show_rows()
        self.view.scrollToTop()

    # Keys

    @Slot()
    def focus_search(self) -> None:
        """Put the caret into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def open_new(self) -> None:
        """Open the line that names a new one."""
        if self._shows_favourites():
            return
        self.new.open(self.wanted.kind, self.tracking.snapshot.names, self.wanted.workspace_id)

    @Slot()
    def _to_list(self) -> None:
        shown = self.favourites if self._shows_favourites() else self.view
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_search_left(self) -> None:
        self._to_list()
        self.view.choose_near(0)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)

    # What was done

    @Slot(object)
    def _on_new(self, thing: NewThing) -> None:
        if self.verbs.make(thing, self.wanted):
            self.new.edit.clear()
            self.new.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_empty(self) -> None:
        if self.wanted.words.strip():
            self.search.clear()
        else:
            self.open_new()

    @Slot(str, object)
    def _on_done(self, sentence: str, outcome: Outcome) -> None:
        marked = [row.id for row in self.view.selected()]
        if outcome.created_id and outcome.created_id not in marked:
            self.view.choose(outcome.created_id)
        self.notice.tell(sentence, step_id=outcome.step_id or None)

    @Slot(str, object)
    def _on_reordered(self, sentence: str, outcome: Outcome) -> None:
        self.notice.tell(sentence, step_id=outcome.step_id or None)

    @Slot(object)
    def _on_failed(self, sentence: object) -> None:
        if self.isVisible():
            self.notice.tell(str(sentence), bad=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_changed(self.tracking.snapshot)
        if not self.search.hasFocus():
            self._to_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.totals.stop()
        self._minute.follow(None)


def _nothing(kind: Kind) -> tuple[str, str]:
    """What is said where there is nothing yet: a title, and what that would be good for."""
    return {
        "project": (
            tr("No projects yet"),
            tr("Time that belongs to a project is summed up for it, in its colour."),
        ),
        "client": (tr("No clients yet"), tr("A client is whom one or more projects are for.")),
        "tag": (tr("No tags yet"), tr("Tags are labels that any entry can carry.")),
        "task": (tr("No tasks yet"), tr("A task is a part of a project.")),
    }[kind]
