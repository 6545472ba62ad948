"""When to ask the server next whether anything was changed elsewhere.

In a quiet hour that is every five minutes to the second: later, and a change made elsewhere would
not be seen within five minutes; sooner, and there would be more than twelve requests in the hour.
What keeps clients apart is that each comes back, recovers and speeds up at a moment of its own.
"""

from random import Random
from typing import Final, NamedTuple

from tray.model.durations import HOUR

QUIET_SECONDS: Final = 300
BRISK_SECONDS: Final = 120
WATCHED_SECONDS: Final = 15
"""Where there are plenty of requests, while somebody looks or an entry runs."""
_BRISK_FOR_SECONDS: Final = 600

_SOON_SECONDS: Final = 20  # for someone who has been away for a while
_OFFICE_SECONDS: Final = 120  # for someone who comes at nine, as everyone does
_LONG_AWAY_SECONDS: Final = HOUR
_SPACING_SECONDS: Final = 1.0  # "safe window 1 request per second"
_OUTAGE_FAILURES: Final = 5  # after these, some two minutes have passed
MOST_BETWEEN_PUSHES_SECONDS: Final = 240


class PollingState(NamedTuple):
    """What the next request in the background depends on; all times are seconds."""

    present: bool
    """Whether the user is here: neither is the screen locked nor the computer asleep."""
    spare: int
    """How many requests in the background the bucket has left, over its reserve."""
    resets_in: float
    """Until the bucket is full again; 0 if its hour has not begun."""
    since_contact: float | None
    """Since the last request that succeeded; None: there was none yet."""
    since_return: float
    """Since the user came back, or this program was started."""
    since_change: float | None
    """Since something that was changed elsewhere arrived; None: nothing did yet."""
    failing: bool = False
    """Whether the server failed when it was last asked."""
    shared: bool = False
    """Whether another client spends of the same requests."""
    watched: bool = False
    """Whether there are plenty of requests, and somebody looks or an entry runs."""


def next_poll(pace: PollingState, rng: Random) -> float | None:
    """Seconds to wait, or None while the user is away.

    Ask once after each contact, and when the user comes or goes, and keep the moment: the answer
    is random.
    """
    if not pace.present:
        return None
    since = QUIET_SECONDS if pace.since_contact is None else max(0.0, pace.since_contact)
    even = (max(0.0, pace.resets_in) + since) / (pace.spare + 1)
    wait = max(_wanted(pace, rng), even) - since
    return wait if wait > 0 else rng.uniform(1, _spread(pace, since))


def _spread(pace: PollingState, since_contact: float) -> int:
    """How long the first contact may take that is overdue."""
    if pace.failing:
        return QUIET_SECONDS
    return _OFFICE_SECONDS if since_contact >= _LONG_AWAY_SECONDS else _SOON_SECONDS


def _wanted(pace: PollingState, rng: Random) -> float:
    """The interval, as far as the bucket has the requests for it."""
    if pace.watched:
        return WATCHED_SECONDS
    if pace.shared:
        return QUIET_SECONDS
    if pace.since_change is not None and 0 <= pace.since_change < _BRISK_FOR_SECONDS:
        return rng.uniform(0.75 * BRISK_SECONDS, BRISK_SECONDS)
    if 0 <= pace.since_return < QUIET_SECONDS:  # many come back at nine: part them
        return rng.uniform(BRISK_SECONDS, QUIET_SECONDS)
    return QUIET_SECONDS


def next_push(failures: int, rng: Random) -> float:
    """Seconds between two changes that have been waiting, after so many failures in a row.

    After an outage every client has a heap of them; what the user does now need not wait for it.
    """
    if failures < _OUTAGE_FAILURES:
        return _SPACING_SECONDS
    return rng.uniform(_SPACING_SECONDS, MOST_BETWEEN_PUSHES_SECONDS)
