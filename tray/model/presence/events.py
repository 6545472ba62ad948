"""What a platform, a timer or the program itself can bring to the reducer of presence."""

from tray.lean_typing import NamedTuple
from tray.model.presence.presence_values import RunningTimer


class ClockReading(NamedTuple):
    """What the clocks, and the idle source, show when something happens."""

    at: int
    """The wall clock: epoch seconds, which may be set to anything at any time."""
    mono: int
    """Seconds on a clock that nobody sets. It counts sleep if `slept` is given; it may if not."""
    slept: int | None = None
    """Seconds that the computer has been asleep since some fixed moment, such as
    ``CLOCK_BOOTTIME - CLOCK_MONOTONIC``; None where that cannot be told."""
    idle_seconds: int | None = None
    """Seconds since the last input; None: cannot be measured, which proves nothing."""

    @property
    def last_input(self) -> int:
        """Without a measure it is now: who locks a screen is there."""
        return self.at - (self.idle_seconds or 0)


class Polled(NamedTuple):
    """A timer ran out, or an idle source that signals has noticed idleness."""

    when: ClockReading


class InputResumed(NamedTuple):
    """An idle source that signals has noticed the first input after idleness."""

    when: ClockReading


class Locked(NamedTuple):
    """The screen was locked, or the session put behind another user's."""

    when: ClockReading


class Unlocked(NamedTuple):
    """The opposite of `Locked`."""

    when: ClockReading


class Slept(NamedTuple):
    """The computer is about to sleep."""

    when: ClockReading


class Woke(NamedTuple):
    """The computer has woken up, by whomever."""

    when: ClockReading


class ProgramStarted(NamedTuple):
    """The first event of all; `last_alive` is when an earlier run was last known to run."""

    when: ClockReading
    last_alive: int


class Quitting(NamedTuple):
    """The program is about to end, alone or with the session."""

    when: ClockReading


class RunningChanged(NamedTuple):
    """Another entry runs than before, none, or the same with another start."""

    when: ClockReading
    running: RunningTimer | None


class Lengthened(NamedTuple):
    """A call, a presentation or a film, in which people touch nothing, has begun or ended."""

    when: ClockReading
    on: bool


class Answered(NamedTuple):
    """The question about an absence was answered and carried out, or is of no more interest."""

    when: ClockReading
    absence_id: int


Event = (
    Polled
    | InputResumed
    | Locked
    | Unlocked
    | Slept
    | Woke
    | ProgramStarted
    | Quitting
    | RunningChanged
    | Lengthened
    | Answered
)
