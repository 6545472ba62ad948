"""From events to absences: who went away when, came back when, and what is to be done about it.

`advance` is the only way in. An absence begins with the last input and ends with the first one
after it, or after the lock and the sleep within it. Where the idle source has to be asked, the end
is known to `GRID_SECONDS`, and the absence is taken for that much shorter.
"""

from typing import Final

from tray.model.durations import MINUTE
from tray.model.presence import lifecycle
from tray.model.presence.clock_jumps import read_clocks
from tray.model.presence.effects import Effect, State
from tray.model.presence.events import (
    Answered,
    ClockReading,
    Event,
    InputResumed,
    Lengthened,
    Locked,
    ProgramStarted,
    Slept,
    Unlocked,
    Woke,
)
from tray.model.presence.presence_values import Cause, IdleMode, Rules
from tray.model.presence.transition import Transition

GRID_SECONDS: Final = 10
"""How often to look whether someone is back.

The looks in between, which others may have asked for, do not make the end any more exact.
"""
RETRY_SECONDS: Final = 60
"""When to look again if the idle source could not tell just now."""


def advance(state: State, event: Event, rules: Rules) -> tuple[State, tuple[Effect, ...]]:
    """Return the state after `event`, and what is to be done, in that order.

    The same inputs, locks and sleeps lead to the same absences, however many `Polled` come on top
    of those that `State.poll_at` asks for.
    """
    transition = Transition(state, rules)
    read_clocks(transition, event.when)
    if isinstance(event, Answered):
        lifecycle.answer(transition, event.absence_id)  # of which what the look may find is no part
    if not isinstance(event, InputResumed | ProgramStarted):  # they know better than a look
        _poll(transition, event.when)
    _happen(transition, event)
    transition.set(when=event.when, poll_at=_next_poll(transition.state, event.when, rules))
    return transition.state, tuple(transition.effects)


def threshold(state: State, rules: Rules) -> int:
    """After how many seconds without input somebody is away: what a source is to signal."""
    return MINUTE * (rules.lengthened_minutes if state.lengthened else rules.idle_minutes)


def _happen(transition: Transition, event: Event) -> None:
    match event:
        case Locked(when):
            transition.set(locked=True)
            transition.leave(Cause.LOCK, _last_activity(transition.state, when), moment=when.at)
        case Slept(when):
            transition.set(asleep=True)
            transition.leave(Cause.SLEEP, _last_activity(transition.state, when), moment=when.at)
        case Unlocked(when):
            transition.set(locked=False, asleep=False)
            transition.back_unless_seen(when.at)
        case Woke(when):
            transition.set(asleep=False)
            transition.back_unless_seen(when.at)
        case InputResumed(when):
            _input(transition, when.at)
        case Lengthened(when, on):
            transition.set(
                lengthened=on, last_presence=transition.state.last_presence if on else when.at
            )
        case _:
            lifecycle.happen(transition, event)


def _input(transition: Transition, at: int) -> None:
    """Take an input for what it is, except where it is somebody trying passwords."""
    transition.set(asleep=False)
    if not transition.state.locked:
        transition.set(last_input=at)
        transition.come_back(at)


def _last_activity(state: State, when: ClockReading) -> int:
    """Until when someone was there, at a lock or a sleep; during a call that is until then."""
    return when.at if state.lengthened else max(when.last_input, state.last_presence or 0)


def _poll(transition: Transition, when: ClockReading) -> None:
    """See by the idle source whether someone has gone or is back."""
    state, away = transition.state, transition.state.away
    if when.idle_seconds is None or state.locked or state.asleep:
        return
    last = when.at - when.idle_seconds
    transition.set(last_input=max(last, state.last_input or last))
    if away is None:
        inactive = _inactive_since(transition.state) or last
        reached = inactive + threshold(state, transition.rules)
        if when.at >= reached:
            transition.leave(Cause.IDLE, inactive, moment=reached)
    elif last >= away.since:
        transition.come_back(max(away.since, _grid(away.quiet_until, state.offset)))
    else:
        transition.set(away=away._replace(quiet_until=max(away.quiet_until, when.at)))


def _grid(moment: int, offset: int) -> int:
    """The last of the regular looks that are not after `moment`, clocks that are set aside."""
    return moment - (moment - offset) % GRID_SECONDS


def _inactive_since(state: State) -> int | None:
    """The latest sign of life, if any is known."""
    known = (each for each in (state.last_input, state.last_presence) if each is not None)
    return max(known, default=None)


def _next_poll(state: State, when: ClockReading, rules: Rules) -> int | None:
    """When a look could first tell something new."""
    inactive, at = _inactive_since(state), when.at
    if rules.idle_mode is IdleMode.NONE or state.locked:
        return None
    if rules.idle_mode is IdleMode.SIGNALS:
        return _next_after_signal(state, when, threshold(state, rules))
    if state.asleep:
        return at + RETRY_SECONDS
    if state.away:
        return _grid(at, state.offset) + GRID_SECONDS
    if inactive is None:
        return at
    due = inactive + threshold(state, rules)
    if due > at:
        return due
    return state.poll_at if state.poll_at and state.poll_at > at else at + RETRY_SECONDS


def _next_after_signal(state: State, when: ClockReading, seconds: int) -> int | None:
    """When to look again though the source has signalled, and will not until somebody is back.

    It has not seen the latest sign of life, or has measured the last input a second earlier than
    the clock showed.
    """
    inactive = _inactive_since(state)
    if inactive is None or state.away:
        return None
    has_signalled = when.idle_seconds is not None and when.idle_seconds >= seconds
    waits = state.poll_at is not None and state.poll_at > when.at
    unseen = inactive != state.last_input
    due = inactive + seconds
    if due > when.at:
        return due if has_signalled or waits or unseen else None
    if state.poll_at is None or when.idle_seconds is not None:
        return None  # no look is due, or it has just been taken
    # Something else happened just then, or the source did not answer: the look is still to come.
    return state.poll_at if waits else when.at + GRID_SECONDS
