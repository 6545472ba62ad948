"""The quick-start dialog: type what you do, press Enter, and it runs.

What it promises:

* Enter does what is highlighted, else exactly what the line says; nothing is highlighted until the
  user does so, and what is highlighted stays until the user types, whatever is loaded meanwhile.
* It closes when the entry is on disk. A refusal is said in it, and the line stays.
* It closes when it loses the focus with nothing typed, as launchers do. With something typed it
  stays on top, for example to copy the title of a ticket: nothing typed is lost but by Esc.
* A project or task that does not exist is only made if the user chose the row that says so, or
  pressed Enter twice on the same line.
"""

from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCursor,
    QGuiApplication,
    QHideEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tray import clock
from tray.errors import TrayError
from tray.model.entities import What
from tray.model.quick_entry import QuickEntry, Reading, read_line, write_line
from tray.model.suggest import Index
from tray.session.tracking import Tracking
from tray.tracker import entries, timer
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft
from tray.ui import labels
from tray.ui.entry_line.candidate_list import CandidateList
from tray.ui.entry_line.candidates import MOST, NEW, CandidateRow, CandidateSources, candidates
from tray.ui.entry_line.chips import Chips
from tray.ui.entry_line.history_loader import HistoryLoader, LoadedHistory
from tray.ui.entry_line.line_edit import EntryLineEdit, LineKey
from tray.ui.entry_line.line_names import draft_of, merged, question
from tray.ui.entry_line.preview_chips import examples, understood
from tray.ui.labels import ThemedLabel, Tint
from tray.ui.quick_start.frameless_window import FramelessWindow
from tray.ui.quick_start.hints import hint
from tray.ui.theme import UNIT
from tray.ui.wording import Clock, tr

WIDTH: Final = 80 * UNIT
_AROUND: Final = 16 * UNIT
"""Pixels above and below the list."""
_SETTLED_MS: Final = 50
"""Opened that long ago the dialog is on screen, and the history may be loaded."""
_RESTED_MS: Final = 250
"""A history that is only out of date is loaded anew when no key was pressed for that long."""


class _Foot(NamedTuple):
    """What the foot of the dialog says."""

    sentence: str
    tint: Tint


