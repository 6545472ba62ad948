"""What the reducer of presence remembers from one event to the next, and what it wants done."""

from collections.abc import Iterable

from tray.lean_typing import NamedTuple
from tray.model.presence.events import ClockReading
from tray.model.presence.presence_values import Absence, AwayPeriod, Cause, RunningTimer


class AbsenceRecorded(NamedTuple):
    """A new absence is to be stored."""

    absence: Absence


class AbsenceChanged(NamedTuple):
    """A stored absence goes on, ended, has its turn, or its clock was set."""

    absence: Absence


class AbsenceDropped(NamedTuple):
    """A stored absence was too short to matter, and is to be deleted."""

    absence_id: int


class Ask(NamedTuple):
    """The question about this absence is to be put before the user, who may be away still."""

    absence_id: int


class Stop(NamedTuple):
    """The running entry is to be stopped without a question."""

    entry_id: int
    at: int
    """Never before the entry's start."""
    cause: Cause


Effect = AbsenceRecorded | AbsenceChanged | AbsenceDropped | Ask | Stop


class Away(NamedTuple):
    """Nobody is there."""

    begin: int
    """The last input."""
    since: int
    """From when on an input means that someone is back: after the lock and the sleep."""
    quiet_until: int
    """Up to when it is known that there was no input."""
    entry_id: int | None = None
    """The entry that ran when it began, while that runs."""
    absence_id: int | None = None
    """The record of it, which gets its end."""


class State(NamedTuple):
    """All that is remembered."""

    next_id: int = 1
    """The id of the next absence; ids are never used again."""
    running: RunningTimer | None = None
    since: int = 0
    """The start of the running entry as the clock shows it now, which may have been set since."""
    questions: tuple[Absence, ...] = ()
    """The open one, then those waiting."""
    away: Away | None = None
    last_away: AwayPeriod | None = None
    """The latest absence that was long enough to count, whether or not an entry ran."""
    last_input: int | None = None
    """The latest input that is known of."""
    last_presence: int | None = None
    """The latest sign of life that need not be an input: a start here, the end of a call …"""
    locked: bool = False
    asleep: bool = False
    lengthened: bool = False
    prompted_id: int | None = None
    """The absence that this run of the program has asked about last."""
    when: ClockReading | None = None
    """What the clocks showed at the latest event."""
    offset: int = 0
    """The wall clock less the monotonic one, but for small drifts."""
    poll_at: int | None = None
    """When to bring `Polled` next; None: not before something else has happened."""

    @property
    def came_back(self) -> int | None:
        """Since when someone has been there without an absence that counts, if that is known."""
        return self.last_away.back if self.last_away and self.away is None else None

    @property
    def latest_away(self) -> AwayPeriod | None:
        """The present absence, else the latest that counts: what the overnight guard goes by."""
        return AwayPeriod(self.away.begin) if self.away else self.last_away


def restored(stored: Iterable[Absence], running: RunningTimer | None, *, next_id: int) -> State:
    """The state for a new run of the program; `ProgramStarted` has to be the first event.

    Args:
        stored: the absences that are open or waiting; the open one is taken first.
        running: the entry that runs now.
        next_id: greater than the id of any absence ever stored.
    """
    questions = sorted(stored, key=lambda absence: (absence.state, absence.id))  # open < waiting
    return State(next_id, running, running.start if running else 0, tuple(questions))
