"""Tells a clock that was set from a computer that has slept, by what several clocks show."""

from tray.lean_typing import Final, NamedTuple
from tray.model.presence.events import ClockReading
from tray.model.presence.presence_values import AwayPeriod, Cause
from tray.model.presence.transition import Transition

GAP_SECONDS: Final = 30
"""A sleep that is not signalled and shorter than that passes for a slow computer."""
STEP_SECONDS: Final = 5
"""A clock that differs by less was not set, but drifts."""


class Gap(NamedTuple):
    """What happened to the clocks between two events."""

    step: int = 0
    """By how much the wall clock was set forward; negative if back."""
    slept: int = 0
    """How long the computer was asleep; 0 if that was no time to speak of."""
    asleep_by: int = 0
    """The latest moment at which the sleep can have begun, as the clock shows it now."""
    awake_from: int = 0
    """The earliest moment at which it can have ended, likewise."""


def read_clocks(transition: Transition, when: ClockReading) -> None:
    """Take note of a clock that was set, and of a sleep that nobody told of."""
    state, before = transition.state, transition.state.when
    offset = when.at - when.mono
    if before is None:
        transition.set(offset=offset)
        return
    due_in = None if state.poll_at is None else state.poll_at - before.at
    found = _gap(before, when, offset=state.offset, due_in=due_in)
    if abs(offset - state.offset) >= STEP_SECONDS:
        transition.set(offset=offset)
    if found.step:
        _shift(transition, found.step)
    if found.slept:
        if not state.asleep:
            measured = when.idle_seconds is not None and not state.lengthened
            begin = when.last_input if measured else found.asleep_by
            begin = max(min(begin, found.asleep_by), transition.state.last_presence or 0)
            transition.leave(Cause.SLEEP, begin, moment=found.asleep_by)
        transition.set(asleep=False)
        transition.back_unless_seen(found.awake_from)


def _shift(transition: Transition, step: int) -> None:
    """Move what is going on to where the clock would have shown it, had it been right before."""
    state = transition.state
    for name in ("last_input", "last_presence", "since"):
        value = getattr(state, name)
        transition.set(**{name: None if value is None else value + step})
    away = state.away
    if away is None:
        return
    transition.set(
        away=away._replace(
            begin=away.begin + step, since=away.since + step, quiet_until=away.quiet_until + step
        )
    )
    for absence in state.questions:
        if absence.id == away.absence_id:
            *earlier, last = absence.stretches
            floor = [each.back for each in earlier if each.back is not None][-1:]
            moved = AwayPeriod(max(last.begin + step, *floor, 0))
            transition.store(absence._replace(stretches=(*earlier, moved)))


def _gap(before: ClockReading, now: ClockReading, *, offset: int, due_in: int | None) -> Gap:
    """Compare the clocks.

    Args:
        before: at the event before.
        now: at this one.
        offset: the wall clock less the monotonic one, as last noted.
        due_in: after how many seconds a timer should have brought this event at the latest.
    """
    elapsed = now.mono - before.mono
    step = now.at - now.mono - offset
    if before.slept is not None and now.slept is not None:
        slept, awake_until = now.slept - before.slept, now.at - elapsed
    else:
        # Lateness is all there is. If the monotonic clock stands still in sleep there is none, and
        # a wall clock that went on alone looks as if set forward; so that is not believed.
        slept = 0 if due_in is None else elapsed - due_in
        awake_until = now.at - slept
        step = min(step, 0)
        if now.idle_seconds is not None and now.idle_seconds >= slept:
            slept = 0  # the idle source has seen it all
    if abs(step) < STEP_SECONDS:
        step = 0
    if slept < GAP_SECONDS:
        return Gap(step)
    return Gap(step, slept, now.at - slept, min(now.at, awake_until + slept))
