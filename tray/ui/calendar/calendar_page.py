"""The page itself: reads the days that are shown, and carries out what the grid tells of."""

import gc
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tray import clock
from tray.language import in_a_row, tr
from tray.model import day_names, formats
from tray.model.calendar_event import CalendarEvent
from tray.model.day_grid.day_columns import Block, DayColumn, DayGap, day_columns
from tray.model.day_grid.time_axis import TimeAxis, time_axis
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry
from tray.model.filters import DayRange
from tray.model.formats import TimeFormat
from tray.model.limits import FIRST_YEAR, LAST_YEAR
from tray.model.week import first_day
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.store import feeds
from tray.store.conditions import conditions
from tray.ui import change_notice, wording
from tray.ui.calendar.block_texts import BlockTexts
from tray.ui.calendar.calendar_bar import DAY, WEEK, CalendarBar
from tray.ui.calendar.day_heads import DayHeads, HeadContent
from tray.ui.calendar.editor_card import EditorCard
from tray.ui.calendar.grid_changes import GridChanges
from tray.ui.calendar.grid_paint import Dragged
from tray.ui.calendar.grid_view import BEHIND
from tray.ui.calendar.week_grid import WeekGrid
from tray.ui.entries import captions, filter_choices
from tray.ui.entries.actions import EntryActions
from tray.ui.entries.panel import Panel, PanelResult
from tray.ui.entries.row_layout import MARGIN
from tray.ui.notice import Notice
from tray.ui.windows import tab_order

_DAYS: Final = {WEEK: 7, DAY: 1}


