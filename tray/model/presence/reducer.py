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
    InputAgain,
    Lengthened,
    Locked,
    ProgramStarted,
    Slept,
    Unlocked,
    Woke,
)
from tray.model.presence.presence_values import Cause, Rules, Sight
from tray.model.presence.transition import Turn

GRID_SECONDS: Final = 10
"""How often to look whether someone is back.

The looks in between, which others may have asked for, do not make the end any more exact.
"""
RETRY_SECONDS: Final = 60
"""When to look again if the idle source could not tell just now."""


def advance(state: State, event: Event, rules: Rules) -> tuple[State, tuple[Effect, ...]]:
    """Return the state after `event`, and what is to be done, in that order.

    The same inputs, locks and sleeps lead to the same absences, however many `Looked` come on top
    of those that `State.look_at` asks for.
    """
    turn = Turn(state, rules)
    read_clocks(turn, event.when)
    if isinstance(event, Answered):
        lifecycle.answer(turn, event.absence_id)  # of which what the look may find is no part
    if not isinstance(event, InputAgain | ProgramStarted):  # they know better than a look
        _look(turn, event.when)
    _happen(turn, event)
    turn.set(when=event.when, look_at=_next_look(turn.state, event.when.at, rules))
    return turn.state, tuple(turn.effects)


def threshold(state: State, rules: Rules) -> int:
    """After how many seconds without input somebody is away: what a source is to signal."""
    return MINUTE * (rules.lengthened_minutes if state.lengthened else rules.idle_minutes)


def _happen(turn: Turn, event: Event) -> None:
    match event:
        case Locked(when):
            turn.set(locked=True)
            turn.leave(Cause.LOCK, _last_sign(turn.state, when), moment=when.at)
        case Slept(when):
            turn.set(asleep=True)
            turn.leave(Cause.SLEEP, _last_sign(turn.state, when), moment=when.at)
        case Unlocked(when):
            turn.set(locked=False, asleep=False)
            turn.back_unless_seen(when.at)
        case Woke(when):
            turn.set(asleep=False)
            turn.back_unless_seen(when.at)
        case InputAgain(when):
            _input(turn, when.at)
        case Lengthened(when, on):
            turn.set(lengthened=on, sign=turn.state.sign if on else when.at)
        case _:
            lifecycle.happen(turn, event)


def _input(turn: Turn, at: int) -> None:
    """Take an input for what it is, except where it is somebody trying passwords."""
    turn.set(asleep=False)
    if not turn.state.locked:
        turn.set(last_input=at)
        turn.come_back(at)


def _last_sign(state: State, when: ClockReading) -> int:
    """Until when someone was there, at a lock or a sleep; during a call that is until then."""
    return when.at if state.lengthened else max(when.last_input, state.sign or 0)


def _look(turn: Turn, when: ClockReading) -> None:
    """See by the idle source whether someone has gone or is back."""
    state, away = turn.state, turn.state.away
    if when.idle_seconds is None or state.locked or state.asleep:
        return
    last = when.at - when.idle_seconds
    turn.set(last_input=max(last, state.last_input or last))
    if away is None:
        calm = _calm_since(turn.state) or last
        reached = calm + threshold(state, turn.rules)
        if when.at >= reached:
            turn.leave(Cause.IDLE, calm, moment=reached)
    elif last >= away.since:
        turn.come_back(max(away.since, _grid(away.quiet_until, state.offset)))
    else:
        turn.set(away=away._replace(quiet_until=max(away.quiet_until, when.at)))


def _grid(moment: int, offset: int) -> int:
    """The last of the regular looks that are not after `moment`, clocks that are set aside."""
    return moment - (moment - offset) % GRID_SECONDS


def _calm_since(state: State) -> int | None:
    """The latest sign of life, if any is known."""
    return max((each for each in (state.last_input, state.sign) if each is not None), default=None)


def _next_look(state: State, at: int, rules: Rules) -> int | None:
    """When a look could first tell something new."""
    calm = _calm_since(state)
    if rules.sight is Sight.NONE or state.locked:
        return None
    if rules.sight is Sight.SIGNALS:
        due = calm + threshold(state, rules) if calm is not None and calm == state.sign else at
        return due if due > at and not state.away else None
    if state.asleep:
        return at + RETRY_SECONDS
    if state.away:
        return _grid(at, state.offset) + GRID_SECONDS
    if calm is None:
        return at
    due = calm + threshold(state, rules)
    if due > at:
        return due
    return state.look_at if state.look_at and state.look_at > at else at + RETRY_SECONDS
