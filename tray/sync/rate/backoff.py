"""How long to leave the server alone after a request that failed.

In an outage every client waits between half and the whole of five minutes in the end. So they ask
one and a third times as often as in a quiet hour, and arrive at that rate when the server is back.
"""

from random import Random
from typing import Final, NamedTuple

from tray.errors import (
    AccountError,
    BadAddress,
    BadReply,
    QuotaSpent,
    RemoteError,
    TooFast,
    TryLater,
    Untrusted,
)
from tray.model.durations import HOUR

_MOST_DOUBLINGS: Final = 30  # beyond any cap; keeps the power of two small after weeks of failing
_RESET_SPREAD_SECONDS: Final = 20


class _Ladder(NamedTuple):
    """The shortest and the longest wait, in seconds."""

    floor: float
    cap: float


# A server that is down may refuse connections too, so being offline is no reason to ask more often:
# that the line is back is told by the operating system.
_OUTAGE: Final = _Ladder(5, 300)
_TOO_FAST: Final = _Ladder(60, 900)
_NONSENSE: Final = _Ladder(60, HOUR)
_REFUSED: Final = _Ladder(300, 6 * HOUR)
"""After what the user has to deal with: it may have been a firewall's doing that looked so."""


def wait_seconds(attempt: int, rng: Random, *, floor: float, cap: float) -> float:
    """A random wait after the `attempt`-th failure in a row (from 1), longer each time.

    Between half and the whole of a span that doubles. Never below `floor`; at most `cap`.
    """
    doublings = min(max(attempt, 1), _MOST_DOUBLINGS)
    span = min(cap, floor * 2**doublings)
    return rng.uniform(max(floor, span / 2), span)


def retry_delay(error: RemoteError, attempt: int, *, rng: Random) -> float | None:
    """Seconds until the request that failed for the `attempt`-th time may be made again.

    None: not at all, as it is about one item. What the server asked for is
    granted, up to an hour.
    """
    match error:
        case QuotaSpent(wait_seconds=requested):
            reset = HOUR if requested is None else _granted(requested)
            return reset + rng.uniform(1, _RESET_SPREAD_SECONDS)
        case TooFast():
            ladder = _TOO_FAST
        case BadAddress() | Untrusted():  # the network of a hotel, as the address worked before
            ladder = _OUTAGE
        case AccountError():
            ladder = _REFUSED
        case BadReply():
            ladder = _NONSENSE
        case TryLater():
            ladder = _OUTAGE
        case _:
            return None
    wait = wait_seconds(attempt, rng, floor=ladder.floor, cap=ladder.cap)
    requested = error.wait_seconds if isinstance(error, TryLater) else None
    return wait + (_granted(requested) if requested else 0)


def _granted(requested_seconds: int) -> int:
    return min(max(requested_seconds, 0), HOUR)