class CalendarPage(QWidget):
    """A week or a day; every verb of the tracker that concerns one entry can be reached from it."""

    quick_start_wanted = Signal()
    feeds_wanted = Signal()
    """Calendars are to be added or removed."""

    def __init__(
        self, tracking: Tracking, times: TimeFormat, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tracking = tracking
        self._times = times
        self.view = WEEK
        self.day = tracking.calendar.day_of(clock.now())
        """One of those that are shown."""
        self._entries: Sequence[TimeEntry] = ()
        self._events: Sequence[CalendarEvent] = ()
        self._fitting: set[int] | None = None
        self._axis = TimeAxis((), 0, ())
        self._draft: Dragged | None = None
        self._minute = QTimer(self)
        self._minute.setObjectName("calendar minute")
        self._minute.setSingleShot(True)
        self._minute.timeout.connect(self._on_minute)
        self._build()
        self._connect()
        gc.freeze()  # or paging stands still while all that was loaded is looked through

    def _build(self) -> None:
        self.bar = CalendarBar(self)
        self.bar.show_view(self.view)
        self.heads = DayHeads(self)
        self.grid = WeekGrid(self)
        self.notice = Notice(self)
        self.card = EditorCard(self)
        self.verbs = EntryActions(self.tracking, self.grid, self)
        self._changes = GridChanges(self.tracking, self._times, self)
        days = QVBoxLayout()
        days.setContentsMargins(MARGIN, 0, 0, 0)
        days.setSpacing(0)
        days.addWidget(self.heads)
        days.addWidget(self.grid, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(days, 1)
        layout.addWidget(self.notice)
        self.setFocusProxy(self.grid)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        tab_order((*self.bar.stops, self.grid))

    def _connect(self) -> None:
        tracking, grid = self.tracking, self.grid
        tracking.changed.connect(self._on_changed)
        tracking.failed.connect(self._on_failed)
        self.bar.paged.connect(self.page_by)
        self.bar.today_wanted.connect(self.show_today)
        self.bar.view_chosen.connect(self.use_view)
        self.bar.filters_changed.connect(self.refresh)
        self.bar.feeds_changed.connect(self.refresh)
        self.bar.feeds_wanted.connect(self.feeds_wanted)
        self.heads.day_wanted.connect(self._on_head)
        grid.touched.connect(self.card.leave)
        grid.page_wanted.connect(self.page_by)
        grid.chosen_changed.connect(self.verbs.update)
        grid.changed_wanted.connect(self._on_dragged)
        grid.edit_wanted.connect(self.open_editor)
        grid.taken.connect(self._on_taken)
        grid.gap_wanted.connect(self._on_gap)
        grid.customContextMenuRequested.connect(self._on_menu)
        grid.verticalScrollBar().valueChanged.connect(self._follow_card)
        self.verbs.edit_wanted.connect(self.open_editor)
        self.verbs.split_wanted.connect(self.open_split)
        self.verbs.message.connect(self._on_message)
        self._changes.done.connect(self._tell_of)
        change_notice.BarButtons(self.notice, self.tracking)
        for keys, do in (
            ("Ctrl+Z", tracking.undo),
            ("Ctrl+Shift+Z", tracking.redo),
            ("Ctrl+F", self.bar.open_filter),
            ("Ctrl+N", self.quick_start_wanted),
            ("Alt+Home", self.show_today),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    # Which days are shown

    @property
    def days(self) -> list[date]:
        """The days that are shown."""
        first = self.day
        if self.view == WEEK:
            first = first_day(first, self.tracking.calendar)
        return [first + timedelta(days=at) for at in range(_DAYS[self.view])]

    @Slot(int)
    def page_by(self, pages: int) -> None:
        """Show the days before, or after."""
        self.show_day(self.day + timedelta(days=pages * _DAYS[self.view]))

    @Slot(object)
    def show_day(self, day: date) -> None:
        """Show the page that a day is on."""
        if FIRST_YEAR <= day.year <= LAST_YEAR and self.card.leave():
            self.day = day
            self.refresh()

    @Slot()
    def show_today(self) -> None:
        """Show where now is."""
        self.show_day(self.tracking.calendar.day_of(clock.now()))
        self.grid.show_usual()

    @Slot(str)
    def use_view(self, view: str) -> None:
        """Show a week or a day."""
        if view != self.view and self.card.leave():
            self.view = view
            self.bar.show_view(view)
            self.refresh()

    @Slot(object)
    def _on_head(self, day: date) -> None:
        self.day = day
        self.use_view(DAY if self.view == WEEK else WEEK)

    @Slot(object)
    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = self._changes.times = times
        self.refresh()

    # What is shown

    @Slot()
    def refresh(self) -> None:
        """Read what lies in the days that are shown."""
        if not self.isVisible():
            return
        db, now, state = self.tracking.db, clock.now(), self.tracking.snapshot
        self.bar.show_names(state.names)
        self._axis = time_axis(self.days, self.tracking.calendar)
        spans = [self._axis.span(column) for column in range(len(self._axis.columns))]
        begin = min((each[0] for each in spans if each[1]), default=0)
        end = max(each[1] for each in spans)
        self._entries = stored.overlapping(db, begin, end)
        wanted = conditions("", self.bar.filters, state.names)
        self._fitting = None
        if wanted:
            found = stored.spans_between(db, begin, end, now=now, conditions=wanted)
            self._fitting = {each.id for each in found}
        self.bar.show_feeds(feeds.everything(db))
        found_events = feeds.events_between(db, begin, end, self.tracking.calendar.zone)
        self._events = [each for each in found_events if each.feed_id not in self.bar.hidden]
        self._show()

    def _show(self) -> None:
        """Show how things are up to now."""
        now, state = clock.now(), self.tracking.snapshot
        columns = day_columns(
            self._axis, self._entries, self._events, fitting=self._fitting, now=now
        )
        texts = BlockTexts(state.names, self._times)
        calendar = self.tracking.calendar
        self.grid.show_days(self._axis, self.days, columns, texts, calendar, now=now)
        self.grid.setAccessibleName(tr("Calendar, {days}").format(days=self._title()))
        self._show_totals(columns, state, calendar.day_of(now))
        self._minute.start(1000 * (MINUTE - now % MINUTE))

    def _show_totals(self, columns: Sequence[DayColumn], state: Snapshot, today: date) -> None:
        longest = max((each.seconds for each in columns), default=0)
        self.heads.show_days(
            [
                HeadContent(day, each.seconds, state.goals.day, longest, day == today, each.all_day)
                for day, each in zip(self.days, columns, strict=True)
            ],
            gutter=self.grid.gutter,
            behind=BEHIND,
        )
        seconds = sum(each.seconds for each in columns)
        goal = state.goals.week if self.view == WEEK else state.goals.day
        self.bar.show_page(
            self._title(),
            formats.length(seconds),
            wording.goal_left(seconds, goal),
            is_now=today in self.days,
        )

    def _title(self) -> str:
        if self.view == DAY:
            return day_names.weekday_date(self.day)
        return filter_choices.days_name(DayRange(self.days[0], self.days[-1]))

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        if not self.isVisible():
            return
        self.refresh()
        if self.card.panel is not None:
            self.card.panel.refresh()

    @Slot()
    def _on_minute(self) -> None:
        """What runs has grown, and now is later."""
        if self.card.panel is not None:
            self.card.panel.tick()
        self._show()

    # The selection, for the verbs

    def selected_ids(self) -> list[int]:
        """The id of the entry that is chosen."""
        return [each.id for each in self.selected(1)]

    def first_selected(self) -> int:
        """There are no rows."""
        return 0

    def selected(self, most: int) -> list[TimeEntry]:
        """The entry that is chosen, if any is."""
        entry = self.grid.chosen.entry if self.grid.chosen else None
        return [entry] if entry is not None and most else []

    def select(self, entry_id: int, start: int) -> None:
        """Show an entry, and choose it."""
        day = self.tracking.calendar.day_of(start)
        if day not in self.days:
            self.day = day
            self.refresh()
        found = [each for each in self.grid.blocks() if each.entry and each.entry.id == entry_id]
        if found:
            self.grid.choose(found[0])

    def choose_near(self, row: int) -> None:
        """Nothing stands in place of what was deleted."""

    # What the grid tells of

    @Slot(object)
    def _on_dragged(self, wanted: Dragged) -> None:
        """Make, move, stretch or copy."""
        if not self.card.leave():
            return
        block = wanted.of
        if block is None:
            self.add_between(wanted.start, wanted.stop or clock.now())
        elif isinstance(block.of, CalendarEvent):
            self._changes.track(block.of, wanted.start, wanted.stop or block.of.stop)
        elif wanted.copies:
            self._changes.copy(block.of, wanted)
        else:
            self._changes.move(block.of, wanted)

    @Slot(object)
    def _on_taken(self, block: Block) -> None:
        """Make an entry of an event."""
        if isinstance(block.of, CalendarEvent) and self.card.leave():
            self._changes.track(block.of, block.of.start, block.of.stop)

    @Slot(object)
    def _on_gap(self, gap: DayGap) -> None:
        if self.card.leave():
            self.add_between(gap.begin, gap.end)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        """What a gap can be filled with; what can be done with an entry the verbs offer."""
        if self.grid.chosen is not None:
            return
        where = place + QPoint(0, self.grid.verticalScrollBar().value())
        gap = self.grid.geometry_of_days.gap(self.grid.columns, where.toPointF())
        if gap is None:
            return
        menu = QMenu(self.grid)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        before, after, other = captions.gap_choices()
        done = next((each for each in self._entries if each.stop == gap.begin), None)
        if done is not None:  # what runs up to now cannot be lengthened
            menu.addAction(before).triggered.connect(lambda: self._changes.widen_before(done, gap))
        following = next(each for each in self._entries if each.start == gap.end)
        menu.addAction(after).triggered.connect(lambda: self._changes.widen_after(following, gap))
        menu.addAction(other).triggered.connect(lambda: self._on_gap(gap))
        menu.popup(self.grid.viewport().mapToGlobal(place))

    # Panels

    def add_between(self, start: int, stop: int) -> None:
        """Open the editor of a new entry with these times, right there."""
        from tray.ui.entries.editor import EntryEditor, new_entry

        editor = EntryEditor(new_entry(start, stop), self.tracking, self._times, self)
        editor.drawn = start, stop
        editor.refresh()
        editor.times.changed.connect(self._on_draft_times)
        self._open(editor, Dragged(start, stop))
        editor.focus()

    @Slot()
    def open_editor(self) -> None:
        """Edit the entry that is chosen, right there."""
        from tray.ui.entries.editor import EntryEditor

        entry = next(iter(self.selected(1)), None)
        if entry is not None and self.card.leave():
            editor = EntryEditor(entry, self.tracking, self._times, self)
            self._open(editor)
            editor.focus()

    @Slot()
    def open_split(self) -> None:
        """Ask where to split the entry that is chosen."""
        from tray.ui.entries.split import SplitPanel

        entry = next(iter(self.selected(1)), None)
        if entry is not None and self.card.leave():
            panel = SplitPanel(entry, self.tracking, self._times, self)
            self._open(panel)
            panel.focus()

    def _open(self, panel: Panel, draft: Dragged | None = None) -> None:
        self._draft = draft
        self.grid.show_draft(draft)
        panel.closed.connect(self._on_panel_closed)
        panel.done.connect(self._tell_of)
        panel.follow(self.grid)
        self.card.open(panel, self._about())

    def _about(self) -> QRect:
        """Where what the panel is about is seen."""
        area = QRect(0, 0, 1, 1)
        if self._draft is not None:
            area = self.grid.on_screen(self._draft.start, self._draft.stop or self._draft.start)
        elif self.grid.chosen is not None:
            area = self.grid.area_of(self.grid.chosen)
        return QRect(self.grid.viewport().mapTo(self, area.topLeft()), area.size())

    @Slot()
    def _follow_card(self) -> None:
        if self.card.panel is not None:
            self.card.place(self._about())

    @Slot()
    def _on_draft_times(self) -> None:
        from tray.ui.entries.editor import EntryEditor

        panel = self.card.panel
        if isinstance(panel, EntryEditor) and self._draft is not None:
            begin, end = panel.times.begin, panel.times.end
            if end is not None and end > begin:
                self._draft = Dragged(begin, end)
                self.grid.show_draft(self._draft)

    @Slot()
    def _on_panel_closed(self) -> None:
        self._draft = None
        self.grid.show_draft(None)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is said of it

    @Slot(object)
    def _tell_of(self, done: PanelResult) -> None:
        """Say what was done, with a way back."""
        outcome = done.outcome
        entry = outcome.entry
        if entry is not None and entry.id not in self.selected_ids():
            self.select(entry.id, entry.start)
        message = in_a_row((done.message, *outcome.remarks))
        if message:
            over = entry.id if entry is not None and outcome.overlaps else None
            self.notice.tell(message, step_id=outcome.step_id or None, trim_id=over)

    @Slot(object)
    def _on_failed(self, sentence: object) -> None:
        beside_field = self.card.panel is not None and self.card.panel.saving
        if self.isVisible() and not beside_field:
            self.notice.tell(str(sentence), bad=True)

    @Slot(object)
    def _on_message(self, sentence: object) -> None:
        step = self.tracking.snapshot.undo
        self.notice.tell(str(sentence), step_id=step.id if step else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_card()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()
