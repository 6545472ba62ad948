"""Whether an entry was forgotten in the evening, and where it should have been stopped."""

from datetime import datetime, timedelta, tzinfo

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import HOUR, MINUTE
from tray.model.presence.presence_values import AwayPeriod

NIGHT_SECONDS: Final = 4 * HOUR
"""Who was away for that long has slept, whatever the hour."""
QUIET_SECONDS: Final = 15 * MINUTE
"""Who touched something within that time works on after the day's end."""


class OvernightProposal(NamedTuple):
    """The question "still running since `since`, last input `last_input`: stop there?"."""

    entry_id: int
    since: int
    last_input: int | None
    """None where inputs cannot be seen."""
    stop_at: int
    """What to propose: the last input, or the day's end."""


def day_end(after: int, *, end_hour: int, zone: tzinfo | None) -> int:
    """Return the first moment later than `after` at which a day ends, by the clock on the wall."""
    day = datetime.fromtimestamp(after, zone).date() - timedelta(days=1)
    while True:
        local = datetime(day.year, day.month, day.day, end_hour % 24, tzinfo=zone)
        moment = int(local.timestamp())
        if moment > after:
            return moment
        day += timedelta(days=1)


def due_at(
    start: int,
    away: AwayPeriod | None,
    *,
    prompted_at: int | None = None,
    measured: bool = True,
    end_hour: int,
    zone: tzinfo | None,
) -> int | None:
    """Return when to ask about the entry that runs since `start`; None: not as things are.

    It may have passed, as when the computer slept: then the time to ask is now.

    Args:
        start: when the entry began.
        away: the latest absence, which may last; None if nobody was seen to be away.
        asked_at: when this was asked last about this entry.
        measured: whether idleness can be seen; else nobody may be there without an absence.
        end_hour: when a day usually ends, 0 to 23.
        zone: whose clocks are meant; None is the system's.
    """
    since = start if prompted_at is None else max(start, prompted_at)
    end = day_end(since, end_hour=end_hour, zone=zone)
    unseen = None if measured else end
    if away is None:
        return unseen
    left_alone = max(end, away.begin + QUIET_SECONDS)
    if away.back is None:
        return None if prompted_at is not None and prompted_at >= away.begin else left_alone
    if away.back - max(away.begin, since) >= NIGHT_SECONDS or left_alone < away.back:
        return away.back
    return unseen


def proposal(
    entry_id: int, start: int, away: AwayPeriod | None, *, end_hour: int, zone: tzinfo | None
) -> OvernightProposal:
    """Return the question, which proposes to stop at the last input before the night."""
    if away is None or away.begin < start:
        end = day_end(start, end_hour=end_hour, zone=zone)
        return OvernightProposal(entry_id, start, None, end)
    return OvernightProposal(entry_id, start, away.begin, away.begin)
