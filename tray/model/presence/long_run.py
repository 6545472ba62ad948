"""When an entry has run for too long to be true, and what can be done about it."""

from collections.abc import Sequence
from datetime import tzinfo
from enum import StrEnum

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import HOUR, MINUTE
from tray.model.presence.hours import Hours

ENOUGH_PAST: Final = 5
"""Fewer entries say nothing about how long such entries usually take."""
NO_PROPOSAL_SECONDS: Final = 5 * MINUTE
"""A moment that short ago is now."""
AGAIN_SECONDS: Final = HOUR
"""How long after "still working" to ask again."""


class LongRun(StrEnum):
    """The answers to "is this still running?"."""

    STILL_WORKING = "still working"
    STOP_NOW = "stop now"
    STOP_AT_LAST_INPUT = "stop at last input"
    STOP_AT = "stop at"


class StopReason(StrEnum):
    """Why an entry may have ended at the moment that is proposed."""

    LAST_INPUT = "last input"
    LAST_SEEN = "last seen"
    """The program ran last before it was started anew."""
    WORK_ENDED = "work ended"
    USUAL_LENGTH = "usual length"


class StopProposal(NamedTuple):
    """When an entry that runs too long may have ended."""

    moment: int
    reason: StopReason


class Traces(NamedTuple):
    """What tells when somebody may have ended what they did."""

    last_input: int | None = None
    last_seen: int | None = None
    """When the program last ran before it was started anew."""
    past: Sequence[int] = ()
    """The lengths in seconds of earlier entries of the kind."""


def proposal(
    start: int, traces: Traces, hours: Hours, *, now: int, zone: tzinfo | None
) -> StopProposal | None:
    """Return when an entry that runs since `start` may have ended; None if nothing tells."""
    usual = sorted(traces.past)[len(traces.past) // 2] if len(traces.past) >= ENOUGH_PAST else None
    at_work = hours.contain(start, zone)
    found = (
        (traces.last_input, StopReason.LAST_INPUT),
        (traces.last_seen, StopReason.LAST_SEEN),
        (hours.next_out(start, zone) if at_work else None, StopReason.WORK_ENDED),
        (None if usual is None else start + usual, StopReason.USUAL_LENGTH),
    )
    latest = now - NO_PROPOSAL_SECONDS
    moments = (StopProposal(at, why) for at, why in found if at and start < at <= latest)
    return next(moments, None)


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
