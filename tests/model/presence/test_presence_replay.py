"""Scripts of a day, replayed second by second, and what must be true of every one of them."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tray.model.presence.effects import (
    AbsenceChanged,
    AbsenceDropped,
    AbsenceRecorded,
    Ask,
    Effect,
    State,
    Stop,
    restored,
)
from tray.model.presence.events import (
    Answered,
    ClockReading,
    Event,
    InputResumed,
    Lengthened,
    Locked,
    Polled,
    ProgramStarted,
    RunningChanged,
    Slept,
    Unlocked,
    Woke,
)
from tray.model.presence.presence_values import (
    Absence,
    AbsenceState,
    IdleMode,
    Policy,
    Rules,
    RunningTimer,
)
from tray.model.presence.reducer import advance
from tray.model.presence.transition import BRIEF_SECONDS

T: Final = 1_760_000_000
DAY: Final = 4_000
"""The seconds of a script; with a threshold of a minute or two much happens in them."""


class Act(NamedTuple):
    """Something that happens in the world."""

    second: int
    what: str
    """lock, unlock, sleep, wake, start, stop, call, hang up, answer or set."""
    value: int = 0
    """By how much the clock is set."""


class Script(NamedTuple):
    inputs: frozenset[int]
    acts: tuple[Act, ...]
    counts_sleep: bool = True
    """Whether the idle source does."""
    signalled: bool = True
    """Whether the system tells of sleep; else only the clocks show it."""

    def asleep(self, second: int) -> bool:
        before = [act.what for act in self.acts if act.second <= second]
        return [what for what in before if what in ("sleep", "wake")][-1:] == ["sleep"]

    def locked(self, second: int) -> bool:
        before = [act.what for act in self.acts if act.second <= second]
        return [what for what in before if what in ("lock", "unlock")][-1:] == ["lock"]

    def slept(self, second: int) -> int:
        total, begin = 0, None
        for act in self.acts:
            if act.second > second:
                break
            if act.what == "sleep":
                begin = act.second
            elif act.what == "wake" and begin is not None:
                total, begin = total + act.second - begin, None
        return total

    def moment(self, second: int) -> ClockReading:
        last = max((each for each in self.inputs if each <= second), default=0)
        idle = second - last
        if not self.counts_sleep:
            idle -= self.slept(second) - self.slept(last)
        wall = (
            T + second + sum(a.value for a in self.acts if a.what == "set" and a.second <= second)
        )
        return ClockReading(wall, second, self.slept(second), idle)


class Replay:
    """The program in that world: looks when it is asked to, stores what it is told to."""

    def __init__(self, script: Script, rules: Rules) -> None:
        self.script = script
        self.rules = rules
        self.state = State()
        self.stored: dict[int, Absence] = {}
        self.effects: list[Effect] = []
        self.starts: dict[int, int] = {}
        self.entry_id = 0

    def bring(self, event: Event) -> None:
        self.state, effects = advance(self.state, event, self.rules)
        for effect in effects:
            self.effects.append(effect)
            match effect:
                case AbsenceRecorded(absence):
                    assert absence.id not in self.stored
                    self.stored[absence.id] = absence
                case AbsenceChanged(absence):
                    assert absence.id in self.stored
                    self.stored[absence.id] = absence
                case AbsenceDropped(absence_id):
                    del self.stored[absence_id]
                case Ask(absence_id):
                    assert self.stored[absence_id].state is AbsenceState.OPEN
                case Stop(entry_id, at, _):
                    assert at >= self.starts[entry_id]
        asked = [each for each in self.stored.values() if each.state is AbsenceState.OPEN]
        assert len(asked) <= 1, "two open questions"
        assert tuple(asked) == self.state.questions[:1]

    def act(self, act: Act) -> None:
        when = self.script.moment(act.second)
        match act.what:
            case "lock":
                self.bring(Locked(when))
            case "unlock":
                self.bring(Unlocked(when))
            case "sleep" if self.script.signalled:
                self.bring(Slept(when))
            case "wake" if self.script.signalled:
                self.bring(Woke(when))
            case "start":
                self.entry_id += 1
                self.starts[self.entry_id] = when.at
                self.bring(RunningChanged(when, RunningTimer(self.entry_id, when.at)))
            case "stop":
                self.bring(RunningChanged(when, None))
            case "call" | "hang up":
                self.bring(Lengthened(when, act.what == "call"))
            case "answer":
                self.answer(when)

    def answer(self, when: ClockReading) -> None:
        self.bring(Polled(when))
        if self.state.questions and self.state.prompted_id == self.state.questions[0].id:
            absence = self.state.questions[0]
            self.stored[absence.id] = absence._replace(state=AbsenceState.ANSWERED)
            self.bring(Answered(when, absence.id))

    def run(self, looks: Iterable[tuple[int, bool]] = ()) -> "Replay":
        """`looks` are (second, whether the source could tell then), on top of those asked for."""
        todo = sorted(
            [(act.second, 0, act) for act in self.script.acts]
            + [(second, 1, seen) for second, seen in looks if not self.script.asleep(second)],
            key=lambda each: each[:2],
        )
        self.act(Act(0, "start"))
        for second, _, what in [*todo, (DAY, 1, True)]:
            self.look_until(second)
            when = self.script.moment(second)
            if isinstance(what, Act):
                self.act(what)
            else:
                self.bring(Polled(when if what else when._replace(idle_seconds=None)))
        return self

    def look_until(self, second: int) -> None:
        """Bring the looks that are due by then; none while the computer sleeps."""
        while self.state.poll_at is not None and self.state.when is not None:
            due = self.state.when.mono + self.state.poll_at - self.state.when.at
            if due > second or self.script.asleep(due):
                return
            self.bring(Polled(self.script.moment(due)))

    def outcome(self) -> tuple[object, ...]:
        kept = [each for each in self.effects if isinstance(each, Ask | Stop)]
        return self.stored, kept, self.state.came_back, self.state.questions, self.state.running


@st.composite
def scripts(draw: st.DrawFn, *, sets: bool = True) -> Script:
    """A day of bursts of input, with all else at random, in an order that can be."""
    inputs: set[int] = {0}
    for begin in draw(st.lists(st.integers(0, DAY), min_size=2, max_size=8)):
        length, every = draw(st.integers(0, 300)), draw(st.sampled_from([1, 7, 50]))
        inputs |= set(range(begin, min(begin + length, DAY) + 1, every))
    others = ["start", "stop", "call", "hang up", "answer", "answer"] + ["set"] * sets
    acts: list[Act] = []
    locked = asleep = False
    for second in sorted(draw(st.sets(st.integers(1, DAY - 1), min_size=4, max_size=16))):
        what = draw(st.sampled_from(["lock", "sleep", *others]))
        if asleep:
            what, asleep = "wake", False
        elif what == "lock":
            what, locked = ("unlock", False) if locked else ("lock", True)
        elif what == "sleep":
            asleep = True
        value = draw(st.sampled_from([-3600, -40, 40, 3600])) if what == "set" else 0
        acts.append(Act(second, what, value))
    if asleep:
        acts.append(Act(DAY, "wake"))
    counts = draw(st.booleans())
    script = Script(frozenset(), tuple(acts), counts)
    return script._replace(inputs=frozenset(i for i in inputs if not script.asleep(i)))


policies = st.sampled_from([Policy.ASK, Policy.ASK, Policy.ASK, *Policy])
rules = st.builds(
    Rules,
    on_idle=policies,
    on_lock=policies,
    on_sleep=policies,
    on_off=policies,
    idle_minutes=st.integers(1, 3),
    lengthened_minutes=st.just(6),
    idle_mode=st.just(IdleMode.POLLED),
)
seconds = st.integers(1, DAY - 1)
spells = st.builds(range, seconds, seconds, st.sampled_from([1, 3, 7, 60])).map(tuple)
looked_at = seconds.map(lambda second: (second,)) | spells
extra = st.lists(st.tuples(looked_at, st.booleans()), max_size=12).map(
    lambda found: [(second, seen) for some, seen in found for second in some]
)
"""Looks at single seconds and at many in a row, and whether the source could tell then."""


@given(scripts(), rules, extra)
def test_more_looks_change_nothing(
    script: Script, how: Rules, looks: list[tuple[int, bool]]
) -> None:
    assert Replay(script, how).run().outcome() == Replay(script, how).run(looks).outcome()


@given(scripts(sets=False), rules, extra, st.booleans())
def test_an_absence_holds_no_time_in_which_someone_was_there(
    script: Script, how: Rules, looks: list[tuple[int, bool]], signalled: bool
) -> None:
    script = script._replace(signalled=signalled)
    for absence in Replay(script, how).run(looks).stored.values():
        answered = absence.state is AbsenceState.ANSWERED  # if while away, it gets no end
        for begin, back in absence.stretches:
            if back is None and answered:
                continue
            last = DAY if back is None else back - T
            seen = [each for each in script.inputs if begin - T < each < last]
            seen = sorted(each for each in seen if not script.locked(each))
            assert all(length(each) <= BRIEF_SECONDS for each in visits(seen))


def visits(inputs: list[int]) -> list[list[int]]:
    """`inputs` in groups that have a pause between them in which one could have been away."""
    starts = [0, *(at + 1 for at, (one, other) in enumerate(pairwise(inputs)) if other - one >= 60)]
    return [inputs[begin:end] for begin, end in pairwise([*starts, len(inputs)])]


def length(visit: list[int]) -> int:
    return max(visit, default=0) - min(visit, default=0)


@given(scripts(sets=False), rules)
def test_stretches_follow_each_other_and_each_is_long_enough(script: Script, how: Rules) -> None:
    replay = Replay(script, how).run()
    for absence in replay.stored.values():
        reached = replay.starts[absence.entry_id]
        for begin, back in absence.stretches:
            assert reached <= begin
            assert back is None or back - begin >= how.idle_minutes * 60
            reached = begin if back is None else back
        assert all(each.back is not None for each in absence.stretches[:-1])


@given(scripts(), rules)
def test_each_question_is_put_once(script: Script, how: Rules) -> None:
    asked = [each.absence_id for each in Replay(script, how).run().effects if isinstance(each, Ask)]
    assert len(asked) == len(set(asked))


@given(scripts(sets=False), rules)
def test_no_entry_is_stopped_twice(script: Script, how: Rules) -> None:
    stopped = [
        each.entry_id for each in Replay(script, how).run().effects if isinstance(each, Stop)
    ]
    assert len(stopped) == len(set(stopped))


@given(scripts(), rules, st.integers(1, DAY - 1), st.integers(0, 500))
def test_an_unanswered_question_survives_a_restart(
    script: Script, how: Rules, second: int, off: int
) -> None:
    acts = tuple(act for act in script.acts if act.second < second)
    replay = Replay(script._replace(acts=acts), how).run()
    before = replay.state
    kept = [each for each in replay.stored.values() if each.state is not AbsenceState.ANSWERED]
    state = restored(reversed(kept), before.running, next_id=before.next_id)
    at = replay.script.moment(DAY).at + off
    moment = ClockReading(at, 5, 0, 0)
    state, effects = advance(state, ProgramStarted(moment, at - off), how)
    state, more = advance(state, Polled(ClockReading(at + 20, 25, 0, 0)), how)
    assert [each.id for each in state.questions if each.state is AbsenceState.OPEN] == [
        each.id for each in state.questions[:1]
    ]
    asked = [each for each in effects + more if isinstance(each, Ask)]
    assert asked == [Ask(each.id) for each in state.questions[:1]]
    over = [each.id for each in kept if each.back is not None]
    assert [each.id for each in state.questions if each.id in over] == sorted(
        over, key=[each.id for each in before.questions].index
    )


@given(scripts(sets=False), rules)
def test_what_cannot_be_measured_is_neither_idle_nor_active(script: Script, how: Rules) -> None:
    acts = tuple(act for act in script.acts if act.what in ("start", "stop", "call", "hang up"))
    state, blind = State(), Replay(script._replace(acts=acts), how)
    for act in acts:
        when = blind.script.moment(act.second)._replace(idle_seconds=None)
        entry = RunningTimer(1, when.at) if act.what == "start" else None
        state, effects = advance(state, RunningChanged(when, entry), how)
        state, more = advance(state, Polled(when), how)
        assert (*effects, *more) == ()
        assert state.away is None
        assert state.last_input is None


@given(scripts(sets=False), rules)
def test_a_source_that_signals_is_never_asked_for_nothing(script: Script, how: Rules) -> None:
    how = how._replace(idle_mode=IdleMode.SIGNALS)
    state = State()
    for act in script.acts:
        when = script.moment(act.second)._replace(idle_seconds=None)
        event: Event = InputResumed(when) if act.what == "answer" else Polled(when)
        state, _ = advance(state, event, how)
        assert state.poll_at is None
