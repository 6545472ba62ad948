"""The window with what waits for the user: what the server refused, and what has two values."""

from typing import Final, NamedTuple, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tray import clock
from tray.errors import TrayError
from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store.catalogue import Kind
from tray.sync import problems
from tray.sync.problems import SyncProblem
from tray.tracker import catalogue
from tray.ui import labels, plain_text
from tray.ui.labels import ThemedLabel
from tray.ui.menu import shortened
from tray.ui.surfaces import paint_card
from tray.ui.theme import BODY, RADIUS, UNIT

_SIZE: Final = (76 * UNIT, 60 * UNIT)
_MOST: Final = 50
"""Cards at once; when one is answered, the next comes up."""
_VALUE_COLUMNS: Final = 24
_CORRECT: Final = "correct"
_RENAME: Final = "rename"


class ProblemOption(NamedTuple):
    """One way to answer a problem."""

    label: str
    key: str
    """``correct``, ``rename``, or which of the verbs of `tray.sync.problems`."""
    hint: str = ""


class ProblemAnswer(NamedTuple):
    """What the user has decided."""

    problem: SyncProblem
    key: str
    """Of the `ProblemOption`."""
    name: str = ""
    """The new one, of ``rename``."""


def choices(problem: SyncProblem) -> list[ProblemOption]:
    """What can be done about it, the best guess first."""
    if problem.kind == "conflict":
        kept, other = (shortened(each, _VALUE_COLUMNS) for each in (problem.kept, problem.other))
        return [
            ProblemOption(tr("Keep {value}").format(value=kept), "keep", problem.kept),
            ProblemOption(tr("Take {value}").format(value=other), "take_other", problem.other),
        ]
    if problem.kind == "copy":
        undoable = tr("This can be undone")
        return [
            ProblemOption(tr("Keep both"), "keep"),
            ProblemOption(tr("Only this computer's"), "remove_copy", undoable),
            ProblemOption(tr("Only the other device's"), "remove_original", undoable),
        ]
    if problem.kind == "gone":
        return [
            ProblemOption(tr("Make it again"), "recreate", tr("On the server, as it is here")),
            ProblemOption(tr("Delete it here, too"), "let_go", tr("This can be undone")),
        ]
    found = [ProblemOption(tr("Try again"), "retry")]
    if problem.here:
        correct = (
            ProblemOption(tr("Correct…"), _CORRECT)
            if problem.table == "entry"
            else ProblemOption(tr("Rename…"), _RENAME, tr("It is then sent again"))
        )
        found.insert(0, correct)
    labels_of = {
        "create": tr("Keep it here only"),
        "update": tr("Take what the server has"),
        "delete": tr("Bring it back"),
    }
    return [*found, ProblemOption(labels_of[problem.action], "give_up")]


class ProblemsWindow(QWidget):
    """Follows the store: what is settled goes, what comes in between is there."""

    correct_wanted = Signal(object)
    """The id of an entry to open the editor for."""

    def __init__(self, tracking: Tracking, times: TimeFormat) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("What needs you – Toggl Tray"))
        self._tracking = tracking
        self._times = times
        self._shown: list[SyncProblem] = []
        self.cards: list[ProblemCard] = []
        self._build()
        tracking.changed.connect(self._on_changed)

    def _build(self) -> None:
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        self._column.setSpacing(2 * UNIT)
        self.headline = ThemedLabel("", page, tint=labels.plain, size=BODY, bold=True)
        self.message = ThemedLabel("", page, tint=labels.warning)
        self.more = ThemedLabel("", page)
        for label in (self.headline, self.message, self.more):
            label.setWordWrap(True)
            self._column.addWidget(label)
        self._column.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.resize(*_SIZE)

    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = times
        self._shown = []
        self._show()

    def _show(self) -> None:
        try:
            found = problems.every(self._tracking.db, moment=self._moment)
        except TrayError as error:
            self._say(str(error))
            return
        if found == self._shown and self.headline.text():
            return
        self._shown = found
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [ProblemCard(each, self) for each in found[:_MOST]]
        for place, card in enumerate(self.cards, start=2):
            card.answered.connect(self._on_answered)
            self._column.insertWidget(place, card)
        left = len(found) - _MOST
        self.more.setText(tr("{count} more after these").format(count=left))
        self.more.setVisible(left > 0)
        self.headline.setText(
            tr("Everything else is synced. These wait for your answer.")
            if found
            else tr("Nothing waits for you.")
        )

    def _moment(self, at: int) -> str:
        """A time of day; with its date, if that is not today."""
        return self._times.since_today(at, self._tracking.calendar, now=clock.now())

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    @Slot(object)
    def _on_answered(self, answer: ProblemAnswer) -> None:
        if answer.key == _CORRECT:
            self.correct_wanted.emit(answer.problem.row_id)
            return
        try:
            message = _carry_out(self._tracking, answer)
        except TrayError as error:
            message = str(error)
        self._say(message)
        self._tracking.refresh()

    @Slot(object)
    def _on_changed(self, _: Snapshot) -> None:
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._say("")
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)


