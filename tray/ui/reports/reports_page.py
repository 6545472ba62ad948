"""The page that says where the time went: puts its parts together, and reads what they show."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QInputDialog,
    QMenu,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tray import clock
from tray.errors import BadLine, TrayError
from tray.language import named, tr
from tray.model import day_names
from tray.model.durations import MINUTE
from tray.model.formats import TimeFormat
from tray.model.reports.report_definition import Grouping, MidnightRule
from tray.model.reports.report_range import RangeUnit, ReportRange, read_range, words_of
from tray.model.reports.time_slices import Key
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store.saved_reports import SavedReport
from tray.store.time_report import ReportWish
from tray.tracker import saved_reports
from tray.tracker.outcome import Outcome
from tray.ui.list_options import ListOptions
from tray.ui.notice import Notice
from tray.ui.reports.group_entries import entries_of
from tray.ui.reports.range_menu import range_names
from tray.ui.reports.report_bar import ReportBar
from tray.ui.reports.report_body import ReportBody
from tray.ui.reports.report_loader import ReportContent, ReportLoader
from tray.ui.reports.saved_menu import SavedMenu
from tray.ui.theme import UNIT
from tray.ui.windows import tab_order

if TYPE_CHECKING:
    from tray.ui.reports.report_export import Export

_PATIENCE_MS: Final = 200
"""How long nothing is said of a reading that goes on."""
_STEPS: Final = 1_000
_FORMS: Final = ("csv", "pdf", "png")


class ReportsPage(QWidget):
    """Reads nothing while it is hidden."""

    entries_wanted = Signal(str, object)
    """What is to be looked for in the list, and the `Filters`."""
    setting_chosen = Signal(str, object)
    """The key of a setting that was changed here, and its value."""

    def __init__(
        self, tracking: Tracking, times: TimeFormat, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tracking = tracking
        self._times = times
        self._options = ListOptions()
        self._is_stale = False
        """Whether something has changed since the report was read."""
        self.bar = ReportBar(self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _STEPS)
        self.progress.setFixedHeight(UNIT // 2)
        self.progress.setAccessibleName(tr("The report is being read"))
        self._keep_room()
        self.body = ReportBody(self)
        self.notice = Notice(self)
        self.loader = ReportLoader(tracking.db.path, self)
        self._build()
        self._timers()
        self._connect()

    def _keep_room(self) -> None:
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()

    def _build(self) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.body)
        self.area = area
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.bar, self.progress):
            layout.addWidget(widget)
        layout.addWidget(area, 1)
        layout.addWidget(self.notice)
        self.saved_menu = SavedMenu(self.tracking, self.bar.saved)
        self.bar.saved.setMenu(self.saved_menu)
        self.export_menu = QMenu(self.bar.export)
        for form in _FORMS:
            name = tr("As {form}…").format(form=form.upper())
            self.export_menu.addAction(name).triggered.connect(partial(self._ask_where, form))
        self.export_menu.addAction(tr("Copy as text")).triggered.connect(self.copy_text)
        self.bar.export.setMenu(self.export_menu)
        tab_order((*self.bar.stops, self.body.bars, self.body.table))
        self.setFocusProxy(self.bar.days)

    def _timers(self) -> None:
        self._patience, self._minute = QTimer(self), QTimer(self)
        self._patience.setObjectName("patience with the report")
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience)
        self._minute.setObjectName("minutes of the report")
        self._minute.setInterval(1_000 * MINUTE)
        self._minute.timeout.connect(self.read)

    def _connect(self) -> None:
        self.tracking.changed.connect(self._on_changed)
        self.tracking.mending.connect(self.loader.stop)
        self.bar.changed.connect(self.read)
        self.bar.moved.connect(self._on_moved)
        self.bar.midnight_chosen.connect(partial(self.setting_chosen.emit, "over_midnight"))
        self.loader.arrived.connect(self._on_arrived)
        self.loader.went_on.connect(self._on_went_on)
        self.loader.failed.connect(self._on_failed)
        self.loader.ended.connect(self._on_ended)
        self.body.group_chosen.connect(self._on_group)
        self.saved_menu.chosen.connect(self._on_saved)
        self.saved_menu.removed.connect(self._on_removed)
        self.saved_menu.save_wanted.connect(self._ask_for_name)
        self.notice.undo_wanted.connect(self._on_undo)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.bar.search.setFocus)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.tracking.undo)

    @Slot(object)
    def use_times(self, times: TimeFormat) -> None:
        """Show times this way from now on."""
        self._times = times
        self.read()

    @Slot(object)
    def use_options(self, options: ListOptions) -> None:
        """Show and count this way from now on."""
        self._options = options
        self.bar.show_midnight(options.over_midnight)
        self.read()

    # Reading

    @Slot()
    def read(self) -> None:
        """Show the report as things are now, once it is read."""
        if not self.isVisible():
            return
        self._is_stale = False
        calendar, now = self.tracking.calendar, clock.now()
        definition = self.bar.definition
        try:
            shown = read_range(definition.range_text, calendar.day_of(now), calendar)
        except BadLine:  # it was saved by a version that knew more
            self.bar.use_range("week")
            return
        self._show_days(shown)
        rule = MidnightRule(self._options.over_midnight)
        self._patience.start()
        self.loader.read(ReportWish(definition, calendar, rule, now))

    def _show_days(self, shown: ReportRange) -> None:
        known = range_names().get(self.bar.definition.range_text, "")
        text = day_names.days(*shown.days)
        if shown.unit is RangeUnit.ALL:
            text = known
        elif known:
            text = named(known, text)
        self.bar.show_days(text, can_move=shown.unit is not RangeUnit.ALL)

    @Slot()
    def _on_patience(self) -> None:
        self.progress.setVisible(self.loader.is_reading)

    @Slot(float)
    def _on_went_on(self, share: float) -> None:
        self.progress.setValue(int(share * _STEPS))

    @Slot(object)
    def _on_arrived(self, content: ReportContent) -> None:
        self.bar.show_names(content.names)
        goals = self.tracking.snapshot.goals
        self.body.show_content(content, self._times, goals, self._options.density)
        if content.hours is not None:
            self._rest()  # whatever is prepared for the next time
        running = content.report.running is not None
        if running and self.isVisible():
            self._minute.start()
        else:
            self._minute.stop()

    @Slot()
    def _on_ended(self) -> None:
        self._rest()
        if self._is_stale:
            self.read()

    def _rest(self) -> None:
        self._patience.stop()
        self.progress.hide()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._rest()
        self.notice.tell(sentence, bad=True)

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        if self.notice.step_id and (state.undo is None or state.undo.id != self.notice.step_id):
            self.notice.clear()
        if self.loader.is_keeping:
            self._is_stale = True  # that writes as well: to begin anew each time would never end
        else:
            self.read()

    @Slot(int)
    def _on_moved(self, by: int) -> None:
        calendar = self.tracking.calendar
        today = calendar.day_of(clock.now())
        shown = read_range(self.bar.definition.range_text, today, calendar)
        self.bar.use_range(words_of(shown.moved(by), today, calendar))

    # Leading to entries

    @Slot(object, object)
    def _on_group(self, levels: Sequence[Grouping], keys: Sequence[Key]) -> None:
        if self.body.content is not None:
            self.entries_wanted.emit(*entries_of(self.body.content, levels, keys))

    # Saved reports

    @Slot(object)
    def _on_saved(self, saved: SavedReport) -> None:
        self.bar.use(saved.definition)

    @Slot()
    def _ask_for_name(self) -> None:
        name, yes = QInputDialog.getText(self, tr("Save this report"), tr("Name"))
        if yes:
            self.save_as(name)

    def save_as(self, name: str) -> None:
        """Keep the report that is shown under a name."""
        self._carry_out(
            lambda now: saved_reports.save(self.tracking.db, name, self.bar.definition, now=now),
            tr("Saved as “{name}”.").format(name=name.strip()),
        )

    @Slot(str)
    def _on_removed(self, name: str) -> None:
        self._carry_out(
            lambda now: saved_reports.remove(self.tracking.db, name, now=now),
            tr("Removed “{name}”.").format(name=name),
        )

    def _carry_out(self, verb: Callable[[int], Outcome], sentence: str) -> None:
        try:
            outcome = verb(clock.now())
        except TrayError as error:
            self.notice.tell(str(error), bad=True)
            return
        self.tracking.refresh()
        self.notice.tell(sentence, step_id=outcome.step_id)

    @Slot()
    def _on_undo(self) -> None:
        if self.notice.step_id is not None:
            self.tracking.undo_step(self.notice.step_id)

    # Export

    def _ask_where(self, form: str) -> None:
        name = f"report-{self.tracking.calendar.day_of(clock.now()).isoformat()}.{form}"
        start = os.path.join(os.path.expanduser("~"), name)
        path, _ = QFileDialog.getSaveFileName(self, tr("Export"), start, f"*.{form}")
        if path:
            self.write(path, form)

    def write(self, path: str, form: str) -> None:
        """Write the report that is shown to a file: ``csv``, ``pdf`` or ``png``."""
        from tray.ui.reports import report_export

        export = self._export()
        if export is None:
            return
        try:
            if form == "csv":
                report_export.write(path, export.csv())
            elif form == "pdf":
                export.pdf(path)
            else:
                export.png(path)
        except TrayError as error:
            self.notice.tell(str(error), bad=True)
        else:
            sentence = tr("Wrote {path}.").format(path=path)
            if form == "csv" and export.content.report.running is not None:
                sentence = tr("Wrote {path}, without what runs.").format(path=path)
            self.notice.tell(sentence)

    @Slot()
    def copy_text(self) -> None:
        """Put the report that is shown on the clipboard."""
        export = self._export()
        if export is not None:
            QGuiApplication.clipboard().setText(export.text())
            self.notice.tell(tr("Copied."))

    def _export(self) -> "Export | None":
        from tray.ui.reports.report_export import Export

        content, goals = self.body.content, self.tracking.snapshot.goals
        return None if content is None else Export(content, self._times, goals)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.bar.show_names(self.tracking.snapshot.names)
        self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()
