"""Keeps watch, on a thread of its own, over who is there and what was forgotten.

What comes of it is in the store first: questions about absences, stops, when what is due.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal, Slot

from tray.errors import UserError
from tray.lean_typing import Final, NamedTuple
from tray.model.durations import HOUR, MINUTE
from tray.model.entities import TimeEntry
from tray.model.presence.due import Due, ReminderKind
from tray.model.presence.effects import Ask, Effect, State, Stop
from tray.model.presence.events import (
    Answered,
    ClockReading,
    Event,
    InputResumed,
    Locked,
    Polled,
    ProgramStarted,
    Quitting,
    RunningChanged,
    Unlocked,
    Woke,
)
from tray.model.presence.presence_values import IdleMode, Rules
from tray.model.presence.reducer import RETRY_SECONDS, advance
from tray.settings import Settings
from tray.store import absences, reminders
from tray.store.database import Database
from tray.store.heartbeat import Heartbeat
from tray.store.opening import open_database
from tray.tracker import absences as verbs
from tray.tracker.outcome import Outcome
from tray.workers import reminder_planner
from tray.workers.precise_timer import milliseconds_until
from tray.workers.presence_sensors import (
    PresenceSensors,
    PresenceSources,
    choose_sources,
    read_clocks,
)
from tray.workers.presence_settings import presence_settings_of
from tray.workers.presence_store import concerns_store, recall, remember, running
from tray.workers.reminder_planner import Reminder, Situation
from tray.workers.worker import Worker

_log: Final = logging.getLogger(__name__)

AFTER_A_FAILURE_SECONDS: Final = MINUTE
ALIVE_SECONDS: Final = 5 * MINUTE
"""How often at least to note that the program runs, while somebody works: if it is killed, it may
seem to have ended so much earlier, which is to be less than an absence that counts."""
JUMP_SECONDS: Final = 30
"""If clocks differ by more than before, today may be another day."""
LONGEST_SECONDS: Final = HOUR
"""Wait for nothing longer without a look at the clock, which may have been set."""


class PresencePaths(NamedTuple):
    """What the worker works with."""

    database: str
    crash_log: str
    sources: Callable[[QObject], PresenceSources] = choose_sources
    clocks: Callable[[], ClockReading] = read_clocks


class Snoozed(NamedTuple):
    """A kind of reminder is to be silent."""

    kind: ReminderKind
    until: int
    """Epoch seconds."""


class AutomaticStop(NamedTuple):
    """An entry was stopped, as the settings have it, while nobody was there."""

    entry: TimeEntry
    step_id: int
    """What to take back, for it to run on."""


class PresenceCommands(QObject):
    """What a worker is told from the main thread; each signal ends in the slot of its name."""

    use = Signal(object)
    running_changed = Signal()
    dismissed = Signal(object)
    snoozed = Signal(object)
    stop = Signal(object)

    def __init__(self, worker: "PresenceWorker", parent: QObject) -> None:
        super().__init__(parent)
        self.use.connect(worker.use)
        self.running_changed.connect(worker.running_changed)
        self.dismissed.connect(worker.dismissed)
        self.snoozed.connect(worker.snoozed)
        self.stop.connect(worker.stop)


class PresenceWorker(Worker):
    """Tells by its signals who is there and what is due."""

    question_due = Signal(object)
    """The `Absence` whose question is to be put before the user now."""
    reminded = Signal(object)
    """A `Reminder`, which counts as told."""
    stopped = Signal(object)
    """An `AutomaticStop`, once somebody is there to be told."""
    support = Signal(object)
    """What can be noticed here, as `Watched`; at the start, and when it has become another."""
    present = Signal(object)
    """Whether the user has the screen: false while it is locked or the computer asleep. At the
    start, and when it has become another."""
    day_may_have_changed = Signal()
    """The computer has slept, or its clock was set."""

    def __init__(self, paths: PresencePaths, settings: Settings) -> None:
        super().__init__(paths.crash_log)
        self._paths = paths
        self._presence_settings = presence_settings_of(settings)
        self._state = State()
        self._started_at = 0
        self._last_seen: int | None = None
        """When the run before this one was known to be, or somebody was there in it, last."""
        self._heartbeat: Heartbeat | None = None
        self._due: dict[str, int] = {}
        self._present: bool | None = None
        self._polled_at: int | None = None
        self._stopped: AutomaticStop | None = None
        """What nobody was told of yet."""
        self._retry_at: int | None = None
        """When to try again after a failure, on the monotonic clock."""
        self._ended = False
        self.wakes_at: int | None = None
        """When it will wake up by itself, epoch seconds."""
        self.wakes = 0
        """How often it has done so."""

    @Slot()
    def start(self) -> None:
        """Begin; timers and sources belong to the thread that this runs on."""
        self._timer = self._made_timer("presence", self.wake)
        clocks = self._paths.clocks
        self._started_at = clocks().at
        self._sensors = PresenceSensors(self._paths.sources(self), clocks, parent=self)
        self._sensors.use(self._presence_settings.counted)
        self._sensors.happened.connect(self._on_happened)
        self._sensors.changed.connect(self._on_changed)
        self.support.emit(self._sensors.watched)
        _log.info("idle source: %s", self._sensors.watched.idle_text)
        self._run(self._on_time)

    @Slot(object)
    def stop(self, quitting: bool) -> None:
        """Let go of everything; if the program ends, do first what is to be done then."""
        if self._ended:
            return
        if quitting:
            self._run(self._quit)
        self._ended = True
        self._timer.stop()
        self._sensors.stop()
        self._close()
        for child in self.children():
            child.deleteLater()  # on this thread, where their timers are
        self.ended.emit()

    @Slot(object)
    def use(self, settings: Settings) -> None:
        """The user has set something."""
        self._presence_settings = presence_settings_of(settings)
        self._sensors.use(self._presence_settings.counted)
        self._run(lambda: self._advance(Polled(self._paths.clocks())))

    @Slot()
    def running_changed(self) -> None:
        """Something was changed in the store: perhaps another entry runs, or one was answered."""
        self._run(self._sync_with_store)

    @Slot(object)
    def dismissed(self, kind: ReminderKind) -> None:
        """The user has answered a reminder with nothing to be done; it may come again after."""
        self._run(lambda: self._note_dismissed(kind))

    @Slot(object)
    def snoozed(self, snoozed: Snoozed) -> None:
        """The user does not want to be reminded for a while."""
        self._run(lambda: self._snooze(snoozed))

    @Slot()
    def wake(self) -> None:
        """It is time for what was waited for last."""
        self.wakes += 1
        self._run(self._on_time)

    @property
    def _rules(self) -> Rules:
        return self._presence_settings.rules._replace(idle_mode=self._sensors.idle_mode)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if isinstance(event, Polled):
            self._polled_at = event.when.mono
        self._run(lambda: self._advance(event))

    @Slot()
    def _on_changed(self) -> None:
        self.support.emit(self._sensors.watched)
        self._run(self._on_source_changed)

    def _run(self, action: Callable[[], None]) -> None:
        """Carry out a command; no failure of one keeps the next from being heard."""
        if self._ended or self._must_wait:
            return
        self._guarded(lambda: self._do(action), self._fail)

    def _do(self, action: Callable[[], None]) -> None:
        if self._db is None:
            self._begin()
        action()

    @property
    def _must_wait(self) -> bool:
        """Whether to wait still after a failure."""
        return self._retry_at is not None and self._paths.clocks().mono < self._retry_at

    def _fail(self, sentence: str) -> None:
        """Say it once, and begin anew in a while: what is stored is all that is known then."""
        self._report(sentence)
        self._close()
        now = self._paths.clocks()
        self._retry_at = now.mono + AFTER_A_FAILURE_SECONDS
        self._wait_until(now.at + AFTER_A_FAILURE_SECONDS, now.at)

    def _begin(self) -> None:
        """Go on from what is stored."""
        self._db = db = open_database(self._paths.database)
        self._retry_at = None
        when = self._paths.clocks()
        kept = reminders.everything(db)
        self._due = {kind: each.due_at for kind, each in kept.items() if each.due_at is not None}
        self._state, self._heartbeat, last_alive = recall(db, when.at)
        if self._last_seen is None and last_alive < self._started_at:
            self._last_seen = last_alive
        self._advance(ProgramStarted(when, last_alive))
        if self._sensors.locked:
            self._advance(Locked(when))

    def _quit(self) -> None:
        self._sensors.flush()
        self._advance(Quitting(self._paths.clocks()))

    def _opened(self) -> Database:
        assert self._db is not None  # noqa: S101  # `_run` has opened it
        return self._db

    def _on_time(self) -> None:
        now, poll_at = self._paths.clocks(), self._state.poll_at
        if self._is_in_call and not self._sensors.in_use_known:
            self._sensors.check_in_use()
        elif poll_at is not None and poll_at <= now.at:
            self._sensors.poll()
        else:
            self._advance(Polled(now))

    @property
    def _is_there(self) -> bool:
        """Whether somebody is."""
        return not (self._state.away or self._state.locked or self._state.asleep)

    @property
    def _is_in_call(self) -> bool:
        """Whether somebody is there as far as a call, a presentation or a film shows it."""
        return self._state.lengthened and self._is_there

    def _on_source_changed(self) -> None:
        """There is another idle source, or none any more."""
        now = self._paths.clocks()
        there = not (self._state.locked or self._state.asleep)
        if self._state.away and there:  # this one may not tell that somebody is back
            if self._sensors.lacks_idle_time:
                self._advance(InputResumed(now))
            elif self._sensors.idle_mode is not IdleMode.POLLED:
                self._advance(Unlocked(now))
        self._sensors.poll()

    def _sync_with_store(self) -> None:
        db, now = self._opened(), self._paths.clocks()
        unanswered = {each.id for each in absences.unanswered(db)}
        for question in self._state.questions:
            if question.id not in unanswered:
                self._advance(Answered(now, question.id))
        now_running = running(db, self._state.running)
        if now_running != self._state.running:
            self._advance(RunningChanged(now, now_running))
        else:
            self._advance(Polled(now))  # the clock may have been set, and with it all that waits

    def _advance(self, event: Event) -> None:
        """Have an event mean what it does: first in the store, then here, then to all others."""
        before = self._state
        state, effects = advance(before, event, self._rules)
        self._write(effects, state, event)
        self._state = state
        _log.debug("%s", type(event).__name__)
        for effect in effects:
            _log.info("%s at %s", type(effect).__name__, type(event).__name__)
            if isinstance(effect, Stop):
                outcome = self._stop_entry(effect.entry_id, effect.at, now=event.when.at)
                if outcome is not None and outcome.stopped is not None:
                    self._stopped = AutomaticStop(outcome.stopped, outcome.step_id)
            elif isinstance(effect, Ask):
                for question in state.questions:
                    if question.id == effect.absence_id:
                        self.question_due.emit(question)
        if self._stopped is not None and self._is_there and not isinstance(event, Quitting):
            stopped, self._stopped = self._stopped, None
            self.stopped.emit(stopped)
        present = not (state.locked or state.asleep)
        if present is not self._present:
            self._present = present
            self.present.emit(present)
        if isinstance(event, Woke) or _have_jumped(before.when, event.when):
            self.day_may_have_changed.emit()
        self._settle(event.when)

    def _write(self, effects: Iterable[Effect], state: State, event: Event) -> None:
        """Store what is new of absences, and now and then that the program runs."""
        beat, before = Heartbeat(event.when.at, state.latest_away), self._heartbeat
        is_new = before is None or beat.away != before.away or isinstance(event, Quitting)
        if is_new or self._is_alive_due(beat) or any(map(concerns_store, effects)):
            remember(self._opened(), effects, beat)
            self._heartbeat = beat

    def _is_alive_due(self, beat: Heartbeat) -> bool:
        """Whether to note again that the program runs; also if the clock was set back.

        While nobody is there, it is known already since when.
        """
        before = self._heartbeat
        if before is None or (beat.away is not None and beat.away.back is None):
            return before is None
        return not 0 <= beat.alive_at - before.alive_at < self._alive_seconds

    @property
    def _alive_seconds(self) -> int:
        return min(ALIVE_SECONDS, self._presence_settings.rules.idle_minutes * MINUTE // 2)

    def _stop_entry(self, entry_id: int, at: int, *, now: int) -> Outcome | None:
        with suppress(UserError):  # somebody else has stopped it in this moment
            return verbs.stop_at(self._opened(), entry_id, at, now=now, automatic=True)
        return None

    def _settle(self, when: ClockReading) -> None:
        """Remind of what is due, and wait for what comes next."""
        if self._ended:
            return
        self._sensors.follow(self._state, self._rules)
        found = self._situation(when.at)
        due = reminder_planner.due(found, self._presence_settings)
        ripe = [each.kind for each in due if each.at <= when.at]
        if ripe and self._sensors.in_use_known and not self._sensors.do_not_disturb:
            self._remind(ripe, found)
            return
        if ripe and not self._sensors.in_use_known:
            self._sensors.check_in_use()
        self._store_due(due, when.at)
        self._wait_until(self._next_wake(due, when), when.at)

    def _situation(self, now: int) -> Situation:
        return reminder_planner.situation(
            self._opened(),
            self._state,
            self._presence_settings,
            idle_mode=self._sensors.idle_mode,
            started_at=self._started_at,
            now=now,
        )

    def _remind(self, kinds: Iterable[ReminderKind], found: Situation) -> None:
        shown = [
            reminder_planner.reminder(
                each,
                found,
                self._state,
                self._presence_settings,
                last_seen=self._last_seen,
            )
            for each in kinds
        ]
        self._store_reminded([each.kind for each in shown], at=found.now)
        for each in shown:
            self.reminded.emit(self._with_stop(each))
        self._sync_with_store()

    def _with_stop(self, shown: Reminder) -> Reminder:
        """Stop the entry if it is time for a break, and that is to be its end."""
        stops = (
            shown.kind is ReminderKind.BREAK and self._presence_settings.reminders.pomodoro.stops
        )
        if shown.entry is None or not stops:
            return shown
        self._stop_entry(shown.entry.id, shown.at, now=shown.at)
        return shown._replace(stopped=True)

    def _note_dismissed(self, kind: ReminderKind) -> None:
        self._store_reminded([kind], at=self._paths.clocks().at)
        self._sync_with_store()

    def _store_reminded(self, kinds: Sequence[ReminderKind], *, at: int) -> None:
        if ReminderKind.OVERNIGHT in kinds:
            kinds = (*kinds, ReminderKind.LONG_RUN)  # of which it says all
        db, current = self._opened(), self._state.running
        with db.writing():
            for kind in kinds:
                reminders.record_notified(db, kind, current and current.entry_id, at=at)

    def _snooze(self, snoozed: Snoozed) -> None:
        db = self._opened()
        with db.writing():
            reminders.snooze(db, snoozed.kind, snoozed.until)
        self._settle(self._paths.clocks())

    def _store_due(self, due: Iterable[Due], now: int) -> None:
        """Store when what is due, if that is new; what has to wait has been due since before."""
        listed: dict[str, int] = {
            each.kind: min(each.at, self._due.get(each.kind, each.at))
            if each.at <= now
            else each.at
            for each in due
        }
        if listed != self._due:
            db = self._opened()
            with db.writing():
                reminders.set_due(db, listed)
            self._due = listed

    def _next_wake(self, due: Iterable[Due], when: ClockReading) -> int | None:
        """When something could be new, if nobody tells."""
        state, sensors, now = self._state, self._sensors, when.at
        wakes: list[int] = [each.at for each in due if each.at > now]
        if state.poll_at is not None:
            waits = self._polled_at is not None and when.mono - self._polled_at < RETRY_SECONDS
            wakes.append(state.poll_at if state.poll_at > now or not waits else now + RETRY_SECONDS)
        if not sensors.is_checking and (self._is_in_call or any(each.at <= now for each in due)):
            until = sensors.known_until
            wakes.append(now if until is None else now + until - when.mono)
        if state.running and self._is_there:
            alive_at = self._heartbeat.alive_at if self._heartbeat else now
            alive_due = alive_at + self._alive_seconds
            if self._alive_seconds >= MINUTE:  # or an absence that counts could fit in between
                alive_due = _with_the_minute(alive_due, state.running.start)
            wakes.append(alive_due)
        return min(wakes, default=None)

    def _wait_until(self, moment: int | None, now: int) -> None:
        if moment is None:
            self.wakes_at = None
            self._timer.stop()
        else:
            self.wakes_at = max(now, min(moment, now + LONGEST_SECONDS))
            self._timer.start(milliseconds_until(self.wakes_at, now, time.time()))


def _with_the_minute(moment: int, start: int) -> int:
    """The moment from then on at which the icon counts another minute: one awakening for both."""
    return moment + (start - moment) % MINUTE


def _have_jumped(before: ClockReading | None, now: ClockReading) -> bool:
    """Whether the clock was set between two moments, or the computer slept."""
    if before is None:
        return False
    jump = (now.at - now.mono) - (before.at - before.mono)
    slept = (now.slept or 0) - (before.slept or 0)
    return abs(jump) >= JUMP_SECONDS or slept >= JUMP_SECONDS
