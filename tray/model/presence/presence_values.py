"""What an absence is, and the rules by which it is noticed and dealt with."""

from enum import StrEnum

from tray.lean_typing import NamedTuple


class Cause(StrEnum):
    """How an absence first showed itself."""

    IDLE = "idle"
    LOCK = "lock"
    """The screen was locked, or another user's session brought to the front."""
    SLEEP = "sleep"
    OFF = "off"
    """The program was not running."""


class AbsenceState(StrEnum):
    """How far the question about an absence has come."""

    OPEN = "open"
    """To be answered; never more than one is."""
    WAITING = "waiting"
    """About another entry than the open one; its turn comes when that is answered."""
    ANSWERED = "answered"
    UNDONE = "undone"
    """Answered, then the answer was taken back; not asked again."""


class Policy(StrEnum):
    """What is done about the running entry."""

    NOTHING = "nothing"
    ASK = "ask"
    STOP_NOW = "stop now"
    STOP_AT_LAST_INPUT = "stop at last input"


class IdleMode(StrEnum):
    """How the idle source of this computer works."""

    NONE = "none"
    """There is none: only locks, sleeps and gaps are seen."""
    POLLED = "polled"
    """It can be asked at any time."""
    SIGNALS = "signals"
    """It tells by itself: `Polled` after the threshold without input, `InputResumed` after that."""


class Rules(NamedTuple):
    """What the user set, and what the computer can do."""

    on_idle: Policy = Policy.ASK
    on_lock: Policy = Policy.ASK
    on_sleep: Policy = Policy.ASK
    on_off: Policy = Policy.ASK
    """On quitting, and for the time until the next start."""
    idle_minutes: int = 10
    """The shortest absence that counts; reading a page or a phone call often takes five."""
    lengthened_minutes: int = 60
    """The same while a call, a presentation or a film is on."""
    idle_mode: IdleMode = IdleMode.POLLED

    def policy(self, cause: Cause) -> Policy:
        """What is to be done on `cause`."""
        policies = {
            Cause.IDLE: self.on_idle,
            Cause.LOCK: self.on_lock,
            Cause.SLEEP: self.on_sleep,
            Cause.OFF: self.on_off,
        }
        return policies[cause]


class AwayPeriod(NamedTuple):
    """A time without anyone there."""

    begin: int
    """The last input before it."""
    back: int | None = None
    """The first input after it, or a few seconds before that; None while it lasts."""


class Absence(NamedTuple):
    """The stored record of a question: nobody was there while an entry ran."""

    id: int
    entry_id: int
    cause: Cause
    state: AbsenceState
    stretches: tuple[AwayPeriod, ...]
    """At least one, in order; there are more if one went away again before answering. Only the
    last can still last."""

    @property
    def begin(self) -> int:
        """The last input before the first of the stretches."""
        return self.stretches[0].begin

    @property
    def back(self) -> int | None:
        """When the last of the stretches ended."""
        return self.stretches[-1].back


class RunningTimer(NamedTuple):
    """The running entry."""

    entry_id: int
    start: int
    started_here: int | None = None
    """When somebody at this computer, or a script of theirs, started it, which need not leave an
    input; None if it came from another computer, or that is not known any more."""
