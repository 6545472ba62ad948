"""What the program's own doings mean for absences: its start and end, other entries, answers."""

from tray.model.presence.effects import Away
from tray.model.presence.events import (
    ClockReading,
    Event,
    ProgramStarted,
    Quitting,
    RunningChanged,
)
from tray.model.presence.presence_values import Cause, Policy, RunningTimer
from tray.model.presence.transition import Transition


def happen(transition: Transition, event: Event) -> None:
    """Work `event` into the turn, if it is one of these."""
    match event:
        case ProgramStarted(when, last_alive):
            _start(transition, when.at, min(last_alive, when.at))
        case Quitting(when):
            _quit(transition, when)
        case RunningChanged(when, running):
            _change_running(transition, running, when.at)


def _start(transition: Transition, at: int, last_alive: int) -> None:
    """Find out what the time without the program was: part of an absence, or one by itself."""
    transition.open_first()
    for absence in transition.state.questions:
        if absence.back is None:
            _go_on(transition, absence.id, at=at, last_alive=last_alive)
    started_here = transition.state.running and transition.state.running.started_here
    if started_here is not None:
        transition.show_life(min(started_here, at))
    if at - last_alive >= transition.threshold:
        transition.leave(Cause.OFF, last_alive, moment=last_alive)
    transition.back_unless_seen(at)
    transition.ask()


def _go_on(transition: Transition, absence_id: int, *, at: int, last_alive: int) -> None:
    """Take up the absence during which the program ended, if its entry runs still."""
    absence = next(each for each in transition.state.questions if each.id == absence_id)
    begin, running = absence.stretches[-1].begin, transition.state.running
    if running is not None and running.entry_id == absence.entry_id:
        transition.set(away=Away(begin, at, at, absence.entry_id, absence_id))
    else:
        transition.close(absence_id, max(begin, last_alive))


def _quit(transition: Transition, when: ClockReading) -> None:
    """Stop the entry if that is what the end of the program should do.

    One that came from another computer while nobody was here is left alone.
    """
    away, running = transition.state.away, transition.state.running
    counts = away is not None and running is not None and away.entry_id == running.entry_id
    if running is None or (away and not counts and running.started_here is None):
        return
    policy = transition.rules.on_off
    if policy is Policy.STOP_NOW:
        transition.stop(running, when.at, Cause.OFF)
    elif policy is Policy.STOP_AT_LAST_INPUT:
        last = max(when.last_input, transition.state.last_presence or 0)
        transition.stop(running, away.begin if away and counts else last, Cause.OFF)


def _change_running(transition: Transition, running: RunningTimer | None, at: int) -> None:
    """Another entry runs, which the present absence does not concern: it began elsewhere.

    If it was started here, somebody was there to do so.
    """
    state = transition.state
    same = (state.running and state.running.entry_id) == (running and running.entry_id)
    if running is not None and running.started_here is not None and not same:
        _start_here(transition, running, at)
        return
    transition.set(running=running, since=running.start if running else 0)
    away = state.away
    if away is None or same:
        return
    transition.set(away=away._replace(entry_id=None, absence_id=None))
    if away.absence_id is not None:
        begun = at if running is None else min(at, running.start)
        transition.close(away.absence_id, max(away.begin, begun))


def _start_here(transition: Transition, running: RunningTimer, at: int) -> None:
    """Take the start for a sign of life, after which one may be away at once, or soon again."""
    if transition.state.away is None:
        transition.set(last_input=at)  # a source that signals has not done so, and will
    transition.come_back(at)
    transition.show_life(at)
    transition.set(running=running, since=running.start)
    if transition.state.locked and transition.rules.on_lock is Policy.ASK:
        transition.leave(Cause.LOCK, at, moment=at)


def answer(transition: Transition, absence_id: int) -> None:
    """The question is answered: the next one, if any, has its turn."""
    away = transition.state.away
    if away and away.absence_id == absence_id:
        transition.set(away=away._replace(entry_id=None, absence_id=None))
    if any(each.id == absence_id for each in transition.state.questions):
        transition.drop(absence_id)
    transition.ask()