class QuickStartDialog(FramelessWindow):
    """Over everything, on the screen that has the pointer."""

    def __init__(self, tracking: Tracking, times: Clock) -> None:
        super().__init__()
        self.setWindowTitle(tr("Quick start"))
        self._tracking = tracking
        self._times = times
        self._history: Index | None = None
        self._stale = True
        """Whether something has changed since the history was loaded."""
        self._reading = Reading(QuickEntry(), (), ())
        self._seen = ("", -1)
        """The text and the caret that everything shown is about."""
        self._said: _Foot | None = None
        """What the foot says instead of what the keys do, until the line is edited."""
        self._asked: str | None = None
        """The line for which the user was asked whether to make its project or task."""
        self._agreed: tuple[str | None, str | None] = (None, None)
        """The project and task whose making the user chose from the list."""
        self._build()
        self._loader = HistoryLoader(tracking.db.path, self)
        self._loader.loaded.connect(self._on_loaded)
        self._timer = QTimer(self)
        self._timer.setObjectName("load suggestions")
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)
        tracking.changed.connect(self._on_changed)

    def _build(self) -> None:
        self.line = EntryLineEdit(self)
        self.chips = Chips(self)
        self.list = CandidateList(self)
        self.hint = ThemedLabel("", self, size=0.9)
        self.hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(self.margin, self.margin, self.margin, self.margin)
        layout.setSpacing(0)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        layout.addLayout(_padded(UNIT * 3 // 2, UNIT, self.line, self.chips))
        layout.addWidget(self.list)
        layout.addLayout(_padded(UNIT, UNIT * 3 // 2, self.hint))
        self.line.textChanged.connect(self._on_edited)
        self.line.cursorPositionChanged.connect(self._on_edited)
        self.line.pressed.connect(self._on_pressed)
        self.list.clicked.connect(self._on_clicked)

    def open(self) -> None:
        """Show the dialog, focused and ready to type; if it is open already, keep what is typed."""
        if not self.isVisible():
            self._forget()
            self._fit()
            self._show()
            self.adjustSize()
            self.show()
            if self._stale:
                self._load_soon()
        self.raise_()
        self.activateWindow()
        self.line.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def use_times(self, times: Clock) -> None:
        """Show times another way from now on."""
        self._times = times

    def stop(self) -> None:
        """Wait for whatever is at work for the dialog; the program is about to end."""
        self._timer.stop()
        self._loader.stop()

    def _forget(self) -> None:
        """Be as new."""
        self.line.start_anew()
        self.line.follow(self.palette())
        self._seen = ("", 0)
        self._said = None
        self._asked = None
        self._agreed = (None, None)

    def _fit(self) -> None:
        """Go to the upper third of the screen with the pointer, no larger than there is room."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        self.setScreen(screen)
        area = screen.availableGeometry()
        width = min(WIDTH, area.width() - 4 * UNIT)
        self.line.setFixedWidth(width - 4 * UNIT)
        top = area.top() + area.height() // 5
        rows = (area.bottom() - top - _AROUND) // self.list.row_height()
        self.list.most = max(1, min(MOST, rows))
        self.move(area.left() + (area.width() - width) // 2 - self.margin, top - self.margin)

    def _read(self, text: str) -> Reading:
        return read_line(text, now=clock.now(), zone=self._tracking.calendar.zone)

    def _show(self) -> None:
        """Show what the line means, and what may be meant."""
        text, state = self.line.text(), self._tracking.snapshot
        self._reading = self._read(text)
        sources = CandidateSources(
            self._history, [entry.what for entry in state.recent], state.names
        )
        found = candidates(text, self._reading, self.line.caret, sources, now=clock.now())
        self.list.show_candidates(found)
        self._describe()

    def _describe(self) -> None:
        """Say what Enter would do now, or what it was refused for."""
        names, calendar = self._tracking.snapshot.names, self._tracking.calendar
        candidate, entry = self.list.highlighted(), self._entry()
        chips = understood(entry, names, calendar, self._times, now=clock.now())
        self.chips.show_chips(chips or examples())
        listed = bool(self.list.candidates)
        usual = _Foot(hint(self.line.text(), entry, candidate, listed=listed), labels.subdued)
        problems = " ".join(self._reading.problems)
        said = self._said or (_Foot(problems, labels.warning) if problems else usual)
        self.hint.set_tint(said.tint)
        self.hint.setText(said.sentence)

    def _entry(self) -> QuickEntry:
        """What would be started or added with what is highlighted."""
        candidate, typed = self.list.highlighted(), self._reading.entry
        if candidate is None:
            return typed
        if candidate.what is None:
            return self._read(candidate.completed).entry
        return merged(candidate.what, typed, self._tracking.snapshot.names)

    def _say(self, sentence: str, tint: Tint = labels.warning) -> None:
        self._said = _Foot(sentence, tint)
        self._describe()
        self._announce(sentence)

    def _announce(self, text: str) -> None:
        """Have a screen reader say it: the focus, which it follows, stays in the line."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, text))

    def _step(self, by: int) -> None:
        self.list.step(by)
        self._said = None
        self._describe()
        self._announce(self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _take_over(self) -> None:
        """Put the highlighted candidate into the line, else the first that is there already."""
        first = next((each for each in self.list.candidates if each.offer not in NEW), None)
        candidate = self.list.highlighted() or first
        if candidate is not None:
            self._complete(candidate)

    def _complete(self, candidate: CandidateRow) -> None:
        if candidate.what is not None:
            entry = merged(candidate.what, self._reading.entry, self._tracking.snapshot.names)
            zone = self._tracking.calendar.zone
            self.line.put(write_line(entry, now=clock.now(), zone=zone))
            return
        self.line.put(candidate.completed, candidate.caret)
        if candidate.offer in NEW:
            self._agreed = self._needed()

    def _needed(self) -> tuple[str | None, str | None]:
        """The project and task that the line names."""
        return self._reading.entry.project, self._reading.entry.task

    def _enter(self, *, finished: bool) -> None:
        """Do what is highlighted, else what the line says."""
        candidate = self.list.highlighted()
        if candidate is not None and candidate.what is None:
            self._complete(candidate)
            return
        self._reading = self._read(self.line.text())  # it may have been a while since the last key
        problem, asked = self._problem(finished=finished), self._question(candidate)
        if problem:
            self._say(problem)
        elif asked:
            self._asked = self.line.text()
            self._say(asked, labels.plain)
        elif self._carry_out(candidate, finished=finished):
            self.close()

    def _problem(self, *, finished: bool) -> str:
        """What is wrong with the line, as a sentence; empty if nothing."""
        if finished and self._reading.entry.start is None:
            return tr("When was it? Add its times, such as 9:30-10:15 or -45m.")
        return " ".join(self._reading.problems)

    def _question(self, candidate: CandidateRow | None) -> str:
        """What has to be asked before something new is made; empty if nothing."""
        if candidate is not None or self._may_make():
            return ""
        return question(self._reading.entry, self._tracking.snapshot.names)

    def _may_make(self) -> bool:
        """Whether the user wants the project and task of the line made if need be."""
        return self._asked == self.line.text() or self._agreed == self._needed()

    def _carry_out(self, candidate: CandidateRow | None, *, finished: bool) -> bool:
        """Start or add it; return whether that was done."""
        db, what, typed = self._tracking.db, self._what(candidate), self._reading.entry
        start, stop = typed.start, typed.stop
        if finished and stop is None:
            stop = clock.now()

        def verb(now: int) -> Outcome:
            try:
                if start is None or stop is None:
                    return timer.start(db, what, now=now, at=start)
                return entries.add(db, what, start=start, stop=stop, now=now)
            except TrayError as error:
                self._say(str(error))
                raise

        return self._tracking.run(verb) is not None

    def _what(self, candidate: CandidateRow | None) -> Draft | What:
        typed = self._reading.entry
        if candidate is None or candidate.what is None:
            return draft_of(typed, make_new=self._may_make())
        if typed.tags:  # of which some may be new
            return draft_of(self._entry(), make_new=False)
        return candidate.what._replace(billable=candidate.what.billable or typed.billable)

    def _load_soon(self) -> None:
        self._timer.start(_SETTLED_MS if self._history is None else _RESTED_MS)

    def _refresh(self) -> None:
        """Show what has become known; what is highlighted does not move under the fingers."""
        if self.list.highlighted() is None:
            self._show()
        else:
            self._describe()

    @Slot()
    def _on_edited(self) -> None:
        seen = self.line.text(), self.line.cursorPosition()
        if seen == self._seen or not self.isVisible():
            return
        if seen[0] != self._seen[0]:
            self._said = None
            self._asked = None
        self._seen = seen
        self._show()
        if self._timer.isActive() and self._history is not None:
            self._load_soon()

    @Slot(object)
    def _on_pressed(self, key: LineKey) -> None:
        match key:
            case LineKey.ENTER | LineKey.FINISH:
                self._enter(finished=key is LineKey.FINISH)
            case LineKey.LEAVE:
                self.close()
            case LineKey.DOWN:
                self._step(1)
            case LineKey.UP:
                self._step(-1)
            case LineKey.TAKE_OVER:
                self._take_over()

    @Slot()
    def _on_clicked(self) -> None:
        self._enter(finished=False)

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        self._stale = True
        if self.isVisible():
            self._load_soon()

    @Slot()
    def _on_due(self) -> None:
        self._stale = False
        self._loader.load()
        self._refresh()  # the names are new already

    @Slot(object)
    def _on_loaded(self, loaded: LoadedHistory) -> None:
        if loaded.history is not None:
            self._history = loaded.history
        else:
            self._stale = True
            self._said = self._said or _Foot(loaded.problem, labels.warning)
        if self.isVisible():
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not self.isVisible():
            return
        if event.type() == QEvent.Type.PaletteChange:
            self.line.follow(self.palette())
        if event.type() == QEvent.Type.ActivationChange and self._is_left():
            self.close()

    def _is_left(self) -> bool:
        """Whether the user went elsewhere and has nothing here to come back for."""
        busy = self.isActiveWindow() or QApplication.activePopupWidget() is not None
        return not (busy or self.line.text() or self.line.composing)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()


def _padded(above: int, below: int, *widgets: QWidget) -> QVBoxLayout:
    """Some widgets below each other, with room around them."""
    layout = QVBoxLayout()
    layout.setContentsMargins(2 * UNIT, above, 2 * UNIT, below)
    layout.setSpacing(UNIT)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
