"""How far this computer's clock is from the server's, by the ``Date`` of its replies."""

from tray.lean_typing import Final, NamedTuple
from tray.sentences import ntr, together, tr

WRONG_SECONDS: Final = 60
_READINGS: Final = 3
_LONGEST_ROUND_TRIP_SECONDS: Final = 10


class ClockSkew(NamedTuple):
    """One reading, in whole seconds."""

    seconds: int
    """What has to be added to this clock to get the server's."""
    margin: int
    """How much that may be wrong either way: half the round trip, and what both clocks cut off."""


def add_reading(
    readings: tuple[ClockSkew, ...], server_time: int, *, sent: int, received: int
) -> tuple[ClockSkew, ...]:
    """The last readings with one more, unless it took so long that it tells little.

    Args:
        readings: Those before, the latest last.
        server_time: The server's clock when it replied, epoch seconds.
        sent: This clock when the request was made.
        received: This clock when the head of the reply was there.
    """
    round_trip = received - sent
    if not 0 <= round_trip <= _LONGEST_ROUND_TRIP_SECONDS:  # slow, or the clock was set meanwhile
        return readings
    skew = ClockSkew(server_time - (sent + received) // 2, (round_trip + 1) // 2 + 1)
    return (*readings, skew)[-_READINGS:]


def estimate(readings: tuple[ClockSkew, ...]) -> ClockSkew | None:
    """The middle one of the last three, so that one odd reply changes nothing; else the latest."""
    if len(readings) < _READINGS:
        return readings[-1] if readings else None
    return sorted(readings[-_READINGS:])[_READINGS // 2]


def is_wrong(skew: ClockSkew) -> bool:
    """Whether this clock is certainly off by more than a minute."""
    return abs(skew.seconds) - skew.margin > WRONG_SECONDS


def warning_text(skew: ClockSkew) -> str:
    """What to tell the user about a wrong clock."""
    if skew.seconds > 0:
        text = tr(
            "This computer's clock is {length} slow, and so are the times you track. Set it right "
            "in the computer's settings."
        )
    else:
        text = tr(
            "This computer's clock is {length} fast, and so are the times you track. Set it right "
            "in the computer's settings."
        )
    return text.format(length=_length(abs(skew.seconds)))


def _length(seconds: int) -> str:
    days, rest = divmod(round(seconds / 60), 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = (
        ntr("{count} day", "{count} days", days).format(count=days) if days else "",
        ntr("{count} hour", "{count} hours", hours).format(count=hours) if hours else "",
        ntr("{count} minute", "{count} minutes", minutes).format(count=minutes) if minutes else "",
    )
    return together(*[part for part in parts if part][:2])