class ProblemCard(QWidget):
    """One problem: a sentence, and a button for each answer."""

    answered = Signal(object)
    """The user's `ProblemAnswer`."""

    def __init__(self, problem: SyncProblem, parent: QWidget) -> None:
        super().__init__(parent)
        self._problem = problem
        self.sentence = ThemedLabel(problem.sentence, self, tint=labels.plain)
        self.sentence.setWordWrap(True)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addStretch()
        for choice in choices(problem):
            button = QPushButton(plain_text.button(choice.label), self)
            button.setAccessibleName(choice.label)
            button.setAccessibleDescription(f"{problem.sentence} {choice.hint}".strip())
            button.setToolTip(plain_text.tooltip(choice.hint))
            button.setProperty("choice", choice.key)
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
            self.buttons[choice.key] = button
        self.name = QLineEdit(problem.own_name, self)
        self.name.setAccessibleName(tr("New name"))
        self.name.setAccessibleDescription(problem.sentence)
        self.name.returnPressed.connect(self._on_renamed)
        self.name.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 3 * UNIT // 2, 2 * UNIT, 3 * UNIT // 2)
        column.setSpacing(3 * UNIT // 2)
        column.addWidget(self.sentence)
        column.addWidget(self.name)
        column.addLayout(row)

    @Slot()
    def _on_clicked(self) -> None:
        key = self.sender().property("choice")
        if key != _RENAME:
            self.answered.emit(ProblemAnswer(self._problem, key))
        elif not self.name.isHidden():
            self._on_renamed()
        else:
            self.name.show()
            self.name.selectAll()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.buttons[_RENAME].setText(plain_text.button(tr("Rename")))

    @Slot()
    def _on_renamed(self) -> None:
        self.answered.emit(ProblemAnswer(self._problem, _RENAME, self.name.text()))

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_card(self, radius=RADIUS).end()


def _carry_out(tracking: Tracking, answer: ProblemAnswer) -> str:
    """Do what the user has decided; return what has to be said of it, mostly nothing.

    Raises:
        TrayError: it has been settled meanwhile, or does not go any more.
    """
    db, problem, now = tracking.db, answer.problem, clock.now()
    match answer.key:
        case "retry":
            problems.retry(db, problem, now=now)
        case "give_up":
            if problems.give_up(db, problem, now=now):
                message = tr(
                    "{name} was stopped on this computer only; in the account it still runs."
                )
                return message.format(name=problem.name)
        case "rename":  # of no entry
            kind = cast("Kind", problem.table)
            catalogue.rename(db, kind, problem.row_id, answer.name, now=now)
        case "recreate":
            problems.recreate(db, problem)
        case "let_go":
            problems.let_go(db, problem, now=now)
        case "keep":
            problems.keep(db, problem)
        case "remove_copy" | "remove_original" as which:
            problems.remove_one(db, problem, copy=which == "remove_copy", now=now)
        case "take_other":
            problems.take_other(db, problem, now=now)
    return ""
