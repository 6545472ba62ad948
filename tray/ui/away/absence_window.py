"""The window with the open question: what ran, since when nobody was there, and the answers.

It comes up without taking the focus where the desktop lets it, and takes no key for an answer until
the user has turned to it. Closing it answers nothing: the question is stored, and waits
in the menu. Whatever is changed elsewhere meanwhile shows at once, and no answer is carried out
that would do something else than the window said.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tray import clock
from tray.errors import TrayError
from tray.language import tr
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry, What
from tray.model.formats import TimeFormat
from tray.model.presence.answers import AbsenceAnswer, AbsenceChoice, Plan
from tray.model.presence.presence_values import Absence
from tray.session.tracking import Tracking
from tray.store import absences as stored
from tray.tracker import absences
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft
from tray.ui import labels, wording
from tray.ui.away import text
from tray.ui.away.answer_button import AnswerButton
from tray.ui.away.entry_header import EntryHeader
from tray.ui.away.reassign_page import ReassignPage
from tray.ui.away.segments import pieces, span
from tray.ui.away.split_box import SplitBox
from tray.ui.away.timeline_bar import ColouredSegment, TimelineScene
from tray.ui.input_guard import InputGuard
from tray.ui.labels import ThemedLabel
from tray.ui.theme import TITLE, UNIT
from tray.ui.ticker import Ticker

WIDTH: Final = 68 * UNIT
_ORDER: Final = tuple(AbsenceChoice)


class AbsenceWindow(QWidget):
    """Follows the store, and is closed when there is nothing more to ask."""

    answered = Signal(object, str)
    """The `Outcome` of an answer that was carried out, and what became of the time."""

    def __init__(self, tracking: Tracking, times: TimeFormat) -> None:
        # Not on top of all: it would cover what asks for a password, which is of the desktop.
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Away – Toggl Tray"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._tracking = tracking
        self._times = times
        self._absence: Absence | None = None
        self._entry: TimeEntry | None = None
        self._cut: int | None = None
        """Where the user has put the cut; None is the absence's begin."""
        self._until: int | None = None
        """Where what is cut out ends; None is the absence's end."""
        self._plans: dict[AbsenceChoice, Plan] = {}
        self._previewed = AbsenceChoice.KEEP
        self._message = ""
        """The remark that the user has seen."""
        self._busy = False
        self._ticker = Ticker(MINUTE, self.refresh, self, name="away elapsed")
        self._build()
        self._guard = InputGuard(self, lambda: self.buttons[AbsenceChoice.KEEP])
        tracking.changed.connect(self._on_changed)

    def _build(self) -> None:
        self.headline = ThemedLabel("", self, tint=labels.plain, size=TITLE, bold=True)
        self.when = ThemedLabel("", self)
        self.about = EntryHeader(self)
        self.remark = ThemedLabel("", self, tint=labels.warning)
        for label in (self.when, self.remark):
            label.setWordWrap(True)
        self.cut = SplitBox(self)
        self.cut.moved.connect(self._on_moved)
        self.cut.ended.connect(self._on_ended)
        self.buttons = {
            choice: AnswerButton(number, text.label(choice), self)
            for number, choice in enumerate(_ORDER, start=1)
        }
        self.give = ReassignPage(self._tracking, self._times, self)
        self.give.hide()
        self.give.edited.connect(self._on_given)
        self.give.chosen.connect(self._on_chosen)
        self.give.left.connect(self._on_left_give)
        self._arrange()
        for choice, button in self.buttons.items():
            button.setProperty("choice", choice.value)
            button.clicked.connect(self._on_clicked)
            button.looked_at.connect(self._on_looked_at)
            button.left.connect(self._on_left)
            key = QShortcut(QKeySequence(str(button.number)), self, autoRepeat=False)
            key.activated.connect(button.animateClick)

    def _arrange(self) -> None:
        self.answers = QWidget(self)
        rows = QVBoxLayout(self.answers)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(UNIT * 3 // 4)
        for button in self.buttons.values():
            rows.addWidget(button)
        head = QVBoxLayout()
        head.setSpacing(UNIT // 2)
        head.addWidget(self.headline)
        head.addWidget(self.when)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT * 5 // 4)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.remark)
        column.addWidget(self.cut)
        column.addWidget(self.answers)
        column.addWidget(self.give, 1)
        column.addStretch()
        self.setMinimumWidth(WIDTH)

    @property
    def absence(self) -> Absence | None:
        """The question that is shown."""
        return self._absence

    def use_times(self, times: TimeFormat) -> None:
        """Show times another way from now on."""
        self._times = times
        self.give.use_times(times)
        self.refresh()

    def stop(self) -> None:
        """Wait for what is being loaded; the program is about to end."""
        self.give.stop()

    def open(self, *, by_user: bool = False) -> bool:
        """Show the open question, or say that there is none; the focus stays where it is.

        If it is opened `by_user`, what is typed from now on counts.
        """
        self.refresh()
        if self._absence is None:
            return False
        if by_user:
            self._guard.let_in()
        if not self.isVisible():
            self.adjustSize()
            self.show()
        self.raise_()
        if not by_user:
            QApplication.alert(self)  # where it comes up behind others, the task bar says so
        return True

    def take_place_of(self, before: "AbsenceWindow") -> None:
        """Ask what another window asks, with what was set and typed there."""
        self._absence, self._cut, self._until = before._absence, before._cut, before._until
        self.move(before.pos())
        self.refresh()
        if self._absence is None:
            return
        self.show()
        if not before.give.isHidden():
            self.open_give()
            self.give.take_place_of(before.give)

    def open_give(self) -> None:
        """Go on to what the time is given to."""
        absence, entry = self._absence, self._entry
        if absence is None or entry is None:
            return
        self.answers.hide()
        self.give.show()
        self._previewed = AbsenceChoice.GIVE
        cut, end = self._moment(absence), self._end(absence)
        when = text.MomentFormatter(self._times, now=clock.now()).between(cut, end)
        goes_on = tr("Go on with “{what}” after it")
        title = wording.title(entry, self._tracking.snapshot.names)
        if len(title) > 24:
            title = f"{title[:23].rstrip()}…"
        caption = tr("{when} goes to").format(when=when)
        self.give.open(caption, goes_on.format(what=title).replace("&", "&&"))

    @Slot()
    def refresh(self) -> None:
        """Read anew what is asked, and work out what the answers would do now."""
        if self._busy:
            return
        try:
            self._read(clock.now())
        except TrayError as error:
            self.remark.setText(str(error))
            self.remark.show()
            return
        if self._absence is None:
            self.close()
        else:
            self._show(self._absence)

    def _read(self, now: int) -> None:
        before = self._absence
        self._absence = next(iter(stored.unanswered(self._tracking.db)), None)
        if before is None or self._absence is None or before.id != self._absence.id:
            self._cut = self._until = None
            self._message = ""
            self._leave_give()
            if self.isVisible():
                self._guard.close()  # a double click, or a key held, is for the one before
        if self._absence is not None:
            absence = self._absence
            for choice in _ORDER:
                entry, plan = self._planned(absence, choice, now=now)
                self._entry, self._plans[choice] = entry, plan

    def _planned(
        self, absence: Absence, choice: AbsenceChoice, *, now: int
    ) -> tuple[TimeEntry | None, Plan]:
        answer = self._answer(absence, choice)
        if choice is AbsenceChoice.GIVE:
            answer = answer._replace(what=self._given())
        return absences.planned(self._tracking.db, absence, answer, now=now)

    def _given(self) -> What:
        meant = self.give.preview() if not self.give.isHidden() else None
        return meant or What(0, tr("something else"))

    def _answer(self, absence: Absence, choice: AbsenceChoice) -> AbsenceAnswer:
        """What is chosen, with the times that were typed."""
        go_on = self.give.go_on.isChecked()
        until = None if self._until is None else self._end(absence)
        return AbsenceAnswer(choice, self._moment(absence), None, go_on, until)

    def _end(self, absence: Absence) -> int:
        """Up to when what is cut out reaches."""
        back = clock.now() if absence.back is None else absence.back
        return back if self._until is None else min(max(self._moment(absence), self._until), back)

    def _moment(self, absence: Absence) -> int:
        back = clock.now() if absence.back is None else absence.back
        cut = absence.begin if self._cut is None else self._cut
        return min(max(absence.begin, cut), back)

    def _show(self, absence: Absence) -> None:
        now, names = clock.now(), self._tracking.snapshot.names
        self._ticker.follow(absence.begin if self.isVisible() else None)
        self.headline.setText(text.headline(absence, now=now))
        self.when.setText(text.when_and_why(absence, self._times, now=now))
        self.about.show_entry(self._entry, names)
        self.remark.setText(self._remark())
        self.remark.setVisible(bool(self.remark.text()))
        self._message = self.remark.text()
        for choice, button in self.buttons.items():
            plan = self._plans[choice]
            button.show_result(self._result(choice, now=now))
            button.setEnabled(choice is AbsenceChoice.KEEP or bool(plan.edits))
        self._draw()

    def _remark(self) -> str:
        return text.remark(self._plans[AbsenceChoice.DISCARD_AND_CONTINUE])

    def _result(self, choice: AbsenceChoice, *, now: int) -> str:
        plan = self._plans[choice]
        if choice is not AbsenceChoice.KEEP and not plan.edits:
            return tr("There is nothing to change")
        names = self._tracking.snapshot.names
        return text.result(self._entry, plan, names, self._times, now=now)

    def _draw(self) -> None:
        """Show on the time line what the answer that is looked at makes of it."""
        absence, entry, now = self._absence, self._entry, clock.now()
        self.cut.setVisible(entry is not None)
        if absence is None or entry is None:
            return
        names = self._tracking.snapshot.names
        begin, end = span(absence, entry, now=now)
        back = now if absence.back is None else absence.back
        drawn = [
            ColouredSegment(
                piece,
                wording.colour(piece.what, names) if piece.what else "",
                wording.title(piece.what, names) if piece.what else tr("removed"),
            )
            for piece in pieces(entry, self._plans[self._previewed], now=now)
        ]
        empty = [
            (each.begin, now if each.back is None else each.back) for each in absence.stretches
        ]
        scene = TimelineScene(begin, end, absence.begin, back, self._moment(absence), drawn, empty)
        if absence.back is not None:
            scene = scene._replace(until=self._end(absence))
        self.cut.show_scene(scene, self._times, now=now)

    def _preview(self, choice: AbsenceChoice) -> None:
        self._previewed = choice
        self._draw()

    def _carry_out(self, answer: AbsenceAnswer, to: Draft | What | None = None) -> None:
        absence, seen = self._absence, self._message
        self.refresh()
        if absence is None or self._absence is None or self._absence.id != absence.id:
            return
        if self._remark() != seen:  # it is another question than the user has answered
            return
        message = self._done(absence, answer)
        problems: list[str] = []

        def verb(now: int) -> Outcome:
            try:
                return absences.answer(self._tracking.db, absence.id, answer, now=now, to=to)
            except TrayError as error:
                problems.append(str(error))
                raise

        self._busy = True
        outcome = self._tracking.run(verb)
        self._busy = False
        if outcome is not None:
            self._leave_give()
            self.answered.emit(outcome, message)
        self.refresh()
        for problem in problems:
            self._say(problem)

    def _done(self, absence: Absence, answer: AbsenceAnswer) -> str:
        cut = self._moment(absence) if answer.cut is None else answer.cut
        plan = self._plans[answer.choice]
        return text.done(answer.choice, plan, cut=cut, back=self._end(absence), times=self._times)

    def _say(self, sentence: str) -> None:
        if self.give.isHidden():
            self.remark.setText(sentence)
            self.remark.show()
        else:
            self.give.line.show_message(sentence)

    def _leave_give(self) -> None:
        if not self.give.isHidden():
            self.give.hide()
            self.answers.show()
            self._previewed = AbsenceChoice.KEEP

    @Slot()
    def _on_clicked(self) -> None:
        choice = AbsenceChoice(self.sender().property("choice"))
        if choice is AbsenceChoice.GIVE:
            self.open_give()
        elif self._absence is not None:
            self._carry_out(self._answer(self._absence, choice))

    @Slot()
    def _on_looked_at(self) -> None:
        self._preview(AbsenceChoice(self.sender().property("choice")))

    @Slot()
    def _on_left(self) -> None:
        """The pointer is elsewhere: show the answer that the keys are on."""
        on = (choice for choice, button in self.buttons.items() if button.hasFocus())
        self._preview(next(on, AbsenceChoice.KEEP))

    @Slot(object)
    def _on_moved(self, moment: int) -> None:
        self._cut = moment
        if self._previewed is AbsenceChoice.KEEP:
            self._previewed = AbsenceChoice.DISCARD_AND_CONTINUE
        self.refresh()

    @Slot(object)
    def _on_ended(self, moment: int) -> None:
        self._until = moment
        if self._previewed is AbsenceChoice.KEEP:
            self._previewed = AbsenceChoice.DISCARD_AND_CONTINUE
        self.refresh()

    @Slot()
    def _on_given(self) -> None:
        if not self.give.isHidden():
            self.refresh()

    @Slot(object)
    def _on_chosen(self, to: Draft | What) -> None:
        if self._absence is not None:
            self._carry_out(self._answer(self._absence, AbsenceChoice.GIVE), to)

    @Slot()
    def _on_left_give(self) -> None:
        self._leave_give()
        self.buttons[AbsenceChoice.GIVE].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        if self._guard.is_open:
            self.buttons[AbsenceChoice.KEEP].setFocus(Qt.FocusReason.OtherFocusReason)
        self._preview(AbsenceChoice.KEEP)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._ticker.follow(None)
        self._leave_give()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
