"""The second face of the Timer page: reads a week, and has its cells carried out."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from tray import clock
from tray.errors import TrayError
from tray.language import in_a_row, tr
from tray.model import day_names, formats
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.presence.hours import parse_hours
from tray.model.sheet_plan import plan_length
from tray.model.sheet_rows import SheetKey, days_of, sheet_rows
from tray.model.typed_times import read_hours
from tray.model.week import first_day
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.tracker import catalogue, timesheet
from tray.tracker.outcome import Outcome
from tray.tracker.timesheet import SheetRules
from tray.ui import change_notice
from tray.ui.entries.empty import EmptyState
from tray.ui.list_options import ListOptions
from tray.ui.notice import Notice
from tray.ui.projects.card import Card
from tray.ui.theme import UNIT
from tray.ui.ticker import Ticker
from tray.ui.timesheet.cell_hint import CellHint
from tray.ui.timesheet.day_line import DayLine, LineTexts
from tray.ui.timesheet.plan_words import plan_words
from tray.ui.timesheet.row_adder import RowAdder, RowChoice
from tray.ui.timesheet.sheet_head import SheetHead
from tray.ui.timesheet.sheet_model import FIRST_DAY, SheetModel, ShownRow, cell_title
from tray.ui.timesheet.sheet_view import SheetView
from tray.ui.timesheet.shown_rows import choices, shown_row

_WEEK: Final = timedelta(days=7)
_HINT_HEIGHT: Final = 10 * UNIT


class TimesheetPage(QWidget):
    """Reads the entries of its week alone, however long the history is."""

    def __init__(
        self, tracking: Tracking, times: TimeFormat, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tracking = tracking
        self._times = times
        self._rules = SheetRules(tracking.calendar, parse_hours(""))
        self._back = 0
        """How many weeks before this one it shows."""
        self._entries: list[TimeEntry] = []
        self._order: dict[date, list[SheetKey]] = {}
        """Of each week the rows in the order in which they came, those without time too."""
        self._minute = Ticker(MINUTE, self._show, self, name="timesheet elapsed")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = SheetHead(self)
        self.model = SheetModel(self)
        self.card = Card(self)
        self.view = SheetView(self.model, self.card)
        self.view.setAccessibleName(tr("Timesheet"))
        self.card.add(self.view, 1)
        self.days = DayLine(self.view, self, sums=False)
        self.sums = DayLine(self.view, self, sums=True)
        self.adder = RowAdder(self._choices, self.sums)
        self.below = QWidget(self)
        self.below.setFixedHeight(_HINT_HEIGHT)
        self.hint = CellHint(self.below)
        self.notice = Notice(self)
        grid = QWidget(self)
        column = QVBoxLayout(grid)
        column.setContentsMargins(2 * UNIT, 0, 2 * UNIT, 0)
        column.setSpacing(0)
        column.addWidget(self.days)
        column.addWidget(self.card, 1000)
        column.addWidget(self.sums)
        column.addWidget(self.below)
        column.addStretch(1)
        self.empty = EmptyState(self)
        self.empty.say(
            tr("Nothing in this week yet"),
            tr("Add the projects you worked on and type how long, or take over the week before."),
        )
        self._copy_button = self.empty.add_button(tr("Copy the week before"))
        self._add_button = self.empty.add_button(tr("Add a project"))
        self.pages = QStackedWidget(self)
        self.pages.addWidget(grid)
        self.pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.notice)

    def _connect(self) -> None:
        self.tracking.changed.connect(self._on_changed)
        self.tracking.failed.connect(self._on_failed)
        self.head.earlier.clicked.connect(self.show_earlier)
        self.head.later.clicked.connect(self.show_later)
        self.head.tasks.toggled.connect(self._on_tasks)
        self.head.copy_rows.triggered.connect(self.copy_rows)
        self.head.copy_lengths.triggered.connect(self.copy_lengths)
        self._copy_button.clicked.connect(self.copy_lengths)
        self._add_button.clicked.connect(self.open_add)
        self.adder.chosen.connect(self.add_row)
        self.adder.project_wanted.connect(self._on_project_wanted)
        self.adder.left.connect(self._to_grid)
        self.adder.closed.connect(self._show_empty)
        delegate = self.view.delegate
        delegate.typed.connect(self._on_typed)
        delegate.entered.connect(self._on_entered)
        delegate.closeEditor.connect(self._on_closed)
        self.view.cleared.connect(self._on_cleared)
        self.view.resized.connect(self._place_adder)
        change_notice.BarButtons(self.notice, self.tracking).undone.connect(self._to_grid)
        for keys, do in (
            ("Ctrl+Z", self.tracking.undo),
            ("Ctrl+Shift+Z", self.tracking.redo),
            ("Alt+Left", self.show_earlier),
            ("Alt+Right", self.show_later),
            ("Ctrl+N", self.open_add),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    @Slot(object)
    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = times

    @Slot(object)
    def use_options(self, options: ListOptions) -> None:
        """Have rows as high, and days begin, as was chosen."""
        self._rules = self._rules._replace(hours=parse_hours(options.working_hours))
        self.view.use_density(options.density)
        self._fit_card()

    # What is shown

    @property
    def first(self) -> date:
        """The first day of the week that is shown."""
        calendar = self.tracking.calendar
        return first_day(calendar.day_of(clock.now()), calendar) - self._back * _WEEK

    @Slot()
    def show_earlier(self) -> None:
        """Show the week before."""
        self._back += 1
        self._read()

    @Slot()
    def show_later(self) -> None:
        """Show the week after; that may be one to come."""
        self._back -= 1
        self._read()

    def _read(self) -> None:
        if self.view.is_editing:
            return  # what is being typed stays; the rest is shown when it is finished
        self._rules = self._rules._replace(calendar=self.tracking.calendar)
        self._entries = self._entries_of(self.first)
        running = self.tracking.snapshot.running
        self._minute.follow(running.start if running and self.isVisible() else None)
        self._show()

    def _entries_of(self, first: date) -> list[TimeEntry]:
        calendar, db = self.tracking.calendar, self.tracking.db
        begin, end = calendar.begin(first), calendar.begin(first + _WEEK)
        return list(stored.each_overlapping(db, begin, end, now=clock.now()))

    def _keys_of(self, first: date) -> list[SheetKey]:
        rules, now = self._rules, clock.now()
        found = self._entries_of(first)
        rows = sheet_rows(found, first, rules.calendar, by_task=rules.by_task, now=now)
        return [row.key for row in rows]

    def _show(self) -> None:
        """Show how things are up to now."""
        if self.view.is_editing:
            return
        first, rules, now = self.first, self._rules, clock.now()
        lengths = {
            row.key: row.seconds
            for row in sheet_rows(
                self._entries, first, rules.calendar, by_task=rules.by_task, now=now
            )
        }
        names = self.tracking.snapshot.names
        order = self._order.setdefault(first, [])
        order += [key for key in lengths if key not in order]
        order[:] = [key for key in order if key in lengths or shown_row(key, names)]
        rows = [row for key in order if (row := shown_row(key, names, lengths.get(key)))]
        chosen = self.view.chosen()
        self.model.show(rows, days_of(first))
        self._choose_again(chosen)
        self._show_lines(rows, rules.calendar.day_of(now))
        self._show_empty()

    def _choose_again(self, chosen: tuple[SheetKey, int] | None) -> None:
        if chosen is not None:
            self.view.choose(*chosen)
        if not self.view.currentIndex().isValid() and self.model.rows:
            self.view.setCurrentIndex(self.model.index(0, FIRST_DAY))

    def _show_lines(self, rows: list[ShownRow], today: date) -> None:
        days = self.model.days
        at = days.index(today) if today in days else -1
        names = [day_names.short_weekday_day(day) for day in days]
        self.days.show_texts(LineTexts(names, tr("Total"), at))
        sums = [sum(row.seconds[at] for row in rows) for at in range(len(days))]
        texts = [formats.length(seconds) if seconds else "" for seconds in sums]
        self.sums.show_texts(LineTexts(texts, formats.length(sum(sums))))
        self.head.show_week(days)
        self._fit_card()

    def _fit_card(self) -> None:
        margins = self.card.contentsMargins()
        height = self.view.delegate.row_height() * max(1, self.model.rowCount())
        self.card.setMaximumHeight(height + margins.top() + margins.bottom() + UNIT)
        self._place_adder()

    @Slot()
    def _place_adder(self) -> None:
        width = max(UNIT, self.sums.name_width() - UNIT)
        self.adder.setGeometry(UNIT // 2, 0, width, self.sums.height())

    @Slot()
    def _show_empty(self) -> None:
        """The grid, or that there is nothing in it; the keys are where one goes on."""
        adding = not self.adder.edit.isHidden()
        if self.model.rows or adding:
            self.pages.setCurrentIndex(0)
        else:
            self.pages.setCurrentWidget(self.empty)
        shown = self.view if self.model.rows else self._copy_button
        focus = QApplication.focusWidget()
        if self.focusProxy() is not shown:
            self.setFocusProxy(shown)
            if focus is not None and self.isAncestorOf(focus) and not adding:
                shown.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is typed

    @Slot(object, str)
    def _on_typed(self, index: QModelIndex, text: str) -> None:
        """Say what the length in a cell will make."""
        row, day, delegate = self.model.rows[index.row()], self.model.day(index), self.view.delegate
        now, title = clock.now(), cell_title(row.title, day, text.strip())
        delegate.possible = True
        try:
            seconds = read_hours(text)
            title = cell_title(row.title, day, formats.length(seconds))
            there = timesheet.day_of_sheet(self.tracking.db, day, self._rules)
            planned = plan_length(row.key, seconds, there, by_task=self._rules.by_task, now=now)
            sentence = plan_words(planned, self._times, now=now)
        except TrayError as error:
            delegate.possible, sentence = False, str(error)
        area = self.view.visualRect(index)
        middle = self.view.viewport().mapTo(self, area.center()) - self.below.mapTo(self, QPoint())
        self.hint.tell(title, sentence, bad=not delegate.possible, middle=middle.x())

    @Slot(object, str)
    def _on_entered(self, index: QModelIndex, text: str) -> None:
        key, day = self.model.rows[index.row()].key, self.model.day(index)
        self._set(key, day, read_hours(text))

    @Slot(QModelIndex)
    def _on_cleared(self, index: QModelIndex) -> None:
        self._set(self.model.rows[index.row()].key, self.model.day(index), 0)

    def _set(self, key: SheetKey, day: date, seconds: int) -> None:
        db, rules = self.tracking.db, self._rules
        self.tracking.run(
            lambda now: timesheet.set_length(db, key, day, seconds, rules=rules, now=now)
        )

    @Slot()
    def _on_closed(self) -> None:
        self.hint.hide()
        self._read()

    # Rows and weeks

    def _choices(self) -> list[RowChoice]:
        return choices(self.tracking.snapshot.names, self.model, by_task=self._rules.by_task)

    @Slot()
    def open_add(self) -> None:
        """Let a project be named."""
        self.pages.setCurrentIndex(0)
        self.adder.open()

    @Slot(object)
    def add_row(self, key: SheetKey) -> None:
        """Have a row, and go to its first cell."""
        self._add_rows([key])
        self.view.choose(key)
        self._to_grid()

    def _add_rows(self, keys: list[SheetKey]) -> int:
        order = self._order.setdefault(self.first, [])
        new = [key for key in keys if key not in order]
        order += new
        self._read()
        return len(new)

    @Slot(str)
    def _on_project_wanted(self, name: str) -> None:
        db = self.tracking.db
        made = self.tracking.run(lambda now: catalogue.create_project(db, name, now=now))
        if made is not None:
            self.add_row(SheetKey(made.created_id))

    @Slot()
    def copy_rows(self) -> None:
        """Have the rows of the week before, without any time in them."""
        if self._add_rows(self._keys_of(self.first - _WEEK)):
            self._to_grid()
        else:
            self.notice.tell(tr("The week before has no other rows."))

    @Slot()
    def copy_lengths(self) -> None:
        """Have the rows of the week before with their lengths, where there is no time yet."""
        db, rules, target = self.tracking.db, self._rules, self.first
        keys = self._keys_of(target - _WEEK)
        done = self.tracking.run(
            lambda now: timesheet.copy_week(db, target - _WEEK, target, rules=rules, now=now)
        )
        if done is not None:
            self._add_rows(keys)
            self._tell(done)
            self._to_grid()

    def _tell(self, done: Outcome) -> None:
        self.notice.tell(in_a_row(done.remarks), step_id=done.step_id or None)

    @Slot(bool)
    def _on_tasks(self, on: bool) -> None:
        self._rules = self._rules._replace(by_task=on)
        self._order.clear()
        self._read()

    @Slot()
    def _to_grid(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        if not self.isVisible():
            return
        self._read()

    @Slot(object)
    def _on_failed(self, sentence: object) -> None:
        if self.isVisible():
            self.notice.tell(str(sentence), bad=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_changed(self.tracking.snapshot)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.follow(None)
