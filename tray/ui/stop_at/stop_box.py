"""Asks when what runs was over: a time to type, and the moments that are likely."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from tray import clock
from tray.errors import TrayError
from tray.language import tr
from tray.model.formats import TimeFormat
from tray.model.stop_choices import stop_choices
from tray.model.typed_times import read_stop
from tray.session.tracking import Tracking
from tray.tracker import timer
from tray.tracker.outcome import Outcome
from tray.ui import labels
from tray.ui.labels import ThemedLabel
from tray.ui.theme import CONTROL_HEIGHT, SMALL, UNIT


class StopBox(QWidget):
    """What it is told is done at once, and can be undone; a refusal is said in it."""

    done = Signal()
    """It was stopped."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking, self._times = tracking, times
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(tr("Stopped at"))
        self.edit.setMinimumHeight(CONTROL_HEIGHT)
        self.edit.returnPressed.connect(self._on_entered)
        self.edit.textEdited.connect(self._on_edited)
        self.note = ThemedLabel("", self, tint=labels.warning, size=SMALL)
        self.note.setWordWrap(True)
        self.note.hide()
        self.choices: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(UNIT // 2)
        self._column.addWidget(ThemedLabel(tr("Stopped at"), self, size=SMALL))
        self._column.addWidget(self.edit)
        self._column.addWidget(self.note)
        self.setFocusProxy(self.edit)

    def ask(self) -> None:
        """Offer the moments of now."""
        state, now = self._tracking.snapshot, clock.now()
        for button in self.choices:
            button.deleteLater()
        self.choices = []
        self.note.hide()
        self.edit.setText(self._times.time_of_day(now))
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        if state.running is None:
            return
        for choice in stop_choices(state.running.start, state.last_input, now=now):
            button = QPushButton(choice.text(self._times), self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, at=choice.moment: self._stop(at))
            self._column.addWidget(button)
            self.choices.append(button)

    def _stop(self, moment: int) -> None:
        if self._tracking.run(lambda now: self._stopped(moment, now)) is not None:
            self.done.emit()

    def _stopped(self, moment: int, now: int) -> Outcome:
        try:
            return timer.stop(self._tracking.db, now=now, at=moment)
        except TrayError as error:
            self._say(str(error))
            raise

    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.show()
        self.window().adjustSize()

    @Slot()
    def _on_edited(self) -> None:
        self.note.hide()

    @Slot()
    def _on_entered(self) -> None:
        running = self._tracking.snapshot.running
        if running is None:
            self._say(tr("Nothing is running."))
            return
        now, calendar = clock.now(), self._tracking.calendar
        try:
            moment = read_stop(self.edit.text(), running.start, calendar=calendar, now=now)
        except TrayError as error:
            self._say(str(error))
        else:
            self._stop(moment)
