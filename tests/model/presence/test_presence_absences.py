from collections.abc import Sequence
from typing import Any, Final

import pytest

from tray.model.presence.effects import (
    AbsenceChanged,
    AbsenceDropped,
    AbsenceRecorded,
    Ask,
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
    Quitting,
    RunningChanged,
    Slept,
    Unlocked,
    Woke,
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
from tray.model.presence.reducer import advance, threshold

T: Final = 1_760_000_000
M: Final = 60
ASKS: Final = Rules()
WORK: Final = RunningTimer(7, T)


def at(
    second: int,
    idle: int | None = None,
    *,
    clock: int = 0,
    mono: int | None = None,
    slept: int | None = 0,
) -> ClockReading:
    return ClockReading(T + second + clock, second if mono is None else mono, slept, idle)


def play(*events: Event, how: Rules = ASKS, state: State | None = None) -> tuple[State, list[Any]]:
    """The state after an entry started and all this happened, and what has come of it."""
    effects: list[Any] = []
    if state is None:
        begun = RunningChanged(events[0].when._replace(at=T, mono=0, idle_seconds=0), WORK)
        state, _ = advance(State(), begun, how)
    for event in events:
        state, more = advance(state, event, how)
        effects += more
    return state, effects


def absence(*stretches: tuple[int, int | None], cause: Cause = Cause.IDLE, **more: Any) -> Absence:
    spans = tuple(
        AwayPeriod(T + begin, None if back is None else T + back) for begin, back in stretches
    )
    return Absence(1, 7, cause, AbsenceState.OPEN, spans)._replace(**more)


def test_who_is_idle_for_long_enough_is_asked_at_once_and_again_not_at_all() -> None:
    state, effects = play(Polled(at(10 * M, 8 * M)))
    assert effects == []
    assert state.poll_at == T + 12 * M
    state, effects = play(Polled(at(12 * M, 10 * M)), state=state)
    assert effects == [AbsenceRecorded(absence((2 * M, None))), Ask(1)]
    state, effects = play(Polled(at(30 * M, 5)), state=state)
    assert effects == [AbsenceChanged(absence((2 * M, 12 * M)))], "known to be away until the look"
    assert (state.came_back, state.away) == (T + 12 * M, None)


def test_a_signal_tells_the_return_to_the_second() -> None:
    how = Rules(idle_mode=IdleMode.SIGNALS)
    state, effects = play(Polled(at(600, 600)), InputResumed(at(777)), how=how)
    assert effects[-1] == AbsenceChanged(absence((0, 777)))
    assert state.poll_at is None


def test_a_lock_counts_from_the_input_before_it_to_the_one_after_it() -> None:
    state, effects = play(Locked(at(100, 30)))
    assert state.poll_at is None, "nothing is to be seen while it lasts"
    assert effects == [AbsenceRecorded(absence((70, None), cause=Cause.LOCK))]
    state, effects = play(
        Polled(at(1500, 0)), Unlocked(at(2000, 3)), Polled(at(2010, 13)), state=state
    )
    assert effects == [], "passwords are no return"
    _, effects = play(Polled(at(2020, 2)), state=state)
    assert effects == [AbsenceChanged(absence((70, 2010), cause=Cause.LOCK)), Ask(1)]


def test_sleep_within_a_lock_is_one_absence() -> None:
    _, effects = play(
        Locked(at(100, 0)),
        Slept(at(110, 10)),
        Woke(at(5000)),
        Slept(at(5010)),
        Woke(at(9000)),
        Unlocked(at(9005, 1)),
        Polled(at(9010, 0)),
    )
    assert effects[-2:] == [AbsenceChanged(absence((100, 9005), cause=Cause.LOCK)), Ask(1)]
    assert len(effects) == 3


@pytest.mark.parametrize("went", [(Locked, Unlocked), (Slept, Woke)])
def test_shorter_than_the_threshold_is_silent(went: tuple[Any, Any]) -> None:
    state, effects = play(went[0](at(100, 0)), went[1](at(650, 0)), Polled(at(690, 0)))
    assert effects[-1] == AbsenceDropped(1)
    assert not any(isinstance(each, Ask) for each in effects)
    assert (state.questions, state.came_back) == ((), None)


def test_away_again_before_answering_lengthens_the_question() -> None:
    _, effects = play(
        Polled(at(600, 600)),
        Polled(at(1000, 0)),
        Polled(at(2000, 0)),
        Locked(at(2000, 0)),
        Unlocked(at(4000, 0)),
        Polled(at(4001, 0)),
    )
    assert effects[-1] == AbsenceChanged(absence((0, 600), (2000, 4000)))
    assert len([each for each in effects if isinstance(each, Ask)]) == 1


def test_a_brief_return_was_none() -> None:
    _, effects = play(
        Polled(at(600, 600)), Polled(at(610, 0)), Locked(at(630, 0)), Unlocked(at(4000, 0)),
        Polled(at(4010, 0)),
    )  # fmt: skip
    assert effects[-1] == AbsenceChanged(absence((0, 4000)))


def test_another_entry_waits_until_the_question_is_answered() -> None:
    state, effects = play(
        Polled(at(600, 600)),
        Polled(at(1000, 0)),
        RunningChanged(at(1000, 0), RunningTimer(8, T + 1000)),
        Locked(at(2000, 0)),
        Unlocked(at(4000, 0)),
        Polled(at(4010, 0)),
    )
    second = Absence(2, 8, Cause.LOCK, AbsenceState.WAITING, (AwayPeriod(T + 2000, T + 4000),))
    assert effects[-1] == AbsenceChanged(second)
    state, effects = play(Answered(at(4100, 0), 1), state=state)
    second = second._replace(state=AbsenceState.OPEN)
    assert effects == [AbsenceChanged(second), Ask(2)]
    assert state.questions == (second,)


def test_an_entry_begun_elsewhere_is_not_what_one_is_away_from() -> None:
    _, effects = play(
        Locked(at(100, 0)), RunningChanged(at(700), RunningTimer(8, T + 690)),
        Unlocked(at(9000, 0)), Polled(at(9001, 0)),
        how=Rules(on_sleep=Policy.STOP_NOW),
    )  # fmt: skip
    assert effects == [
        AbsenceRecorded(absence((100, None), cause=Cause.LOCK)),
        AbsenceDropped(1),
    ]


@pytest.mark.parametrize(
    ("how", "event", "stop"),
    [
        (Rules(on_idle=Policy.STOP_NOW), Polled(at(700, 600)), Stop(7, T + 700, Cause.IDLE)),
        (
            Rules(on_idle=Policy.STOP_AT_LAST_INPUT),
            Polled(at(700, 650)),
            Stop(7, T + 50, Cause.IDLE),
        ),
        (Rules(on_lock=Policy.STOP_NOW), Locked(at(90, 60)), Stop(7, T + 90, Cause.LOCK)),
        (
            Rules(on_sleep=Policy.STOP_AT_LAST_INPUT),
            Slept(at(90, 60)),
            Stop(7, T + 30, Cause.SLEEP),
        ),
        (Rules(on_off=Policy.STOP_NOW), Quitting(at(90, 60)), Stop(7, T + 90, Cause.OFF)),
        (Rules(on_off=Policy.STOP_AT_LAST_INPUT), Quitting(at(90, 60)), Stop(7, T + 30, Cause.OFF)),
    ],
)
def test_a_policy_stops_without_asking(how: Rules, event: Event, stop: Stop) -> None:
    state, effects = play(event, RunningChanged(at(701), None), how=how)
    assert effects == [stop]
    assert state.running is None


@pytest.mark.parametrize("event", [Locked(at(90, 60)), Slept(at(90, 60)), Quitting(at(90, 60))])
def test_doing_nothing_is_a_policy_too(event: Event) -> None:
    how = Rules(Policy.NOTHING, Policy.NOTHING, Policy.NOTHING, Policy.NOTHING)
    state, effects = play(event, how=how)
    assert (effects, state.running) == ([], WORK)


def test_a_question_stays_when_sleep_stops_the_entry() -> None:
    how = Rules(on_sleep=Policy.STOP_NOW)
    state, effects = play(
        Polled(at(600, 600)), Slept(at(900, 900)), RunningChanged(at(901), None), Woke(at(5000)),
        Polled(at(5003, 1)), how=how,
    )  # fmt: skip
    assert Stop(7, T + 900, Cause.SLEEP) in effects
    assert state.questions == (absence((0, 5000)),)


def test_a_call_lengthens_the_threshold_and_is_no_idleness() -> None:
    state, effects = play(
        Lengthened(at(10, 0), True), Polled(at(900, 890)), Lengthened(at(2000, 1990), False)
    )
    assert effects == []
    assert state.poll_at == T + 2600
    assert threshold(state, ASKS) == 600
    _, effects = play(Polled(at(2600, 2590)), state=state)
    assert effects[0] == AbsenceRecorded(absence((2000, None)))


@pytest.mark.parametrize("went", [Locked, Slept])
def test_who_watched_until_the_screen_locked_was_there(went: Any) -> None:
    for seen in (
        [Lengthened(at(10, 0), True), went(at(2100, 2090))],
        [Lengthened(at(10, 0), True), Lengthened(at(2100, 2090), False), went(at(2160, 2150))],
    ):
        state, _ = play(*seen)
        assert state.questions[0].begin == T + 2100


def test_even_a_long_film_ends() -> None:
    state, effects = play(Lengthened(at(0, 0), True), Polled(at(3600, 3600)))
    assert effects[0] == AbsenceRecorded(absence((0, None)))
    assert threshold(state, ASKS) == 3600


def test_where_nothing_can_be_measured_the_lock_has_to_do() -> None:
    _, effects = play(Locked(at(100)), Unlocked(at(1000)), how=Rules(idle_mode=IdleMode.NONE))
    assert effects[-2:] == [AbsenceChanged(absence((100, 1000), cause=Cause.LOCK)), Ask(1)]


def test_a_source_that_cannot_tell_now_is_asked_again() -> None:
    state, _ = play(Polled(at(600)))
    assert state.poll_at == T + 660
    assert play(Polled(at(630)), state=state)[0].poll_at == T + 660


def test_a_clock_set_forward_is_no_absence() -> None:
    state, effects = play(Polled(at(300, 0)), Polled(at(310, 10, clock=3 * 3600)))
    assert (effects, state.away) == ([], None)


@pytest.mark.parametrize("clock", [3 * 3600, -3 * 3600])
def test_a_clock_set_during_an_absence_does_not_lengthen_it(clock: int) -> None:
    _, effects = play(
        Polled(at(600, 600)),
        Polled(at(610, 610, clock=clock)),
        Polled(at(1200, 0, clock=clock)),
    )
    begin, back = effects[-1].absence.stretches[0]
    assert back - begin == 610
    assert begin == T + clock


def test_a_gap_of_both_clocks_is_sleep() -> None:
    _, effects = play(
        Polled(at(300, 0)),
        Polled(at(8000, 1, slept=7200)),
        Polled(at(8010, 0, slept=7200)),
    )
    assert effects[0] == AbsenceRecorded(absence((800, None), cause=Cause.SLEEP))
    assert effects[1] == AbsenceChanged(absence((800, 7500), cause=Cause.SLEEP))


def test_without_a_count_of_sleep_a_late_timer_shows_it() -> None:
    state, _ = play(Polled(at(300, 0, slept=None)))
    assert state.poll_at == T + 900
    _, effects = play(Polled(at(8000, 1, slept=None)), Polled(at(8010, 0, slept=None)), state=state)
    assert effects[:2] == [
        AbsenceRecorded(absence((900, None), cause=Cause.SLEEP)),
        AbsenceChanged(absence((900, 8000), cause=Cause.SLEEP)),
    ]


def test_a_monotonic_clock_that_sleeps_too_leaves_sleep_to_the_signals() -> None:
    state, effects = play(Polled(at(300, 0, slept=None)), Polled(at(8000, 0, mono=310, slept=None)))
    assert (effects, state.away) == ([], None)
    state, effects = play(
        Slept(at(400, 0, slept=None)),
        Woke(at(8000, mono=410, slept=None)),
        Polled(at(8014, 0, mono=424, slept=None)),
    )
    assert effects[-2:] == [AbsenceChanged(absence((400, 8000), cause=Cause.SLEEP)), Ask(1)]


def begun_again(stored: Sequence[Absence], running: RunningTimer | None = WORK) -> State:
    return restored(stored, running, next_id=5)


def test_the_time_without_the_program_is_asked_about() -> None:
    state, effects = play(
        ProgramStarted(at(5000, 0), T + 1000), Polled(at(5010, 0)), state=begun_again([])
    )
    assert effects == [
        AbsenceRecorded(absence((1000, None), cause=Cause.OFF, id=5)),
        AbsenceChanged(absence((1000, 5000), cause=Cause.OFF, id=5)),
        Ask(5),
    ]
    assert state.came_back == T + 5000


@pytest.mark.parametrize(
    ("last_alive", "running"), [(4500, WORK), (1000, None), (1000, RunningTimer(7, T + 3000))]
)
def test_but_not_a_short_one_nor_one_without_an_entry(
    last_alive: int, running: RunningTimer | None
) -> None:
    _, effects = play(
        ProgramStarted(at(5000, 0), T + last_alive),
        how=Rules(on_off=Policy.STOP_NOW),
        state=begun_again([absence((0, 600))], running),
    )
    assert effects == [Ask(1)]


def test_after_a_crash_the_entry_is_stopped_where_the_program_was() -> None:
    _, effects = play(
        ProgramStarted(at(5000, 0), T + 1000),
        how=Rules(on_off=Policy.STOP_NOW),
        state=begun_again([]),
    )
    assert effects == [Stop(7, T + 1000, Cause.OFF)]


def test_an_absence_goes_on_over_a_restart() -> None:
    _, effects = play(
        ProgramStarted(at(5000, 0), T + 1000),
        Polled(at(5010, 0)),
        state=begun_again([absence((200, None), cause=Cause.LOCK)]),
    )
    assert effects == [AbsenceChanged(absence((200, 5000), cause=Cause.LOCK)), Ask(1)]


def test_unless_its_entry_was_stopped() -> None:
    _, effects = play(
        ProgramStarted(at(5000, 0), T + 1000),
        state=begun_again([absence((200, None), cause=Cause.LOCK)], None),
    )
    assert effects == [AbsenceChanged(absence((200, 1000), cause=Cause.LOCK)), Ask(1)]


def test_one_of_the_questions_that_wait_is_open_after_a_restart() -> None:
    waiting = absence((0, 600), state=AbsenceState.WAITING)
    later = absence((700, 1400), state=AbsenceState.WAITING, id=2, entry_id=8)
    state, effects = play(
        ProgramStarted(at(5000, 0), T + 5000), state=begun_again([later, waiting])
    )
    assert effects == [AbsenceChanged(absence((0, 600))), Ask(1)]
    assert state.questions == (absence((0, 600)), later)


def test_a_signal_source_is_asked_only_when_a_call_is_over() -> None:
    how = Rules(idle_mode=IdleMode.SIGNALS)
    state, _ = play(Lengthened(at(10), True), Lengthened(at(2000), False), how=how)
    assert state.poll_at == T + 2600
    state, effects = play(Polled(at(2600, 5)), how=how, state=state)
    assert (state.poll_at, effects) == (None, [])


def test_a_look_that_is_due_is_not_lost_to_what_else_happens_just_then() -> None:
    how = Rules(idle_mode=IdleMode.SIGNALS)
    entry = RunningTimer(8, T + 6, T + 6)  # in a terminal, as nobody has touched anything since
    state, _ = play(RunningChanged(at(6), entry), Polled(at(600, 600)), how=how)
    assert state.poll_at == T + 606
    state, effects = play(Polled(at(606)), how=how, state=state)  # something was stored, say
    assert (state.poll_at, effects) == (T + 616, [])
    state, _ = play(Polled(at(609)), how=how, state=state)
    assert state.poll_at == T + 616
    _, effects = play(Polled(at(616, 616)), how=how, state=state)
    assert effects[0] == AbsenceRecorded(absence((6, None))._replace(entry_id=8))


def test_the_start_of_an_entry_can_be_corrected_while_away() -> None:
    state, effects = play(
        Locked(at(100, 0)), RunningChanged(at(200), RunningTimer(7, T - 500)), Unlocked(at(900, 0)),
        Polled(at(910, 0)),
    )  # fmt: skip
    assert effects[-1] == Ask(1)
    assert state.questions == (absence((100, 900), cause=Cause.LOCK),)


def test_passwords_that_a_source_signals_are_no_return() -> None:
    how = Rules(idle_mode=IdleMode.SIGNALS)
    _, effects = play(Locked(at(100)), InputResumed(at(900)), Unlocked(at(905)), how=how)
    assert effects[-2] == AbsenceChanged(absence((100, 905), cause=Cause.LOCK))


def test_the_end_of_the_program_is_nothing_to_one_begun_elsewhere() -> None:
    how = Rules(on_off=Policy.STOP_AT_LAST_INPUT)
    state, effects = play(
        Locked(at(100, 0)),
        RunningChanged(at(700), RunningTimer(8, T + 690)),
        Quitting(at(800)),
        how=how,
    )
    assert not any(isinstance(each, Stop) for each in effects)
    assert state.running == RunningTimer(8, T + 690)


@pytest.mark.parametrize("mode", [IdleMode.POLLED, IdleMode.SIGNALS])
@pytest.mark.parametrize("lead", [30, 90, 599, 601, 3_000])
def test_an_entry_started_here_without_an_input_is_what_one_is_away_from(
    lead: int, mode: IdleMode
) -> None:
    """As from a terminal elsewhere, or by a script."""
    how = Rules(idle_mode=mode)
    state, _ = advance(State(), RunningChanged(at(-lead, 0), None), how)
    for second in (600 - lead, 0):
        if second <= 0:
            state, _ = advance(state, Polled(at(second, second + lead)), how)
    here = WORK._replace(started_here=T)
    state, _ = advance(state, RunningChanged(at(0), here), how)
    effects: list[Any] = []
    while not effects:
        polls = {state.poll_at, T + 600 - lead if mode is IdleMode.SIGNALS else None}
        second = min(each - T for each in polls if each is not None and each > T + second)
        state, effects = play(Polled(at(second, second + lead)), how=how, state=state)
    assert effects == [AbsenceRecorded(absence((0, None))), Ask(1)]
    assert second == 600


@pytest.mark.parametrize("asks", [False, True])
def test_what_a_script_starts_in_a_lock_is_asked_about_if_that_is_set(asks: bool) -> None:
    how = Rules(on_lock=Policy.ASK if asks else Policy.STOP_NOW)
    state, _ = advance(State(), Locked(at(-900, 0)), how)
    here = WORK._replace(started_here=T)
    _, effects = play(
        RunningChanged(at(0), here), Unlocked(at(900)), Polled(at(901, 0)), how=how, state=state
    )
    found = [
        AbsenceRecorded(absence((0, None), cause=Cause.LOCK)),
        AbsenceChanged(absence((0, 900), cause=Cause.LOCK)),
        Ask(1),
    ]
    assert effects == (found if asks else [])


@pytest.mark.parametrize("away", [90, 3_000])
@pytest.mark.parametrize("before", [False, True], ids=["seen", "before the program"])
def test_the_end_of_the_program_stops_what_was_started_here_without_an_input(
    away: int, before: bool
) -> None:
    how = Rules(on_off=Policy.STOP_NOW)
    here = WORK._replace(started_here=T)
    if before:
        state, _ = advance(restored((), here, next_id=1), ProgramStarted(at(1), T), how)
    else:
        state, _ = advance(State(), Polled(at(-1, away)), how)
        state, _ = advance(state, RunningChanged(at(0), here), how)
    for second in range(10, 800, 10):
        state, _ = advance(state, Polled(at(second, second + away)), how)
    _, effects = play(Quitting(at(800)), how=how, state=state)
    assert effects == [Stop(7, T + 800, Cause.OFF)]


def test_a_signal_that_seems_a_second_early_is_looked_after() -> None:
    """The clock shows whole seconds, and so does the time since the last input."""
    how = Rules(idle_mode=IdleMode.SIGNALS)
    state, effects = play(InputResumed(at(101)), Polled(at(700, 600)), how=how)
    assert (effects, state.poll_at) == ([], T + 701)
    state, effects = play(RunningChanged(at(700), WORK), state=state, how=how)
    assert (effects, state.poll_at) == ([], T + 701)
    state, effects = play(Polled(at(701, 601)), how=how, state=state)
    assert effects == [AbsenceRecorded(absence((101, None))), Ask(1)]
    assert state.poll_at is None
