"""The line an entry is typed into: the edit, the chips for what it means, and the list below it.

What it promises wherever it stands:

* Enter takes what is highlighted, else exactly what the line says; nothing is highlighted until the
  user does so, and what is highlighted stays until the user types, whatever is loaded meanwhile.
* What the tracker would refuse the names for is shown while they are typed.
* A project or task that does not exist is only made if the user chose the row that says so, or
  pressed Enter twice on the same line.
* A screen reader is told what is highlighted and what is wrong: the focus stays in the line.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from PySide6.QtCore import QEvent, QMargins, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tray import clock
from tray.language import in_a_row
from tray.model.calendar_event import CalendarEvent, on_now
from tray.model.entities import What
from tray.model.formats import TimeFormat
from tray.model.quick_entry.parsed_line import NO_PROJECT, QuickEntry, Reading
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.write import write_line
from tray.session.snapshot import RECENT
from tray.session.tracking import Tracking
from tray.store import feeds
from tray.tracker.default_project import DefaultProject
from tray.tracker.resolve import Draft
from tray.ui import labels
from tray.ui.entry_line.candidate_list import CandidateList
from tray.ui.entry_line.candidate_row import NEW, CandidateRow
from tray.ui.entry_line.candidates import CandidateSources, candidates
from tray.ui.entry_line.chips import Chip, Chips
from tray.ui.entry_line.history_loader import HistoryLoader, LoadedHistory
from tray.ui.entry_line.line_edit import EntryLineEdit, LineKey
from tray.ui.entry_line.line_names import draft_of, merged, question, refusal
from tray.ui.entry_line.preview_chips import preview_chips
from tray.ui.labels import ThemedLabel, Tint
from tray.ui.theme import SMALL, UNIT, sized

if TYPE_CHECKING:
    from tray.model.suggest import Index

_SETTLED_MS: Final = 50
"""Opened that long ago the line is on screen, and the history may be loaded."""
_RESTED_MS: Final = 250
"""A history that is only out of date is loaded anew when no key was pressed for that long."""

_LONGEST: Final = 300
"""Characters of what is said below the line, so that the window does not outgrow the screen."""


class Submission(NamedTuple):
    """What Enter was pressed on."""

    what: Draft | What
    typed: QuickEntry
    """What the line says; its times are those of the entry."""
    highlighted: CandidateRow | None
    finished: bool
    """Whether Ctrl was held: the entry has ended already."""
    text: str
    """The line as it was typed."""


class LineOwner(Protocol):
    """What the window around a line decides about it."""

    def problem(self, submission: Submission) -> str:
        """What speaks against doing this, as a sentence; empty if nothing does."""

    def usual_hint(self, line: "EntryLine") -> str:
        """What the keys do at this moment."""


class _Message(NamedTuple):
    """What is shown instead of the usual hint."""

    text: str
    tint: Tint


class EntryLine(QWidget):
    """`hint` belongs to it, and stands wherever its owner puts it."""

    submitted = Signal(object)
    """A `Submission` that nothing speaks against."""
    left = Signal()
    """The user wants to leave the line."""
    changed = Signal()
    """Something else is typed or highlighted, or more is known about it."""
    announced = Signal(object)
    """The text that a screen reader was given."""

    def __init__(
        self,
        tracking: Tracking,
        times: TimeFormat,
        owner: LineOwner,
        parent: QWidget,
        *,
        prompt: str,
        size: float,
        examples: list[Chip],
        padding: QMargins,
    ) -> None:
        """Build the line.

        Args:
            tracking: whose names and recent entries are offered.
            times: how times are shown.
            owner: decides what may be submitted.
            parent: as Qt has it.
            prompt: what the empty line asks.
            size: of what is typed, of the usual font's.
            examples: what can be typed, shown while nothing is understood.
            padding: around edit and chips; the list has all the width.
        """
        super().__init__(parent)
        self._tracking = tracking
        self._times = times
        self._owner = owner
        self._examples = examples
        self._reading = Reading(QuickEntry(), (), ())
        self._meeting: CalendarEvent | None = None
        self._seen = ("", -1)
        """The text and the caret that everything shown is about."""
        self._message: _Message | None = None
        """Shown until the line is edited."""
        self._confirm_line: str | None = None
        """The line for which the user was asked whether to make its project or task."""
        self._agreed: tuple[str | None, str | None] = (None, None)
        """The project and task whose making the user chose from the list."""
        self.tab_completes_first = False
        """Whether Tab, with nothing highlighted, takes the first row; else it moves the focus."""
        self.suggests_when_empty = True
        """Whether what was done last is listed before anything is typed."""
        self._build(prompt, size, padding)
        self._loader = HistoryLoader.of(tracking, tracking.db.path, tracking.changed)
        self._loader.loaded.connect(self._on_loaded)
        self._timer = QTimer(self)
        self._timer.setObjectName("load suggestions")
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)
        tracking.changed.connect(self._on_tracking_changed)

    def _build(self, prompt: str, size: float, padding: QMargins) -> None:
        self.edit = EntryLineEdit(self)
        self.edit.setPlaceholderText(prompt)
        self.edit.setAccessibleName(prompt)
        self.edit.setFont(sized(self.font(), size))
        self.chips = Chips(self)
        self.list = CandidateList(self)
        self.hint = ThemedLabel("", self, size=SMALL)
        self.hint.setWordWrap(True)
        typed = QVBoxLayout()
        typed.setContentsMargins(padding)
        typed.setSpacing(UNIT)
        typed.addWidget(self.edit)
        typed.addWidget(self.chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(typed)
        column.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._on_edited)
        self.edit.cursorPositionChanged.connect(self._on_edited)
        self.edit.pressed.connect(self._on_pressed)
        self.edit.entered.connect(self.load_if_stale)
        self.list.clicked.connect(self._on_clicked)
        self.chips.removed.connect(self._on_default_removed)

    def start_anew(self) -> None:
        """Be empty, with nothing asked or agreed."""
        self.edit.start_anew()
        self.edit.follow(self.palette())
        self._meeting = self._on_now()
        self._seen = ("", 0)
        self._message = None
        self._confirm_line = None
        self._agreed = (None, None)
        self._show()

    def _on_now(self) -> CalendarEvent | None:
        """The meeting that is on in a calendar of the user's own."""
        now, zone = clock.now(), self._tracking.calendar.zone
        return on_now(feeds.events_between(self._tracking.db, now, now + 1, zone), now)

    @Slot()
    def load_if_stale(self) -> None:
        """Load the history soon, unless the one at hand is still right."""
        if self._loader.stale:
            self._load_soon()

    def use_times(self, times: TimeFormat) -> None:
        """Show times another way from now on."""
        self._times = times

    def stop(self) -> None:
        """Wait for what is being loaded; the program is about to end."""
        self._timer.stop()
        self._loader.stop()

    @property
    def _history(self) -> "Index | None":
        """What was done before, as it was loaded last."""
        return self._loader.history

    @property
    def typed(self) -> QuickEntry:
        """What the line itself says."""
        return self._reading.entry

    @property
    def entry(self) -> QuickEntry:
        """What Enter would be about, with what is highlighted."""
        candidate = self.list.highlighted()
        if candidate is None:
            return self.typed
        if candidate.what is None:
            return self._read(candidate.completed).entry
        return merged(candidate.what, self.typed, self._tracking.snapshot.names)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, and nothing on its way into it."""
        return not (self.edit.text() or self.edit.composing)

    @property
    def has_message(self) -> bool:
        """Whether something else than the usual hint is said."""
        return self._message is not None

    def show_message(self, text: str, tint: Tint = labels.warning) -> None:
        """Show a sentence until the line is edited, and have a screen reader say it."""
        self._message = _Message(text, tint)
        self._describe()
        self._announce(text)

    def _announce(self, text: str) -> None:
        self.announced.emit(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, text))

    def _read(self, text: str) -> Reading:
        return read_line(text, now=clock.now(), zone=self._tracking.calendar.zone)

    def _show(self) -> None:
        """Show what the line means, and what may be meant."""
        text, state = self.edit.text(), self._tracking.snapshot
        self._reading = self._read(text)
        recent = [entry.what for entry in state.recent[:RECENT]]
        sources = CandidateSources(self._history, recent, state.names, self._meeting)
        found = candidates(text, self._reading, self.edit.caret, sources, now=clock.now())
        self.list.show_candidates(found if text or self.suggests_when_empty else [])
        self._describe()

    def _describe(self) -> None:
        """Show what Enter would do now, or what speaks against it."""
        names, calendar = self._tracking.snapshot.names, self._tracking.calendar
        entry, default = self.entry, self._default()
        chips = preview_chips(entry, names, calendar, self._times, now=clock.now(), default=default)
        others = self._examples[1:] if default.name else self._examples  # but @project
        self.chips.show_chips(chips if chips and self.edit.text() else [*chips, *others])
        problem = self._problem_typed()
        without = default.problem if entry.project is None and not entry.no_project else ""
        usual = _Message(without or self._owner.usual_hint(self), labels.subdued)
        message = self._message or (_Message(problem, labels.warning) if problem else usual)
        self.hint.set_tint(message.tint)
        text = message.text
        self.hint.setText(text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…")
        self.changed.emit()

    def _default(self) -> DefaultProject:
        """The project for a line without one; what was done before stays as it was."""
        candidate = self.list.highlighted()
        if candidate is not None and candidate.what is not None and candidate.what.workspace_id:
            return DefaultProject()
        return self._tracking.default_project()

    @Slot()
    def _on_default_removed(self) -> None:
        self.edit.put(f"{self.edit.text().rstrip()} @{NO_PROJECT}".lstrip())
        self.edit.setFocus()

    def _problem_typed(self) -> str:
        """What is wrong with the line, or with the names in it; empty if nothing."""
        problems = in_a_row(self._reading.problems)
        return problems or refusal(self.entry, self._tracking.snapshot.names)

    def _step(self, by: int) -> None:
        self.list.step(by)
        self._message = None
        self._describe()
        self._announce(self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _take_over(self) -> None:
        """Put the highlighted candidate into the line, else the first that is there already."""
        candidate = self.list.highlighted()
        if candidate is None and self.tab_completes_first:
            candidate = next((each for each in self.list.candidates if each.offer not in NEW), None)
        if candidate is not None:
            self._complete(candidate)
        elif not self.tab_completes_first:
            self.edit.focusNextChild()

    def _complete(self, candidate: CandidateRow) -> None:
        if candidate.what is not None:
            entry = merged(candidate.what, self.typed, self._tracking.snapshot.names)
            zone = self._tracking.calendar.zone
            self.edit.put(write_line(entry, now=clock.now(), zone=zone))
            return
        self.edit.put(candidate.completed, candidate.caret)
        if candidate.offer in NEW:
            self._agreed = self._needed()

    def _needed(self) -> tuple[str | None, str | None]:
        """The project and task that the line names."""
        return self.typed.project, self.typed.task

    @Slot()
    def submit(self, *, finished: bool = False) -> None:
        """Submit what is highlighted, else what the line says, if nothing speaks against it."""
        candidate = self.list.highlighted()
        if candidate is not None and candidate.what is None:
            self._complete(candidate)
            return
        self._reading = self._read(self.edit.text())  # it may have been a while since the last key
        submission = Submission(
            self._what(candidate), self.typed, candidate, finished, self.edit.text()
        )
        problem = self._problem_typed() or self._owner.problem(submission)
        if problem:
            self.show_message(problem)
        elif asking := self._question(candidate):
            self._confirm_line = self.edit.text()
            self.show_message(asking, labels.plain)
        else:
            self.submitted.emit(submission)

    def _question(self, candidate: CandidateRow | None) -> str:
        """What has to be asked before something new is made; empty if nothing."""
        if candidate is not None or self._may_make():
            return ""
        return question(self.typed, self._tracking.snapshot.names)

    def _may_make(self) -> bool:
        """Whether the user wants the project and task of the line made if need be."""
        return self._confirm_line == self.edit.text() or self._agreed == self._needed()

    def _what(self, candidate: CandidateRow | None) -> Draft | What:
        typed = self.typed
        if candidate is None or candidate.what is None:
            default = self._default().name
            return draft_of(typed, create_missing=self._may_make(), default=default)
        was_never_tracked = not candidate.what.workspace_id
        if typed.tags or was_never_tracked:  # of the tags some may be new
            return draft_of(self.entry, create_missing=False, default=self._default().name)
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
        seen = self.edit.text(), self.edit.cursorPosition()
        if seen == self._seen or not self.isVisible():
            return
        if self._history is None and not self._timer.isActive():
            self.load_if_stale()  # it was given back meanwhile
        if seen[0] != self._seen[0]:
            self._message = None
            self._confirm_line = None
        self._seen = seen
        self._show()
        if self._timer.isActive() and self._history is not None:
            self._load_soon()

    @Slot(object)
    def _on_pressed(self, key: LineKey) -> None:
        acts: dict[LineKey, Callable[[], None]] = {
            LineKey.ENTER: self.submit,
            LineKey.FINISH: lambda: self.submit(finished=True),
            LineKey.LEAVE: self.left.emit,
            LineKey.DOWN: lambda: self._step(1),
            LineKey.UP: lambda: self._step(-1),
            LineKey.TAKE_OVER: self._take_over,
        }
        acts[key]()

    @Slot()
    def _on_clicked(self) -> None:
        self.submit()

    @Slot(object)
    def _on_tracking_changed(self, _: object) -> None:
        if self.edit.hasFocus():
            self._load_soon()

    @Slot()
    def _on_due(self) -> None:
        self._loader.load()
        self._refresh()  # the names are new already

    @Slot(object)
    def _on_loaded(self, loaded: LoadedHistory) -> None:
        if not self.isVisible():
            return
        if loaded.problem and self._message is None:
            self.show_message(loaded.problem)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self.edit.follow(self.palette())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
