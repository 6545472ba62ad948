"""The steps that an event is made of: going away, coming back, recording, asking, stopping."""

from typing import Any, Final

from tray.model.durations import MINUTE
from tray.model.presence.effects import (
    AbsenceChanged,
    AbsenceDropped,
    AbsenceRecorded,
    Ask,
    Away,
    Effect,
    State,
    Stop,
)
from tray.model.presence.presence_values import (
    Absence,
    AbsenceState,
    AwayPeriod,
    Cause,
    IdleMode,
    Policy,
    Rules,
    RunningTimer,
)

BRIEF_SECONDS: Final = 60
"""Who is back for less than that, and leaves unanswered, was not really back."""


class Transition:
    """The state while one event is worked into it; `effects` are what has come of it so far."""

    def __init__(self, state: State, rules: Rules) -> None:
        self.state = state
        self.rules = rules
        self.effects: list[Effect] = []

    def set(self, **values: Any) -> None:
        """Change fields of the state."""
        self.state = self.state._replace(**values)

    @property
    def threshold(self) -> int:
        """The shortest absence that counts, in seconds."""
        return self.rules.idle_minutes * MINUTE

    def leave(self, cause: Cause, begin: int, *, moment: int) -> None:
        """Nobody is there since `begin`, as `cause` shows at `moment`; or is so still."""
        if self.state.away is None:
            running = self.state.running
            # Who starts an entry here shows life by it; a later start was on another computer.
            ours = running is not None and self.state.since <= begin + BRIEF_SECONDS
            entry_id = running.entry_id if running and ours else None
            self.set(away=Away(begin, moment, moment, entry_id))
        self.join(cause, moment)

    def join(self, cause: Cause, moment: int) -> None:
        """Do what the user wants done on `cause`, which has come to the present absence."""
        away, running = self.state.away, self.state.running
        if away is None or running is None or away.entry_id != running.entry_id:
            return
        policy = self.rules.policy(cause)
        if policy is Policy.STOP_NOW:
            self.stop(running, moment, cause)
        elif policy is Policy.STOP_AT_LAST_INPUT:
            self.stop(running, away.begin, cause)
        elif policy is Policy.ASK and away.absence_id is None:
            self._record(away, running, cause)
        if policy is Policy.ASK and cause is Cause.IDLE:
            self.ask()

    def stop(self, running: RunningTimer, moment: int, cause: Cause) -> None:
        """Stop the entry; a question that is open stays so."""
        self.effects.append(Stop(running.entry_id, max(running.start, moment), cause))
        self.set(running=None)

    def show_life(self, moment: int) -> None:
        """Somebody was there at `moment`, with or without an input."""
        self.set(last_presence=max(moment, self.state.last_presence or moment))

    def come_back(self, moment: int) -> None:
        """Someone is there from `moment` on."""
        away = self.state.away
        if away is None:
            return
        back = max(moment, away.begin)
        self.set(away=None)
        if back - away.begin >= self.threshold:
            self.set(last_away=AwayPeriod(away.begin, back))
        if away.absence_id is not None:
            self.close(away.absence_id, back)
        self.ask()

    def close(self, absence_id: int, back: int) -> None:
        """Give the stretch that lasts its end, or forget it if it is too short to matter."""
        absence = next(each for each in self.state.questions if each.id == absence_id)
        *earlier, last = absence.stretches
        if back - last.begin >= self.threshold:
            earlier.append(AwayPeriod(last.begin, back))
        if earlier:
            self.store(absence._replace(stretches=tuple(earlier)))
        else:
            self.effects.append(AbsenceDropped(absence_id))
            self.drop(absence_id)

    def drop(self, absence_id: int) -> None:
        """The question is no more; the next one has its turn."""
        left = tuple(each for each in self.state.questions if each.id != absence_id)
        self.set(questions=left)
        self.open_first()

    def open_first(self) -> None:
        """Of the questions that wait the first is open, if none is."""
        questions = self.state.questions
        if questions and questions[0].state is not AbsenceState.OPEN:
            self.store(questions[0]._replace(state=AbsenceState.OPEN))

    def ask(self) -> None:
        """Put the open question, once: when its absence is over, or one is away by idling only."""
        state = self.state
        if not state.questions or state.questions[0].id == state.prompted_id:
            return
        question = state.questions[0]
        hidden = state.locked or state.asleep
        if question.back is not None or (question.cause is Cause.IDLE and not hidden):
            self.effects.append(Ask(question.id))
            self.set(prompted_id=question.id)

    def store(self, absence: Absence) -> None:
        """Replace a question by what has become of it."""
        self.effects.append(AbsenceChanged(absence))
        self.set(
            questions=tuple(
                absence if each.id == absence.id else each for each in self.state.questions
            )
        )

    def back_unless_seen(self, moment: int) -> None:
        """After a lock or a sleep someone is there with the first input from `moment` on.

        Where inputs are not seen one by one, the end of the lock or sleep has to do.
        """
        away = self.state.away
        if away is None or self.state.locked or self.state.asleep:
            return
        moment = max(moment, away.begin)
        self.set(away=away._replace(since=moment, quiet_until=moment))
        if self.rules.idle_mode is not IdleMode.POLLED:
            self.come_back(moment)

    def _record(self, away: Away, running: RunningTimer, cause: Cause) -> None:
        state = self.state
        begin = max(away.begin, running.start)
        same = [each for each in state.questions if each.entry_id == running.entry_id]
        if same:
            absence = same[0]._replace(stretches=_lengthened(same[0].stretches, begin))
            self.store(absence)
        else:
            first = AbsenceState.WAITING if state.questions else AbsenceState.OPEN
            absence = Absence(state.next_id, running.entry_id, cause, first, (AwayPeriod(begin),))
            self.effects.append(AbsenceRecorded(absence))
            self.set(next_id=absence.id + 1, questions=(*state.questions, absence))
        self.set(away=away._replace(absence_id=absence.id))


def _lengthened(stretches: tuple[AwayPeriod, ...], begin: int) -> tuple[AwayPeriod, ...]:
    """`stretches` and one more from `begin` on, or the last one again if the pause was brief."""
    *earlier, last = stretches
    back = begin if last.back is None else last.back
    if begin - back < BRIEF_SECONDS:
        return (*earlier, last._replace(back=None))
    return (*stretches, AwayPeriod(begin))
