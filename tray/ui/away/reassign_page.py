"""The page that asks what the time away was used for, with the line of the quick-start dialog."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tray import clock
from tray.model.entities import What
from tray.model.quick_entry import QuickEntry, Reading, read_line, write_line
from tray.model.suggest import Index
from tray.session.tracking import Tracking
from tray.tracker.resolve import Draft
from tray.ui import labels
from tray.ui.entry_line.candidate_list import CandidateList
from tray.ui.entry_line.candidates import NEW, CandidateRow, CandidateSources, candidates
from tray.ui.entry_line.chips import Chips
from tray.ui.entry_line.history_loader import HistoryLoader, LoadedHistory
from tray.ui.entry_line.line_edit import EntryLineEdit, LineKey
from tray.ui.entry_line.line_names import draft_of, merged, project_meant, question
from tray.ui.entry_line.preview_chips import examples, understood
from tray.ui.labels import ThemedLabel
from tray.ui.theme import RADIUS, UNIT, scaled, theme
from tray.ui.wording import Clock, tr

_ROWS: Final = 4


class ReassignPage(QWidget):
    """Enter gives the time to what is highlighted, else to what the line says."""

    edited = Signal()
    """Something else is typed or highlighted."""
    chosen = Signal(object)
    """The `Draft` or `What` that the time is to be given to."""
    left = Signal()
    """The user wants to go back."""

    def __init__(self, tracking: Tracking, times: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._times = times
        self._history: Index | None = None
        self._asked: str | None = None
        """The line for which the user was asked whether to make its project or task."""
        self._loader = HistoryLoader(tracking.db.path, self)
        self._loader.loaded.connect(self._on_loaded)
        self._build()

    def _build(self) -> None:
        self.caption = ThemedLabel("", self, tint=labels.plain)
        box = _LineFrame(self)
        self.line = EntryLineEdit(box)
        self.line.setPlaceholderText(tr("What was it used for?"))
        self.line.setAccessibleName(tr("What was it used for?"))
        self.line.setFont(scaled(self.font(), 1.25))
        self.chips = Chips(box)
        self.list = CandidateList(box)
        self.list.most = _ROWS
        self.hint = ThemedLabel("", self, size=0.92)
        self.hint.setWordWrap(True)
        self.go_on = QCheckBox(self)
        self.go_on.setChecked(True)
        self.back = QPushButton(tr("&Back"), self)
        self.give = QPushButton(tr("Give it"), self)
        for button in (self.back, self.give):
            button.setAutoDefault(True)
            button.setMinimumHeight(4 * UNIT)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.go_on, 1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.give)
        within = QVBoxLayout(box)
        within.setContentsMargins(UNIT * 3 // 2, UNIT, UNIT * 3 // 2, UNIT)
        within.setSpacing(UNIT)
        within.addWidget(self.line)
        within.addWidget(self.chips)
        within.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        for widget in (self.caption, box, self.hint):
            column.addWidget(widget)
        column.addStretch()
        column.addLayout(buttons)
        self.line.textChanged.connect(self._on_edited)
        self.line.cursorPositionChanged.connect(self._on_moved)
        self.line.pressed.connect(self._on_pressed)
        self.list.clicked.connect(self._on_clicked)
        self.go_on.toggled.connect(self.edited)
        self.back.clicked.connect(self.left)
        self.give.clicked.connect(self._on_give)

    def open(self, caption: str, go_on: str) -> None:
        """Be empty and ready to type.

        Args:
            caption: says which time is given away.
            go_on: says what may go on after it; empty if nothing can.
        """
        self.line.start_anew()
        self.caption.setText(caption)
        self.go_on.setText(go_on)
        self.go_on.setVisible(bool(go_on))
        self.go_on.setChecked(bool(go_on))
        self._asked = None
        self._loader.load()
        self._show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Wait for what is being loaded; the program is about to end."""
        self._loader.stop()

    def use_times(self, times: Clock) -> None:
        """Show times another way from now on."""
        self._times = times

    def say(self, sentence: str) -> None:
        """Say what is wrong."""
        self.hint.set_tint(labels.warning)
        self.hint.setText(sentence)

    def meant(self) -> What | None:
        """What the time would be given to, to be shown; None while nothing is said."""
        candidate, entry = self.list.highlighted(), self._reading().entry
        if candidate is not None and candidate.what is not None:
            return candidate.what
        names = self._tracking.snapshot.names
        project = project_meant(entry.project, names) if entry.project else None
        if not entry.description and project is None:
            return None
        return What(0, entry.description, project.id if project else None)

    def _reading(self) -> Reading:
        return read_line(self.line.text(), now=clock.now(), zone=self._tracking.calendar.zone)

    def _show(self) -> None:
        state, reading, now = self._tracking.snapshot, self._reading(), clock.now()
        sources = CandidateSources(self._history, [each.what for each in state.recent], state.names)
        self.list.show_candidates(
            candidates(self.line.text(), reading, self.line.caret, sources, now=now)
        )
        self._describe()

    def _describe(self) -> None:
        names, calendar = self._tracking.snapshot.names, self._tracking.calendar
        entry = self._entry()
        chips = understood(entry, names, calendar, self._times, now=clock.now())
        shown = chips or ([] if self.line.text() else examples()[:2])
        self.chips.show_chips(shown)
        self.chips.setVisible(bool(shown))
        problem = " ".join(self._reading().problems)
        self.hint.set_tint(labels.warning if problem else labels.subdued)
        self.hint.setText(problem or tr("Enter gives it   ·   ↑ ↓ choose   ·   Esc goes back"))
        self.edited.emit()

    def _entry(self) -> QuickEntry:
        candidate, typed = self.list.highlighted(), self._reading().entry
        if candidate is None:
            return typed
        if candidate.what is None:
            zone = self._tracking.calendar.zone
            return read_line(candidate.completed, now=clock.now(), zone=zone).entry
        return merged(candidate.what, typed, self._tracking.snapshot.names)

    def _enter(self) -> None:
        candidate, reading = self.list.highlighted(), self._reading()
        if candidate is not None and candidate.what is None:
            self._complete(candidate)
            return
        problem = self._problem(candidate, reading)
        if problem:
            self.say(problem)
            return
        asked = "" if candidate else question(reading.entry, self._tracking.snapshot.names)
        if asked and self._asked != self.line.text():
            self._asked = self.line.text()
            self.say(asked)
            return
        self.chosen.emit(self._to(candidate, reading.entry))

    def _problem(self, candidate: CandidateRow | None, reading: Reading) -> str:
        if reading.problems:
            return " ".join(reading.problems)
        if reading.entry.start is not None:
            return tr("When it was is known: leave the times out, or move the cut.")
        entry = reading.entry
        if candidate is None and not (entry.description or entry.project):
            return tr("Say what that time was used for.")
        return ""

    def _to(self, candidate: CandidateRow | None, typed: QuickEntry) -> Draft | What:
        if candidate is not None and candidate.what is not None and not typed.tags:
            return candidate.what
        return draft_of(self._entry(), make_new=self._asked == self.line.text())

    def _complete(self, candidate: CandidateRow) -> None:
        """Put a name, or all of an entry, into the line."""
        if candidate.what is not None:
            zone = self._tracking.calendar.zone
            self.line.put(write_line(self._entry(), now=clock.now(), zone=zone))
            return
        self.line.put(candidate.completed, candidate.caret)
        if candidate.offer in NEW:
            self._asked = self.line.text()

    def _take_over(self) -> None:
        """Complete what is highlighted; with nothing to complete, be the Tab key."""
        candidate = self.list.highlighted()
        if candidate is None:
            self.focusNextChild()
        else:
            self._complete(candidate)

    @Slot()
    def _on_edited(self) -> None:
        if self._asked != self.line.text():
            self._asked = None
        self._show()

    @Slot()
    def _on_moved(self) -> None:
        if self.line.hasFocus():
            self._show()

    @Slot(object)
    def _on_pressed(self, key: LineKey) -> None:
        match key:
            case LineKey.ENTER | LineKey.FINISH:
                self._enter()
            case LineKey.LEAVE:
                self.left.emit()
            case LineKey.DOWN | LineKey.UP:
                self.list.step(1 if key is LineKey.DOWN else -1)
                self._describe()
            case LineKey.TAKE_OVER:
                self._take_over()

    @Slot()
    def _on_clicked(self) -> None:
        self._enter()

    @Slot()
    def _on_give(self) -> None:
        self._enter()

    @Slot(object)
    def _on_loaded(self, loaded: LoadedHistory) -> None:
        if loaded.history is not None:
            self._history = loaded.history
        if self.isVisible() and self.list.highlighted() is None:
            self._show()


class _LineFrame(QWidget):
    """The frame around the line and what it offers."""

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.accent, 1))
        painter.setBrush(look.base)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.end()
