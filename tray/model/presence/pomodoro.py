"""When it is time for a break, and when a break is over."""

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import MINUTE

FOLLOWED_SECONDS: Final = 10 * MINUTE
"""Who stops that soon after being told takes the break."""


class Pomodoro(NamedTuple):
    """How long work and breaks last."""

    work_minutes: int = 25
    """At least 1."""
    break_minutes: int = 5
    """0 for no word about their end."""
    stops: bool = False
    """Whether the entry is stopped when it is time for a break; else there is only a reminder."""


def break_at(start: int, pomodoro: Pomodoro, *, reminded_at: int | None = None) -> int:
    """Return when to say (again) that it is time for a break, while an entry runs since `start`.

    Who works on is told after as long again. Times that have passed, in sleep, are told of once.
    """
    length = pomodoro.work_minutes * MINUTE
    since = start if reminded_at is None else max(start, reminded_at)
    return start + ((since - start) // length + 1) * length


def work_at(
    stopped_at: int | None,
    pomodoro: Pomodoro,
    *,
    break_reminded_at: int | None,
    reminded_at: int | None = None,
) -> int | None:
    """Return when to say, once, that the break since the last stop is over.

    It is a break only if the stop followed the word about it; else the day may be over.
    """
    if stopped_at is None or break_reminded_at is None or not pomodoro.break_minutes:
        return None
    if not 0 <= stopped_at - break_reminded_at <= FOLLOWED_SECONDS:
        return None
    over = stopped_at + pomodoro.break_minutes * MINUTE
    return None if reminded_at is not None and reminded_at >= over else over
