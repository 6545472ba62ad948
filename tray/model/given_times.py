"""From start, stop and duration, as far as a program gives them, to the times of an entry.

Programs cut fractions off one of them and not off the others: what is compared is whole seconds.
"""

from typing import Final, NamedTuple

from tray.errors import Refused

_SECOND: Final = 1_000_000


class GivenTimes(NamedTuple):
    """What was given; moments are epoch microseconds."""

    start: int | None = None
    stop: int | None = None
    duration: int | None = None
    """Seconds; negative: it runs."""


def times_of_new(given: GivenTimes) -> tuple[int, int | None]:
    """Start and stop of a new entry, epoch seconds; it runs if its duration is negative.

    With nothing but a start it has no length, as Toggl's server makes it.

    Raises:
        Refused: there is no start; or they contradict each other.
    """
    if given.start is None:
        raise Refused("Start can't be blank", field="start")
    start = given.start // _SECOND
    if given.duration is not None and given.duration < 0:
        if given.stop is not None:
            raise _contradiction()
        return start, None
    if given.stop is None:
        return start, start + (given.duration or 0)
    _check_agree(start, given)
    return start, given.stop // _SECOND


def times_of_changed(start: int, stop: int | None, given: GivenTimes) -> tuple[int, int | None]:
    """Start and stop of an entry that had these, epoch seconds.

    A negative duration changes nothing: programs that leave times alone send one along. A duration
    alone moves the stop.

    Raises:
        Refused: they contradict each other.
    """
    start = start if given.start is None else given.start // _SECOND
    if given.stop is not None:
        if given.duration is not None and given.duration >= 0:
            _check_agree(start, given)
        return start, given.stop // _SECOND
    if given.duration is not None and given.duration >= 0:
        return start, start + given.duration
    return start, stop


def _check_agree(start: int, given: GivenTimes) -> None:
    """Raise `Refused` if start and duration do not make the stop, but for what was cut off."""
    if given.stop is None or given.duration is None:
        return
    lacking = given.stop // _SECOND - start - given.duration
    exact = given.stop % _SECOND == 0 == (given.start or 0) % _SECOND
    if lacking and (exact or abs(lacking) > 1):
        raise _contradiction()


def _contradiction() -> Refused:
    return Refused("time entry values are inconsistent", field="stop")
