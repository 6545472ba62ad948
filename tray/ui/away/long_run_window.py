"""The window that asks whether an entry still runs, and at which moment it is to stop."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray import clock
from tray.language import tr
from tray.model import formats
from tray.model.durations import HOUR, MINUTE
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.presence.long_run import LongRun
from tray.session.tracking import Tracking
from tray.tracker import absences
from tray.ui import labels, wording
from tray.ui.away.answer_button import AnswerButton
from tray.ui.away.entry_header import EntryHeader
from tray.ui.away.questions import proposed, reason
from tray.ui.away.segments import Segment
from tray.ui.away.split_box import SplitBox
from tray.ui.away.text import MomentFormatter
from tray.ui.away.timeline_bar import ColouredSegment, TimelineScene
from tray.ui.input_guard import InputGuard
from tray.ui.labels import ThemedLabel
from tray.ui.theme import TITLE, UNIT
from tray.ui.ticker import Ticker
from tray.workers.reminder_planner import Reminder

_WIDTH: Final = 60 * UNIT
_LONGEST_SEEN: Final = 16 * HOUR
"""Of an entry that runs for days only the last hours are drawn, where the stop allows it."""


class LongRunWindow(QWidget):
    """Closes by itself when the entry does not run any more."""

    still_working = Signal(object)
    """The `ReminderKind` of reminder that the user has answered so."""

    def __init__(self, tracking: Tracking, times: TimeFormat) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Still running? – Toggl Tray"))
        self._tracking = tracking
        self._times = times
        self._reminder: Reminder | None = None
        self._entry: TimeEntry | None = None
        self._last_input: int | None = None
        self._reason = ""
        """Why the stop is proposed."""
        self._stop = 0
        self._ticker = Ticker(MINUTE, self._show, self, name="late elapsed")
        self._build()
        self._guard = InputGuard(self, lambda: self.buttons[LongRun.STOP_AT])
        tracking.changed.connect(self._on_changed)

    def _build(self) -> None:
        self.headline = ThemedLabel("", self, tint=labels.plain, size=TITLE, bold=True)
        self.when = ThemedLabel("", self)
        self.about = EntryHeader(self)
        self.cut = SplitBox(self, caption=tr("Stop &at"))
        self.cut.moved.connect(self._on_moved)
        names = (
            (LongRun.STOP_AT, tr("&Stop then")),
            (LongRun.STOP_NOW, tr("Stop &now")),
            (LongRun.STILL_WORKING, tr("Still &working")),
        )
        self.buttons = {
            answer: AnswerButton(number, label, self)
            for number, (answer, label) in enumerate(names, start=1)
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT * 5 // 4)
        for widget in (self.headline, self.when, self.about, self.cut):
            column.addWidget(widget)
        for answer, button in self.buttons.items():
            column.addWidget(button)
            button.setProperty("answer", answer.value)
            button.clicked.connect(self._on_clicked)
            key = QShortcut(QKeySequence(str(button.number)), self, autoRepeat=False)
            key.activated.connect(button.animateClick)
        column.addStretch()
        self.setMinimumWidth(_WIDTH)

    def ask(self, reminder: Reminder) -> bool:
        """Ask what this is about; False if that does not run any more."""
        running = self._tracking.snapshot.running
        if running is None or reminder.entry is None or running.id != reminder.entry.id:
            return False
        self._reminder, self._entry = reminder, running
        self._last_input = reminder.last_input
        moment = proposed(reminder)
        self._stop = clock.now() if moment is None else moment
        self._reason = reason(reminder.proposed) if reminder.proposed else ""
        self._show()
        self.adjustSize()
        self._guard.let_in()
        return True

    def take_place_of(self, before: "LongRunWindow") -> None:
        """Ask what another window asks, with the moment that was set there."""
        if before._reminder is not None and self.ask(before._reminder):
            self.move(before.pos())
            self._stop = before._stop
            self.show()

    def use_times(self, times: TimeFormat) -> None:
        """Show times another way from now on."""
        self._times = times
        self._show()

    def _show(self) -> None:
        entry, now = self._entry, clock.now()
        if entry is None:
            return
        self._ticker.follow(entry.start if self.isVisible() else None)
        self._stop = min(max(entry.start, self._stop), now)
        length = formats.length(entry.seconds(now))
        self.headline.setText(tr("Running for {length}").format(length=length))
        moments = MomentFormatter(self._times, now=now)
        since = moments.between(entry.start, None)
        if self._last_input is not None:
            last = tr("last input {time}").format(time=moments.at(self._last_input))
            since = f"{since} · {last}"
        if self._reason:
            since = f"{since} · {self._reason}"
        self.when.setText(since)
        self.about.show_entry(entry, self._tracking.snapshot.names)
        for answer, button in self.buttons.items():
            button.show_result(self._result(answer, entry, now=now))
        self._draw(entry, now=now)

    def _result(self, answer: LongRun, entry: TimeEntry, *, now: int) -> str:
        if answer is LongRun.STILL_WORKING:
            return tr("It goes on")
        stop = self._stop if answer is LongRun.STOP_AT else now
        until = tr("until {time}").format(time=MomentFormatter(self._times, now=now).at(stop))
        return f"{until} ({formats.length(max(0, stop - entry.start))})"

    def _draw(self, entry: TimeEntry, *, now: int) -> None:
        names = self._tracking.snapshot.names
        begin = max(entry.start, min(self._stop, now - _LONGEST_SEEN))
        kept = Segment(entry.start, self._stop, entry.what)
        drawn = [
            ColouredSegment(kept, wording.colour(entry, names), wording.title(entry, names)),
            ColouredSegment(Segment(self._stop, now, None), text=tr("not counted")),
        ]
        empty = [] if self._last_input is None else [(max(begin, self._last_input), now)]
        scene = TimelineScene(begin, max(now, begin + 1), begin, now, self._stop, drawn, empty)
        self.cut.show_scene(scene, self._times, now=now)

    @Slot(object)
    def _on_moved(self, moment: int) -> None:
        self._stop = moment
        self._show()

    @Slot()
    def _on_clicked(self) -> None:
        answer, entry = LongRun(self.sender().property("answer")), self._entry
        if entry is None or self._reminder is None:
            return
        if answer is LongRun.STILL_WORKING:
            self.still_working.emit(self._reminder.kind)
            self.close()
            return
        stop = self._stop if answer is LongRun.STOP_AT else clock.now()
        db = self._tracking.db
        self._tracking.run(lambda now: absences.stop_at(db, entry.id, stop, now=now))

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        running = self._tracking.snapshot.running
        if self._entry is None or not self.isVisible():
            return
        if running is None or running.id != self._entry.id:
            self.close()
        else:
            self._entry = running
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()
        self.buttons[LongRun.STOP_AT].setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._ticker.follow(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
