"""The page with all entries: puts its parts together, passes on what each tells the others."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from tray import clock
from tray.language import in_a_row, tr
from tray.model.durations import SECOND
from tray.model.entities import TimeEntry
from tray.model.filters import span_of
from tray.model.formats import TimeFormat
from tray.model.typed_times import usual_span
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.store.conditions import conditions
from tray.store.entries import Condition
from tray.tracker import entries
from tray.tracker.entries import Changes
from tray.ui import change_notice
from tray.ui.entries import captions
from tray.ui.entries.actions import EntryActions
from tray.ui.entries.empty import EmptyState
from tray.ui.entries.entry_field import EntryField
from tray.ui.entries.footer import MOST_SUMMED, Footer
from tray.ui.entries.list_model import EntryModel
from tray.ui.entries.list_values import EmptyTime, PinnedEntry
from tray.ui.entries.panel import Panel, PanelResult
from tray.ui.entries.row_layout import MARGIN
from tray.ui.entries.timeline import Arranging
from tray.ui.entries.toolbar import Toolbar
from tray.ui.entries.view import EntryView
from tray.ui.list_options import ListOptions
from tray.ui.notice import Notice
from tray.ui.theme import UNIT
from tray.ui.ticker import Ticker

if TYPE_CHECKING:
    from tray.ui.entries.editor import EntryEditor


class TimerPage(QWidget):
    """All entries by day, newest first; every verb of the tracker can be reached from here."""

    quick_start_wanted = Signal()
    setting_chosen = Signal(str, object)
    """The key of a setting that was changed here, and its value."""

    def __init__(
        self, tracking: Tracking, times: TimeFormat, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tracking = tracking
        self._times = times
        self.drawer: Panel | None = None
        """What is open above or below the list."""
        self._ticker = Ticker(SECOND, self._tick, self, name="entries elapsed")
        self._midnight = QTimer(self)
        self._midnight.setObjectName("entries midnight")
        self._midnight.setSingleShot(True)
        self._midnight.timeout.connect(self._on_midnight)
        self._build()
        self._connect()
        self.view.fill()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._rows_removed = False
        self.model = EntryModel(self.tracking, self._times, self)
        self.toolbar = Toolbar(self)
        self._pages = QStackedWidget(self)
        self.view = EntryView(self.model, self._pages)
        self.empty = EmptyState(self._pages)
        self._start_button = self.empty.add_button(tr("Quick start…"))
        self._add_button = self.empty.add_button(tr("Add an entry"))
        self._clear_button = self.empty.add_button(tr("Clear the search"))
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self.verbs = EntryActions(self.tracking, self.view, self.view)
        self.view.button_clicked.connect(self.verbs.press_button)
        self.notice = Notice(self)
        self.footer = Footer(self.verbs.all, self)
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addLayout(self._above)
        layout.addWidget(self._pages, 1)
        layout.addLayout(self._below)
        layout.addWidget(self.notice)
        layout.addWidget(self.footer)

    def _connect(self) -> None:
        tracking = self.tracking
        tracking.changed.connect(self._on_changed)
        tracking.failed.connect(self._on_failed)
        self.model.failed.connect(self._on_failed)
        self.toolbar.search.textChanged.connect(self._on_search)
        self.toolbar.search.left.connect(self._on_search_left)
        self.toolbar.similar.clicked.connect(self._on_similar)
        self.toolbar.gaps.clicked.connect(self._on_gaps)
        self.toolbar.filters_changed.connect(self._on_search)
        self.footer.undo.clicked.connect(tracking.undo)
        self.footer.redo.clicked.connect(tracking.redo)
        self.toolbar.add.clicked.connect(self.open_add)
        self._start_button.clicked.connect(self.quick_start_wanted)
        self._add_button.clicked.connect(self.open_add)
        self._clear_button.clicked.connect(self.toolbar.clear)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.edit_wanted.connect(self._on_double_click)
        self.view.gap_filled.connect(self._on_gap)
        self.view.gap_choices_wanted.connect(self._ask_about_gap)
        self.view.typed.connect(self._on_typed)
        self.view.swept.connect(self._show_page)
        self.view.swept.connect(self._on_swept)
        self.model.rowsRemoved.connect(self._on_rows_removed)
        self.model.modelReset.connect(self._on_rows_removed)
        self.verbs.edit_wanted.connect(self.open_editor)
        self.verbs.split_wanted.connect(self.open_split)
        self.verbs.message.connect(self._on_message)
        change_notice.BarButtons(self.notice, self.tracking)
        for keys, do in (
            ("Ctrl+Z", tracking.undo),
            ("Ctrl+Shift+Z", tracking.redo),
            ("Ctrl+F", self.focus_search),
            ("Ctrl+N", self.quick_start_wanted),
            ("Ctrl+Shift+N", self.open_add),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    @Slot(object)
    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = self.model.times = times
        self.view.viewport().update()

    @Slot(object)
    def use_options(self, options: ListOptions) -> None:
        """Show the list this way from now on."""
        for button, on in (
            (self.toolbar.similar, options.similar),
            (self.toolbar.gaps, options.gaps),
        ):
            button.setChecked(on)
        self.view.use_density(options.density)
        arranging = Arranging(options.similar, options.gaps)
        if arranging != self.model.arranging:
            self.model.arrange(arranging)
            self.view.fill()

    @Slot(bool)
    def _on_similar(self, on: bool) -> None:
        self.setting_chosen.emit("group_similar", on)

    @Slot(bool)
    def _on_gaps(self, on: bool) -> None:
        self.setting_chosen.emit("show_gaps", on)

    # Panels

    @Slot()
    def focus_search(self) -> None:
        """Put the caret into the search field."""
        self.toolbar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.toolbar.search.selectAll()

    @Slot()
    def open_editor(self, part: EntryField = EntryField.DESCRIPTION) -> None:
        """Edit the selected entry in its row; several of them in a panel below."""
        from tray.ui.entries.editor import EntryEditor

        ids = self.view.selected_ids()
        if len(ids) > 1:
            self._open_bulk(ids)
            return
        entry = self._selected()
        if entry is not None and self._leave_panel():
            editor = EntryEditor(entry, self.tracking, self._times, self)
            self._open_in_row(editor, entry)
            editor.focus(part)

    @Slot(object)
    def edit(self, entry_id: int) -> None:
        """Show one entry, with its editor open."""
        found = stored.by_ids(self.tracking.db, [entry_id])
        self.toolbar.clear()
        if found and self._leave_panel():
            self.view.select(entry_id, found[0].start, alone=True)
            self.open_editor()

    def put_on_top(self, widget: QWidget) -> None:
        """Show this above everything else of the page."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101  # as it was built
        layout.insertWidget(0, widget)

    @Slot(object)
    def show_day(self, day: date) -> None:
        """Go to the latest entry that was started on a day."""
        begin, end = self.tracking.calendar.day(day)
        found = stored.starting_between(self.tracking.db, begin, end)
        if found and self._leave_panel():
            self.toolbar.clear()
            self.view.select(found[0].id, found[0].start)
            heading = self.model.index(max(0, self.view.currentIndex().row() - 1), 0)
            self.view.scrollTo(heading, EntryView.ScrollHint.PositionAtTop)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def open_split(self) -> None:
        """Ask where to split the selected entry."""
        from tray.ui.entries.split import SplitPanel

        entry = self._selected()
        if entry is not None and self._leave_panel():
            panel = SplitPanel(entry, self.tracking, self._times, self)
            self._open_in_row(panel, entry)
            panel.focus()

    @Slot()
    def open_add(self) -> None:
        """Open the editor of a new entry."""
        if self.adding is None:
            calendar, now = self.tracking.calendar, clock.now()
            last = stored.last_stop(self.tracking.db, now=now)
            self.add_between(*usual_span(last, calendar=calendar, now=now))
        else:
            self.adding.focus()

    def add_between(self, start: int, stop: int) -> None:
        """Open the editor of a new entry with these times."""
        from tray.ui.entries.editor import EntryEditor, new_entry

        editor = EntryEditor(new_entry(start, stop), self.tracking, self._times, self)
        self._open_drawer(editor, self._above)
        editor.focus()

    @Slot(object, int)
    def _on_gap(self, gap: EmptyTime, choice: int) -> None:
        """Fill a gap: with what was before it, what came after it, or something else."""
        db = self.tracking.db
        changes: list[tuple[int, Changes]] = [
            (gap.before_id, {"stop": gap.end}),
            (gap.after_id, {"start": gap.begin}),
        ]
        if choice >= len(changes):
            self.add_between(gap.begin, gap.end)
            return
        entry_id, change = changes[choice]
        if self.tracking.run(lambda now: entries.edit(db, [entry_id], change, now=now)):
            self._on_message(tr("The gap is filled."))

    @Slot(object, QPoint)
    def _ask_about_gap(self, gap: EmptyTime, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice, text in enumerate(captions.gap_choices()):
            menu.addAction(text).triggered.connect(partial(self._on_gap, gap, choice))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(place)

    @property
    def adding(self) -> "EntryEditor | None":
        """The editor of a new entry, while it is open."""
        from tray.ui.entries.editor import EntryEditor

        return self.drawer if isinstance(self.drawer, EntryEditor) else None

    def _open_bulk(self, ids: list[int]) -> None:
        from tray.ui.entries.bulk import BulkPanel

        if self._leave_panel():
            panel = BulkPanel(ids, self.tracking, self)
            self._open_drawer(panel, self._below)
            panel.focus()

    def _open_in_row(self, panel: Panel, entry: TimeEntry) -> None:
        panel.closed.connect(self.view.close_panel)
        panel.done.connect(self._on_done)
        self.view.select(entry.id, entry.start)
        self.view.open_panel(panel, PinnedEntry(entry.start, entry.id))

    def _open_drawer(self, panel: Panel, place: QVBoxLayout) -> None:
        self._close_drawer()
        self.drawer = panel
        panel.closed.connect(self._close_drawer)
        panel.done.connect(self._on_done)
        place.addWidget(panel)
        panel.follow(self.toolbar.add if place is self._above else self.view)
        place.setContentsMargins(MARGIN, UNIT if place is self._below else 0, MARGIN, UNIT)

    @Slot()
    def _close_drawer(self) -> None:
        panel, self.drawer = self.drawer, None
        if panel is not None:
            panel.hide()
            panel.deleteLater()
            for place in (self._above, self._below):
                place.removeWidget(panel)
                place.setContentsMargins(0, 0, 0, 0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_panel(self) -> bool:
        """Leave what is open in a row; False if it stays, so that nothing typed is lost."""
        if self.view.panel is not None:
            self.view.panel.leave()
        return self.view.panel is None

    def _selected(self) -> TimeEntry | None:
        """The one entry that is selected."""
        return next(iter(self.view.selected(most=1)), None)

    # What the parts tell

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        if not self.isVisible():
            return
        self.toolbar.show_state(state, self.tracking.calendar)
        self.footer.show_state(state)
        self.model.conditions = self._conditions()  # what is looked for may be named anew
        self.view.refresh()
        if self.view.panel is not None:
            self.view.panel.refresh()
        self._on_selection()
        self._follow()

    @Slot(object)
    def _on_failed(self, sentence: object) -> None:
        panels = (self.view.panel, self.drawer)
        beside_field = any(panel is not None and panel.saving for panel in panels)
        if self.isVisible() and not beside_field:
            self.notice.tell(str(sentence), bad=True)

    @Slot(object)
    def _on_message(self, sentence: object) -> None:
        step = self.tracking.snapshot.undo
        self.notice.tell(str(sentence), step_id=step.id if step else None)

    @Slot(object)
    def _on_done(self, done: object) -> None:
        """A panel has done its work: show what became of it."""
        assert isinstance(done, PanelResult)  # noqa: S101  # the signal carries nothing else
        entry = done.outcome.entry
        if entry is not None and len(self.view.selected_ids()) < 2:
            self.view.select(entry.id, entry.start)
        message = in_a_row((done.message, *done.outcome.remarks))
        if message:
            over = entry.id if entry is not None and done.outcome.overlaps else None
            step_id = done.outcome.step_id or None
            self.notice.tell(message, step_id=step_id, trim_id=over)

    @Slot()
    def _on_search(self) -> None:
        span = span_of(self.toolbar.filters.days, self.tracking.calendar)
        self.model.look_for(self._conditions(), span)
        self.view.scrollToTop()
        self.view.fill()

    def _conditions(self) -> tuple[Condition, ...]:
        typed, filters = self.toolbar.search.text(), self.toolbar.filters
        return conditions(typed, filters, self.tracking.snapshot.names)

    @Slot()
    def _on_search_left(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.choose_near(0)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.toolbar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.toolbar.search.setText(text)

    @Slot()
    def _on_rows_removed(self) -> None:
        self._rows_removed = True

    @Slot()
    def _on_swept(self) -> None:
        """What is hidden, by a search for one, is selected no more, and Qt does not say so."""
        if self._rows_removed:
            self._rows_removed = False
            self._on_selection()

    @Slot()
    def _on_selection(self) -> None:
        self.verbs.update()
        count = len(self.view.selected_ids())
        self.footer.show_selection(count, self.view.selected(most=MOST_SUMMED))

    @Slot(QPoint)
    def _on_double_click(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        self.view.choose(index)
        self.open_editor(self.view.part_at(place))

    @Slot()
    def _show_page(self) -> None:
        """The list, or why there is none."""
        self._show_hits()
        if self.model.rowCount():
            self._pages.setCurrentWidget(self.view)
        if self.model.rowCount() or not self.model.complete:
            return
        looking, words = self.toolbar.is_looking, self.toolbar.search.text().strip()
        if words:
            self.empty.say(
                tr("No entry fits “{words}”").format(words=words),
                tr("Every word has to be in the description, the project or a tag."),
            )
        elif looking:
            self.empty.say(
                tr("No entry fits these filters"), tr("Remove one of them, or list more days.")
            )
        else:
            self.empty.say(
                tr("Nothing tracked yet"),
                tr("Start with what you are doing now; all that you track is listed here by day."),
            )
        self._start_button.setVisible(not looking)
        self._add_button.setVisible(not looking)
        self._clear_button.setVisible(looking)
        self._pages.setCurrentWidget(self.empty)

    # Time

    def _tick(self) -> None:
        self.model.tick()
        self._show_hits()
        if self.view.panel is not None:
            self.view.panel.tick()

    def _show_hits(self) -> None:
        """How much was found."""
        if self.toolbar.is_looking:
            number, seconds = self.model.hits
            length = self._times.length(seconds)
            self.toolbar.show_hits(number, length, complete=self.model.complete)
        self.toolbar.hits.setVisible(self.toolbar.is_looking)

    @Slot()
    def _on_midnight(self) -> None:
        """Today is another day."""
        self.tracking.refresh()
        self.view.viewport().update()

    def _follow(self) -> None:
        """Tick while something runs and somebody looks; wake up when the day is over."""
        running = self.tracking.snapshot.running
        self._ticker.follow(running.start if running and self.isVisible() else None)
        if self.isVisible():
            calendar = self.tracking.calendar
            end = calendar.day(calendar.day_of(clock.now()))[1]
            self._midnight.start(max(1, end - clock.now()) * 1000)
        else:
            self._midnight.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_changed(self.tracking.snapshot)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.view.pause()
        self._follow()
