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
from tray.model.presence.transition import Turn


def happen(turn: Turn, event: Event) -> None:
    """Work `event` into the turn, if it is one of these."""
    match event:
        case ProgramStarted(when, last_alive):
            _start(turn, when.at, min(last_alive, when.at))
        case Quitting(when):
            _quit(turn, when)
        case RunningChanged(when, running):
            _change_running(turn, running, when.at)


def _start(turn: Turn, at: int, last_alive: int) -> None:
    """Find out what the time without the program was: part of an absence, or one by itself."""
    turn.open_first()
    for absence in turn.state.questions:
        if absence.back is None:
            _go_on(turn, absence.id, at=at, last_alive=last_alive)
    if at - last_alive >= turn.threshold:
        turn.leave(Cause.OFF, last_alive, moment=last_alive)
    turn.back_unless_seen(at)
    turn.ask()


def _go_on(turn: Turn, absence_id: int, *, at: int, last_alive: int) -> None:
    """Take up the absence during which the program ended, if its entry runs still."""
    absence = next(each for each in turn.state.questions if each.id == absence_id)
    begin, running = absence.stretches[-1].begin, turn.state.running
    if running is not None and running.entry_id == absence.entry_id:
        turn.set(away=Away(begin, at, at, absence.entry_id, absence_id))
    else:
        turn.close(absence_id, max(begin, last_alive))


def _quit(turn: Turn, when: ClockReading) -> None:
    """Stop the entry if that is what the end of the program should do."""
    away, running = turn.state.away, turn.state.running
    if running is None or (away and away.entry_id != running.entry_id):
        return
    policy = turn.rules.on_off
    if policy is Policy.STOP_NOW:
        turn.stop(running, when.at, Cause.OFF)
    elif policy is Policy.STOP_AT_LAST_INPUT:
        turn.stop(running, away.begin if away else when.last_input, Cause.OFF)


def _change_running(turn: Turn, running: RunningTimer | None, at: int) -> None:
    """Another entry runs, which the present absence does not concern: it began elsewhere."""
    before, away = turn.state.running, turn.state.away
    turn.set(running=running, since=running.start if running else 0)
    same = (before and before.entry_id) == (running and running.entry_id)
    if away is None or same:
        return
    turn.set(away=away._replace(entry_id=None, absence_id=None))
    if away.absence_id is not None:
        begun = at if running is None else min(at, running.start)
        turn.close(away.absence_id, max(away.begin, begun))


def answer(turn: Turn, absence_id: int) -> None:
    """The question is answered: the next one, if any, has its turn."""
    away = turn.state.away
    if away and away.absence_id == absence_id:
        turn.set(away=away._replace(entry_id=None, absence_id=None))
    if any(each.id == absence_id for each in turn.state.questions):
        turn.drop(absence_id)
    turn.ask()
