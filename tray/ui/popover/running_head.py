"""The top of the pop-over: what runs, its clock, since when, and the button that stops it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tray import clock
from tray.errors import TrayError
from tray.language import tr
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.typed_times import read_start
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.tracker import entries
from tray.tracker.outcome import Outcome
from tray.ui import icons, labels, wording
from tray.ui.labels import ElidedLabel, ThemedLabel
from tray.ui.project_badge import ProjectBadge
from tray.ui.stop_at.stop_popup import StopEarlierButton
from tray.ui.theme import DISPLAY, LARGE, SEMIBOLD, SMALL, UNIT, sized
from tray.ui.timer_bar.signs import StartStopButton


class RunningHead(QWidget):
    """With nothing running it offers to continue what was done last."""

    toggled = Signal()
    """Stop what runs, else continue."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._times = times
        self._build()

    def _build(self) -> None:
        self.what = ElidedLabel("", self, tint=labels.plain)
        self.what.setFont(sized(self.font(), LARGE, SEMIBOLD))
        self.what.setFixedHeight(self.what.fontMetrics().height() + UNIT // 2)
        self.project = ProjectBadge(self)
        self.elapsed = ThemedLabel("", self, tint=labels.plain)
        self.elapsed.setFont(sized(self.font(), DISPLAY, SEMIBOLD, tabular=True))
        self.elapsed.setAccessibleName(tr("Elapsed"))
        self.since = QToolButton(self)
        self.since.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.since.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign stands behind
        self.since.setAutoRaise(True)
        self.since.setFont(sized(self.font(), SMALL))
        icons.dress(self.since, "edit", side=3 * UNIT // 2)
        self.since.clicked.connect(self._on_edit)
        self.start = QLineEdit(self)
        self.start.setAccessibleName(tr("Start"))
        self.start.returnPressed.connect(self._on_start_typed)
        self.start.hide()
        self.problem = ThemedLabel("", self, tint=labels.warning, size=SMALL)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.button = StartStopButton(self)
        self.button.clicked.connect(self.toggled)
        self.earlier = StopEarlierButton(self._tracking, lambda: self._times, self)
        self._lay_out()

    def _lay_out(self) -> None:
        clocks = QHBoxLayout()
        clocks.setSpacing(2 * UNIT)
        clocks.addWidget(self.elapsed)
        clocks.addWidget(self.since)
        clocks.addWidget(self.start, 1)
        clocks.addStretch()
        words = QVBoxLayout()
        words.setSpacing(UNIT // 2)
        words.addWidget(self.what)
        words.addWidget(self.project)
        words.addLayout(clocks)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.problem)

    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = times

    @property
    def is_editing(self) -> bool:
        """Whether the start is being typed."""
        return not self.start.isHidden()

    def show_state(self, state: Snapshot) -> None:
        """Show what runs, or what would be continued."""
        if state.running is not None:
            self._show_running(state.running, state)
        else:
            self._show_stopped(state)
        self.elapsed.set_tint(labels.plain if state.running else labels.subdued)
        self.show_elapsed()

    def _show_running(self, running: TimeEntry, state: Snapshot) -> None:
        self.what.setText(wording.title(running, state.names))
        self.project.show_project(_project(running, state), wording.colour(running, state.names))
        since = self._times.since_today(running.start, self._tracking.calendar, now=clock.now())
        self.since.setText(tr("since {time}").format(time=since))
        self.since.setToolTip(tr("Change the start"))
        self.since.setVisible(not self.is_editing)
        self.button.show_running(True)
        self.earlier.show()

    def _show_stopped(self, state: Snapshot) -> None:
        self.leave_edit()
        self.since.hide()
        self.earlier.hide()
        latest = next(iter(state.recent), None)
        self.what.setText(tr("Nothing is running"))
        words = tr("Start")
        if latest is not None:
            words = tr("Continue {what}").format(what=wording.full(latest, state.names))
        colour = wording.colour(latest, state.names) if latest else ""
        self.project.show_project(wording.full(latest, state.names) if latest else "", colour)
        self.button.show_running(False)
        self.button.say(words, words)

    def show_elapsed(self) -> None:
        """Show the time of now."""
        running = self._tracking.snapshot.running
        self.elapsed.setText(formats.exact_length(running.seconds(clock.now()) if running else 0))

    def leave_edit(self) -> None:
        """Type no start any more."""
        self.start.hide()
        self.since.setVisible(self._tracking.snapshot.running is not None)
        self.problem.hide()

    @Slot()
    def _on_edit(self) -> None:
        running = self._tracking.snapshot.running
        if running is not None:
            calendar = self._tracking.calendar
            self.start.setText(self._times.since_today(running.start, calendar, now=clock.now()))
            self.since.hide()
            self.start.show()
            self.start.selectAll()
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_start_typed(self) -> None:
        running = self._tracking.snapshot.running
        if running is not None and self._tracking.run(lambda now: self._begin(running, now)):
            self.leave_edit()
            self.since.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, running: TimeEntry, now: int) -> Outcome:
        """Have it begin when the line says."""
        db, calendar = self._tracking.db, self._tracking.calendar
        try:
            start = read_start(self.start.text(), running.start, calendar=calendar, now=now)
            return entries.edit(db, [running.id], {"start": start}, now=now)
        except TrayError as error:
            self.problem.setText(str(error))
            self.problem.show()
            raise


def _project(running: TimeEntry, state: Snapshot) -> str:
    """The project, unless it stands above already."""
    return wording.project(running, state.names) if running.description else ""
