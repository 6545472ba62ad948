"""Puts absences and reminders before the user: windows, notifications, rows of the menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tray import clock
from tray.desktop.do_not_disturb import DoNotDisturbCheck
from tray.desktop.notifier import Action, ActionInvoked, Notification
from tray.desktop.support import Level
from tray.errors import TrayError
from tray.language import tr
from tray.model.formats import TimeFormat
from tray.model.presence import nothing_running
from tray.model.presence.answers import AbsenceAnswer, AbsenceChoice
from tray.model.presence.due import ReminderKind
from tray.model.presence.long_run import LongRun
from tray.model.presence.nothing_running import Snooze
from tray.model.presence.presence_values import Absence
from tray.session.presence_thread import PresenceThread
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import absences as stored
from tray.store import entries
from tray.tracker import absences, timer
from tray.tracker.outcome import Outcome
from tray.ui import change_notice, wording
from tray.ui.away import menu_rows, questions, text
from tray.ui.away.questions import Prompt
from tray.ui.menu import MenuAction, MenuRow
from tray.ui.windows import bring_up, calendar_of, can_leave_the_focus, retire, time_format_of
from tray.workers.presence_sensors import Watched
from tray.workers.presence_worker import AutomaticStop, Snoozed
from tray.workers.reminder_planner import Reminder

if TYPE_CHECKING:
    from tray.ui.away.absence_window import AbsenceWindow
    from tray.ui.away.long_run_window import LongRunWindow


class AwayController(QObject):
    """Puts before the user what comes of the watch over who is there, and does what is chosen.

    What is open stands in the menu, whatever becomes of its notification; a notification goes when
    what it is about is settled in another way.
    """

    opening = Signal()
    """A window is about to be made."""
    notified = Signal(object)
    """A `Notification` to show."""
    withdrawn = Signal(object)
    """The id of one to take back."""
    wanted = Signal(object)
    """What the user wants done, a `MenuAction`."""
    failed = Signal(object)
    """A sentence for the user."""
    watched = Signal(object)
    """What can be noticed here, as `Watched`."""
    changed = Signal()
    """Other rows belong into the menu."""

    def __init__(self, watching: PresenceThread, tracking: Tracking, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._settings = Settings()
        self._times = TimeFormat()
        self._reminders: dict[ReminderKind, Reminder] = {}
        """What was reminded of and is not settled."""
        self._shown_prompts: dict[str, Prompt] = {}
        """What there is a notification about."""
        self._shown_question: Absence | None = None
        """The question as the user was told of it last; it may last still, or be lengthened."""
        self._stopped: AutomaticStop | None = None
        """What was stopped while nobody was there, and nothing was started since."""
        self._support: Watched | None = None
        self._away: AbsenceWindow | None = None
        self._late: LongRunWindow | None = None
        self._do_not_disturb = DoNotDisturbCheck(self)
        self._do_not_disturb.allowed.connect(self._on_allowed)
        self._do_not_disturb.refused.connect(self._on_refused)
        self._is_held_back = False
        """Whether the question was put when the user did not want to be disturbed."""
        self._is_unseen = False
        """Whether nothing shows notifications, so that the question has to come as a window."""
        self._watching = watching
        self._watching.question_due.connect(self._on_question_due)
        self._watching.reminded.connect(self._on_reminded)
        self._watching.stopped.connect(self._on_stopped)
        self._watching.support.connect(self._on_support)
        self._watching.failed.connect(self.failed)
        tracking.changed.connect(self._on_changed)

    @property
    def support(self) -> Watched | None:
        """What can be noticed here; None while it is not known."""
        return self._support

    def start(self, settings: Settings) -> None:
        """Begin to watch."""
        self.use(settings)
        self._watching.start()

    def use(self, settings: Settings) -> None:
        """Go by the settings."""
        self._settings = settings
        self._times = time_format_of(settings)
        self._watching.use(settings)
        for window in (self._away, self._late):
            if window is not None:
                window.use_times(self._times)

    def renew(self) -> None:
        """Make the windows anew, in another language, with what was set in them."""
        (away, late), self._away, self._late = (self._away, self._late), None, None
        if away is not None and away.isVisible():
            self._window().take_place_of(away)
        if late is not None and late.isVisible():
            self._late_window().take_place_of(late)
        for window in (away, late):
            retire(window)

    def stop(self) -> bool:
        """End the watch, doing what the end of the program is to do; whether its thread ended."""
        self._do_not_disturb.stop()
        if self._away is not None:
            self._away.stop()
        return self._watching.stop()

    def rows(self) -> list[MenuRow]:
        """What belongs into the menu."""
        now, state = clock.now(), self._tracking.snapshot
        try:
            found = menu_rows.rows(self._prompts(now)) or self._earlier(state, now=now)
        except TrayError:
            found = []  # whoever reads the entries tells of it
        if self._support is not None and self._support.idle.level is Level.MISSING:
            found.append(menu_rows.no_idle_time())
        return found

    def attention(self) -> str:
        """Why the icon is to ask for attention: the question that is open; empty if none is."""
        question = self._question()
        return text.reminder(question, self._times, now=clock.now()) if question else ""

    @Slot()
    def open_question(self) -> None:
        """Open the window with the question, or bring it to the front."""
        window = self._window()
        if window.open(by_user=True):
            bring_up(window)

    @Slot(object)
    def answer(self, answer: ActionInvoked) -> None:
        """Do what the user chose in a notification."""
        self._shown_prompts.pop(answer.id, None)  # it goes with its answer
        self.act(answer.id, answer.action)

    def choose(self, row: MenuRow) -> None:
        """Do what the user chose in the menu."""
        self.act(row.about, row.answer)

    def act(self, about: str, key: str) -> None:
        """Do what the user chose, if it is still to be decided."""
        question = self._question()
        if question is not None and about == questions.id_of(question):
            self._answer(question, key)
        elif about == menu_rows.EARLIER:
            self._act_earlier(key)
        elif about == questions.STOPPED and self._stopped is not None:
            self._act_on_stop(self._stopped, key)
        elif (
            about in set(ReminderKind)
            and (reminder := self._reminders.get(ReminderKind(about))) is not None
        ):
            self._act_on(reminder, key)
        self._settle()

    def _question(self) -> Absence | None:
        try:
            return next(iter(stored.unanswered(self._tracking.db)), None)
        except TrayError:
            return None  # as above

    def _prompts(self, now: int) -> list[Prompt]:
        """What waits for a word of the user."""
        state, question = self._tracking.snapshot, self._question()
        found = []
        if question is not None:
            found.append(self._matter(question, now=now))
        if self._stopped is not None:
            found.append(questions.of_stop(self._stopped, state, self._times, now=now))
        for reminder in self._reminders.values():
            found.append(questions.of_reminder(reminder, state, self._times, now=now))
        return found

    def _matter(self, question: Absence, *, now: int) -> Prompt:
        entry = next(iter(entries.by_ids(self._tracking.db, [question.entry_id])), None)
        state = self._tracking.snapshot
        return questions.of_absence(question, entry, state, self._times, now=now)

    def _ask(self, question: Absence) -> None:
        self._shown_question = question
        self._tell(self._matter(question, now=clock.now()))

    def _earlier(self, state: Snapshot, *, now: int) -> list[MenuRow]:
        if state.running is not None:
            left = self._left_at()
            return [] if left is None else menu_rows.stop_then(left, self._times, now=now)
        back = absences.came_back(self._tracking.db, now=now)
        return [] if back is None else menu_rows.start_since(back, state, self._times, now=now)

    def _left_at(self) -> int | None:
        running = self._tracking.snapshot.running
        return None if running is None else absences.left_at(self._tracking.db, running)

    def _answer(self, question: Absence, key: str) -> None:
        """Answer as the notification or the menu said; if that is no more so, say so first."""
        db, now = self._tracking.db, clock.now()
        if key not in set(AbsenceChoice):
            self.open_question()
            return
        decision = AbsenceAnswer(AbsenceChoice(key))
        _, plan = absences.planned(db, question, decision, now=now)
        if plan.changed is not None:
            self.open_question()
            return
        back = now if question.back is None else question.back
        message = text.done(decision.choice, plan, cut=question.begin, back=back, times=self._times)
        outcome = self._tracking.run(
            lambda now: absences.answer(db, question.id, decision, now=now)
        )
        if outcome is not None:
            self._confirm(outcome, message)

    def _confirm(self, outcome: Outcome, message: str) -> None:
        """Say what was done, with a way to take it back."""
        if not self._settings.confirm_changes:
            return
        entry = outcome.entry
        title = wording.full(entry, self._tracking.snapshot.names) if entry else "Toggl Tray"
        self.notified.emit(change_notice.notification(outcome, title, message))

    def _act_earlier(self, key: str) -> None:
        tracking, state = self._tracking, self._tracking.snapshot
        if key == questions.START_SINCE and state.recent:
            self._start_since(absences.came_back(tracking.db, now=clock.now()))
        elif key == questions.STOP_THEN and state.running is not None:
            self._stop(self._left_at())

    def _start_since(self, moment: int | None) -> None:
        """Continue the latest as of that moment."""
        latest = next(iter(self._tracking.snapshot.recent), None)
        if moment is not None and latest is not None:
            db = self._tracking.db
            self._tracking.run(lambda now: timer.resume(db, latest.id, now=now, at=moment))

    def _stop(self, moment: int | None) -> None:
        """Stop what runs as of that moment."""
        running = self._tracking.snapshot.running
        if moment is not None and running is not None:
            db, entry_id = self._tracking.db, running.id
            self._tracking.run(lambda now: absences.stop_at(db, entry_id, moment, now=now))

    def _act_on_stop(self, stopped: AutomaticStop, key: str) -> None:
        if key == questions.TAKE_BACK:
            self._tracking.undo_step(stopped.step_id)
        elif key in (questions.CONTINUE, questions.OPEN):
            self._tracking.resume(stopped.entry.id)

    def _act_on(self, reminder: Reminder, key: str) -> None:
        if key == LongRun.STOP_AT or (key == questions.OPEN and reminder.entry is not None):
            self._open_late(reminder)
            return
        del self._reminders[reminder.kind]
        state = self._tracking.snapshot
        if key in set(Snooze):
            calendar = calendar_of(self._settings)
            until = nothing_running.snoozed_until(Snooze(key), now=clock.now(), calendar=calendar)
            self._watching.snoozed(Snoozed(reminder.kind, until))
        else:
            self._do(reminder, key, state)

    def _do(self, reminder: Reminder, key: str, state: Snapshot) -> None:
        match key:
            case LongRun.STILL_WORKING | questions.GO_ON:
                self._watching.dismissed(reminder.kind)
            case questions.STOP:
                self._watching.dismissed(reminder.kind)  # however late, it is the break told of
                self._tracking.stop()
            case LongRun.STOP_NOW:
                self._tracking.stop()
            case LongRun.STOP_AT_LAST_INPUT:
                self._stop(questions.stop_moment(reminder))
            case questions.START_LAST if state.recent:
                self._tracking.resume(state.recent[0].id)
            case questions.KEEP_BREAK:
                self._tracking.run(lambda now: timer.end_break(self._tracking.db, now=now))
            case questions.START_SINCE:
                self._start_since(reminder.since)
            case questions.START_FAVOURITE if state.pinned:
                self._tracking.start(state.pinned[0])
            case questions.QUICK_START | questions.OPEN:
                self.wanted.emit(MenuAction.QUICK_START)

    def _open_late(self, reminder: Reminder) -> None:
        if self._late_window().ask(reminder):
            bring_up(self._late_window())

    def _late_window(self) -> "LongRunWindow":
        if self._late is None:
            self.opening.emit()
            from tray.ui.away.long_run_window import LongRunWindow

            self._late = LongRunWindow(self._tracking, self._times)
            self._late.still_working.connect(self._on_still_working)
        return self._late

    def _window(self) -> "AbsenceWindow":
        if self._away is None:
            self.opening.emit()
            from tray.ui.away.absence_window import AbsenceWindow

            self._away = AbsenceWindow(self._tracking, self._times)
            self._away.answered.connect(self._on_answered)
        return self._away

    def _tell(self, matter: Prompt) -> None:
        self._shown_prompts[matter.id] = matter
        buttons = matter.offers[: matter.most_buttons]
        actions = tuple(Action(*offer) for offer in buttons)
        if matter.offers:
            actions = (Action(questions.OPEN, tr("Open")), *actions)
        lasts_ms = 0 if matter.offers else None
        self.notified.emit(
            Notification(matter.id, matter.title, matter.body, actions, lasts_ms=lasts_ms)
        )

    def _is_longer_than_shown(self, question: Absence) -> bool:
        """Whether it is known only now how long it was, or one was away again meanwhile."""
        shown = self._shown_question
        if shown is None or shown.id != question.id or question.back is None:
            return False
        return shown.stretches != question.stretches

    def _settle(self) -> None:
        """Forget what is no more to be decided, and take its notification back."""
        state = self._tracking.snapshot
        if state.running is not None:
            self._stopped = None
        for kind, reminder in tuple(self._reminders.items()):
            if questions.is_moot(reminder, state):
                del self._reminders[kind]
        question = self._question()
        if question is not None and self._is_longer_than_shown(question):
            self._ask(question)
            if self._is_held_back:
                self._do_not_disturb.check()
        if question is None:
            self._do_not_disturb.stop()
        open_ids = {questions.id_of(question)} if question else set()
        open_ids |= {kind.value for kind in self._reminders}
        open_ids |= {questions.STOPPED} if self._stopped else set()
        for about, matter in tuple(self._shown_prompts.items()):
            if matter.offers and about not in open_ids:
                del self._shown_prompts[about]
                self.withdrawn.emit(about)
        self.changed.emit()

    @Slot(object)
    def _on_question_due(self, absence: Absence) -> None:
        for kind in (ReminderKind.LONG_RUN, ReminderKind.OVERNIGHT):
            self._reminders.pop(kind, None)  # the question says all that these do
        self._ask(absence)
        self._is_held_back = False
        self._do_not_disturb.check()
        self._settle()

    @Slot(object)
    def on_unseen(self, about: str) -> None:
        """A notification cannot be shown."""
        question = self._question()
        if question is not None and about == questions.id_of(question):
            self._is_unseen = True
            self._do_not_disturb.check()

    @Slot()
    def _on_allowed(self) -> None:
        """A window may come up now, if that leaves the keyboard to whoever has it."""
        question = self._question()
        if self._is_held_back and question is not None:
            self._is_held_back = False
            self._ask(question)  # where it was held back it would be found only by who looks
        if can_leave_the_focus() or self._is_unseen:
            self._window().open()

    @Slot()
    def _on_refused(self) -> None:
        """Wait until somebody is back, and may be disturbed."""
        self._is_held_back = True
        question = self._question()
        if question is not None and question.back is not None:
            self._do_not_disturb.check_later()

    @Slot(object)
    def _on_reminded(self, reminder: Reminder) -> None:
        self._tracking.refresh()  # what it is about was just written
        state, now = self._tracking.snapshot, clock.now()
        matter = questions.of_reminder(reminder, state, self._times, now=now)
        self._tell(matter)
        if not questions.is_moot(reminder, state):
            self._reminders[reminder.kind] = reminder
        self.changed.emit()

    @Slot(object)
    def _on_stopped(self, stopped: AutomaticStop) -> None:
        self._tracking.refresh()  # it was just written
        if self._tracking.snapshot.running is None:
            self._stopped = stopped
            state, now = self._tracking.snapshot, clock.now()
            self._tell(questions.of_stop(stopped, state, self._times, now=now))
        self.changed.emit()

    @Slot(object)
    def _on_support(self, support: Watched) -> None:
        self._support = support
        self.watched.emit(support)
        self.changed.emit()

    @Slot(object, str)
    def _on_answered(self, outcome: Outcome, message: str) -> None:
        self._confirm(outcome, message)
        self._settle()

    @Slot(object)
    def _on_still_working(self, kind: ReminderKind) -> None:
        self._reminders.pop(kind, None)
        self._watching.dismissed(kind)
        self._settle()

    @Slot(object)
    def _on_changed(self, _: Snapshot) -> None:
        self._settle()
