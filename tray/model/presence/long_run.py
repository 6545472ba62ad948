"""When an entry has run for too long to be true, and what can be done about it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from tray.model.durations import HOUR

ENOUGH_PAST: Final = 5
"""Fewer entries say nothing about how long such entries usually take."""
AGAIN_SECONDS: Final = HOUR
"""How long after "still working" to ask again."""


class LongRun(StrEnum):
    """The answers to "is this still running?"."""

    STILL_WORKING = "still working"
    STOP_NOW = "stop now"
    STOP_AT_LAST_INPUT = "stop at last input"
    STOP_AT = "stop at"


def usual_limit(past: Sequence[int]) -> int | None:
    """Return the length in seconds that clearly exceeds the `past` ones, if there are enough."""
    if len(past) < ENOUGH_PAST:
        return None
    lengths = sorted(past)
    median, long = lengths[len(past) // 2], lengths[len(past) * 95 // 100]
    return max(HOUR, 3 * median, long * 3 // 2)


def limit(past: Sequence[int], *, hours: int) -> int | None:
    """Return the length in seconds from which on an entry runs too long.

    Args:
        past: the lengths of earlier entries of the kind, in seconds; none where not to be learned.
        hours: the limit that was set; 0 for none.
    """
    limits = [each for each in (hours * HOUR, usual_limit(past)) if each]
    return min(limits, default=None)


def alert_at(
    start: int, limit_seconds: int | None, *, prompted_at: int | None = None
) -> int | None:
    """Return when to ask (again) about an entry that runs since `start`; last at `prompted_at`."""
    if limit_seconds is None:
        return None
    first = start + limit_seconds
    return first if prompted_at is None else max(first, prompted_at + AGAIN_SECONDS)


def answers(start: int, *, last_input: int | None) -> tuple[LongRun, ...]:
    """Return the answers to offer: the last input only where it is known and within the entry."""
    known = last_input is not None and last_input >= start
    return tuple(each for each in LongRun if known or each is not LongRun.STOP_AT_LAST_INPUT)


def stop_moment(
    answer: LongRun,
    start: int,
    *,
    now: int,
    last_input: int | None = None,
    at: int | None = None,
) -> int | None:
    """Return when the entry is to stop, never before `start` or in the future; None: it goes on."""
    moments = {
        LongRun.STILL_WORKING: None,
        LongRun.STOP_NOW: now,
        LongRun.STOP_AT_LAST_INPUT: now if last_input is None else last_input,
        LongRun.STOP_AT: now if at is None else at,
    }
    moment = moments[answer]
    return None if moment is None else max(start, min(moment, now))
